// The map beneath everything: areas and lines from two TopoJSON files, one for small scales and one for large ones,
// drawn on one canvas. Of the larger one only what lies around the view is handed to Leaflet, so that moving is quick.

class Basemap {
  static NEAR = 7; // zoom from which the near level is drawn
  static LAND = ["flank_airspace", "land", "flank_land"]; // what bands of flight tracks lie on
  static AROUND = 1; // how many views beyond each edge of the view the near level is cut

  // How each kind is drawn: what is drawn later lies above.
  static styles(palette) {
    const area = (fillColor, color, weight) => ({
      fill: true,
      fillOpacity: 1,
      fillColor,
      color,
      weight,
      stroke: weight > 0,
    });
    const line = (color, weight, more) => ({ fill: false, color, weight, lineJoin: "round", ...more });
    return [
      ["flank_airspace", area(palette.flank_sea, palette.flank_sea, 0)],
      ["land", area(palette.land, palette.coast, 1)],
      ["flank_land", area(palette.flank_land, palette.coast, 1)],
      ["limit", line(palette.coast, 0.8, { dashArray: "2 4" })],
      ["border", line(palette.border, 1.1)],
      ["flank_sea", line(palette.flank, 1.5, { dashArray: "7 5" })],
      ["flank", line(palette.casing, 6)],
      ["flank", line(palette.flank, 3)],
    ];
  }

  constructor(map, far, near, palette) {
    this.map = map;
    this.far = Topology.shapes(far);
    this.near = null;
    this.renderer = L.canvas({ padding: 0.6, pane: "basemap" });
    this.layers = Basemap.styles(palette).map(([kind, style]) => {
      const shape = this.far.get(kind).area ? L.polygon : L.polyline;
      return shape([], { ...style, renderer: this.renderer, interactive: false, smoothFactor: 0.6 }).addTo(map);
    });
    this.#draw();
    near.then((topology) => {
      this.near = Basemap.#boxed(Topology.shapes(topology));
      this.#draw();
    });
    map.on("moveend", () => this.#draw());
  }

  // Points along the eastern-flank border, at most 5 km apart.
  flank() {
    this.points ||= this.far.get("flank").rings.flatMap(Basemap.#dense);
    return this.points;
  }

  // A line with points between those of its own.
  static #dense(line) {
    return line.flatMap(([y, x], place) => {
      const [y0, x0] = line[Math.max(place - 1, 0)];
      const steps = Math.ceil(Math.hypot(y - y0, (x - x0) / 2) / 0.045) || 1;
      const between = (_, step) => [y0 + ((y - y0) * step) / steps, x0 + ((x - x0) * step) / steps];
      return Array.from({ length: steps }, between);
    });
  }

  // Put layers above the land, and beneath all else: the first of them is the lowest.
  layOnLand(layers) {
    const kinds = Basemap.styles({}).map(([kind]) => kind);
    const land = this.layers.filter((_, position) => Basemap.LAND.includes(kinds[position]));
    for (const layer of [...land, ...layers].reverse()) layer.bringToBack();
  }

  repaint(palette) {
    for (const [position, [, style]] of Basemap.styles(palette).entries()) this.layers[position].setStyle(style);
  }

  // Hand over what the scale asks for; nothing where it is there already.
  #draw() {
    const near = this.near && this.map.getZoom() >= Basemap.NEAR;
    const view = this.map.getBounds();
    if (near ? this.cut?.contains(view) : this.cut === null) return;
    this.cut = near ? view.pad(Basemap.AROUND) : null;
    Basemap.styles({}).forEach(([kind], position) => {
      const shape = near ? Basemap.#within(this.near.get(kind), this.cut) : this.far.get(kind);
      this.layers[position].setLatLngs(shape.rings);
    });
  }

  // The rings or lines of a shape that come into a box, rings cut to it.
  static #within({ area, rings, boxes }, bounds) {
    const box = L.bounds([bounds.getWest(), bounds.getSouth()], [bounds.getEast(), bounds.getNorth()]);
    const seen = rings.filter((_, position) => box.intersects(boxes[position]));
    if (!area) return { area, rings: seen };
    const clip = (ring) =>
      L.PolyUtil.clipPolygon(
        ring.map(([y, x]) => L.point(x, y)),
        box,
      );
    const cut = seen.map(clip).filter((ring) => ring.length);
    return { area, rings: cut.map((ring) => ring.map(({ x, y }) => [y, x])) };
  }

  // Shapes with a box around each ring or line, longitude first.
  static #boxed(shapes) {
    for (const shape of shapes.values()) {
      shape.boxes = shape.rings.map((ring) => L.bounds(ring.map(([y, x]) => [x, y])));
    }
    return shapes;
  }
}
