// The bands of flight tracks: each is as wide as its track is accurate and round at both ends, so that nothing hints at
// where the object crossed a border. Places are [latitude, longitude], lengths metres on the ground.

const Bands = {
  LEAST_WIDTH: 16, // pixels; a narrower band would be a thick line, so that the line alone is drawn
  EARTH_M: 6_378_137,
  ARC: 24, // corners of a round end

  // Whether a track is drawn with its band, where a pixel at the equator is so many metres.
  isWide({ points, accuracy_m: accuracy }, pixel) {
    const latitude = points.reduce((sum, [degrees]) => sum + degrees, 0) / points.length;
    return 2 * accuracy >= Bands.LEAST_WIDTH * pixel * Math.cos((latitude * Math.PI) / 180);
  },

  // The legs of tracks on the map's plane.
  legs(tracks) {
    return tracks.flatMap(({ points, accuracy_m: accuracy }) => {
      const places = points.map(Bands.onPlane);
      return places.slice(1).map((end, place) => ({ start: places[place], end, accuracy }));
    });
  },

  // A ring around each leg, all in the same sense, so that together they fill one area.
  rings(legs) {
    return legs.map((leg) => Bands.outline(leg).map(Bands.inDegrees));
  },

  // The edge of what all legs cover together, as lines.
  edges(legs) {
    const lines = [];
    legs.forEach((leg, place) => {
      let line = null;
      const outline = Bands.outline(leg);
      for (const point of [...outline, outline[0]]) {
        // What two legs have in common belongs to the first of them.
        const isOnEdge = legs.every(
          (other, its) => its === place || Bands.part(point, other) >= (its < place ? 1.001 : 0.999),
        );
        if (!isOnEdge) line = null;
        else if (line) line.push(Bands.inDegrees(point));
        else {
          line = [Bands.inDegrees(point)];
          lines.push(line);
        }
      }
    });
    return lines.filter(({ length }) => length > 1);
  },

  // The points around a leg: along its left, around its end, back along its right, and around its start.
  outline({ start, end, accuracy }) {
    const course = Math.atan2(end.y - start.y, end.x - start.x);
    const steps = Math.max(1, Math.ceil(Math.hypot(end.x - start.x, end.y - start.y) / (accuracy / 4)));
    const along = Array.from({ length: steps + 1 }, (_, step) => Bands.between(start, end, step / steps));
    const turns = Array.from({ length: Bands.ARC - 1 }, (_, step) => ((step + 1) * Math.PI) / Bands.ARC);
    const left = course + Math.PI / 2;
    const right = course - Math.PI / 2;
    return [
      ...along.map((point) => Bands.aside(point, left, accuracy)),
      ...turns.map((turn) => Bands.aside(end, left - turn, accuracy)),
      ...[...along].reverse().map((point) => Bands.aside(point, right, accuracy)),
      ...turns.map((turn) => Bands.aside(start, right - turn, accuracy)),
    ];
  },

  // How far a point lies from the middle of a leg's band, as a part of the way to its edge.
  part(point, { start, end, accuracy }) {
    const [x, y] = [end.x - start.x, end.y - start.y];
    const along = ((point.x - start.x) * x + (point.y - start.y) * y) / (x * x + y * y || 1);
    const nearest = Bands.between(start, end, Math.min(1, Math.max(0, along)));
    return Math.hypot(point.x - nearest.x, point.y - nearest.y) / (accuracy * Bands.stretch(nearest));
  },

  between(start, end, part) {
    return { x: start.x + (end.x - start.x) * part, y: start.y + (end.y - start.y) * part };
  },

  // The place so many metres from a point of the plane, in a direction counted from the east.
  aside(point, direction, metres) {
    const reach = metres * Bands.stretch(point);
    return { x: point.x + reach * Math.cos(direction), y: point.y + reach * Math.sin(direction) };
  },

  // The plane is the web map's (EPSG:3857), which is stretched the more the farther north.
  stretch({ y }) {
    return Math.cosh(y / Bands.EARTH_M);
  },

  onPlane([latitude, longitude]) {
    const radians = Math.PI / 180;
    return {
      x: Bands.EARTH_M * longitude * radians,
      y: Bands.EARTH_M * Math.asinh(Math.tan(latitude * radians)),
    };
  },

  inDegrees({ x, y }) {
    const degrees = 180 / Math.PI;
    return [Math.atan(Math.sinh(y / Bands.EARTH_M)) * degrees, (x / Bands.EARTH_M) * degrees];
  },
};
