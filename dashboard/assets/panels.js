// What stands over the map, or beside it: figures, legend, and the controls.
"use strict";

class Panels {
  static SCALE = 170; // pixels that the scale and its margins take up beside the legend
  static LOW = 470; // pixels of height below which the legend is folded
  static NARROW = 700; // and of width

  // Figures and legend go into elements of `outside`, or into corners of the map.
  constructor(map, words, outside, onFit) {
    Object.assign(this, { map, words });
    const corner = (position) => new Panels.Box({ position }).addTo(map).getContainer();
    this.figures = outside.figures || corner("topleft");
    this.legend = outside.legend || corner("bottomleft");
    for (const control of [
      new Panels.Fit({ title: words.fit, onFit }),
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
    for (const [value, label, hint] of figures) {
      const figure = list.appendChild(element("div"));
      figure.title = hint;
      figure.append(element("dt", label), element("dd", value));
    }
    const folded = element("details", "", "panel");
    folded.append(element("summary", words.legend));
    const items = folded.appendChild(element("ul", "", "legend"));
    for (const [svg, label, sample] of legend) {
      const item = items.appendChild(element("li"));
      item.dataset.sample = sample;
      item.appendChild(element("span")).innerHTML = svg; // ours, from symbols.py
      item.append(label);
    }
    this.map.getContainer().setAttribute("aria-label", heading ? this.words.map_of.replace("{days}", heading) : this.words.map);
    this.figures.replaceChildren(...(heading ? [element("h2", heading, "days panel")] : []), list);
    this.legend.replaceChildren(...(legend.length ? [folded] : []));
    this.fold();
  }

  // By sample, whether it is on the map: the legend shows no other.
  explain(drawn) {
    for (const [sample, there] of Object.entries(drawn)) {
      const item = this.legend.querySelector(`[data-sample=${sample}]`);
      if (item) item.hidden = !there;
    }
  }

  isOver(panel) {
    return this.map.getContainer().contains(panel);
  }

  // On a low or narrow map the legend is folded to a button.
  fold() {
    const legend = this.legend.querySelector("details"), { x, y } = this.map.getSize();
    const low = this.isOver(this.legend) && (y < Panels.LOW || x < Panels.NARROW);
    if (!legend) return;
    if (low !== legend.classList.contains("low") || !low) legend.open = !low;
    legend.classList.toggle("low", low);
  }

  // As few rows of the legend as leave room for the scale beside it.
  wrap() {
    const list = this.legend.querySelector(".legend"), room = this.map.getSize().x - Panels.SCALE;
    for (let rows = 2; list && this.isOver(this.legend) && rows <= 6; rows++) {
      list.style.gridTemplateRows = `repeat(${rows}, auto)`;
      if (this.legend.offsetWidth <= room) break;
    }
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

Panels.Fit = L.Control.extend({
  options: { position: "topright", title: "", onFit: () => {} },
  onAdd() {
    const bar = L.DomUtil.create("div", "leaflet-bar"), button = L.DomUtil.create("a", "fit", bar);
    button.innerHTML = '<svg viewBox="0 0 18 18" fill="none" stroke="currentColor" stroke-width="2"><path d="M2 6V2h4M12 2h4v4M16 12v4h-4M6 16H2v-4"/></svg>';
    Object.assign(button, { href: "#", title: this.options.title });
    button.setAttribute("role", "button");
    button.setAttribute("aria-label", this.options.title);
    L.DomEvent.disableClickPropagation(bar).on(button, "click", (event) => { L.DomEvent.preventDefault(event); this.options.onFit(); });
    return bar;
  },
});
