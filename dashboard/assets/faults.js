// A form that could not be saved: the page writes down its first fault, and the field of it is shown and gets the
// focus.
"use strict";

(() => {
  let turn = "0";
  const follow = () => {
    const told = document.querySelector("[data-fault]");
    if (!told || told.dataset.turn === turn) return;
    turn = told.dataset.turn;
    if (!told.dataset.fault || turn === "0") return;
    const begins = told.dataset.fault;
    const field = [...document.querySelectorAll(`[class*="${begins}"]`)].find((one) =>
      [...one.classList].some((name) => name === begins || name.startsWith(`${begins}-`)),
    );
    if (!field) return;
    field.scrollIntoView({ block: "center" });
    field.querySelector("input, textarea, button, [role=combobox]")?.focus({ preventScroll: true });
  };
  const changes = { childList: true, subtree: true, attributeFilter: ["data-turn"] };
  new MutationObserver(follow).observe(document.documentElement, changes);
})();
