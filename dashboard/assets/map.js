// The incursion map in its frame. Python sends everything that changes as one value to `show`, which touches only
// what differs: the frame is never rebuilt, so the map neither blinks nor loses its view.
"use strict";

class IncursionMap {
  // `files` are addresses, or functions that give what would be found there; `widest` are the bounds at small scales,
  // where they are wider. Figures and legend go into elements of `outside`, or over the map. A map with a `leader` shows
  // what that one shows.
  constructor(map, { files, bounds, widest = bounds, words }, { onEscape = IncursionMap.tellPage, timeline, leader, ...outside } = {}) {
    Object.assign(this, { map, leader });
    this.panels = new Panels(map, words, outside, () => this.showAll());
    this.#name(words.map);
    for (const [name, order] of [["basemap", 200], ["tracks", 410], ["names", 420], ["past", 590]]) {
      map.createPane(name).style.zIndex = order;
    }
    map.getPane("names").style.pointerEvents = "none";
    map.getPane("basemap").style.pointerEvents = "none";
    this.surroundings = new Surroundings(map);
    this.tooltip = L.tooltip({ direction: "top", offset: [0, -14], className: "hint" });
    this.sight = new Sight(this, { bounds, widest });
    map.on("zoomend", () => this.state && this.surroundings.showFocus(this.state, this.state.selected));
    if (!leader) {
      document.addEventListener("keydown", ({ key }) => { if (key === "Escape") onEscape(); });
      IncursionMap.listen((event) => { if (event.key === "z") { event.preventDefault(); this.showAll(); } });
    }
    const read = (name) => IncursionMap.#read(files[name]);
    this.far = read("basemap_far");
    this.near = this.far.then(() => read("basemap_near")); // what is seen first comes first
    this.names = read("names");
    if (timeline) this.#timeline(timeline, words);
    this.options = { files, bounds, widest, words };
  }

  // Keys that are pressed on the map or on the page around it, as long as nobody is typing.
  static listen(act) {
    const pressed = (event) => {
      const typing = event.target.closest && event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
      if (!typing && !event.ctrlKey && !event.altKey && !event.metaKey) act(event);
    };
    for (const view of window.frameElement ? [window, window.parent] : [window]) {
      view.document.addEventListener("keydown", pressed, true);
      window.addEventListener("pagehide", () => view.document.removeEventListener("keydown", pressed, true));
    }
  }

  #timeline(box, words) {
    this.player = new Player(this, words.player);
    this.timeline = new Timeline(box, { onPick: (days) => this.#tell({ days }), extra: this.player.element });
    this.briefing = new Briefing(this, (properties) => this.#tell(properties));
    this.panels.caption(this.player.caption);
    this.printing = new Printing(this);
  }

  // Tells the page of something, the way streamlit-folium tells it of a click: of what is told at almost the same time only
  // the last arrives, so that it holds what was told before, too.
  #tell(properties) {
    const at = this.map.getCenter(), messenger = L.marker(at).addEventParent(this.marks.group);
    messenger.feature = { type: "Feature", properties: this.#told(properties) };
    messenger.fire("click", { latlng: at }, true);
  }

  #told(properties) {
    this.events = [...(this.events || []), { ...properties, number: Math.max(Date.now(), (this.last || 0) + 1) }].slice(-IncursionMap.KEPT);
    this.last = this.events.at(-1).number;
    return { ...properties, events: this.events };
  }

  static KEPT = 8;

  static async #read(file) {
    if (typeof file === "function") return file();
    const answer = await fetch(file);
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    return answer.json();
  }

  // Until style sheets and fonts are there, nothing that is written has its size.
  static async #styled() {
    const coming = [...document.querySelectorAll("link[rel=stylesheet]")].filter(({ sheet }) => !sheet);
    await Promise.all(coming.map((link) => new Promise((done) => { link.onload = link.onerror = done; })));
    await Promise.all(["13px", "600 13px"].map((font) => document.fonts.load(`${font} 'Source Sans'`)));
  }

  // The page's shortcuts work while the map's frame has the keyboard, too.
  static tellPage() {
    window.parent.document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", code: "Escape", bubbles: true }));
  }

  // What a screen reader calls the map and its frame; what looks like a button is pressed by the space bar, too.
  #name(label) {
    const box = this.map.getContainer();
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", label);
    if (window.frameElement) window.frameElement.title = label;
    box.addEventListener("keydown", (event) => {
      if (event.key !== " " || event.target.getAttribute("role") !== "button") return;
      event.preventDefault();
      event.target.click();
    });
  }

  // All that is selected: what the page says, since cells are only those of the view.
  showAll() {
    if (this.leader) { this.leader.showAll(); return; }
    this.sight.ask({ bounds: this.state.extent, clear: true }, true);
    const [[south, west], [north, east]] = this.state.extent;
    if (this.timeline) this.#tell({ all: [west, south, east, north] });
  }

  // What is played is looked at, unless at least half of it is in sight.
  follow() {
    if (this.#outside() * 2 > this.all.length) this.showAll();
  }

  // How many of the incidents that are shown lie outside of what is seen.
  #outside() {
    const { total, cells } = this.state;
    const seen = this.sight.seen();
    if (total) {
      const alone = this.marks.marks.filter(({ at, category }) => category !== Marks.OWN_SIDE && seen.contains(at)).length;
      return total - alone - cells.reduce((sum, [, , count]) => sum + count, 0);
    }
    return [...this.marks.marks, ...this.past.marks].filter(({ at }) => !seen.contains(at)).length;
  }

  // The map is where it is to stay: what lies outside is said, and the page told what is seen, and who moved the map there.
  arrived() {
    if (!this.marks) return;
    this.panels.tellOutside(this.#outside());
    if (!this.timeline || !this.map.getSize().x) return;
    clearTimeout(this.telling);
    const seen = this.sight.seen(), area = [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
    const told = { seen: area, zoom: this.map.getZoom(), moved: Boolean(this.sight.byHand), turn: this.state.view.turn };
    this.telling = setTimeout(() => {
      if (JSON.stringify(told) !== this.said) this.#tell(told);
      this.said = JSON.stringify(told);
    }, 50);
  }

  show(state) {
    const before = this.state || {};
    this.state = state;
    const differs = (...names) => names.some((name) => JSON.stringify(state[name]) !== JSON.stringify(before[name]));
    if (differs("palette")) this.#paint();
    if (Boolean(state.compared) !== Boolean(before.compared)) this.#halve();
    if (this.briefing && differs("briefing")) this.briefing.show(state.briefing);
    if (differs("figures", "legend", "heading", "palette")) {
      this.panels.show(state);
      this.sight.resize(); // panels beside the map take room from it
      this.#drawn();
    }
    const turned = state.view && (!before.view || state.view.turn !== before.view.turn);
    if (turned) this.sight.ask(state.view, state.view.fly && this.painted);
    if (!this.marks) this.#marks();
    if (differs("marks", "side", "cells", "palette", "selected")) {
      if (differs("palette")) for (const marks of [this.marks, this.past]) marks.show([], [], null);
      this.all = state.marks.map(([id, lat, lon, kind, when, where, what, first, last, loose]) =>
        ({ id, at: L.latLng(lat, lon), kind, category: kind.split("|")[0], when, where, what, first, last, loose, label: [when, where].filter(Boolean).join(", ") + (what && `: ${what}`) }));
      this.cells = state.cells.map(([lat, lon, count, counts]) => ({ at: L.latLng(lat, lon), count, counts }));
    }
    if (this.timeline && differs("timeline", "marks", "palette")) {
      this.timeline.show(state.timeline, state.palette);
      this.player.refresh(state.timeline, !state.total && !state.compared);
    }
    if (state.compared || this.twin) this.#compare();
    if (this.player && this.player.active) this.player.draw();
    else if (differs("marks", "side", "cells", "palette", "selected")) this.restore();
    else if (differs("tracks")) this.surroundings.showTracks(state);
    // A map that is on its way somewhere, or that shows what somebody else chose, is not moved to the chosen mark.
    if (differs("selected", "palette")) this.#focus(turned ? state.selected : before.selected);
    if (!this.sight.ours) this.arrived();
  }

  // A second map of earlier days beside this one, with the same view at every moment.
  #compare() {
    const { state } = this, first = !this.twin;
    if (first) this.twin = Twin.beside(this);
    if (!state.compared) { this.twin.show({ ...this.twin.state, marks: [], cells: [], tracks: [], selected: null }); return; }
    this.twin.map.invalidateSize({ pan: false });
    this.twin.show({ ...state, view: undefined, timeline: null, legend: [], ...state.compared, compared: null });
    if (first) Twin.link(this, this.twin);
    if (first) this.twin.marks.group.on("click", ({ layer }) => this.#tell({ id: layer.feature.properties.id }));
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
    if (this.timeline) { this.timeline.cursor = null; this.timeline.draw(); }
    this.past.show([], [], null);
    this.#draw(this.all, this.cells, this.state.tracks);
    this.arrange();
  }

  // One step of what is played: what is new in its days, and what was before.
  stepTo(fresh, past, days) {
    this.timeline.cursor = days;
    this.timeline.draw();
    const shown = new Set([...fresh, ...past].map(({ id }) => id));
    this.past.show(past, [], null);
    this.#draw(fresh, [], this.state.tracks.filter(([id]) => shown.has(id)));
  }

  #draw(marks, cells, tracks) {
    this.marks.show(marks, cells, this.state.selected && this.state.selected.id);
    this.surroundings.showTracks({ ...this.state, tracks });
    this.panels.figures.hidden = Boolean(this.player && this.player.active);
  }

  #paint() {
    const { palette } = this.state, root = document.documentElement.style;
    for (const name of ["ink", "muted", "hairline", "panel", "paper", "sea", "land", "rim", "action", "flank"]) {
      root.setProperty(`--${name}`, palette[name]);
    }
    root.setProperty("--flank-land", palette.flank_land);
    root.setProperty("--town", palette.muted);
    root.setProperty("--sea-name", palette.muted);
    if (this.painted) { this.far.then(() => this.basemap.repaint(palette)); return; }
    this.painted = true;
    this.far.then((topology) => { this.basemap = new Basemap(this.map, topology, this.near, this.state.palette); });
    Promise.all([this.names, IncursionMap.#styled(), this.far]).then(([names]) => {
      this.places = new Names(this.map, names);
      this.panels.wrap();
      if (!this.sight.byHand) this.sight.look(); // the legend got its height from what is drawn, and from its style
      this.arrange();
      document.documentElement.dataset.ready = "true";
    });
  }

  // After marks have changed: the legend shows clusters, statuses, frames, icons and a depth only where they are, and names make way.
  #drawn() {
    if (this.marks) {
      const layers = [this.marks, this.past, ...(this.twin && this.twin.marks ? [this.twin.marks] : [])], { selected } = this.state;
      const drawn = new Set(layers.flatMap((marks) => marks.shows()));
      if (layers.some((marks) => marks.clusters.getLayers().length > 0)) drawn.add("cluster");
      if (selected && selected.border) drawn.add("depth");
      this.panels.explain(drawn);
    }
    this.panels.wrap();
    if (this.marks && !this.sight.ours) this.panels.tellOutside(this.#outside());
    this.arrange();
  }

  // While the map plays, names stay where they are: they would jump at every step.
  arrange() {
    if (!this.places || !this.marks || (this.player && this.player.active)) return;
    this.places.place(this.marks.boxes(), this.basemap.flank());
  }

  #marks() {
    const outer = this;
    const symbols = {
      get palette() { return outer.state.palette; },
      get side() { return outer.state.side; },
      mark: ({ kind }) => outer.state.symbols[kind],
      ring: (counts, count, reach) => outer.#ring(counts, count, reach),
      counted: (count) => outer.state.words.cluster.replace("{count}", count),
    };
    const onHover = (mark, marker) => this.#hover(mark, marker);
    const onClick = (properties) => (this.timeline ? this.#told(properties) : properties);
    const drawn = { symbols, onChange: () => this.#drawn(), onHover, onClick };
    this.past = new Marks(this.map, { ...drawn, pane: "past", onChange: () => {} });
    this.marks = new Marks(this.map, drawn);
  }

  // A cluster: its number in a ring whose arcs are the shares of the categories.
  #ring(counts, count, reach) {
    const { palette } = this.state, middle = reach - 3, all = 2 * Math.PI * middle;
    let turn = 0;
    const arcs = counts.map(([category, part]) => {
      const length = (part / count) * all;
      const arc = `<circle r="${middle}" fill="none" stroke="${palette.categories[category]}" stroke-width="5" ` +
        `stroke-dasharray="${length} ${all - length}" stroke-dashoffset="${-turn}" transform="rotate(-90)"/>`;
      turn += length;
      return arc;
    });
    const text = count > 999 ? `${(count / 1000).toFixed(count > 9999 ? 0 : 1)}k` : count;
    return `<svg width="${2 * reach}" height="${2 * reach}" viewBox="${-reach} ${-reach} ${2 * reach} ${2 * reach}">` +
      `<circle r="${reach}" fill="${palette.rim}"/>${arcs.join("")}<text>${text}</text></svg>`;
  }

  #hover(mark, marker) {
    if (!mark) { this.tooltip.remove(); return; }
    const content = document.createElement("div");
    for (const [tag, text] of [["b", mark.where], ["span", mark.what], ["br", ""], ["i", mark.when]]) {
      content.appendChild(document.createElement(tag)).textContent = text;
    }
    this.tooltip.setLatLng(marker.getLatLng()).setContent(content).addTo(this.map);
  }
}
