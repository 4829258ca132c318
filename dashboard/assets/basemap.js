// The map beneath everything: areas, lines and water from two TopoJSON files, one for small scales and one for large
// ones, drawn on one canvas. Of the larger one only what lies around the view is handed to Leaflet, so that moving is
// quick.

class Basemap {
  static NEAR = 7; // zoom from which the near level is drawn
  static LAND = ["flank_airspace", "land", "flank_land"]; // what bands of flight tracks lie on
  static AROUND = 1; // how many views beyond each edge of the view the near level is cut

  static LEAST_KM = 80; // that it is cut wide

  // How each kind is drawn, rivers by their rank: what is drawn later lies above.
  static styles(palette, zoom) {
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
      ...Water.RIVERS.map(({ to, width }) => [
        Water.river(to),
        line(palette.river, Water.width(width, zoom), Water.CURVED),
      ]),
      ["lake", { ...area(palette.lake, palette.shore, 0.8), ...Water.CURVED }],
      ["limit", line(palette.coast, 0.8, { dashArray: "2 4" })],
      ["border", line(palette.border, 1.1)],
      ["flank_sea", line(palette.flank, 1.5, { dashArray: "7 5" })],
      ["flank", line(palette.casing, 6)],
      ["flank", line(palette.flank, 3)],
    ];
  }

  constructor(map, far, near, palette) {
    this.map = map;
    this.far = Basemap.#layered(Topology.shapes(far));
    this.near = null;
    this.drawn = new Map(); // kind -> rings
    this.flattened = new WeakMap();
    this.renderer = new Water.Canvas({ padding: 0.6, pane: "basemap" });
    this.layers = Basemap.styles(palette, map.getZoom()).map(([, style]) => {
      const shape = style.fill ? L.polygon : L.polyline;
      return shape([], { smoothFactor: 0.6, ...style, renderer: this.renderer, interactive: false }).addTo(map);
    });
    this.#draw();
    near.then((topology) => {
      this.near = Basemap.#layered(Topology.shapes(topology));
      this.#draw();
    });
    map.on("zoomend", () => this.#thin());
    map.on("moveend", () => this.#draw());
  }

  // Points along the eastern-flank border, at most 5 km apart.
  flank() {
    this.points ||= this.far.get("flank").flatMap(({ rings }) => rings.flatMap(Basemap.#dense));
    return this.points;
  }

  // Lakes and rivers with names as they are drawn now, and of these the rings and lines that come into the view.
  namedWater() {
    const drawn = this.cut ? this.near : this.far;
    const zoom = this.map.getZoom();
    const view = Basemap.#box(this.map.getBounds());
    const layers = [...drawn].filter(([kind]) => Water.is(kind)).flatMap(([, shapes]) => shapes);
    return layers
      .filter((shape) => shape.name && shape.zoom <= zoom)
      .map((shape) => ({ ...shape, rings: Basemap.#seen(shape, view) }));
  }

  // The shapes of each layer.
  static #layered(shapes) {
    const layers = new Map(Basemap.styles({}).map(([kind]) => [kind, []]));
    for (const shape of shapes) layers.get(Water.layerOf(shape)).push(shape);
    return layers;
  }

  // The rings or lines of a kind that are drawn, on a square of the world; worked out once for each time they are cut.
  flat(kind) {
    const rings = this.drawn.get(kind);
    if (!this.flattened.has(rings)) {
      this.flattened.set(
        rings,
        rings.map((ring) => ring.map(([lat, lng]) => States.flat({ lat, lng }))),
      );
    }
    return this.flattened.get(rings);
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
    const styles = Basemap.styles(palette, this.map.getZoom());
    for (const [position, [, style]] of styles.entries()) this.layers[position].setStyle(style);
  }

  // Rivers as wide as the scale asks for; at the end of a zoom all is drawn anew in any case.
  #thin() {
    const styles = Basemap.styles({}, this.map.getZoom());
    for (const [position, [, { weight }]] of styles.entries()) this.layers[position].options.weight = weight;
  }

  // Hand over what the scale asks for; nothing where it is there already.
  #draw() {
    const zoom = this.map.getZoom();
    const near = this.near && zoom >= Basemap.NEAR;
    const view = this.map.getBounds();
    const isThere = near ? this.cut?.contains(view) : this.cut === null;
    if (!isThere) this.cut = near ? Basemap.#atLeast(view.pad(Basemap.AROUND)) : null;
    const drawn = near ? this.near : this.far;
    Basemap.styles({}).forEach(([kind], position) => {
      const shapes = drawn.get(kind).filter((shape) => shape.zoom <= zoom);
      const layer = this.layers[position];
      if (isThere && layer.count === shapes.length) return; // of one level, as many are the same
      layer.count = shapes.length;
      const rings = shapes.flatMap((shape) => (near ? Basemap.#within(shape, this.cut) : shape.rings));
      layer.setLatLngs(rings);
      this.drawn.set(kind, rings);
    });
  }

  // So far around the view there are places that say whose land it is.
  static #atLeast(bounds) {
    const { lat, lng } = bounds.getCenter();
    const down = Basemap.LEAST_KM / 2 / 111.2;
    const across = down / Math.cos((lat * Math.PI) / 180);
    return bounds.extend([lat - down, lng - across]).extend([lat + down, lng + across]);
  }

  static #box(bounds) {
    return L.bounds([bounds.getWest(), bounds.getSouth()], [bounds.getEast(), bounds.getNorth()]);
  }

  // The rings or lines of a shape that come into a box.
  static #seen(shape, box) {
    shape.boxes ||= shape.rings.map((ring) => L.bounds(ring.map(([y, x]) => [x, y])));
    return shape.rings.filter((_, position) => box.intersects(shape.boxes[position]));
  }

  // The same, rings cut to it.
  static #within(shape, bounds) {
    const box = Basemap.#box(bounds);
    const seen = Basemap.#seen(shape, box);
    if (!shape.area) return seen;
    const clip = (ring) =>
      L.PolyUtil.clipPolygon(
        ring.map(([y, x]) => L.point(x, y)),
        box,
      );
    return seen
      .map(clip)
      .filter((ring) => ring.length)
      .map((ring) => ring.map(({ x, y }) => [y, x]));
  }
}
