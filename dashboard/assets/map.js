// The incursion map in its frame. Python sends everything that changes as one value to `show`, which touches only
// what differs: the frame is never rebuilt, so the map neither blinks nor loses its view.
"use strict";

class IncursionMap {
  // `files` are addresses, or functions that give what would be found there; `widest` are the bounds at small scales,
  // where they are wider. Figures and legend go into elements of `outside`, or over the map.
  constructor(map, { files, bounds, widest = bounds, words }, { onEscape = IncursionMap.tellPage, timeline, ...outside } = {}) {
    Object.assign(this, { map, region: L.latLngBounds(bounds), widest: L.latLngBounds(widest) });
    this.panels = new Panels(map, words, outside, () => this.fitAll());
    this.#name(words.map);
    for (const [name, order] of [["basemap", 200], ["tracks", 410], ["names", 420], ["past", 590]]) {
      map.createPane(name).style.zIndex = order;
    }
    map.getPane("names").style.pointerEvents = "none";
    map.getPane("basemap").style.pointerEvents = "none";
    this.surroundings = new Surroundings(map);
    this.tooltip = L.tooltip({ direction: "top", offset: [0, -14], className: "hint" });
    this.#limits();
    map.on("resize", () => { this.#limits(); this.panels.wrap(); });
    if (widest !== bounds) map.on("zoomend", () => this.#limits());
    this.#look();
    new ResizeObserver(() => this.resize()).observe(map.getContainer());
    map.on("moveend", () => { this.#look(); this.#names(); });
    map.on("zoomend", () => this.state && this.surroundings.showFocus(this.state, this.state.selected));
    document.addEventListener("keydown", ({ key }) => { if (key === "Escape") onEscape(); });
    const read = (name) => IncursionMap.#read(files[name]);
    this.far = read("basemap_far");
    this.near = this.far.then(() => read("basemap_near")); // what is seen first comes first
    this.names = read("names");
    if (timeline) this.#timeline(timeline, words);
    this.options = { files, bounds, widest, words };
  }

  #timeline(box, words) {
    this.player = new Player(this, words.player);
    this.timeline = new Timeline(box, { onPick: (days) => this.#tell({ days }), extra: this.player.element });
    this.briefing = new Briefing(this, (properties) => this.#tell(properties));
    this.panels.caption(this.player.caption);
    this.printing = new Printing(this);
  }

  // Tells the page of something, the way streamlit-folium tells it of a click.
  #tell(properties) {
    const at = this.map.getCenter(), messenger = L.marker(at).addEventParent(this.marks.group);
    messenger.feature = { type: "Feature", properties: { ...properties, click: Date.now() } };
    messenger.fire("click", { latlng: at }, true);
  }

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

  // The map has another size: it stays where it is, or in a briefing looks where it did, or was on its way to.
  resize() {
    const { map } = this, before = map.getSize();
    const { maxBounds } = map.options;
    this.resizing = true;
    map.setMaxBounds(null); // else Leaflet begins to glide to a zoom level that the new size has only for a moment
    map.invalidateSize({ pan: false });
    if (!map.options.maxBounds) map.setMaxBounds(maxBounds);
    this.resizing = false;
    if (this.centred && !map.getSize().equals(before)) this.recentre();
  }

  recentre() {
    this.map.setView(this.looked.centre, this.looked.zoom, { animate: false });
  }

  // Where the map looks, by its reader's will or ours; not where a change of its size has put its middle.
  #look() {
    if (!this.resizing) this.looked = { centre: this.map.getCenter(), zoom: this.map.getZoom() };
  }

  // The whole window shows charted land and sea at any zoom.
  #limits() {
    const { map } = this, bounds = map.getZoom() < Basemap.NEAR ? this.widest : this.region;
    map.options.minZoom = 0; // else Leaflet answers with no less than the limit of before
    map.options.minZoom = map.getBoundsZoom(this.widest, true);
    map.fire("zoomlevelschange");
    if (map.getZoom() < map.getMinZoom()) map.setZoom(map.getMinZoom(), { animate: false });
    map.setMaxBounds(bounds);
    map.panInsideBounds(bounds, { animate: false });
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
      this.resize(); // panels beside the map take room from it
      this.#drawn();
    }
    if (differs("view")) this.#view();
    if (!this.marks) this.#marks();
    if (differs("marks", "side", "cells", "palette", "selected")) {
      if (differs("palette")) for (const marks of [this.marks, this.past]) marks.show([], [], null);
      this.all = state.marks.map(([id, lat, lon, kind, when, where, what, first, last, loose]) =>
        ({ id, at: L.latLng(lat, lon), kind, category: kind.split("|")[0], when, where, what, first, last, loose, label: `${when}, ${where}: ${what}` }));
      this.cells = state.cells.map(([lat, lon, count, counts]) => ({ at: L.latLng(lat, lon), count, counts }));
    }
    if (this.timeline && differs("timeline", "marks", "palette")) {
      this.timeline.show(state.timeline, state.palette);
      this.player.refresh(state.timeline, !state.cells.length && !state.compared);
    }
    if (state.compared || this.twin) this.#compare();
    if (this.player && this.player.active) this.player.draw();
    else if (differs("marks", "side", "cells", "palette", "selected")) this.restore();
    else if (differs("tracks")) this.surroundings.showTracks(state);
    // A map that is on its way somewhere, or that shows what somebody else chose, is not moved to the chosen mark.
    if (differs("selected", "palette")) this.surroundings.showFocus(state, differs("view") ? state.selected : before.selected);
  }

  // A second map of earlier days beside this one, with the same view at every moment.
  #compare() {
    const { state } = this, first = !this.twin;
    if (first) this.twin = Twin.beside(this);
    if (!state.compared) { this.twin.show({ ...this.twin.state, marks: [], cells: [], tracks: [], selected: null }); return; }
    this.twin.map.invalidateSize({ pan: false });
    this.twin.show({ ...state, view: undefined, timeline: null, legend: [], ...state.compared, compared: null });
    if (first) Twin.link(this.map, this.twin.map);
    if (first) this.twin.marks.group.on("click", ({ layer }) => this.#tell({ id: layer.feature.properties.id }));
    Twin.look(this.map, this.twin.map);
  }

  #halve() {
    const before = this.centred;
    this.centred = true;
    document.body.classList.toggle("compared", Boolean(this.state.compared));
    this.resize();
    this.centred = before;
  }

  // All incidents, as when nothing is played.
  restore() {
    if (this.timeline) { this.timeline.cursor = null; this.timeline.draw(); }
    this.past.show([], [], null);
    this.#draw(this.all, this.cells, this.state.tracks);
    this.#names();
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
      this.#fitAgain();
      this.#names();
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
    this.#names();
  }

  // While the map plays, names stay where they are: they would jump at every step.
  #names() {
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
    const drawn = { symbols, onChange: () => this.#drawn(), onHover };
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

  #view() {
    const { view } = this.state;
    const fly = view.fly && this.painted && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (view.clear) this.fit(view.bounds, false, fly);
    else this.#hold(L.latLngBounds(view.bounds), fly);
    if (fly) return;
    this.#limits();
    this.fitted = view.clear && this.map.getCenter();
  }

  // All incidents: those of `extent` where it is given, since cells are only those of the view.
  fitAll() {
    if (this.state.extent) { this.fit(this.state.extent); return; }
    const places = [...this.state.marks.map(([, lat, lon]) => [lat, lon]), ...this.state.cells.map(([lat, lon]) => [lat, lon])];
    if (places.length) this.fit(L.latLngBounds(places));
  }

  // What does not fit on a low screen is cut in the north, where little happened.
  fit(bounds, animate = true, fly = false) {
    const { map } = this, { figures, legend } = this.panels, size = map.getSize();
    const briefing = this.briefing && this.briefing.on; // whose panels stand at the sides
    const above = briefing ? this.briefing.head.offsetHeight : this.panels.isOver(figures) ? figures.offsetHeight : 0;
    const beside = briefing || !this.panels.isOver(legend) ? 0 : legend.offsetWidth;
    const before = L.point(24 + (beside < size.x / 3 ? beside : 0), above + 28), after = L.point(56, briefing ? 28 : 40);
    const area = L.latLngBounds(bounds), zoom = Math.min(9, map.getBoundsZoom(area, false, before.add(after)));
    const low = map.project(area.getSouthWest(), zoom), high = map.project(area.getNorthEast(), zoom);
    const centre = low.add(high).add(after).subtract(before).divideBy(2);
    centre.y = Math.max(centre.y, low.y + after.y - size.y / 2);
    const at = map.unproject(centre, zoom);
    if (fly) this.#fly(at, zoom);
    else map.setView(at, zoom, { animate });
  }

  // At least all of an area.
  #hold(area, fly) {
    const zoom = this.map.getBoundsZoom(area), [low, high] = [area.getSouthWest(), area.getNorthEast()].map((corner) => this.map.project(corner, zoom));
    const centre = this.map.unproject(low.add(high).divideBy(2), zoom);
    if (fly) this.#fly(centre, zoom);
    else this.map.setView(centre, zoom, { animate: false });
  }

  #fly(centre, zoom) {
    this.looked = { centre, zoom };
    this.map.flyTo(centre, zoom, { duration: 0.9 });
  }

  // The legend got its height from what is drawn, and from its style: the first view is fitted to it, unless it was left.
  #fitAgain() {
    const { map, fitted } = this;
    if (fitted && map.latLngToContainerPoint(fitted).distanceTo(map.getSize().divideBy(2)) < 3) this.#view();
  }
}
