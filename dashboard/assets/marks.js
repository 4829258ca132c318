// Incidents as marks, and cells in which the server has counted many. What would cover each other becomes one cluster
// with the number of its incidents, which opens on a click.
"use strict";

class Marks {
  static MARGIN = 2.5; // between a mark and the side of its box, for telling whether two cover each other
  static CLOSE = 9; // zoom at which a cluster that does not come apart is fanned out
  static OWN_SIDE = "friendly"; // category of own-side objects, which join no cluster and are not counted
  static RING = 8; // what the ring around the chosen mark adds to it
  static OVERLAP = 0.9; // how near two may come, as a part of the sum of their radii

  // `onClick` gives what is told of a click on a mark, from what a mark tells.
  constructor(map, { symbols, onChange, onHover, onClick, pane = "markerPane" }) {
    Object.assign(this, { map, symbols, onChange, onHover, onClick, pane });
    this.group = L.featureGroup().addTo(map); // streamlit-folium reports clicks on its members
    this.clusters = L.layerGroup().addTo(map);
    this.legs = L.layerGroup().addTo(map);
    this.shown = new Map(); // id -> { marker, look, kind }
    this.marks = [];
    this.cells = [];
    this.fanned = null;
    map.on("zoomstart", () => { this.fanned = null; });
    map.on("zoomend", () => this.draw());
    map.on("click", () => this.#fold());
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
    const fanned = new Set(this.fanned || []);
    const ours = (mark) => mark.category === Marks.OWN_SIDE;
    const apart = (mark) => mark.id === this.selected || fanned.has(mark.id) || ours(mark);
    const groups = this.#groups(this.marks.filter((mark) => !apart(mark)));
    const places = new Map(this.marks.filter((mark) => mark.id === this.selected).map((mark) => [mark.id, [mark, mark.at]]));
    for (const group of groups) {
      if (group.count === 1) places.set(group.marks[0].id, [group.marks[0], group.marks[0].at]);
    }
    this.legs.clearLayers();
    this.#makeWay(groups, places);
    this.#standAside(this.marks.filter((mark) => ours(mark) && mark.id !== this.selected), groups, places);
    if (this.fanned) this.#fan(this.marks.filter((mark) => fanned.has(mark.id)), places);
    this.#drawMarks(places);
    this.#drawClusters(groups.filter((group) => group.count > 1));
    this.onChange();
  }

  // What the marks show that are drawn as such: status, and of military symbols frame and icon.
  shows() {
    return [...this.shown.values()].flatMap(({ kind }) => {
      const [, status, identity, object] = kind.split("|");
      return [status, identity, `icon-${object}`];
    });
  }

  // Boxes in container pixels that names keep clear of.
  boxes() {
    const boxes = [...this.shown.values()].map(({ marker }) => [marker.getLatLng(), this.symbols.side / 2]);
    this.clusters.eachLayer((marker) => boxes.push([marker.getLatLng(), marker.options.icon.options.iconSize[0] / 2]));
    return boxes.map(([at, reach]) => {
      const { x, y } = this.map.latLngToContainerPoint(at);
      return [x - reach, y - reach, x + reach, y + reach];
    });
  }

  #radius(count) {
    return count === 1 ? this.symbols.side / 2 - Marks.MARGIN : Math.min(27, 13 + 2.6 * Math.log2(count));
  }

  // Greedy and in the order given, so that the same marks at the same zoom always make the same groups.
  #groups(marks) {
    const zoom = this.map.getZoom();
    let groups = [
      ...marks.map((mark) => ({ marks: [mark], cells: [], count: 1, point: this.map.project(mark.at, zoom) })),
      ...this.cells.map((cell) => ({ marks: [], cells: [cell], count: cell.count, point: this.map.project(cell.at, zoom) })),
    ];
    for (let before = -1; before !== groups.length;) {
      before = groups.length;
      const merged = [];
      for (const group of groups) {
        const near = merged.find((other) => group.point.distanceTo(other.point) <
          Marks.OVERLAP * (this.#radius(group.count) + this.#radius(other.count)));
        if (!near) { merged.push(group); continue; }
        const count = near.count + group.count;
        near.point = near.point.multiplyBy(near.count).add(group.point.multiplyBy(group.count)).divideBy(count);
        near.marks = near.marks.concat(group.marks);
        near.cells = near.cells.concat(group.cells);
        near.count = count;
      }
      groups = merged;
    }
    return groups;
  }

  // What would lie under the chosen mark moves aside; a mark that does so keeps a line to its place.
  #makeWay(groups, places) {
    if (!places.has(this.selected)) return;
    const zoom = this.map.getZoom(), chosen = this.map.project(places.get(this.selected)[0].at, zoom);
    for (const group of groups) {
      const way = group.point.subtract(chosen), reach = this.#radius(group.count) + this.symbols.side / 2 + Marks.RING;
      const distance = Math.hypot(way.x, way.y);
      if (distance >= reach) continue;
      const from = group.point;
      group.point = chosen.add(distance ? way.multiplyBy(reach / distance) : [reach, 0]);
      if (group.count > 1) continue;
      const [mark] = group.marks, at = this.map.unproject(group.point, zoom);
      places.set(mark.id, [mark, at]);
      this.#leg(this.map.unproject(from, zoom), at);
    }
  }

  // An own-side object that would lie on a mark or a cluster stands beside it, with a line to its place.
  #standAside(marks, groups, places) {
    const zoom = this.map.getZoom(), own = this.#radius(1);
    for (const mark of marks) {
      let point = this.map.project(mark.at, zoom);
      for (const group of groups) {
        const reach = this.#radius(group.count) + own, way = point.subtract(group.point), distance = Math.hypot(way.x, way.y);
        if (distance < Marks.OVERLAP * reach) point = group.point.add(distance ? way.multiplyBy(reach / distance) : [reach, 0]);
      }
      const at = this.map.unproject(point, zoom);
      places.set(mark.id, [mark, at]);
      if (!point.equals(this.map.project(mark.at, zoom))) this.#leg(mark.at, at);
    }
  }

  #leg(from, to) {
    const style = { className: "leg", color: this.symbols.palette.muted, weight: 1, interactive: false };
    L.polyline([from, to], style).addTo(this.legs);
  }

  #drawMarks(places) {
    for (const [id, { marker, look }] of this.shown) {
      const place = places.get(id);
      if (!place || Marks.#look(place[0]) !== look) {
        this.group.removeLayer(marker);
        this.shown.delete(id);
      }
    }
    for (const [id, [mark, at]] of places) {
      if (!this.shown.has(id)) this.shown.set(id, { marker: this.#marker(mark, at), look: Marks.#look(mark), kind: mark.kind });
      const { marker } = this.shown.get(id);
      if (!marker.getLatLng().equals(at)) marker.setLatLng(at);
      marker.setZIndexOffset(id === this.selected ? 10_000 : 0);
      marker.getElement().classList.toggle("selected", id === this.selected);
      marker.getElement().classList.toggle("fanned", Boolean(this.fanned && this.fanned.includes(id)));
    }
    this.map.getContainer().classList.toggle("fan", Boolean(this.fanned));
  }

  static #look(mark) {
    return `${mark.kind}|${mark.label}`;
  }

  #marker(mark, at) {
    const { side } = this.symbols;
    const icon = L.divIcon({ className: mark.category === Marks.OWN_SIDE ? "mark own-side" : "mark", html: this.symbols.mark(mark), iconSize: [side, side] });
    const marker = L.marker(at, { icon, keyboard: true, riseOnHover: true, pane: this.pane });
    marker.feature = { type: "Feature", properties: { id: mark.id } };
    marker.on("click", () => {
      // A new click for the server, also on the mark of before; a new object, since streamlit-folium keeps the old one.
      marker.feature.properties = this.onClick({ id: mark.id });
      for (const { marker: other } of this.shown.values()) other.getElement().classList.toggle("selected", other === marker);
    });
    marker.on("keypress", ({ originalEvent: { key } }) => key === "Enter" && marker.fire("click", { latlng: marker.getLatLng() }, true));
    marker.on("mouseover focus", () => this.onHover(mark, marker));
    marker.on("mouseout blur", () => this.onHover(null));
    marker.addTo(this.group);
    const element = marker.getElement();
    element.dataset.id = mark.id;
    element.setAttribute("aria-label", mark.label);
    return marker;
  }

  #drawClusters(groups) {
    this.clusters.clearLayers();
    for (const { marks, cells, count, point } of groups) {
      const counts = new Map(), at = this.map.unproject(point, this.map.getZoom());
      for (const mark of marks) counts.set(mark.category, (counts.get(mark.category) || 0) + 1);
      for (const cell of cells) {
        for (const [category, part] of cell.counts) counts.set(category, (counts.get(category) || 0) + part);
      }
      const nearer = () => this.map.setView(at, this.map.getZoom() + 2);
      this.#cluster(at, [...counts], count, cells.length ? nearer : () => this.#open(marks));
    }
  }

  #cluster(at, counts, count, open) {
    const reach = this.#radius(count);
    const icon = L.divIcon({ className: "cluster", html: this.symbols.ring(counts, count, reach), iconSize: [2 * reach, 2 * reach] });
    const marker = L.marker(at, { icon, keyboard: true, riseOnHover: true, pane: this.pane }).on("click", open).addTo(this.clusters);
    marker.on("keypress", (event) => event.originalEvent.key === "Enter" && open());
    marker.getElement().dataset.count = count;
    marker.getElement().setAttribute("aria-label", this.symbols.counted(count));
  }

  // Zoom in until the marks come apart; where no zoom would part them, fan them out.
  #open(marks) {
    const bounds = L.latLngBounds(marks.map((mark) => mark.at)), ids = marks.map((mark) => mark.id);
    const zoom = Math.min(this.map.getBoundsZoom(bounds.pad(0.3)), Marks.CLOSE);
    if (zoom < this.map.getZoom() + 0.9) { this.#fanOut(ids); return; }
    const together = (id) => !this.shown.has(id);
    this.map.once("moveend", () => { if (ids.every(together)) this.#fanOut(ids); });
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

  // Marks around their common centre, on a circle while they are few, else on a spiral.
  #fan(marks, places) {
    const zoom = this.map.getZoom();
    const centre = marks.reduce((sum, mark) => sum.add(this.map.project(mark.at, zoom)), L.point(0, 0)).divideBy(marks.length);
    let angle = -Math.PI / 2, reach = marks.length <= 9 ? 22 + 4 * marks.length : 34;
    marks.forEach((mark) => {
      const point = centre.add([reach * Math.cos(angle), reach * Math.sin(angle)]);
      if (marks.length <= 9) angle += (2 * Math.PI) / marks.length;
      else { angle += 27 / reach; reach += 27 * 27 / (2 * Math.PI * reach); }
      const at = this.map.unproject(point, zoom);
      places.set(mark.id, [mark, at]);
      this.#leg(this.map.unproject(centre, zoom), at);
    });
  }
}
