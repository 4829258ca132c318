// The map beneath everything: areas and lines of basemap.json, a TopoJSON, drawn on one canvas.
"use strict";

class Basemap {
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

  constructor(map, topology, palette) {
    const kinds = new Map(topology.objects.data.geometries.map((geometry) => [geometry.properties.kind, geometry]));
    const arcs = Basemap.#decoded(topology);
    const renderer = L.canvas({ padding: 0.6, pane: "basemap" });
    this.layers = Basemap.styles(palette).map(([kind, style]) => {
      const geometry = kinds.get(kind);
      const rings = Basemap.#rings(geometry, arcs);
      const shape = geometry.type.endsWith("Polygon") ? L.polygon : L.polyline;
      return shape(rings, { ...style, renderer, interactive: false, smoothFactor: 0.6 }).addTo(map);
    });
  }

  repaint(palette) {
    Basemap.styles(palette).forEach(([, style], position) => this.layers[position].setStyle(style));
  }

  // Arcs of a TopoJSON are steps on a grid: https://github.com/topojson/topojson-specification#213-arcs
  static #decoded({ arcs, transform: { scale, translate } }) {
    return arcs.map((arc) => {
      let x = 0, y = 0;
      return arc.map(([dx, dy]) => {
        x += dx;
        y += dy;
        return [y * scale[1] + translate[1], x * scale[0] + translate[0]]; // Leaflet wants latitude first
      });
    });
  }

  // The arcs of a geometry joined to lines or rings; a negative number means the arc backwards.
  static #rings(geometry, arcs) {
    const join = (numbers) => {
      const points = [];
      for (const number of numbers) {
        const arc = number < 0 ? arcs[~number].slice().reverse() : arcs[number];
        for (let i = points.length ? 1 : 0; i < arc.length; i++) points.push(arc[i]);
      }
      return points;
    };
    const nested = (numbers) => (typeof numbers[0] === "number" ? join(numbers) : numbers.map(nested));
    return nested(geometry.arcs);
  }
}
