// Filing a concern: what is typed outlives a reload or a lost connection, in this tab only and for this person only, until it was received.
// Without this script the form works the same, only without a draft.
(() => {
  const key = "flag", { hub } = window, form = document.querySelector("[data-flag-form]");
  if (document.querySelector("[data-flag-sent]")) hub.dropDraft(key);
  if (!form) return;
  const fields = () => [...form.elements].filter(f => f.name && f.type !== "hidden" && f.type !== "submit");
  const kept = document.querySelector("[data-flag-kept]"), promise = form.querySelector("[data-flag-promise]");
  const promises = JSON.parse(form.dataset.flagPromises);
  const isOn = f => f.type === "radio" || f.type === "checkbox";
  const save = () => {
    const draft = Object.fromEntries(fields().filter(f => !isOn(f) || f.checked).map(f => [f.name, f.value]));
    for (const f of fields()) hub.keep(key, f.name, draft[f.name]);
    if (kept) kept.hidden = Object.keys(hub.kept(key)).length === 0;
  };
  const tell = () => {
    const data = form.elements.data.value, audience = form.elements.audience.value;
    if (data || audience) promise.textContent = promises[`${data || "NotSure"} ${audience || "NotSure"}`];
  };
  // A form that came back with a refusal holds what was typed already.
  if (!fields().some(f => isOn(f) ? f.checked : f.value)) {
    const draft = hub.kept(key);
    for (const f of fields()) if (f.name in draft) { if (!isOn(f)) f.value = draft[f.name]; else f.checked = f.value === draft[f.name]; }
  }
  form.addEventListener("input", () => { save(); tell(); });
  form.addEventListener("submit", () => form.querySelector("[type=submit]").setAttribute("aria-busy", "true"));
  save();
  tell();
})();
