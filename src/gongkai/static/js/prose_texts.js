// A name is put where the cursor stands. What was typed and not saved stays in this window, under the text and the
// revision that was looked at, until it is saved, thrown away or somebody signs out (enhance.js).
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  const area = document.getElementById("id_body");
  if (!button || !area) return;
  const name = `{${button.dataset.insert}}`;
  area.setRangeText(name, area.selectionStart, area.selectionEnd, "end");
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
});

{
  const proseForm = document.getElementById("prose-form");
  if (proseForm) {
    const area = document.getElementById("id_body");
    const key = `draft:${proseForm.dataset.text}`;
    const seen = proseForm.elements.seen.value;
    const asLoaded = area.value;
    let dirty = false;
    const kept = JSON.parse(sessionStorage.getItem(key) || "null");
    if (kept && kept.sent && kept.seen !== seen) sessionStorage.removeItem(key);
    else if (kept && kept.body !== asLoaded) {
      const bar = document.createElement("div");
      bar.className = "notice notice-ask row";
      bar.setAttribute("role", "status");
      bar.append(proseForm.dataset.restore);
      const offered = [
        [proseForm.dataset.restoreYes, () => { area.value = kept.body; area.dispatchEvent(new Event("input", { bubbles: true })); }],
        [proseForm.dataset.restoreNo, () => sessionStorage.removeItem(key)],
      ];
      for (const [words, act] of offered) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button";
        button.textContent = words;
        button.addEventListener("click", () => { bar.remove(); act(); });
        bar.append(button);
      }
      proseForm.before(bar);
    }
    const store = (sent) => sessionStorage.setItem(key, JSON.stringify({ seen, sent, body: area.value }));
    area.addEventListener("input", () => { dirty = true; store(false); });
    proseForm.addEventListener("submit", () => { if (dirty) store(true); dirty = false; });
    window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  }
}
