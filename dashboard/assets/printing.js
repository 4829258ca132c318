// The map on paper. Before the browser prints, the map takes the size that print.css gives it there and shows at least
// what it showed; afterwards it looks where it did.

class Printing {
  static SIZE = ["960px", "500px"];

  constructor(stage) {
    Object.assign(this, { stage, asked: null });
    for (const view of Dom.windows()) {
      Dom.listen(view, "beforeprint", () => this.#begin());
      Dom.listen(view, "afterprint", () => this.#end());
    }
  }

  #begin() {
    const frame = window.frameElement;
    const { sight } = this.stage;
    const bounds = sight.seen();
    if (!frame || this.asked) return;
    this.asked = sight.asked;
    document.body.classList.add("printing");
    this.#size(frame, Printing.SIZE);
    sight.resize();
    sight.ask({ bounds, clear: false });
  }

  #end() {
    const {
      asked,
      stage: { sight },
    } = this;
    if (!asked) return;
    this.asked = null;
    document.body.classList.remove("printing");
    this.#size(window.frameElement, ["", ""]);
    sight.resize();
    sight.ask(asked);
  }

  #size(frame, values) {
    const [width, height] = values;
    frame.style.setProperty("width", width, "important");
    frame.style.setProperty("height", height, "important");
  }
}
