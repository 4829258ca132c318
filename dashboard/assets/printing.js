// The map on paper. Before the browser prints, the map takes the size that print.css gives it there and shows at least
// what it showed; afterwards it looks where it did.
"use strict";

class Printing {
  static SIZE = ["960px", "500px"];

  constructor(stage) {
    Object.assign(this, { stage, asked: null });
    for (const view of new Set([window, window.parent])) {
      const begin = () => this.#begin(), end = () => this.#end();
      view.addEventListener("beforeprint", begin);
      view.addEventListener("afterprint", end);
      window.addEventListener("pagehide", () => {
        view.removeEventListener("beforeprint", begin);
        view.removeEventListener("afterprint", end);
      });
    }
  }

  #begin() {
    const frame = window.frameElement, { sight } = this.stage, bounds = sight.seen();
    if (!frame || this.asked) return;
    this.asked = sight.asked;
    document.body.classList.add("printing");
    this.#size(frame, Printing.SIZE);
    sight.resize();
    sight.ask({ bounds, clear: false });
  }

  #end() {
    const { asked, stage: { sight } } = this;
    if (!asked) return;
    this.asked = null;
    document.body.classList.remove("printing");
    this.#size(window.frameElement, ["", ""]);
    sight.resize();
    sight.ask(asked);
  }

  #size(frame, values) {
    ["width", "height"].forEach((name, at) => frame.style.setProperty(name, values[at], "important"));
  }
}
