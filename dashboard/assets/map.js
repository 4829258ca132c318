// The incursion map in its frame. Python sends everything that changes as one value to `show`, which touches only
// what differs: the frame is never rebuilt, so the map neither blinks nor loses its view.

class IncursionMap {
  // What of a state its marks depend on.
  static DRAWN = ["marks", "kinds", "side", "cells", "palette", "selected", "context"];
  static COLOURS = ["ink", "muted", "hairline", "panel", "paper", "sea", "land", "rim", "action", "flank", "airport"];
  static PANES = { basemap: 200, tracks: 410, names: 420, past: 590, measured: 610 }; // and their order

  // `files` are addresses, or functions that give what would be found there; `widest` are the bounds at small scales,
  // where they are wider. Figures and legend go into elements of `outside`, or over the map. A map with a `leader`
  // shows what that one shows.
  constructor(map, options, { onEscape = Keyboard.passEscape, timeline, leader, ...outside } = {}) {
    const { files, bounds, widest = bounds, words } = options;
    Object.assign(this, { map, leader, options, all: [], cells: [], context: [], texts: {} });
    const onMeasure = leader ? null : () => this.measure.toggle();
    this.panels = new Panels(map, words, outside, { onAll: () => this.showAll(), onMeasure });
    this.#name(words.map);
    for (const [name, order] of Object.entries(IncursionMap.PANES)) map.createPane(name).style.zIndex = order;
    for (const name of ["basemap", "names", "measured"]) map.getPane(name).style.pointerEvents = "none";
    this.surroundings = new Surroundings(map);
    this.tooltip = L.tooltip({ direction: "top", offset: [0, -14], className: "hint" });
    this.sight = new Sight(this, { bounds, widest });
    this.pointer = new Pointer(map, words);
    if (!leader) this.measure = new Measure(map, words, this.panels.measured, (on) => this.panels.ruler.press(on));
    this.messages = new Messages(
      map,
      () => this.marks.group,
      () => this.state.session,
    );
    map.on("zoomend", () => this.state && this.surroundings.showFocus(this.state, this.state.selected));
    if (!leader) this.#listen(onEscape);
    this.#read(files);
    if (timeline) this.#timeline(timeline, words);
  }

  // What a screen reader calls the map and its frame.
  #name(label) {
    const box = this.map.getContainer();
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", label);
    if (window.frameElement) window.frameElement.title = label;
    Keyboard.pressBySpace(box);
  }

  #listen(onEscape) {
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") onEscape();
    });
    const acts = { z: () => this.showAll(), m: () => !this.briefing?.on && this.measure.toggle() };
    Keyboard.listen((event) => {
      if (event.key === "Escape" && this.measure.on) {
        event.stopImmediatePropagation(); // else the card closes as well
        this.measure.stop();
        return;
      }
      if (!acts[event.key]) return;
      event.preventDefault();
      acts[event.key]();
    });
  }

  // What is seen first comes first: borders from afar, then names, then the borders as they are seen from near.
  #read(files) {
    const read = async (name) => {
      const file = files[name];
      if (typeof file === "function") return file();
      const answer = await fetch(file);
      if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
      return answer.json();
    };
    this.far = read("basemap_far");
    this.names = read("names");
    const named = new Promise((done) => {
      this.isNamed = done;
    });
    this.near = named.then(() => read("basemap_near"));
  }

  #timeline(box, words) {
    const tell = (properties) => this.messages.tell(properties);
    this.player = new Player(this, words.player);
    this.timeline = new Timeline(box, { onPick: (days) => tell({ days }), extra: this.player.element });
    this.briefing = new Briefing(this, tell);
    this.panels.caption(this.player.caption);
    this.printing = new Printing(this);
    this.list = new IncidentList(tell);
    this.picking = new Picking(this.map, tell);
  }

  // All that is selected: what the page says, since cells are only those of the view.
  showAll() {
    if (this.leader) {
      this.leader.showAll();
      return;
    }
    this.sight.ask({ bounds: this.state.extent, clear: true }, true);
    const [[south, west], [north, east]] = this.state.extent;
    this.told = ""; // the page forgets the area: the same one is told again when the reader goes back to it
    if (this.timeline) this.messages.tell({ all: [west, south, east, north] });
  }

  // What is played is looked at, unless at least half of it is in sight.
  follow() {
    if (this.#outside() * 2 > Marks.incidents(this.all).length) this.showAll();
  }

  // How many of the incidents that are shown lie outside of what is seen.
  #outside() {
    const { total } = this.state;
    const seen = this.sight.seen();
    if (total) {
      const alone = Marks.incidents(this.marks.marks).filter(({ at }) => seen.contains(at)).length;
      return total - alone - this.cells.reduce((sum, { count }) => sum + count, 0);
    }
    const past = this.player?.active ? this.past.marks : []; // else they are context, and nobody asks for it
    return Marks.incidents([...this.marks.marks, ...past]).filter(({ at }) => !seen.contains(at)).length;
  }

  // The map is where it is to stay: what lies outside is said, and the page told what is seen, and who moved the map
  // there.
  arrived() {
    if (!this.marks) return;
    this.panels.tellOutside(this.#outside());
    if (!this.timeline || this.state.picking || !this.map.getSize().x) return;
    clearTimeout(this.telling);
    const seen = this.sight.seen();
    const told = {
      seen: [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()],
      zoom: this.map.getZoom(),
      moved: Boolean(this.sight.byHand),
      turn: this.state.view.turn,
    };
    this.telling = setTimeout(() => {
      const text = JSON.stringify(told);
      if (text !== this.told) this.messages.tell(told);
      this.told = text;
    }, 50);
  }

  // What Python sends, or the part of it that a saved view gives ahead.
  show(state) {
    const before = this.state || {};
    const differs = this.#differences(state);
    const turned = state.view && state.view.turn !== before.view?.turn;
    this.state = state;
    this.#showAround(differs, turned);
    if (turned) {
      this.sight.ask(state.view, state.view.fly && this.painted);
      this.surroundings.showPlace(state.view.place);
    }
    if (!this.marks) this.#marks();
    if (differs(...IncursionMap.DRAWN)) this.#take(state, differs);
    if (state.timeline && differs("timeline", "marks", "palette")) {
      this.timeline.show(state.timeline, state.palette);
      this.player.refresh(state.timeline, !state.total && !state.compared);
    }
    this.picking?.show(state);
    if (state.compared || this.twin) this.#compare();
    this.#showMarks(differs);
    // A map that is on its way somewhere, or that shows what somebody else chose, is not moved to the chosen mark.
    if (differs("selected", "palette")) this.#focus(turned ? state.selected : before.selected);
    if (!this.sight.ours) this.arrived();
  }

  // Whether a state differs from the one of before in any of some parts.
  #differences(state) {
    const before = this.texts;
    this.texts = Object.fromEntries(Object.entries(state).map(([name, part]) => [name, JSON.stringify(part)]));
    return (...names) => names.some((name) => this.texts[name] !== before[name]);
  }

  // What stands around the marks: colours, a second map, the words of a briefing, and panels.
  #showAround(differs, turned) {
    const { state } = this;
    if (differs("palette")) this.#paint();
    if (this.timeline && differs("timeline")) document.body.classList.toggle("untimed", !state.timeline);
    if (!this.leader && differs("compared")) this.#halve();
    if (this.briefing && differs("briefing")) {
      this.briefing.show(state.briefing);
      if (this.briefing.on && this.measure.on) this.measure.stop();
    }
    if (differs("airports")) this.arrange();
    if (differs("selected")) this.list?.toHead(state.selected?.id);
    const isNew = differs("figures", "legend", "heading", "palette");
    if (isNew) {
      this.panels.show(state);
      this.#drawn(); // the legend has its lines before its size is asked for, else the map would blink
    }
    if (isNew || differs("briefing")) this.sight.resize(turned); // panels beside the map take room from it
  }

  #take(state, differs) {
    if (differs("palette")) for (const marks of [this.marks, this.past]) marks.show([], [], null);
    this.all = Marks.of(state);
    this.cells = Marks.cellsOf(state);
    this.context = state.context ? Marks.of({ marks: state.context, kinds: state.kinds }) : [];
  }

  #showMarks(differs) {
    if (this.player?.active) this.player.draw();
    else if (differs(...IncursionMap.DRAWN)) this.restore();
    else if (differs("tracks")) {
      this.surroundings.showTracks(this.state);
      this.#drawn();
    }
  }

  // A second map of earlier days beside this one, with the same view at every moment.
  #compare() {
    const { state } = this;
    const first = !this.twin;
    if (first) this.twin = Twin.beside(this);
    if (!state.compared) {
      this.twin.show({ ...this.twin.state, marks: {}, cells: {}, tracks: [], selected: null });
      return;
    }
    this.twin.map.invalidateSize({ pan: false });
    this.twin.show({ ...state, view: undefined, timeline: null, legend: [], ...state.compared, compared: null });
    if (first) {
      Twin.link(this, this.twin);
      this.twin.marks.group.on("click", ({ layer }) => this.messages.tell({ id: layer.feature.properties.id }));
    }
    Twin.look(this, this.twin);
  }

  #halve() {
    document.body.classList.toggle("compared", Boolean(this.state.compared));
    this.sight.resize();
  }

  #focus(before) {
    const { ours } = this.sight;
    this.sight.ours = true;
    this.surroundings.showFocus(this.state, before);
    this.sight.ours = ours;
  }

  // All incidents, as when nothing is played.
  restore() {
    if (this.timeline?.state) {
      this.timeline.cursor = null;
      this.timeline.draw();
    }
    this.past.show(this.context, [], null);
    this.#draw(this.all, this.cells, this.state.tracks);
    this.arrange();
  }

  // One step of what is played: what is new in its days, and what was before.
  stepTo(fresh, past, days) {
    this.timeline.cursor = days;
    this.timeline.draw();
    const shown = new Set([...fresh, ...past].map(({ id }) => id));
    const tracks = this.state.tracks.filter(({ incident }) => shown.has(incident));
    this.past.show(past, [], null);
    this.#draw(fresh, [], tracks);
  }

  #draw(marks, cells, tracks) {
    this.surroundings.showTracks({ ...this.state, tracks });
    this.marks.show(marks, cells, this.state.selected?.id);
    this.panels.figures.hidden = Boolean(this.player?.active);
  }

  #paint() {
    const { palette } = this.state;
    const root = document.documentElement.style;
    for (const name of IncursionMap.COLOURS) root.setProperty(`--${name}`, palette[name]);
    root.setProperty("--flank-land", palette.flank_land);
    root.setProperty("--town", palette.muted);
    root.setProperty("--sea-name", palette.water_name);
    if (this.painted) {
      this.far.then(() => {
        this.basemap.repaint(palette);
        this.surroundings.repaint(palette);
      });
      return;
    }
    this.painted = true;
    const drawn = this.far.then((topology) => {
      this.basemap = new Basemap(this.map, topology, this.near, this.state.palette);
      this.surroundings.lay(this.basemap, this.state.palette);
    });
    // Until the fonts are there, nothing that is written has its size: names wait for them, the map does not.
    const fonts = [400, 600, 700].map((weight) => document.fonts.load(`${weight} 13px 'Source Sans'`));
    const sized = Promise.all(fonts).then(() => {
      this.panels.wrap();
      this.sight.refit();
    });
    Promise.all([this.names, drawn, sized]).then(([names]) => this.#write(names));
  }

  #write(names) {
    this.places = new Names(this.map, names, this.options.signs);
    this.waters = new WaterNames(this.map);
    this.arrange();
    this.sight.refit(); // signs of names have made the legend longer
    document.documentElement.dataset.ready = "true";
    this.isNamed();
  }

  // After marks have changed: the legend shows clusters, statuses, frames, icons, tracks, accuracies and a depth
  // only as they are drawn, and names make way.
  #drawn() {
    if (this.marks) this.#explain();
    this.panels.wrap();
    if (this.marks && !this.sight.ours) this.panels.tellOutside(this.#outside());
    this.arrange();
  }

  #explain() {
    const layers = [this.marks, this.past, this.twin?.marks].filter(Boolean);
    const maps = [this, this.twin].filter(Boolean);
    const around = maps.flatMap(({ surroundings, places }) => [...surroundings.shows(), ...(places?.shows() || [])]);
    const drawn = new Set([...layers.flatMap((marks) => marks.shows()), ...around]);
    if (layers.some((marks) => marks.clusters.getLayers().length > 0)) drawn.add("cluster");
    if (this.state.selected?.border) drawn.add("depth");
    if (this.state.selected || layers.some((marks) => marks.shared.any)) drawn.add("accuracy");
    return this.panels.explain(drawn);
  }

  // While the map plays, names stay where they are: they would jump at every step.
  arrange() {
    if (!this.places || !this.marks || this.player?.active) return;
    this.#writeNames();
    if (!this.#explain()) return;
    this.panels.wrap();
    this.#writeNames(); // anew, since the legend is of another size
  }

  #writeNames() {
    const { basemap, state } = this;
    const points = [...this.all, ...this.cells].map(({ at }) => at);
    const line = basemap.flank();
    this.places.place({ marks: this.marks.boxes(), line, points, basemap, airports: state.airports });
    this.waters.place(basemap.namedWater(), this.places.taken);
  }

  #marks() {
    const onClick = (properties) => (this.timeline ? this.messages.noted(properties) : properties);
    const onHover = (mark, marker) => this.#hover(mark, marker);
    const options = { state: () => this.state, onHover, onClick };
    this.past = new Marks(this.map, { ...options, pane: "past", onChange: () => {} });
    this.marks = new Marks(this.map, { ...options, onChange: () => this.#drawn() });
  }

  #hover(mark, marker) {
    if (!mark) {
      this.tooltip.remove();
      return;
    }
    const { element } = Dom;
    const lines = [
      element("b", {}, mark.where),
      element("span", {}, mark.what),
      element("br"),
      element("i", {}, mark.when),
    ];
    this.tooltip
      .setLatLng(marker.getLatLng())
      .setContent(element("div", {}, ...lines))
      .addTo(this.map);
  }
}
