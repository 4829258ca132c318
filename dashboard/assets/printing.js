// The map on paper. Before the browser prints, the map takes the size that print.css gives it there and shows at least
// what it showed; afterwards it looks where it did.
"use strict";

class Printing {
  static SIZE = ["960px", "500px"];

  constructor(stage) {
    Object.assign(this, { stage, before: null });
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
    const frame = window.frameElement, { map } = this.stage;
    if (!frame || this.before) return;
    this.before = { ...this.stage.looked };
    const bounds = map.getBounds();
    document.body.classList.add("printing");
    this.#size(frame, Printing.SIZE);
    this.stage.resize();
    map.fitBounds(bounds, { animate: false });
  }

  #end() {
    if (!this.before) return;
    const { centre, zoom } = this.before;
    this.before = null;
    document.body.classList.remove("printing");
    this.#size(window.frameElement, ["", ""]);
    this.stage.resize();
    this.stage.map.setView(centre, zoom, { animate: false });
  }

  #size(frame, values) {
    ["width", "height"].forEach((name, at) => frame.style.setProperty(name, values[at], "important"));
  }
}
