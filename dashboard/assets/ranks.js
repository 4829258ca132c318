// Ranks of towns: which are named, and which first, by size and by nearness to what is shown; name_ranks.py is its
// twin.

const Ranks = {
  // From a mark or from the flank border: neither farther on the map, in pixels, nor on the ground.
  NEAR: 90,
  NEAR_KM: 75,
  // By how much these count for more than their inhabitants.
  CAPITAL: 5,
  NEAR_MARK: 3,
  NEAR_FLANK: 1.5,
  LARGE: 6, // times the least rank, from which a name is bold
  AIRPORTS_FROM_ZOOM: 6.5,
  AIRFIELDS_FROM_ZOOM: 8.5,

  // Inhabitants, which count for more in a capital.
  size({ kind, weight }) {
    return weight * (kind === "capital" ? Ranks.CAPITAL : 1);
  },

  // The least rank of a town that is named at a zoom.
  least(zoom) {
    return 600_000 * 2 ** (-1.55 * (zoom - 5));
  },

  // By how much each of some points counts for more than its size; all are pixels as [x, y],
  // which are so many kilometres wide.
  nearness(points, marks, flank, pixelKm) {
    const reach = Math.min(Ranks.NEAR, Ranks.NEAR_KM / pixelKm);
    const isNearMark = Ranks.within(reach, marks);
    const isNearFlank = Ranks.within(reach, flank);
    return points.map((point) => {
      if (isNearMark(point)) return Ranks.NEAR_MARK;
      return isNearFlank(point) ? Ranks.NEAR_FLANK : 1;
    });
  },

  // Tells whether a point is near one of some others: those lie in squares, of which nine are looked through.
  within(reach, others) {
    const square = (value) => Math.floor(value / reach);
    const squares = new Map();
    for (const [x, y] of others) {
      const key = `${square(x)}|${square(y)}`;
      if (!squares.has(key)) squares.set(key, []);
      squares.get(key).push([x, y]);
    }
    const around = [-1, 0, 1].flatMap((across) => [-1, 0, 1].map((down) => [across, down]));
    return ([x, y]) =>
      around.some(([across, down]) => {
        const found = squares.get(`${square(x) + across}|${square(y) + down}`) || [];
        return found.some(([otherX, otherY]) => Math.hypot(x - otherX, y - otherY) <= reach);
      });
  },
};
