// Which marks would cover each other on the screen and become one cluster, and the counting of many by cells: the rules
// of dashboard/render/symbols/clustering.py, on points { x, y } in pixels.

const Clustering = {
  MARGIN: 2.5, // between a mark and the side of its box, for telling whether two cover each other
  OVERLAP: 0.9, // how near two may come, as a part of the sum of their radii
  CIRCLE: 9, // marks that are fanned out on a circle at most; more of them on a spiral

  // Radius of a cluster of so many, or of one mark in a box of that side.
  radius(count, side) {
    return count === 1 ? side / 2 - Clustering.MARGIN : Math.min(27, 13 + 2.6 * Math.log2(count));
  },

  // Items as { members, count, point }, those that would cover each other together: greedily and in the order given, so
  // that the same marks at the same zoom always make the same groups.
  groups(items, side) {
    let groups = items;
    let before = -1;
    while (before !== groups.length) {
      before = groups.length;
      groups = Clustering.merged(groups, side);
    }
    return groups;
  },

  // One pass: each group joins the first before it that it would cover.
  merged(groups, side) {
    const merged = [];
    for (const group of groups) {
      const reach = Clustering.radius(group.count, side);
      const isNear = ({ point, count }) =>
        Clustering.distance(point, group.point) < Clustering.OVERLAP * (reach + Clustering.radius(count, side));
      const place = merged.findIndex(isNear);
      if (place < 0) merged.push(group);
      else merged[place] = Clustering.joined(merged[place], group);
    }
    return merged;
  },

  joined(one, other) {
    const count = one.count + other.count;
    const mean = (axis) => (one.point[axis] * one.count + other.point[axis] * other.count) / count;
    return { members: one.members.concat(other.members), count, point: { x: mean("x"), y: mean("y") } };
  },

  distance(one, other) {
    return Math.hypot(one.x - other.x, one.y - other.y);
  },

  // A point that comes nearer to another than `reach`, moved away from it so far.
  away(point, other, reach) {
    const distance = Clustering.distance(point, other);
    if (distance >= reach) return point;
    if (!distance) return { x: other.x + reach, y: other.y };
    const moved = (axis) => other[axis] + ((point[axis] - other[axis]) * reach) / distance;
    return { x: moved("x"), y: moved("y") };
  },

  // Where marks stand around their common centre: on a circle while they are few, else on a spiral.
  fan(count) {
    const few = count <= Clustering.CIRCLE;
    let angle = -Math.PI / 2;
    let reach = few ? 22 + 4 * count : 34;
    return Array.from({ length: count }, () => {
      const place = { x: reach * Math.cos(angle), y: reach * Math.sin(angle) };
      angle += few ? (2 * Math.PI) / count : 27 / reach;
      if (!few) reach += (27 * 27) / (2 * Math.PI * reach);
      return place;
    });
  },

  // Incidents of a viewport counted by square cells of the map's world, as many as may be at most; those that are alone
  // in their cell come as their places in the columns. `isCounted` may leave out some.
  cells({ latitude, longitude, category }, names, { bounds, zoom, pixels, most }, isCounted = () => true) {
    const [west, south, east, north] = bounds;
    const isSeen = (place) =>
      longitude[place] >= west && longitude[place] <= east && latitude[place] >= south && latitude[place] <= north;
    const seen = [...latitude.keys()].filter((place) => isSeen(place) && isCounted(place));
    let size = pixels / (256 * 2 ** zoom);
    let cells = Clustering.grid(seen, latitude, longitude, size);
    while (cells.length > most) {
      size *= 2;
      cells = Clustering.grid(seen, latitude, longitude, size);
    }
    const mean = (places, degrees) => places.reduce((sum, place) => sum + degrees[place], 0) / places.length;
    const parts = (places) =>
      names.map((name, code) => [name, places.filter((place) => category[place] === code).length]);
    return {
      alone: cells.filter((places) => places.length === 1).map(([place]) => place),
      cells: cells
        .filter((places) => places.length > 1)
        .map((places) => ({
          latitude: mean(places, latitude),
          longitude: mean(places, longitude),
          by_category: Object.fromEntries(parts(places)),
        })),
    };
  },

  // The places that lie in each square of the world, whose sides are that part of its width.
  grid(places, latitude, longitude, size) {
    const squares = new Map();
    for (const place of places) {
      const sine = Math.sin((Math.max(-85, Math.min(85, latitude[place])) * Math.PI) / 180);
      const column = Math.floor((longitude[place] / 360 + 0.5) / size);
      const row = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) / size);
      const key = column * 2 ** 26 + row;
      if (squares.has(key)) squares.get(key).push(place);
      else squares.set(key, [place]);
    }
    return [...squares.values()];
  },
};
