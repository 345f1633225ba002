// Small comforts. Every page works without this file.
"use strict";

// "/" goes to the search, "?" opens the help; j and k walk through the rows of a list, Enter opens one. The arrows do
// the same once a row is chosen, and scroll the page until then.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); }
  }
  if (event.key === "?") document.querySelector("[data-help]")?.togglePopover();
  const step = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const links = [...document.querySelectorAll("[data-rows] tbody th a")];
  const at = links.indexOf(document.activeElement);
  if (!links.length || (event.key.length > 1 && at < 0)) return;
  event.preventDefault();
  links[Math.max(0, Math.min(links.length - 1, at + step))].focus();
});

// A form that is on its way is not sent twice; the server would know, the person should too.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // A form that answers with a file leaves the page standing: it may be sent again.
  if (form.method !== "post" || event.defaultPrevented || "repeat" in form.dataset) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// A filter applies as soon as it is chosen.
document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-apply]")) event.target.form.requestSubmit();
});

// The kind of answer applies as soon as it is chosen: the form comes back with the fields of that kind.
document.addEventListener("change", (event) => {
  if (!event.target.matches("input[data-choose]")) return;
  event.target.form.querySelector("button[name=step][value=choose]")?.click();
});

// What an act will do to the clock follows the dates and numbers that it depends on; nothing else is sent.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form.act-form");
  if (!form || !event.target.matches("[data-clock]")) return;
  const said = new URLSearchParams();
  form.querySelectorAll("[data-clock]").forEach((field) => said.set(field.name, field.value));
  htmx.ajax("GET", `${form.action}?${said}`, { target: form.querySelector("#effect"), select: "#effect", swap: "outerHTML" });
});

// A cell or a number opens in a drawer instead of a page of its own.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-drawer]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const drawer = document.getElementById("drawer");
  if (!drawer || !drawer.showModal) return;
  event.preventDefault();
  await htmx.ajax("GET", link.href, { target: "#drawer-body", select: "#opened", swap: "innerHTML" });
  link.closest("[popover]")?.hidePopover();
  if (!drawer.open) drawer.showModal();
  drawer.querySelector("#drawer-body :is(input, select, textarea):not([type=hidden])")?.focus();
});

// "不办，返回" in the drawer leads to the page that is already there.
document.addEventListener("click", (event) => {
  const link = event.target.closest("#drawer a[href]");
  if (!link || link.hash || link.pathname !== location.pathname || link.search !== location.search) return;
  event.preventDefault();
  link.closest("dialog").close();
});

// On a phone the strip of rooms is wider than the screen: the room one is in comes into sight.
{
  const room = document.querySelector(".rail [aria-current]");
  const strip = room?.closest("ul");
  if (strip) strip.scrollLeft = room.offsetLeft - (strip.clientWidth - room.offsetWidth) / 2;
}

// What was refused is told first, also to who does not see the page.
document.querySelector(".summary-errors")?.focus();

// Whoever signs out leaves no unsaved draft in the window (js/prose.js).
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[action*='logout']")) return;
  Object.keys(sessionStorage).filter((key) => key.startsWith("draft:")).forEach((key) => sessionStorage.removeItem(key));
});

// What narrows a list is folded on a phone, where it would stand before the list itself; on a wide screen it is open.
{
  const narrow = matchMedia("(max-width: 48em)");
  const fold = () => document.querySelectorAll("[data-fold]").forEach((part) => { part.open = !narrow.matches; });
  narrow.addEventListener("change", fold);
  if (narrow.matches) fold();
}

// Printing by a button, where there is a script to do it.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
