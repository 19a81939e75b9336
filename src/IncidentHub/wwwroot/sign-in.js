// What of the sign-in needs a script: passkeys, for which the browser asks the person's device, and the accounts at a provider.
const can = () => !!window.PublicKeyCredential?.parseRequestOptionsFromJSON;

const send = async (path, fields) => {
  const token = document.querySelector("input[name=__RequestVerificationToken]")?.value ?? "";
  const answer = await fetch(path, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({ ...fields, __RequestVerificationToken: token }),
  });
  const body = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (answer.ok) return body;
  const [field, texts] = Object.entries(body?.errors ?? {})[0] ?? ["", null];
  throw { field, text: texts?.[0] ?? body?.detail ?? "The hub does not answer. Try again." };
};

// What went wrong, as [field, text]; no field where the browser or the device says it.
const told = e => {
  if (e.text) return [e.field, e.text];
  if (e.name === "InvalidStateError") return ["", "This device has a passkey for your account already."];
  if (e.name === "SecurityError") return ["", "Passkeys need the hub's own address, with https."];
  return ["", "The device gave no passkey, or you cancelled. Try again."];
};

// For the page of one's own account. Null: added.
export const add = async (name, password) => {
  if (!can()) return ["", "This browser knows no passkeys."];
  try {
    const options = await send("account/passkeys/options", { name: name ?? "", password: password ?? "" });
    const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
    await send("account/passkeys", { credential: JSON.stringify(made) });
    return null;
  } catch (e) {
    return told(e);
  }
};

// Leads to the provider, which comes back to the page of one's own account.
export const link = async (provider, password) => {
  try {
    location.assign((await send(`sign-in/oidc/${provider}/link`, { password: password ?? "" })).location);
    return null;
  } catch (e) {
    return e.text ? [e.field, e.text] : ["", "The hub does not answer. Try again."];
  }
};

// The button of the sign-in page, which is hidden without script.
const button = document.getElementById("passkey");
if (button && can()) {
  const said = document.getElementById("passkey-said");
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = "";
    button.disabled = true;
    try {
      const options = await send("sign-in/passkey/options", {});
      const shown = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      const returnUrl = new URLSearchParams(location.search).get("returnUrl") ?? "";
      location.assign((await send("sign-in/passkey", { credential: JSON.stringify(shown), returnUrl })).location);
    } catch (e) {
      said.textContent = told(e)[1];
      button.disabled = false;
    }
  });
}
