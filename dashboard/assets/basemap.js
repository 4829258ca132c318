// The map beneath everything: areas and lines from two TopoJSON files, one for small scales and one for large ones,
// drawn on one canvas. Of the larger one only what lies around the view is handed to Leaflet, so that moving is quick.
"use strict";

class Basemap {
  static NEAR = 7; // zoom from which the near level is drawn
  static AROUND = 1; // how many views beyond each edge of the view the near level is cut

  // How each kind is drawn: what is drawn later lies above.
  static styles(palette) {
    const area = (fillColor, color, weight) => ({ fill: true, fillOpacity: 1, fillColor, color, weight, stroke: weight > 0 });
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
    this.far = Basemap.#shapes(far);
    this.near = null;
    const renderer = L.canvas({ padding: 0.6, pane: "basemap" });
    this.layers = Basemap.styles(palette).map(([kind, style]) => {
      const shape = this.far.get(kind).area ? L.polygon : L.polyline;
      return shape([], { ...style, renderer, interactive: false, smoothFactor: 0.6 }).addTo(map);
    });
    this.#draw();
    near.then((topology) => { this.near = Basemap.#shapes(topology); this.#draw(); });
    map.on("moveend", () => this.#draw());
  }

  // Points along the eastern-flank border, at most 5 km apart.
  flank() {
    this.points ||= (this.near || this.far).get("flank").rings.flatMap((line) => line.flatMap(([y, x], i) => {
      const [y0, x0] = line[Math.max(i - 1, 0)], steps = Math.ceil(Math.hypot(y - y0, (x - x0) / 2) / 0.045);
      return Array.from({ length: steps || 1 }, (_, n) => [y0 + ((y - y0) * n) / (steps || 1), x0 + ((x - x0) * n) / (steps || 1)]);
    }));
    return this.points;
  }

  repaint(palette) {
    Basemap.styles(palette).forEach(([, style], position) => this.layers[position].setStyle(style));
  }

  // Hand over what the scale asks for; nothing where it is there already.
  #draw() {
    const near = this.near && this.map.getZoom() >= Basemap.NEAR, view = this.map.getBounds();
    if (near ? this.cut && this.cut.contains(view) : this.cut === null) return;
    const closer = this.cut && near && this.map.getZoom() > this.cutZoom + 1;
    if (near && !closer && this.cut && this.cut.contains(view)) return;
    this.cut = near ? view.pad(Basemap.AROUND) : null;
    this.cutZoom = this.map.getZoom();
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
    const cut = seen.map((ring) => L.PolyUtil.clipPolygon(ring.map(([y, x]) => L.point(x, y)), box));
    return { area, rings: cut.filter((ring) => ring.length).map((ring) => ring.map(({ x, y }) => [y, x])) };
  }

  // By kind: its rings or lines (latitude first, as Leaflet wants them) with a box around each, longitude first.
  static #shapes(topology) {
    const arcs = Basemap.#decoded(topology);
    return new Map(topology.objects.data.geometries.map((geometry) => {
      const area = geometry.type.endsWith("Polygon");
      const rings = Basemap.#rings(geometry.arcs, arcs);
      return [geometry.properties.kind, { area, rings, boxes: rings.map((ring) => L.bounds(ring.map(([y, x]) => [x, y]))) }];
    }));
  }

  // Arcs of a TopoJSON are steps on a grid: https://github.com/topojson/topojson-specification#213-arcs
  static #decoded({ arcs, transform: { scale, translate } }) {
    return arcs.map((arc) => {
      let x = 0, y = 0;
      return arc.map(([dx, dy]) => {
        x += dx;
        y += dy;
        return [y * scale[1] + translate[1], x * scale[0] + translate[0]];
      });
    });
  }

  // All rings or lines of a geometry, whatever its nesting: drawn by the even-odd rule, holes need no telling apart.
  // A negative number means the arc backwards.
  static #rings(numbers, arcs) {
    if (typeof numbers[0] !== "number") return numbers.flatMap((inner) => Basemap.#rings(inner, arcs));
    const points = [];
    for (const number of numbers) {
      const arc = number < 0 ? arcs[~number].slice().reverse() : arcs[number];
      for (let i = points.length ? 1 : 0; i < arc.length; i++) points.push(arc[i]);
    }
    return [points];
  }
}
