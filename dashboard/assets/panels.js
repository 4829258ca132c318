// What stands over the map, or beside it: figures, legend, and the controls.

class Panels {
  static COLUMNS = 2; // of the legend at most
  static WIDE = 1 / 3; // of the map's width that it may take in several columns
  static APART = 32; // pixels between it, the figures and the edge
  static NARROW = 700; // pixels of the map's width below which it is folded, and the figures stand in a line
  // Lines of the legend that depend on how marks come together.
  static DEPENDING = [
    "cluster",
    "depth",
    "accuracy",
    "track",
    "band",
    "capital",
    "airport",
    "airfield",
    "reported",
    "disputed",
    "suspect",
    "neutral",
    "unknown",
  ]
    .map((name) => `[data-sample=${name}]`)
    .concat("[data-sample^=icon-]")
    .join();
  static ALL =
    '<path d="M1.5 5V1.5H5M13 1.5h3.5V5M16.5 13v3.5H13M5 16.5H1.5V13" fill="none" stroke="currentColor" ' +
    'stroke-width="1.8"/><g fill="currentColor"><circle cx="6" cy="6.4" r="1.7"/><circle cx="12" cy="8" r="1.7"/>' +
    '<circle cx="7.6" cy="12" r="1.7"/></g>';
  static RULER =
    '<path d="M1.5 12.5L12.5 1.5l4 4L5.5 16.5zM4.5 9.5l1.5 1.5M7 7l2.2 2.2M9.5 4.5L11 6" fill="none" ' +
    'stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/>';

  // Figures and legend go into elements of `outside`, or into corners of the map. Without `onMeasure` nothing can be
  // measured.
  constructor(map, words, outside, { onAll, onMeasure }) {
    Object.assign(this, { map, words, unfolded: false, lodged: false });
    const corner = (position) => new Panels.Box({ position }).addTo(map).getContainer();
    this.figures = outside.figures || corner("topleft");
    this.note = corner("topleft");
    this.note.hidden = true;
    this.note.classList.add("beside");
    this.count = Dom.element("span");
    const show = Dom.button({ className: "outside panel" }, this.count, " · ", Dom.element("b", {}, words.show));
    show.addEventListener("click", onAll);
    this.note.append(show);
    this.legend = outside.legend || corner("bottomleft");
    const controls = [
      new Panels.Button({ name: "all", title: words.all, picture: Panels.ALL, onPress: onAll }),
      L.control.zoom({ position: "topright", zoomInTitle: words.nearer, zoomOutTitle: words.farther }),
      L.control.attribution({ prefix: false }).addAttribution(words.credits),
      L.control.scale({ position: "bottomright", imperial: false, maxWidth: 120 }),
    ];
    if (onMeasure) {
      this.measured = corner("topleft");
      this.measured.classList.add("measuring", "panel", "beside");
      this.measured.setAttribute("role", "status");
      this.measured.hidden = true;
      this.ruler = new Panels.Button({
        name: "ruler",
        title: words.measure,
        picture: Panels.RULER,
        onPress: onMeasure,
      });
      controls.push(this.ruler);
    }
    for (const control of controls) control.addTo(map);
    this.#limit();
  }

  // At the largest scale it is said that there is no more to see.
  #limit() {
    const { map, words } = this;
    const note = new Panels.Box({ position: "bottomright" }).addTo(map).getContainer();
    note.className = "leaflet-control limit";
    note.setAttribute("role", "status");
    const tell = () => {
      note.textContent = map.getZoom() < map.getMaxZoom() ? "" : words.nearest;
    };
    map.on("zoomend", tell);
  }

  // What takes the place of the figures for a while.
  caption(element) {
    this.instead = element;
    this.figures.after(element);
    element.classList.add("leaflet-control");
    L.DomEvent.disableClickPropagation(element);
  }

  show({ figures, legend, heading, words }) {
    const label = heading ? this.words.map_of.replace("{days}", heading) : this.words.map;
    this.map.getContainer().setAttribute("aria-label", label);
    const parts = [];
    if (heading) parts.push(Dom.element("h2", { className: "days panel" }, heading));
    if (figures.length) parts.push(Dom.element("dl", { className: "figures panel" }, ...figures.map(Panels.#figure)));
    this.figures.replaceChildren(...parts);
    this.legend.replaceChildren(...(legend.length ? [this.#legend(legend, words.legend)] : []));
    this.wrap();
  }

  // `brief` is what a narrow map has room for.
  static #figure({ value, label, hint, brief }) {
    const term = Dom.element("dt", { "data-brief": brief }, label);
    return Dom.element("div", { title: hint }, term, Dom.element("dd", {}, value));
  }

  // The legend, which can be folded to its title.
  #legend(lines, title) {
    const { element } = Dom;
    const line = ({ symbol, label, name }) => {
      const sample = Dom.drawn("span", symbol); // ours, from shapes.py
      return element("li", { "data-sample": name }, sample, label);
    };
    const summary = element("summary", {}, title);
    const list = element("ul", { className: "legend" }, ...lines.map(line));
    const folded = element("details", { className: "panel", open: true }, summary, list);
    summary.addEventListener("click", () => {
      this.unfolded = !folded.open;
    });
    return folded;
  }

  // Of the lines that depend on how marks and names come together, the legend shows only those of what is drawn; tells
  // whether it shows others than before.
  explain(drawn) {
    const items = [...this.legend.querySelectorAll(Panels.DEPENDING)];
    const changed = items.filter((item) => item.hidden === drawn.has(item.dataset.sample));
    for (const item of changed) item.hidden = !item.hidden;
    return changed.length > 0;
  }

  // How many incidents are shown but not in sight; nothing is said of none.
  tellOutside(count) {
    const { outside, locale } = this.words;
    this.note.hidden = count === 0;
    this.count.textContent = outside.replace("{count}", count.toLocaleString(locale));
  }

  // Puts figures and legend into elements beside the map, or where there is none back over it; the legend may lie at
  // the foot of the map in lines.
  lodge({ figures, legend, atFoot }) {
    this.homes ||= { figures: this.figures.parentElement, legend: this.legend.parentElement };
    const put = (panel, home) => {
      if (panel.parentElement !== home) home.prepend(panel);
    };
    put(this.legend, legend || this.homes.legend);
    put(this.figures, figures || this.homes.figures);
    if (atFoot) this.homes.figures.prepend(this.instead);
    else if (this.figures.nextSibling !== this.instead) this.figures.after(this.instead);
    this.legend.classList.toggle("at-foot", atFoot);
    this.lodged = Boolean(figures);
  }

  isOver(panel) {
    return this.map.getContainer().contains(panel);
  }

  // On a wide map figures and legend stand in its left corners, one below the other, since most happened in its south
  // and east; in a briefing beside it. The legend has as few columns as there is height for; where there is no room it
  // is folded to a button.
  wrap() {
    const { x, y } = this.map.getSize();
    const { classList } = this.legend;
    const inColumn = this.lodged || (this.isOver(this.figures) && x >= Panels.NARROW);
    this.figures.classList.toggle("column", inColumn);
    const legend = this.legend.querySelector("details");
    const isOver = this.isOver(this.legend);
    if (!legend || !(isOver || this.lodged)) return;
    legend.classList.remove("low");
    legend.open = true; // to be measured
    const list = legend.querySelector("ul");
    list.style.gridTemplateRows = "";
    if (classList.contains("at-foot")) return;
    const height = isOver ? y : this.legend.parentElement.clientHeight;
    const room = height - this.#above().offsetHeight - Panels.APART;
    const shown = list.querySelectorAll("li:not([hidden])").length;
    const isLarge = () => this.legend.offsetHeight > room;
    let columns = 0;
    do {
      columns++;
      list.style.gridTemplateRows = `repeat(${Math.ceil(shown / columns)}, auto)`;
    } while (isLarge() && columns < Panels.COLUMNS);
    if (!isOver) return;
    const low = x < Panels.NARROW || isLarge() || (columns > 1 && this.legend.offsetWidth > x * Panels.WIDE);
    legend.classList.toggle("low", low);
    legend.open = !low || this.unfolded;
  }

  // What stands above the legend: the figures, or what takes their place for a while.
  #above() {
    return this.isOver(this.legend) ? this.note.parentElement : this.figures;
  }
}

// A control that holds whatever is put into it, and lets no click or wheel through to the map.
Panels.Box = L.Control.extend({
  onAdd() {
    const box = Dom.element("div");
    L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
    return box;
  },
});

// A button with a picture of 18 by 18.
Panels.Button = L.Control.extend({
  options: { position: "topright", name: "", title: "", picture: "", onPress: () => {} },
  onAdd() {
    const { name, title, picture, onPress } = this.options;
    const properties = { className: name, href: "#", title, role: "button", "aria-label": title };
    const button = Dom.drawn("a", `<svg viewBox="0 0 18 18">${picture}</svg>`, properties);
    const bar = Dom.element("div", { className: "leaflet-bar" }, button);
    L.DomEvent.disableClickPropagation(bar).on(button, "click", (event) => {
      L.DomEvent.preventDefault(event);
      onPress();
    });
    return bar;
  },
  // Whether it is pressed down.
  press(on) {
    this.getContainer().firstChild.setAttribute("aria-pressed", on);
  },
});
