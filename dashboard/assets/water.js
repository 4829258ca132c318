// Water on the map beneath everything: rivers by their rank, and the canvas that rounds the corners of all water.

const Water = {
  // Ranks go from 2, the largest rivers, to 12; widths are in pixels, from zoom 7 on. Farther out they are thinner.
  RIVERS: [
    { to: 12, width: 1 },
    { to: 9, width: 1.5 },
    { to: 7, width: 2 },
    { to: 5, width: 2.4 },
  ],
  CURVED: { curved: true, smoothFactor: 1, lineJoin: "miter" }, // a curve needs fewer corners and has no joins

  width: (width, zoom) => width * Math.min(1, Math.max(0.5, (zoom - 1) / 6)),
  river: (to) => `river to ${to}`,
  is: (layer) => layer === "lake" || layer.startsWith("river"),

  // The layer on which a shape is drawn.
  layerOf({ kind, rank }) {
    return kind === "river" ? Water.river(Water.RIVERS.findLast(({ to }) => rank <= to).to) : kind;
  },

  // The source has few corners, and cutting them again and again leads to this curve: through the middle of every side.
  Canvas: L.Canvas.extend({
    _updatePoly(layer, closed) {
      if (!layer.options.curved || !this._drawing) {
        L.Canvas.prototype._updatePoly.call(this, layer, closed);
        return;
      }
      const { _ctx: context } = this;
      const { options, _parts: parts } = layer;
      const draw = (lines, only) => {
        context.beginPath();
        for (const line of lines) Water.curve(context, line, closed);
        // Leaflet's own options are inherited ones, which a copy would not have.
        this._fillStroke(context, { options: Object.assign(Object.create(options), only) });
      };
      if (options.fill && parts.length) draw(parts, { stroke: false });
      // One by one: browsers take several times as long for the outline of a path of many parts.
      for (const part of parts) draw([part], { fill: false });
    },
  }),

  curve(context, points, closed) {
    const last = points.length - 1;
    const middle = (one, other) => [(one.x + other.x) / 2, (one.y + other.y) / 2];
    const turn = (corner, next) => context.quadraticCurveTo(corner.x, corner.y, ...middle(corner, next));
    if (closed) {
      context.moveTo(...middle(points[last], points[0]));
      for (let place = 0; place <= last; place++) turn(points[place], points[place < last ? place + 1 : 0]);
      context.closePath();
      return;
    }
    context.moveTo(points[0].x, points[0].y);
    for (let place = 1; place < last; place++) turn(points[place], points[place + 1]);
    context.lineTo(points[last].x, points[last].y);
  },
};
