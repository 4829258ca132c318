// What stands over the map, or beside it: figures, legend, and the controls.
"use strict";

class Panels {
  static COLUMNS = 2; // of the legend at most
  static HIGH = 0.75; // of the map's height at most
  static NARROW = 700; // pixels of the map's width below which it is folded
  static DEPENDING = ["cluster", "depth", "reported", "disputed", "suspect", "neutral", "unknown"].map((name) => `[data-sample=${name}]`) + ",[data-sample^=icon-]";

  // Figures and legend go into elements of `outside`, or into corners of the map.
  constructor(map, words, outside, onAll) {
    Object.assign(this, { map, words, unfolded: false });
    const corner = (position) => new Panels.Box({ position }).addTo(map).getContainer();
    this.figures = outside.figures || corner("topleft");
    this.note = corner("topleft");
    this.note.hidden = true;
    const button = this.note.appendChild(Object.assign(document.createElement("button"), { type: "button", className: "outside panel" }));
    button.append(document.createElement("span"), " · ", Object.assign(document.createElement("b"), { textContent: words.show }));
    button.addEventListener("click", onAll);
    this.legend = outside.legend || corner("bottomleft");
    for (const control of [
      new Panels.All({ title: words.all, onAll }),
      L.control.zoom({ position: "topright", zoomInTitle: words.nearer, zoomOutTitle: words.farther }),
      L.control.attribution({ prefix: false }).addAttribution(words.credits),
      L.control.scale({ position: "bottomright", imperial: false, maxWidth: 120 }),
    ]) control.addTo(map);
  }

  // What takes the place of the figures for a while.
  caption(element) {
    this.figures.after(element);
    element.classList.add("leaflet-control");
    L.DomEvent.disableClickPropagation(element);
  }

  show({ figures, legend, heading, words }) {
    const element = (tag, text = "", className = "") => Object.assign(document.createElement(tag), { textContent: text, className });
    const list = element("dl", "", "figures panel");
    for (const [value, label, hint, brief] of figures) {
      const figure = list.appendChild(element("div"));
      figure.title = hint;
      figure.append(element("dt", label), element("dd", value));
      figure.firstChild.dataset.brief = brief; // what a narrow map has room for
    }
    const folded = element("details", "", "panel");
    folded.open = true;
    folded.append(element("summary", words.legend));
    folded.firstChild.addEventListener("click", () => { this.unfolded = !folded.open; });
    const items = folded.appendChild(element("ul", "", "legend"));
    for (const [svg, label, sample] of legend) {
      const item = items.appendChild(element("li"));
      item.dataset.sample = sample;
      item.appendChild(element("span")).innerHTML = svg; // ours, from symbols.py
      item.append(label);
    }
    this.map.getContainer().setAttribute("aria-label", heading ? this.words.map_of.replace("{days}", heading) : this.words.map);
    const parts = [...(heading ? [element("h2", heading, "days panel")] : []), ...(figures.length ? [list] : [])];
    this.figures.replaceChildren(...parts);
    this.legend.replaceChildren(...(legend.length ? [folded] : []));
  }

  // Of the lines that depend on how marks come together, the legend shows only those of what is drawn.
  explain(drawn) {
    for (const item of this.legend.querySelectorAll(Panels.DEPENDING)) item.hidden = !drawn.has(item.dataset.sample);
  }

  // How many incidents are shown but not in sight; nothing is said of none.
  tellOutside(count) {
    this.note.hidden = count === 0;
    this.note.querySelector("span").textContent = this.words.outside.replace("{count}", count.toLocaleString(this.words.locale));
  }

  isOver(panel) {
    return this.map.getContainer().contains(panel);
  }

  // The legend stands at the side in as few columns as the map is high enough for, since most happened in its south and
  // east; on a low or narrow map it is folded to a button.
  wrap() {
    const legend = this.legend.querySelector("details"), { x, y } = this.map.getSize();
    if (!legend || !this.isOver(this.legend)) return;
    legend.open = true; // to be measured
    const list = legend.querySelector("ul"), shown = list.querySelectorAll("li:not([hidden])").length;
    const isHigh = () => this.legend.offsetHeight > Panels.HIGH * y;
    for (let columns = 1; columns === 1 || (columns <= Panels.COLUMNS && isHigh()); columns++) {
      list.style.gridTemplateRows = `repeat(${Math.ceil(shown / columns)}, auto)`;
    }
    const low = x < Panels.NARROW || isHigh();
    legend.classList.toggle("low", low);
    legend.open = !low || this.unfolded;
  }
}

// A control that holds whatever is put into it, and lets no click or wheel through to the map.
Panels.Box = L.Control.extend({
  onAdd() {
    const box = L.DomUtil.create("div");
    L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
    return box;
  },
});

Panels.All = L.Control.extend({
  options: { position: "topright", title: "", onAll: () => {} },
  onAdd() {
    const bar = L.DomUtil.create("div", "leaflet-bar"), button = L.DomUtil.create("a", "all", bar);
    button.innerHTML = '<svg viewBox="0 0 18 18"><path d="M1.5 5V1.5H5M13 1.5h3.5V5M16.5 13v3.5H13M5 16.5H1.5V13" fill="none" stroke="currentColor" stroke-width="1.8"/>' +
      '<g fill="currentColor"><circle cx="6" cy="6.4" r="1.7"/><circle cx="12" cy="8" r="1.7"/><circle cx="7.6" cy="12" r="1.7"/></g></svg>';
    Object.assign(button, { href: "#", title: this.options.title });
    button.setAttribute("role", "button");
    button.setAttribute("aria-label", this.options.title);
    L.DomEvent.disableClickPropagation(bar).on(button, "click", (event) => { L.DomEvent.preventDefault(event); this.options.onAll(); });
    return bar;
  },
});
