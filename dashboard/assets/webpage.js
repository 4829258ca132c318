// The page to take away: the map of the screen, beside it the card of one incident, below it the table of them all.
// Everything comes from the file itself; what was written by others goes onto the page as text alone.

class Webpage {
  constructor(data, files) {
    Object.assign(this, { data, files, chosen: undefined, opener: null, paper: false });
    this.incidents = new Map(data.incidents.map((incident) => [incident.id, incident]));
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.contrast = matchMedia("(prefers-contrast: more)");
    this.calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    document.documentElement.classList.toggle("margins", "CSSMarginRule" in window); // else the strips are printed
    this.card = new Card(document.getElementById("card"), data, (id, how) => this.choose(id, how));
    this.#map();
    this.table = new IncidentTable(data, (id, button) => this.#open(id, button));
    this.choose(data.selected);
    this.#symbols(document);
    for (const wish of [this.dark, this.contrast]) wish.addEventListener("change", () => this.draw());
    addEventListener("beforeprint", () => this.#toPaper());
    addEventListener("afterprint", () => this.#fromPaper());
  }

  #map() {
    const { options, stage } = this.data;
    const still = { zoomAnimation: !this.calm, fadeAnimation: !this.calm };
    const map = L.map("map", { ...options, ...(this.calm && still) });
    const [figures, legend] = ["figures", "legend"].map((id) => document.getElementById(id));
    const outside = { onEscape: () => this.choose(""), figures, legend };
    this.map = new IncursionMap(map, { ...stage, files: this.files }, outside);
    this.draw();
    this.map.marks.group.on("click", ({ layer, originalEvent }) => {
      this.choose(layer.feature.properties.id, { opener: layer.getElement(), read: !originalEvent });
    });
    if (this.data.counted) map.on("moveend", () => this.draw());
    this.draw(); // now that the view is known, whose incidents are counted
  }

  // Hand the map all that changes; it touches what differs.
  draw() {
    const { state, counted } = this.data;
    const { palette, symbols, legends } = this.theme;
    this.map.show({
      ...state,
      ...(counted ? this.#counted() : {}),
      palette,
      kinds: state.kinds.map((kind, place) => ({ ...kind, symbol: symbols[place] })),
      legend: legends[this.chosen?.legend || 0],
      selected: this.chosen?.focus || null,
    });
    if (this.painted !== palette) this.#symbols(document);
    this.painted = palette;
  }

  get theme() {
    const { themes } = this.data;
    if (this.paper) return themes.light;
    if (this.contrast.matches) return themes.contrast;
    return this.dark.matches ? themes.dark : themes.light;
  }

  // Where there are too many incidents for marks: cells of the view, and as marks the chosen incident, the own-side
  // objects, and what is alone in its cell.
  #counted() {
    const { state, counted, categories, grid } = this.data;
    const isChosen = (id) => id === this.chosen?.id;
    const isDrawn = (place) => {
      const { category } = state.kinds[state.marks.kind[place]];
      return isChosen(state.marks.id[place]) || category === Marks.OWN_SIDE;
    };
    const drawn = [...state.marks.id.keys()].filter(isDrawn);
    const marks = Columns.pick(state.marks, drawn);
    const tracks = state.tracks.filter(({ incident }) => isChosen(incident));
    if (!this.map.state) return { marks, tracks };
    const { map } = this.map;
    const view = map.getBounds();
    const bounds = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()];
    const isCounted = (place) => counted.mark[place] < 0 || !isChosen(state.marks.id[counted.mark[place]]);
    const several = Clustering.cells(counted, categories, { ...grid, bounds, zoom: map.getZoom() }, isCounted);
    const alone = several.alone.map((place) => this.#alone(place));
    return { marks: Columns.add(marks, alone), tracks, cells: Columns.add(state.cells, several.cells) };
  }

  // The mark of an incident that is alone in its cell; one that is not in the table has nothing to open.
  #alone(place) {
    const { state, counted, words } = this.data;
    if (counted.mark[place] >= 0) return Columns.row(state.marks, counted.mark[place]);
    const { latitude, longitude, kind } = Columns.row(counted, place);
    return { id: `older ${place}`, latitude, longitude, kind, when: "", where: words.older, what: "" };
  }

  // Look at an incident, or with an id that is not known at none. `opener` gets the keyboard back when its card closes;
  // `read` takes the keyboard to the card.
  choose(id, { opener = null, read = false } = {}) {
    const before = this.chosen;
    const chosen = this.incidents.get(id) || null;
    this.chosen = chosen;
    this.table.mark(chosen?.id);
    this.draw();
    if (before !== chosen) {
      this.card.show(chosen);
      this.#symbols(this.card.box);
    }
    if (read) this.card.focus();
    if (!chosen && this.opener?.isConnected) this.opener.focus();
    this.opener = chosen && opener;
  }

  // The incident of a row, with map and card in sight.
  #open(id, opener) {
    this.choose(id, { opener, read: true });
    const place = innerWidth > 900 ? document.getElementById("top") : this.card.box;
    place.scrollIntoView();
  }

  // The map drawn for the width of the paper, in the light palette, at once; and back.
  #toPaper() {
    if (this.paper) return;
    const { map, sight } = this.map;
    const before = map.getSize();
    const [at, zoom] = [map.getCenter(), map.getZoom()];
    this.before = sight.asked;
    this.#lay(true);
    const { x, y } = map.getSize();
    const nearer = Math.log2(Math.min(x / before.x, y / before.y));
    map.setView(at, zoom + nearer, { animate: false });
  }

  #fromPaper() {
    if (!this.paper) return;
    this.#lay(false);
    this.map.sight.ask(this.before);
  }

  #lay(paper) {
    this.paper = paper;
    document.documentElement.classList.toggle("paper", paper);
    L.Browser.retina = paper || devicePixelRatio > 1; // twice the pixels for a printer
    this.draw();
    const { basemap, map, sight } = this.map;
    basemap?.repaint(this.theme.palette);
    if (paper && basemap) {
      // A canvas is white on paper where nothing is drawn.
      const { renderer } = basemap.layers[0].options;
      const style = { fillColor: this.theme.palette.sea, fillOpacity: 1, stroke: false, interactive: false };
      this.sea = L.rectangle(sight.widest.pad(1), { ...style, renderer }).addTo(map);
      this.sea.bringToBack();
    } else this.sea?.remove();
    map.invalidateSize({ animate: false });
  }

  // Symbols are ours, from shapes.py; they change with the palette.
  #symbols(within) {
    for (const place of within.querySelectorAll("[data-symbol]")) {
      place.innerHTML = this.theme.symbols[place.dataset.symbol];
    }
  }
}

// With its fonts, by which the panels beside the map take their size before the map is fitted into what they leave.
Promise.allSettled([400, 600, 700].map((weight) => document.fonts.load(`${weight} 15px 'Source Sans'`))).then(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  window.webpage = new Webpage(read("data"), {
    basemap_far: () => Topology.unpacked(read("basemap_far")),
    basemap_near: () => Topology.unpacked(read("basemap_near")),
    names: () => read("names"),
  });
  window.incursions = window.webpage.map;
});
