// Incidents as marks, and cells in which the server has counted many. What would cover each other becomes one cluster
// with the number of its incidents, which opens on a click.

class Marks {
  static CLOSE = 9; // zoom at which a cluster that does not come apart is fanned out
  static OWN_SIDE = "friendly"; // category of own-side objects, which join no cluster and are not counted
  static RING = 8; // what the ring around the chosen mark adds to it

  // `state` gives what the map shows. `onClick` gives what is told of a click on a mark, from what a mark tells.
  constructor(map, { state, onChange, onHover, onClick, pane = "markerPane" }) {
    Object.assign(this, { map, state, onChange, onHover, onClick, pane });
    this.group = L.featureGroup().addTo(map); // streamlit-folium reports clicks on its members
    this.clusters = L.layerGroup().addTo(map);
    this.legs = L.layerGroup().addTo(map);
    this.shared = new SharedPlaces(map, state);
    this.shown = new Map(); // id -> { marker, mark }
    this.marks = [];
    this.cells = [];
    this.fanned = null;
    map.on("zoomstart", () => {
      this.fanned = null;
    });
    map.on("zoomend", () => this.draw());
    map.on("click", () => this.#fold());
  }

  // The marks of a state.
  static of({ marks, kinds }) {
    return Columns.rows(marks).map(({ latitude, longitude, kind, month_only: isMonthOnly, ...mark }) => {
      const text = [mark.when, mark.where].filter(Boolean).join(", ");
      const label = mark.what ? `${text}: ${mark.what}` : text;
      return {
        ...mark,
        at: L.latLng(latitude, longitude),
        kind: kinds[kind],
        isMonthOnly: Boolean(isMonthOnly),
        label,
      };
    });
  }

  // The cells of a state.
  static cellsOf({ cells }) {
    return Columns.rows(cells).map(({ latitude, longitude, by_category: byCategory }) => {
      const count = Object.values(byCategory).reduce((sum, part) => sum + part, 0);
      return { at: L.latLng(latitude, longitude), count, byCategory };
    });
  }

  // Marks without own-side objects, which are in no count.
  static incidents(marks) {
    return marks.filter((mark) => !Marks.isOwnSide(mark));
  }

  static isOwnSide({ kind }) {
    return kind.category === Marks.OWN_SIDE;
  }

  get side() {
    return this.state().side;
  }

  show(marks, cells, selected) {
    this.marks = marks;
    this.cells = cells;
    this.selected = selected;
    if (this.fanned && !this.fanned.every((id) => marks.some((mark) => mark.id === id))) this.fanned = null;
    this.draw();
  }

  draw() {
    this.onHover(null);
    const chosen = this.marks.find(({ id }) => id === this.selected);
    const fanned = this.marks.filter(({ id }) => this.fanned?.includes(id));
    const others = this.marks.filter((mark) => mark !== chosen && !fanned.includes(mark));
    const groups = this.#groups(Marks.incidents(others));
    const places = new Map(); // id -> { mark, at }
    if (chosen) places.set(chosen.id, { mark: chosen, at: chosen.at });
    for (const { count, members } of groups) {
      if (count === 1) places.set(members[0].id, { mark: members[0], at: members[0].at });
    }
    this.legs.clearLayers();
    if (chosen) this.#makeWay(chosen, groups, places);
    this.#standAside(
      this.marks.filter((mark) => Marks.isOwnSide(mark) && mark !== chosen),
      groups,
      places,
    );
    if (fanned.length) this.#fan(fanned, places);
    this.#drawMarks(places);
    const rings = groups.filter(({ count }) => count > 1);
    this.#drawClusters(rings);
    const inRings = rings.map(({ members, count }) => ({ marks: members, radius: this.#radius(count) }));
    this.shared.draw([...inRings, { marks: fanned, radius: 0 }]);
    this.onChange();
  }

  // What the marks show that are drawn as such: status, and of military symbols frame and icon.
  shows() {
    return [...this.shown.values()].flatMap(({ mark: { kind } }) => [
      kind.status,
      kind.identity,
      `icon-${kind.object_type}`,
    ]);
  }

  // Boxes in container pixels that names keep clear of.
  boxes() {
    const boxes = [...this.shown.values()].map(({ marker }) => [marker.getLatLng(), this.side / 2]);
    this.clusters.eachLayer((marker) => boxes.push([marker.getLatLng(), marker.options.icon.options.iconSize[0] / 2]));
    return [...boxes, ...this.shared.boxes].map(([at, wide, high = wide]) => {
      const { x, y } = this.map.latLngToContainerPoint(at);
      return [x - wide, y - high, x + wide, y + high];
    });
  }

  #radius(count) {
    return Clustering.radius(count, this.side);
  }

  #point(at) {
    return this.map.project(at, this.map.getZoom());
  }

  #place(point) {
    return this.map.unproject(point, this.map.getZoom());
  }

  #groups(marks) {
    const items = [
      ...marks.map((mark) => ({ members: [mark], count: 1, point: this.#point(mark.at) })),
      ...this.cells.map((cell) => ({ members: [cell], count: cell.count, point: this.#point(cell.at) })),
    ];
    return Clustering.groups(items, this.side);
  }

  // What would lie under the chosen mark moves aside; a mark that does so keeps a line to its place.
  #makeWay(chosen, groups, places) {
    const point = this.#point(chosen.at);
    for (const group of groups) {
      const reach = this.#radius(group.count) + this.side / 2 + Marks.RING;
      const before = group.point;
      group.point = Clustering.away(before, point, reach);
      if (group.point === before || group.count > 1) continue;
      const [mark] = group.members;
      const at = this.#place(group.point);
      places.set(mark.id, { mark, at });
      this.#leg(this.#place(before), at);
    }
  }

  // An own-side object that would lie on a mark or a cluster stands beside it, with a line to its place.
  #standAside(marks, groups, places) {
    for (const mark of marks) {
      const before = this.#point(mark.at);
      let point = before;
      for (const group of groups) {
        const reach = this.#radius(group.count) + this.#radius(1);
        const isOver = Clustering.distance(point, group.point) < Clustering.OVERLAP * reach;
        if (isOver) point = Clustering.away(point, group.point, reach);
      }
      const at = this.#place(point);
      places.set(mark.id, { mark, at });
      if (point !== before) this.#leg(mark.at, at);
    }
  }

  #leg(from, to) {
    const style = { className: "leg", color: this.state().palette.muted, weight: 1, interactive: false };
    L.polyline([from, to], style).addTo(this.legs);
  }

  #drawMarks(places) {
    const looksTheSame = (one, other) => one.kind.symbol === other.kind.symbol && one.label === other.label;
    for (const [id, { marker, mark }] of this.shown) {
      const place = places.get(id);
      if (place && looksTheSame(place.mark, mark)) continue;
      this.group.removeLayer(marker);
      this.shown.delete(id);
    }
    for (const [id, { mark, at }] of places) {
      const marker = this.shown.get(id)?.marker || this.#marker(mark, at);
      this.shown.set(id, { marker, mark });
      if (!marker.getLatLng().equals(at)) marker.setLatLng(at);
      marker.setZIndexOffset(id === this.selected ? 10_000 : 0);
      marker.getElement().classList.toggle("selected", id === this.selected);
      marker.getElement().classList.toggle("fanned", Boolean(this.fanned?.includes(id)));
    }
    this.map.getContainer().classList.toggle("fan", Boolean(this.fanned));
  }

  #marker(mark, at) {
    const marker = L.marker(at, {
      icon: L.divIcon({
        className: Marks.isOwnSide(mark) ? "mark own-side" : "mark",
        html: mark.kind.symbol,
        iconSize: [this.side, this.side],
      }),
      keyboard: true,
      riseOnHover: true,
      pane: this.pane,
    });
    marker.feature = { type: "Feature", properties: { id: mark.id } };
    marker.on("click", () => {
      // A new click for the server, also on the mark of before; a new object, since streamlit-folium keeps the old one.
      marker.feature.properties = this.onClick({ id: mark.id });
      for (const { marker: other } of this.shown.values()) {
        other.getElement().classList.toggle("selected", other === marker);
      }
    });
    Marks.#onEnter(marker, () => marker.fire("click", { latlng: marker.getLatLng() }, true));
    marker.on("mouseover focus", () => this.onHover(mark, marker));
    marker.on("mouseout blur", () => this.onHover(null));
    marker.addTo(this.group);
    const element = marker.getElement();
    element.dataset.id = mark.id;
    element.setAttribute("aria-label", mark.label);
    return marker;
  }

  static #onEnter(marker, act) {
    marker.on("keypress", ({ originalEvent }) => {
      if (originalEvent.key === "Enter") act();
    });
  }

  #drawClusters(groups) {
    this.clusters.clearLayers();
    for (const { members, count, point } of groups) {
      const at = this.#place(point);
      const nearer = () => this.map.setView(at, this.map.getZoom() + 2);
      const hasCells = members.some((member) => member.byCategory);
      const marker = this.#cluster(at, Marks.#parts(members), count, hasCells ? nearer : () => this.#open(members));
      this.#explain(marker, this.shared.of(members));
    }
  }

  // How many of each category there are among marks and cells.
  static #parts(members) {
    const parts = new Map();
    const add = (category, count) => parts.set(category, (parts.get(category) || 0) + count);
    for (const { kind, byCategory } of members) {
      for (const [category, count] of Object.entries(byCategory || { [kind.category]: 1 })) {
        if (count) add(category, count);
      }
    }
    return parts;
  }

  #cluster(at, parts, count, open) {
    const reach = this.#radius(count);
    const html = this.#ring(parts, count, reach);
    const icon = L.divIcon({ className: "cluster", html, iconSize: [2 * reach, 2 * reach] });
    const marker = L.marker(at, { icon, keyboard: true, riseOnHover: true, pane: this.pane }).addTo(this.clusters);
    marker.on("click", open);
    Marks.#onEnter(marker, open);
    const element = marker.getElement();
    element.dataset.count = count;
    element.setAttribute("aria-label", this.state().words.cluster.replace("{count}", count));
    return marker;
  }

  // A ring of a shared place says so, to whoever points at it and to a screen reader.
  #explain(marker, place) {
    if (!place) return;
    const { shared_why: why } = this.state().words;
    const element = marker.getElement();
    element.setAttribute("aria-label", `${place.text}. ${element.getAttribute("aria-label")}`);
    marker.on("mouseover focus", () => this.onHover({ where: place.text, what: why, when: "" }, marker));
    marker.on("mouseout blur", () => this.onHover(null));
  }

  // The number of a cluster in a ring whose arcs are the shares of the categories.
  #ring(parts, count, reach) {
    const { palette } = this.state();
    const middle = reach - 3;
    const all = 2 * Math.PI * middle;
    let turn = 0;
    let arcs = "";
    for (const [category, part] of parts) {
      const length = (part / count) * all;
      arcs +=
        `<circle r="${middle}" fill="none" stroke="${palette.categories[category]}" stroke-width="5" ` +
        `stroke-dasharray="${length} ${all - length}" stroke-dashoffset="${-turn}" transform="rotate(-90)"/>`;
      turn += length;
    }
    const text = count > 999 ? `${(count / 1000).toFixed(count > 9999 ? 0 : 1)}k` : count;
    return (
      `<svg width="${2 * reach}" height="${2 * reach}" viewBox="${-reach} ${-reach} ${2 * reach} ${2 * reach}">` +
      `<circle r="${reach}" fill="${palette.rim}"/>${arcs}<text>${text}</text></svg>`
    );
  }

  // Zoom in until the marks come apart; where no zoom would part them, fan them out.
  #open(marks) {
    const bounds = L.latLngBounds(marks.map((mark) => mark.at));
    const ids = marks.map((mark) => mark.id);
    const zoom = Math.min(this.map.getBoundsZoom(bounds.pad(0.3)), Marks.CLOSE);
    if (zoom < this.map.getZoom() + 0.9) {
      this.#fanOut(ids);
      return;
    }
    const together = (id) => !this.shown.has(id);
    this.map.once("moveend", () => {
      if (ids.every(together)) this.#fanOut(ids);
    });
    this.map.setView(bounds.getCenter(), zoom);
  }

  #fanOut(ids) {
    this.fanned = ids;
    this.draw();
  }

  #fold() {
    if (!this.fanned) return;
    this.fanned = null;
    this.draw();
  }

  #fan(marks, places) {
    const points = marks.map((mark) => this.#point(mark.at));
    const centre = points.reduce((sum, point) => sum.add(point), L.point(0, 0)).divideBy(points.length);
    const offsets = Clustering.fan(marks.length);
    marks.forEach((mark, place) => {
      const at = this.#place(centre.add(L.point(offsets[place])));
      places.set(mark.id, { mark, at });
      this.#leg(this.#place(centre), at);
    });
  }
}
