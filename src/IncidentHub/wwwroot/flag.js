// Filing a concern: what is typed outlives a reload or a lost connection, in this tab only and for this person only, until it was received;
// what was published about the like of it is shown. Without this script the form works the same, without either.
(() => {
  const key = "flag", { hub } = window, form = document.querySelector("[data-flag-form]");
  // A file that the hub would refuse is refused before it is sent, and what was typed stays.
  for (const input of document.querySelectorAll("[data-file-most]")) input.addEventListener("change", () => {
    const most = Number(input.dataset.fileMost), bytes = Number(input.dataset.fileBytes), files = [...input.files];
    input.setCustomValidity(files.length > most ? `At most ${most} files at once.`
      : files.some(f => f.size > bytes) ? `A file may have at most ${Math.floor(bytes / 1048576)} MB.` : "");
    input.reportValidity();
  });
  if (document.querySelector("[data-flag-sent]")) hub.dropDraft(key);
  if (!form) return;
  const fields = () => [...form.elements].filter(f => f.name && !["hidden", "submit", "file"].includes(f.type));
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
  // What employees may read anyway, once the reporter stops typing. Only the last answer counts; a failed one says nothing.
  const similar = form.querySelector("[data-flag-similar]"), list = similar.querySelector("ul");
  let waiting, asked = 0;
  const show = notices => {
    list.replaceChildren(...notices.map(n => {
      const item = document.createElement("li"), link = document.createElement("a");
      [link.href, link.target, link.textContent] = [`notices/${encodeURIComponent(n.code)}`, "_blank", `${n.code} ${n.title}`];
      item.append(link);
      return item;
    }));
    similar.hidden = notices.length === 0;
  };
  const look = async () => {
    const turn = ++asked, text = `${form.elements.about.value} ${form.elements.text.value}`.trim();
    if (text.length < 12) return show([]);
    try {
      const answer = await fetch("api/v1/notices/similar", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ text: text.slice(0, 8000) }),
      });
      const found = answer.ok ? await answer.json() : { items: [] };
      if (turn === asked) show(found.items);
    } catch { if (turn === asked) show([]); }
  };
  const lookSoon = () => { clearTimeout(waiting); waiting = setTimeout(look, 600); };
  // A form that came back with a refusal holds what was typed already.
  if (!fields().some(f => isOn(f) ? f.checked : f.value)) {
    const draft = hub.kept(key);
    for (const f of fields()) if (f.name in draft) { if (!isOn(f)) f.value = draft[f.name]; else f.checked = f.value === draft[f.name]; }
  }
  form.addEventListener("input", e => { save(); tell(); if (["text", "about"].includes(e.target.name)) lookSoon(); });
  form.addEventListener("submit", () => form.querySelector("[type=submit]").setAttribute("aria-busy", "true"));
  save();
  tell();
  look();
})();
