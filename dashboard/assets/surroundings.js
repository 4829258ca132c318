// What lies around the incidents: flight tracks in their bands, and of the one that is looked at its accuracy and the
// way to the border.

class Surroundings {
  static STILL = { interactive: false, pane: "tracks" };
  static OVER_LINES = 10_000;

  constructor(map) {
    this.map = map;
    this.tracks = L.layerGroup().addTo(map);
    this.focus = L.layerGroup().addTo(map);
    this.place = L.layerGroup().addTo(map);
    this.flown = [];
    map.on("zoomend", () => this.#drawBands());
  }

  // What the tracks are drawn as: their bands, or at small scales only their lines.
  shows() {
    if (!this.flown.length) return [];
    return [this.#wide().length ? "band" : "track"];
  }

  // The base map is there: bands lie on its land, beneath water and lines.
  lay(basemap, palette) {
    const look = { renderer: basemap.renderer, interactive: false, smoothFactor: 0.6 };
    this.bands = Object.entries(palette.categories).map(([category]) => ({
      category,
      area: L.polygon([], { ...look, stroke: false, fillRule: "nonzero" }).addTo(this.map),
      edge: L.polyline([], { ...look, weight: 1.2, opacity: 0.75, dashArray: "1 4" }).addTo(this.map),
    }));
    basemap.layOnLand(this.bands.flatMap(({ area, edge }) => [area, edge]));
    this.repaint(palette);
    this.#drawBands();
  }

  repaint(palette) {
    for (const { category, area, edge } of this.bands || []) {
      const colour = Surroundings.#colour(palette, category);
      area.setStyle({ fillColor: colour, fillOpacity: palette.band });
      edge.setStyle({ color: colour });
    }
  }

  #wide() {
    const pixel = (2 * Math.PI * Bands.EARTH_M) / (256 * 2 ** this.map.getZoom());
    return this.flown.filter((track) => Bands.isWide(track, pixel));
  }

  // The bands of a category are one area, so that where several meet it is no darker.
  #drawBands() {
    const wide = this.#wide();
    for (const band of this.bands || []) {
      const legs = Bands.legs(wide.filter(({ category }) => category === band.category));
      const text = JSON.stringify(legs);
      if (text === (band.drawn || "[]")) continue;
      band.drawn = text;
      band.area.setLatLngs(Bands.rings(legs));
      band.edge.setLatLngs(Bands.edges(legs));
    }
  }

  showTracks({ tracks, palette, selected }) {
    this.flown = tracks;
    this.#drawBands();
    this.tracks.clearLayers();
    for (const { incident, points, category } of tracks) {
      const own = selected?.id === incident;
      const color = Surroundings.#colour(palette, category);
      const opacity = own || !selected ? 0.95 : 0.45;
      const line = { ...Surroundings.STILL, weight: own ? 3 : 1.8 };
      const casing = { ...line, weight: line.weight + 2.5, color: palette.rim, opacity: 0.6 };
      L.polyline(points, casing).addTo(this.tracks);
      L.polyline(points, { ...line, color, opacity, dashArray: "7 6", className: "track" }).addTo(this.tracks);
      this.#arrow(points, { color, opacity, rim: palette.rim });
    }
  }

  static #colour(palette, category) {
    return palette.categories[category] || palette.muted;
  }

  // An arrowhead on the middle of the last leg; on this projection its direction is the same at every zoom.
  #arrow(points, { color, opacity, rim }) {
    const [from, to] = points.slice(-2).map((point) => this.map.project(point, 8));
    const degrees = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
    const style = `transform:rotate(${degrees}deg);opacity:${opacity}`;
    const html =
      `<svg width="14" height="14" viewBox="-7 -7 14 14" style="${style}">` +
      `<path d="M6 0 L-5 5 L-2 0 L-5 -5 Z" fill="${color}" stroke="${rim}"/></svg>`;
    const icon = L.divIcon({ className: "arrow", html, iconSize: [14, 14] });
    this.#sign(this.map.unproject(from.add(to).divideBy(2), 8), icon).addTo(this.tracks);
  }

  // Leaflet puts a sign as high as it lies far down on the map, which near the top is beneath the lines of its pane.
  #sign(at, icon) {
    return L.marker(at, { ...Surroundings.STILL, icon, keyboard: false, zIndexOffset: Surroundings.OVER_LINES });
  }

  // A place that somebody went to, or none.
  showPlace(place) {
    this.place.clearLayers();
    if (!place) return;
    const html = Dom.element("span", {}, place.label);
    const icon = L.divIcon({ className: "spot", html, iconSize: [0, 0] });
    L.marker(place.at, { icon, interactive: false, keyboard: false, pane: "measured" }).addTo(this.place);
  }

  // Around the incident that is looked at: its accuracy, and the way to the border that it crossed.
  showFocus({ selected, palette }, before) {
    this.focus.clearLayers();
    if (!selected) return;
    const at = L.latLng(selected.at);
    const circle = { color: Surroundings.#colour(palette, selected.category), weight: 1.5, dashArray: "2 4" };
    const accuracy = { ...Surroundings.STILL, ...circle, fillOpacity: 0.07, className: "accuracy" };
    L.circle(at, { ...accuracy, radius: selected.accuracy_m }).addTo(this.focus);
    if (selected.border) {
      const way = { ...Surroundings.STILL, color: palette.ink, weight: 1.5, dashArray: "1 5", lineCap: "round" };
      L.polyline([at, selected.border], way).addTo(this.focus);
      this.#measure(at, L.latLng(selected.border), selected.depth);
    }
    const moved = before?.id !== selected.id;
    if (moved && !this.map.getBounds().pad(-0.06).contains(at)) this.map.panTo(at);
  }

  // The depth, written on its line where the line is long enough to carry it.
  #measure(at, border, depth) {
    const zoom = this.map.getZoom();
    const from = this.map.project(at, zoom);
    const to = this.map.project(border, zoom);
    if (from.distanceTo(to) < 150) return;
    const icon = L.divIcon({ className: "measure", html: Dom.element("span", {}, depth), iconSize: [0, 0] });
    const middle = this.map.unproject(from.multiplyBy(0.45).add(to.multiplyBy(0.55)), zoom);
    this.#sign(middle, icon).addTo(this.focus);
  }
}
