// Streamlit has a light and a dark theme and takes the one that the browser says the system has. It comes after this
// file, and is told here whether the chosen theme is dark: that of the address at first, then the one that the page
// has.
"use strict";

(() => {
  const QUERY = "(prefers-color-scheme: dark)";
  const DARK = { light: false, dark: true, contrast: true };
  const ask = window.matchMedia.bind(window);
  const system = ask(QUERY);
  const answer = new EventTarget();
  const asked = new URLSearchParams(location.search);
  const on = (name) => !["", "0"].includes(asked.get(name) || "");
  let theme = asked.get("look");
  if (!(theme in DARK)) theme = on("present") || on("wall") ? "dark" : "";

  const isDark = () => (theme in DARK ? DARK[theme] : system.matches);
  const tell = () => {
    answer.dispatchEvent(Object.assign(new Event("change"), { matches: isDark(), media: QUERY }));
    // The server learns of the system's theme only with the next thing that is asked of it.
    if (!(theme in DARK)) setTimeout(() => document.querySelector(".st-key-look-again button")?.click(), 100);
  };
  Object.defineProperties(answer, { matches: { get: isDark }, media: { value: QUERY } });
  system.addEventListener("change", () => {
    if (!(theme in DARK)) tell();
  });
  window.matchMedia = (query) => (query === QUERY ? answer : ask(query));

  // The page writes down the theme that it has: its name, or an empty text for that of the system.
  const follow = () => {
    const told = document.querySelector("[data-theme]");
    const before = isDark();
    if (!told || told.dataset.theme === theme) return;
    theme = told.dataset.theme;
    if (isDark() !== before) tell();
  };
  const changes = { childList: true, subtree: true, attributeFilter: ["data-theme"] };
  new MutationObserver(follow).observe(document.documentElement, changes);
})();
