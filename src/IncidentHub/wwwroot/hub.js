// The little that the browser must do itself: theme, the viewer's zone, times that keep counting without the server,
// dialogs, shortcuts, and keeping what was typed when the connection or the server goes away.
(() => {
  const root = document.documentElement;
  const cookie = (name, value) => document.cookie = `${name}=${encodeURIComponent(value)};path=/;max-age=31536000;samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;
  cookie("tz", Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC");

  // Times. The hub's clock counts, not the viewer's: the page says what it was when it was rendered. That is compared with the moment
  // at which the page began to arrive; until this script runs, seconds may have gone by.
  const arrived = performance.getEntriesByType("navigation")[0]?.responseStart;
  const offset = (Number(root.dataset.now) || Date.now()) - (arrived ? performance.timeOrigin + arrived : Date.now());
  // A number and its unit are joined by a no-break space.
  const span = s => {
    s = Math.floor(s);
    if (s < 60) return `${s}\u00A0s`;
    const m = Math.floor(s / 60), h = Math.floor(m / 60), d = Math.floor(h / 24);
    if (m < 60) return `${m}\u00A0min`;
    if (h < 24) return m % 60 ? `${h}\u00A0h ${m % 60}\u00A0min` : `${h}\u00A0h`;
    return h % 24 && d < 10 ? `${d}\u00A0d ${h % 24}\u00A0h` : `${d}\u00A0d`;
  };
  const two = n => String(n).padStart(2, "0");
  const say = {
    relative: s => Math.abs(s) < 5 ? "now" : s > 0 ? `${span(s)} ago` : `in ${span(-s)}`,
    elapsed: s => span(Math.max(0, s)),
    countdown: s => {
      const t = Math.ceil(-s), m = Math.floor(t / 60), h = Math.floor(t / 3600);
      if (s >= 0) return "0:00";
      return t >= 86400 ? span(t) : `${h > 0 ? `${h}:${two(m % 60)}` : m}:${two(t % 60)}`;
    },
    due: s => s > 0 ? `late ${span(s)}` : `in ${span(-s)}`,
  };
  const tick = () => {
    const now = Date.now() + offset;
    for (const e of document.querySelectorAll("time[data-tick]")) {
      const at = Date.parse(e.dateTime), text = say[e.dataset.tick]?.((now - at) / 1000), node = e.firstChild;
      // The text node is Blazor's own: its data is changed, the node stays.
      if (text && node && node.nodeType === 3 && node.data !== text) node.data = text;
      if (e.dataset.tick === "due") e.classList.toggle("bad", now > at);
    }
  };
  setInterval(tick, 1000);

  // Theme: "system" removes the choice. The menu item of the present choice is marked.
  const theme = choice => {
    cookie("theme", choice);
    if (choice === "system") delete root.dataset.theme; else root.dataset.theme = choice;
    mark();
  };
  const mark = () => {
    for (const e of document.querySelectorAll("[data-theme-choice]")) {
      const on = String((root.dataset.theme || "system") === e.dataset.themeChoice);
      e.setAttribute(e.getAttribute("role") === "menuitemradio" ? "aria-checked" : "aria-pressed", on);
    }
  };
  document.addEventListener("click", e => {
    const choice = e.target.closest?.("button[data-theme-choice]");
    if (choice) theme(choice.dataset.themeChoice);
    if (e.target.closest?.("[data-print]")) window.print();
    if (e.target.closest?.("[data-reconnect]")) Blazor.reconnect().then(ok => ok || location.reload());
    // Under a base address «#main» would lead to the home page.
    if (e.target.closest?.(".skip")) { e.preventDefault(); document.getElementById("main")?.focus(); }
  });

  // Shortcuts: Ctrl-K or / opens the palette; Ctrl-Enter sends the form in which one writes.
  document.addEventListener("keydown", e => {
    const writing = e.target.closest?.("input, textarea, select, [contenteditable]");
    if (((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "k") || (e.key === "/" && !writing && !e.ctrlKey && !e.metaKey)) {
      const opener = document.getElementById("palette-open");
      if (opener) { e.preventDefault(); opener.click(); }
    }
    // Esc closes what is on top: an open list or calendar first, then the dialog.
    if (e.key === "Escape" && !document.querySelector(".mud-popover-open")) [...document.querySelectorAll(".mud-dialog .mud-button-close")].at(-1)?.click();
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && writing) {
      writing.dispatchEvent(new Event("change", { bubbles: true }));
      writing.closest("form")?.requestSubmit();
    }
  }, true);

  // A click into a search field selects its text, as tabbing into it does. MudBlazor would do it from the hub: an answer that arrives late
  // takes the focus back from where the person went on to.
  let entered;
  document.addEventListener("mousedown", e => {
    entered = e.target !== document.activeElement && e.target.matches?.("input[role=combobox]") ? e.target : null;
  }, true);
  document.addEventListener("mouseup", e => {
    if (e.target === entered && entered.selectionStart === entered.selectionEnd) entered.select();
  }, true);

  // A button that moves away between press and release was pressed all the same: leaving a field to press it makes the hub answer to that
  // field, and an error below it moves what follows.
  let press;
  document.addEventListener("pointerdown", e => {
    const button = e.button === 0 && e.target.closest?.("button");
    press = button && { button, x: e.clientX, y: e.clientY };
  }, true);
  document.addEventListener("pointerup", e => {
    const { button, x, y } = press || {};
    press = null;
    if (!button?.isConnected || button.disabled || button.contains(document.elementFromPoint(e.clientX, e.clientY))) return;
    if (Math.hypot(e.clientX - x, e.clientY - y) < 4) button.click();
  }, true);

  // A menu that was opened by the mouse leaves the focus on its button, where MudBlazor does not hear Esc.
  document.addEventListener("keydown", e => {
    const button = e.key === "Escape" && e.target.closest?.("[aria-haspopup=menu][aria-expanded=true]");
    if (!button) return;
    e.stopImmediatePropagation();
    button.click();
  }, true);

  // Enter in a field with a list chooses from it. The browser would send the form as well, with what was chosen before. Held down, it
  // acts once: the Enter that opened a dialog does not send it, too, and where it is let go it opens no list.
  let pressed;
  document.addEventListener("keydown", e => {
    if (e.key !== "Enter") return;
    if (e.repeat ? !e.target.matches?.("textarea") : !e.ctrlKey && !e.metaKey && e.target.closest?.("[role=combobox]")) e.preventDefault();
    if (!e.repeat) pressed = e.target;
  }, true);
  document.addEventListener("keyup", e => {
    if (e.key === "Enter" && e.target !== pressed && e.target.closest?.("[role=combobox]")) e.stopImmediatePropagation();
  }, true);

  // The focus stays in the open dialog: after its last control comes its cross, then its first. MudBlazor asks the hub where the focus
  // goes next: who tabs faster than the answer comes would be behind the dialog.
  const edge = ".mud-focus-trap > [tabindex='0']";
  const stops = within => [...within.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter(e =>
    !e.disabled && e.tabIndex >= 0 && !e.matches(edge) && e.checkVisibility()
    && (e.type !== "radio" || e.checked || !within.querySelector(`input[type=radio][name="${CSS.escape(e.name)}"]:checked`)));
  let backwards = false;
  document.addEventListener("keydown", e => {
    if (e.key !== "Tab") return;
    backwards = e.shiftKey;
    const dialog = backwards && e.target.closest?.(".mud-dialog");
    if (!dialog || (e.target !== dialog && !e.target.closest(".mud-button-close"))) return;
    e.preventDefault();
    stops(dialog).at(-1)?.focus();
  }, true);
  document.addEventListener("focus", e => {
    const dialog = e.target.matches?.(edge) && e.target.closest(".mud-dialog");
    if (!dialog) return;
    e.stopImmediatePropagation();
    const inner = e.target.parentElement.querySelector(":scope > .mud-focus-trap-child-container"), all = stops(dialog);
    const atTop = e.target.compareDocumentPosition(inner) & Node.DOCUMENT_POSITION_FOLLOWING;
    const cross = dialog.querySelector(".mud-button-close");
    const to = atTop ? (backwards ? cross ?? all.at(-1) : all.find(s => s !== cross)) : backwards ? all.at(-1) : all[0];
    to?.focus();
  }, true);

  // A change made while the connection was lost never reached the hub: say it again when the connection is back.
  const unsent = new Set();
  const offline = () => /components-reconnect-(show|failed)/.test(document.getElementById("components-reconnect-modal")?.className ?? "");
  document.addEventListener("change", e => { if (offline() && e.target.matches?.("input, textarea, select")) unsent.add(e.target); }, true);
  const again = () => fetch("healthz", { cache: "no-store" })
    .then(() => Blazor.reconnect()).then(ok => { if (!ok) location.reload(); })
    .catch(() => setTimeout(again, 3000));
  const watchConnection = () => {
    const line = document.getElementById("components-reconnect-modal");
    if (line) new MutationObserver(() => {
      // Rejected: the hub is another process now and knows nothing of this page. Failed: Blazor gave up; we do not.
      if (line.classList.contains("components-reconnect-rejected")) return setTimeout(() => location.reload(), 300);
      if (line.classList.contains("components-reconnect-failed")) return setTimeout(again, 3000);
      if (offline()) return;
      for (const f of unsent) if (f.isConnected) f.dispatchEvent(new Event("change", { bubbles: true }));
      unsent.clear();
      for (const f of document.querySelectorAll("form[data-sent]")) f.removeAttribute("data-sent");
    }).observe(line, { attributes: true, attributeFilter: ["class"] });
  };

  // What is kept in the browser is kept for one person. The next one in this tab finds nothing of it: see also signing out.
  const person = root.dataset.person ?? "", mine = k => `${person}:${k}`;
  // The draft of a form: what its fields hold, by their names, in this tab until the form was taken. The hub restores it; what is being
  // typed is written here, before the hub hears of it.
  // By its attribute: a field named «dataset» takes the place of the form's property of that name.
  const draftKey = form => form?.getAttribute("data-draft-key");
  const draftOf = k => JSON.parse(sessionStorage.getItem(mine("draft:" + k)) ?? "{}");
  const keep = (k, name, value) => {
    const draft = draftOf(k);
    if (value) draft[name] = value; else delete draft[name];
    sessionStorage.setItem(mine("draft:" + k), JSON.stringify(draft));
  };
  document.addEventListener("input", e => {
    const key = e.target.matches?.("[data-draft]") && draftKey(e.target.form);
    if (key) keep(key, e.target.name, e.target.value);
  });
  const forget = of => { for (const k of Object.keys(sessionStorage)) if (of(k)) sessionStorage.removeItem(k); };
  // Nobody is signed in where a session ended: whoever it was finds their words when they are back.
  if (person) forget(k => k.includes(":draft:") && !k.startsWith(person + ":"));
  document.addEventListener("submit", e => { if (e.target.matches("[action='sign-out']")) forget(() => true); });
  // One submission is one thing: a form goes once for each turn, and the hub ends the turn when its answer is shown.
  document.addEventListener("submit", e => {
    const form = e.target;
    const turn = form.getAttribute("data-turn");
    if (!turn) return;
    if (form.getAttribute("data-sent") === turn) { e.preventDefault(); e.stopImmediatePropagation(); }
    form.setAttribute("data-sent", turn);
  }, true);
  // More than the live connection takes is not cut silently.
  document.addEventListener("paste", e => {
    const f = e.target, text = e.clipboardData?.getData("text") ?? "";
    if (!(f.maxLength > 0) || f.value.length - (f.selectionEnd - f.selectionStart) + text.length <= f.maxLength) return;
    e.preventDefault();
    alert(`Nothing was pasted: the field takes at most ${f.maxLength.toLocaleString("en")} characters, and this is ${text.length.toLocaleString("en")}.`);
  }, true);
  // The hub moves the focus when a page or a dialog has opened, and when a form was refused. Its answer may arrive late: where the person
  // went on meanwhile, they stay, and what they type goes into one field.
  let actedAt, focusedAt;
  for (const type of ["keydown", "pointerdown"]) document.addEventListener(type, () => { actedAt = location.href; }, true);
  document.addEventListener("focusin", () => { focusedAt = location.href; });
  const wentOn = () => document.activeElement !== document.body && actedAt === location.href && focusedAt === location.href;
  // After a form was sent, or another button pressed: who writes, or enters a field, goes on. On the window, which hears of it also where a
  // second press is stopped.
  const writable = "input, textarea, [contenteditable]";
  let writesOn = false;
  for (const type of ["submit", "click"]) window.addEventListener(type, e => {
    if (type === "submit" || e.target.closest?.("button")) writesOn = false;
  }, true);
  for (const type of ["input", "focusin"]) window.addEventListener(type, e => { if (e.target.matches?.(writable)) writesOn = true; }, true);
  const keepPlace = () => {
    const first = window.mudElementRef?.focusFirst;
    if (first) mudElementRef.focusFirst = (trap, ...more) => {
      if (trap !== document.activeElement && trap?.contains(document.activeElement)) return;
      first.call(mudElementRef, trap, ...more);
    };
  };
  // What had the focus may go, like the button that pauses what is paused now. The focus then goes to what took its place, such as the
  // same button of a row that was drawn again, or stays in its part of the page, for those who use the keyboard or listen.
  const floating = "[role=dialog], .mud-popover", part = "tr, li, section, article, form, [role=region], main";
  let had, parts, inside;
  document.addEventListener("focusin", e => {
    if (e.target.closest(floating)) return void (inside = e.target);
    [had, parts] = [e.target, []];
    for (let at = had.closest(part); at; at = at.parentElement?.closest(part)) parts.push(at);
  });
  const keepFocus = () => {
    if (document.activeElement !== document.body) return;
    const dialog = [...document.querySelectorAll("[role=dialog]")].at(-1);
    // A row that was removed from a form in a dialog.
    if (dialog && inside && !inside.isConnected) dialog.focus();
    if (dialog || !had || had.isConnected) return;
    const to = parts.find(p => p.isConnected) ?? document.getElementById("main");
    if (!to) return;
    const again = had.ariaLabel && [...to.querySelectorAll(had.tagName)].find(e => e.ariaLabel === had.ariaLabel);
    if (again) return again.focus();
    to.tabIndex = -1;
    to.focus({ preventScroll: true });
  };
  const seen = new MutationObserver(list => {
    for (const m of list) {
      // The marked result of the palette stays in sight.
      if (m.attributeName) document.getElementById(m.target.getAttribute(m.attributeName))?.scrollIntoView({ block: "nearest" });
      for (const n of m.addedNodes) {
        if (n.nodeType !== 1) continue;
        if (n.matches("time[data-tick]") || n.querySelector("time[data-tick]")) tick();
        if (n.querySelector("[data-theme-choice]")) mark();
      }
    }
    if (list.some(m => m.removedNodes.length > 0)) keepFocus();
  });
  const start = () => {
    seen.observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-activedescendant"] });
    watchConnection();
    keepPlace();
    tick();
    mark();
    // MudBlazor's fields set no «autofocus» without a live connection.
    document.querySelector("[data-focus]")?.focus();
  };
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();

  window.hub = {
    focus: selector => document.querySelector(selector)?.focus(),
    focusHeading: () => {
      const heading = document.querySelector("h1");
      if (!heading || wentOn()) return;
      heading.tabIndex = -1;
      heading.focus();
    },
    theme,
    submit: form => document.getElementById(form)?.requestSubmit(),
    keep,
    // Without what somebody is writing at this moment: it is in its field, and restoring it would take away what is typed meanwhile.
    kept: key => Object.fromEntries(Object.entries(draftOf(key)).filter(([name, value]) => {
      const at = document.activeElement;
      return !(at?.name === name && at.value === value && draftKey(at.form) === key);
    })),
    dropDraft: key => sessionStorage.removeItem(mine("draft:" + key)),
    setting: key => localStorage.getItem(mine(key)),
    set: (key, value) => localStorage.setItem(mine(key), value),
    // Where the answer is: the first field that was refused, else what is said about the form.
    focusRefused: id => {
      if (writesOn && document.activeElement.matches(writable)) return;
      const form = document.getElementById(id), to = form?.querySelector("[aria-invalid=true]:not(fieldset), fieldset[aria-invalid=true] input, .mud-input-error input, .mud-input-error textarea");
      if (to) to.focus(); else form?.querySelector(".notice")?.scrollIntoView({ block: "center" });
    },
    // A file goes to the hub in a request of its own, never over the live connection. Answers its status and its body.
    upload: (input, bar, url, fields) => new Promise(answer => {
      const form = new FormData(), file = input.files[0], request = new XMLHttpRequest();
      for (const [name, value] of Object.entries({ name: file?.name, ...fields })) if (value) form.append(name, value);
      // The fields come first: the hub refuses them before it takes the file in.
      // An empty name: the file goes without the name that it has here.
      if (file) form.append("file", file, fields.name === "" ? "file" : file.name);
      request.upload.onprogress = e => { bar.hidden = false; bar.max = e.total; bar.value = e.loaded; };
      request.onloadend = () => { bar.hidden = true; answer({ status: request.status, body: request.responseText }); };
      request.open("POST", url);
      request.send(form);
    }),
    // The chosen file, to be read as a stream, and its size; null where there is none.
    file: input => input.files[0],
    fileSize: input => input.files[0]?.size ?? null,
    copy: text => navigator.clipboard.writeText(text),
  };
})();
