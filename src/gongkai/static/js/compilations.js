// Whoever comes back from mending a record finds numbers and findings as they are now. Nothing is fetched while a
// window lies open over the page: what is being typed stays.
"use strict";

document.addEventListener("visibilitychange", () => {
  const live = document.querySelector("[data-live]");
  if (!live || document.visibilityState !== "visible" || document.querySelector("dialog[open], :popover-open")) return;
  htmx.trigger(live, "stale");
});
