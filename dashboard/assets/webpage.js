// The page to take away: the map of the screen, beside it the card of one incident, below it the table of them all.
// Everything comes from the file itself; what was written by others goes onto the page as text alone.
"use strict";

class Webpage {
  static LATEST = 10; // incidents listed while none is chosen

  constructor(data, files) {
    Object.assign(this, { data, files, chosen: undefined, opener: null, paper: false });
    this.incidents = new Map(data.incidents.map((incident) => [incident.id, incident]));
    this.rows = new Map(); // id -> row of the table
    this.card = document.getElementById("card");
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.contrast = matchMedia("(prefers-contrast: more)");
    this.calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    document.documentElement.classList.toggle("margins", "CSSMarginRule" in window); // else the strips are printed
    this.#map();
    this.#table();
    this.#sort(0, false);
    this.choose(data.selected);
    this.#symbols(document);
    for (const wish of [this.dark, this.contrast]) wish.addEventListener("change", () => this.draw());
    addEventListener("beforeprint", () => this.#toPaper());
    addEventListener("afterprint", () => this.#fromPaper());
  }

  #map() {
    const { options, stage } = this.data, still = { zoomAnimation: !this.calm, fadeAnimation: !this.calm };
    const map = L.map("map", { ...options, ...(this.calm && still) });
    const [figures, legend] = ["figures", "legend"].map((id) => document.getElementById(id));
    this.map = new IncursionMap(map, { ...stage, files: this.files }, { onEscape: () => this.choose(""), figures, legend });
    this.draw();
    this.map.marks.group.on("click", ({ layer, originalEvent }) => {
      this.choose(layer.feature.properties.id, { opener: layer.getElement(), read: !originalEvent });
    });
    if (this.data.counted) map.on("moveend", () => this.draw());
    this.draw(); // now that the view is known, whose incidents are counted
  }

  // Hand the map all that changes; it touches what differs.
  draw() {
    const { state, counted } = this.data, { chosen } = this, { legends, ...look } = this.look;
    const isChosen = ([id]) => chosen && chosen.id === id, isOwnSide = ([, , , kind]) => kind.split("|")[0] === Marks.OWN_SIDE;
    const several = counted && this.map.state ? this.#cells() : null;
    const alone = several ? several.alone.map((place) => this.#alone(place)) : [];
    this.map.show({
      ...state, ...look,
      legend: legends[chosen ? chosen.legend : 0],
      marks: counted ? [...state.marks.filter((mark) => isChosen(mark) || isOwnSide(mark)), ...alone] : state.marks,
      tracks: counted ? state.tracks.filter(isChosen) : state.tracks,
      cells: several ? several.cells : [],
      selected: chosen ? chosen.focus : null,
    });
    if (this.painted !== look.palette) this.#symbols(document);
    this.painted = look.palette;
  }

  get look() {
    if (this.paper) return this.data.looks.light;
    return this.data.looks[this.contrast.matches ? "contrast" : this.dark.matches ? "dark" : "light"];
  }

  #cells() {
    const { map } = this.map, bounds = map.getBounds();
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const { counted: [latitudes, longitudes, categories, kept], state: { marks } } = this.data;
    const shown = (place) => !this.chosen || kept[place] < 0 || marks[kept[place]][0] !== this.chosen.id;
    return Webpage.cells([latitudes, longitudes, categories], this.data.categories, box, map.getZoom(), this.data.grid, shown);
  }

  // The mark of an incident that is alone in its cell; one that is not in the table has nothing to open.
  #alone(place) {
    const { counted: [latitudes, longitudes, , kept, kinds], state: { marks }, kinds: names, words } = this.data;
    if (kept[place] >= 0) return marks[kept[place]];
    return [`older ${place}`, latitudes[place], longitudes[place], names[kinds[place]], "", words.older, ""];
  }

  // Incidents of a view counted by square cells of the map's world, as core/marks.py counts them, and the places in the
  // lists of those that are alone in theirs; but for the chosen one, which is drawn as a mark.
  static cells([latitudes, longitudes, categories], names, [west, south, east, north], zoom, { pixels, most }, shown = () => true) {
    for (let size = pixels / (256 * 2 ** zoom); ; size *= 2) {
      const cells = new Map();
      latitudes.forEach((latitude, i) => {
        const longitude = longitudes[i];
        if (longitude < west || longitude > east || latitude < south || latitude > north || !shown(i)) return;
        const sine = Math.sin((Math.max(-85, Math.min(85, latitude)) * Math.PI) / 180);
        const column = Math.floor((longitude / 360 + 0.5) / size);
        const row = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) / size);
        const key = column * 2 ** 26 + row;
        if (!cells.has(key)) cells.set(key, { latitude: 0, longitude: 0, count: 0, parts: names.map(() => 0), first: i });
        const cell = cells.get(key);
        cell.latitude += latitude;
        cell.longitude += longitude;
        cell.count += 1;
        cell.parts[categories[i]] += 1;
      });
      if (cells.size > most) continue;
      const every = [...cells.values()];
      return {
        alone: every.filter(({ count }) => count === 1).map(({ first }) => first),
        cells: every.filter(({ count }) => count > 1).map(({ latitude, longitude, count, parts }) =>
          [latitude / count, longitude / count, count, names.map((name, i) => [name, parts[i]]).filter(([, part]) => part)]),
      };
    }
  }

  // Look at an incident, or with an id that is not known at none. `opener` gets the keyboard back when its card closes;
  // `read` takes the keyboard to the card.
  choose(id, { opener = null, read = false } = {}) {
    const before = this.chosen, chosen = this.incidents.get(id) || null;
    if (before) this.rows.get(before.id).removeAttribute("aria-current");
    if (chosen) this.rows.get(chosen.id).setAttribute("aria-current", "true");
    this.chosen = chosen;
    this.draw();
    if (before !== chosen) this.#card();
    if (read) this.card.querySelector("h2").focus({ preventScroll: true });
    if (!chosen && this.opener && this.opener.isConnected) this.opener.focus();
    this.opener = chosen && opener;
  }

  #card() {
    const { chosen, data: { words, labels } } = this, { element } = Webpage;
    this.card.scrollTop = 0;
    this.card.classList.toggle("chosen", Boolean(chosen));
    if (!chosen) { this.#latest(); return; }
    const close = element("button", { type: "button", className: "close", title: words.close }, "✕ Esc");
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", () => this.choose(""));
    const kind = element("p", { className: "kind" }, Webpage.#symbol(chosen), element("span", {}, chosen.kind), close);
    kind.style.color = `var(--${chosen.category}, var(--muted))`;
    this.card.replaceChildren(
      kind,
      element("h2", { className: "place", tabIndex: -1 }, chosen.where),
      element("p", { className: "when" }, chosen.when),
      element("p", { className: "story" }, chosen.story),
      element("dl", { className: "fields" }, ...chosen.fields.map(([label, text]) =>
        element("div", {}, element("dt", {}, labels[label]), element("dd", {}, text)))),
      element("h3", {}, words.sources),
      element("ul", { className: "sources" }, ...chosen.sources.map((source) => element("li", {}, Webpage.#link(source)))),
    );
    if (chosen.tracks.length) this.card.append(element("h3", {}, words.track));
    for (const [basis, sources] of chosen.tracks) {
      const links = sources.flatMap((source) => [Webpage.#link(source), " "]);
      this.card.append(element("p", { className: "basis" }, basis, element("br"), ...links));
    }
    this.#symbols(this.card);
  }

  #latest() {
    const { data: { words, incidents } } = this, { element } = Webpage;
    const list = incidents.slice(0, Webpage.LATEST).map((incident) => {
      const lines = [element("small", {}, `${incident.name} · ${incident.when}`), element("b", {}, incident.where),
        element("small", {}, incident.what)];
      const button = element("button", { type: "button" }, Webpage.#symbol(incident), element("span", {}, ...lines));
      button.addEventListener("click", () => this.choose(incident.id, { read: true }));
      return element("li", {}, button);
    });
    this.card.replaceChildren(
      element("h3", { className: "latest-head" }, words.latest),
      element("p", { className: "hint" }, words.hint),
      element("ul", { className: "latest" }, ...list),
    );
    this.#symbols(this.card);
  }

  #table() {
    const { element } = Webpage, body = document.querySelector("tbody");
    this.heads = [...document.querySelectorAll("thead th")];
    this.heads.forEach((head, column) => head.firstChild.addEventListener("click", () =>
      this.#sort(column, head.getAttribute("aria-sort") !== "ascending")));
    for (const incident of this.data.incidents) {
      const row = element("tr");
      incident.row.forEach((cell, column) => {
        const name = this.heads[column].dataset.column, text = Webpage.#text(cell);
        if (name === "place") row.append(element("th", { scope: "row" }, element("button", { type: "button" }, text)));
        else if (name === "what") row.append(element("td", {}, Webpage.#symbol(incident), text));
        else row.append(element("td", {}, text));
        row.lastChild.dataset.column = name;
      });
      row.addEventListener("click", () => this.#open(incident.id, row));
      this.rows.set(incident.id, row);
    }
    body.addEventListener("keydown", (event) => {
      const row = event.target.closest("tr"), other = { ArrowDown: row.nextSibling, ArrowUp: row.previousSibling }[event.key];
      if (!other) return;
      event.preventDefault();
      other.querySelector("button").focus();
    });
  }

  // The incident of a row, with map and card in sight; not where only some of its text was marked.
  #open(id, row) {
    if (!getSelection().isCollapsed) return;
    this.choose(id, { opener: row.querySelector("button"), read: true });
    const place = innerWidth > 900 ? document.getElementById("top") : this.card;
    place.scrollIntoView();
  }

  #sort(column, ascending) {
    const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const key = ({ row }) => (Array.isArray(row[column]) ? row[column][1] : row[column]);
    const order = (a, b) => (typeof key(a) === "number" ? key(a) - key(b) : compare(key(a), key(b))) * (ascending ? 1 : -1);
    this.heads.forEach((head, position) => {
      if (position === column) head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    const focused = document.activeElement;
    document.querySelector("tbody").append(...[...this.data.incidents].sort(order).map(({ id }) => this.rows.get(id)));
    if (focused && focused !== document.activeElement) focused.focus();
  }

  // The map drawn for the width of the paper, in the light palette, at once; and back.
  #toPaper() {
    if (this.paper) return;
    const { map } = this.map, before = map.getSize();
    this.before = { at: map.getCenter(), zoom: map.getZoom() };
    this.#lay(true);
    const { x, y } = map.getSize(), nearer = Math.log2(Math.min(x / before.x, y / before.y));
    map.setView(this.before.at, this.before.zoom + nearer, { animate: false });
  }

  #fromPaper() {
    if (!this.paper) return;
    this.map.map.setView(this.before.at, this.before.zoom, { animate: false }); // first: in a larger frame it fits, too
    this.#lay(false);
  }

  #lay(paper) {
    this.paper = paper;
    document.documentElement.classList.toggle("paper", paper);
    L.Browser.retina = paper || devicePixelRatio > 1; // twice the pixels for a printer
    this.draw();
    const { basemap, map, sight: { widest } } = this.map;
    if (basemap) basemap.repaint(this.look.palette);
    if (paper && basemap) {
      // A canvas is white on paper where nothing is drawn.
      const { renderer } = basemap.layers[0].options, fillColor = this.look.palette.sea;
      this.sea = L.rectangle(widest.pad(1), { renderer, fillColor, fillOpacity: 1, stroke: false, interactive: false }).addTo(map);
      this.sea.bringToBack();
    } else if (this.sea) this.sea.remove();
    map.invalidateSize({ animate: false });
  }

  // Symbols are ours, from symbols.py; they change with the palette.
  #symbols(within) {
    for (const place of within.querySelectorAll("[data-symbol]")) place.innerHTML = this.look.symbols[place.dataset.symbol];
  }

  static #symbol({ category, status }) {
    const place = document.createElement("span");
    place.dataset.symbol = `${category}|${status}`;
    return place;
  }

  static #text(cell) {
    return Array.isArray(cell) ? cell[0] : cell;
  }

  static element(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  // A link named by its host; what is no address of http(s) stays text.
  static #link(address) {
    const { protocol, hostname } = Webpage.#address(address);
    if (protocol !== "http:" && protocol !== "https:") return address;
    const link = Webpage.element("a", { href: address, target: "_blank", title: address }, hostname.replace(/^www\./, ""));
    link.rel = "noopener noreferrer nofollow";
    return link;
  }

  static #address(text) {
    try { return new URL(text); } catch { return {}; }
  }

  // A TopoJSON whose arcs were packed by inline.py.
  static unpacked({ arcs: { lengths, steps }, ...topology }) {
    let at = 0;
    const next = () => {
      let number = 0, bits, shift = 0;
      do {
        bits = steps.charCodeAt(at++) - 63;
        number |= (bits & 31) << shift;
        shift += 5;
      } while (bits & 32);
      return number & 1 ? ~(number >> 1) : number >> 1;
    };
    return { ...topology, arcs: lengths.map((length) => Array.from({ length }, () => [next(), next()])) };
  }
}

// With its fonts, by which the panels beside the map take their size before the map is fitted into what they leave.
Promise.allSettled([400, 600, 700].map((weight) => document.fonts.load(`${weight} 15px 'Source Sans'`))).then(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  window.webpage = new Webpage(read("data"), {
    basemap_far: () => Webpage.unpacked(read("basemap_far")),
    basemap_near: () => Webpage.unpacked(read("basemap_near")),
    names: () => read("names"),
  });
  window.incursions = window.webpage.map;
});
