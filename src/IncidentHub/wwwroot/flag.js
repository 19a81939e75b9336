// Filing a concern: what is typed outlives a reload or a lost connection, in this tab only and for this person only, until it was received.
// Without this script the form works the same, only without a draft.
(() => {
  const key = "flag", drafts = window.hub.drafts, form = document.querySelector("[data-flag-form]");
  if (document.querySelector("[data-flag-sent]")) drafts.set(key, "");
  if (!form) return;
  const fields = () => [...form.elements].filter(f => f.name && f.type !== "hidden" && f.type !== "submit");
  const kept = document.querySelector("[data-flag-kept]"), promise = form.querySelector("[data-flag-promise]"), promises = JSON.parse(form.dataset.flagPromises);
  const isOn = f => f.type === "radio" || f.type === "checkbox";
  const save = () => {
    const draft = fields().filter(f => isOn(f) ? f.checked : f.value).map(f => [f.name, f.value]);
    drafts.set(key, draft.length ? JSON.stringify(draft) : "");
    if (kept) kept.hidden = !draft.length;
  };
  const tell = () => {
    const data = form.elements.data.value, audience = form.elements.audience.value;
    if (data || audience) promise.textContent = promises[`${data || "NotSure"} ${audience || "NotSure"}`];
  };
  // A form that came back with a refusal holds what was typed already.
  if (!fields().some(f => isOn(f) ? f.checked : f.value)) {
    for (const [name, value] of JSON.parse(drafts.get(key) || "[]")) {
      for (const f of fields()) if (f.name === name) { if (!isOn(f)) f.value = value; else if (f.value === value) f.checked = true; }
    }
  }
  form.addEventListener("input", () => { save(); tell(); });
  form.addEventListener("submit", () => form.querySelector("[type=submit]").setAttribute("aria-busy", "true"));
  save();
  tell();
})();
