// TopoJSON as Leaflet draws it: rings and lines of latitude and longitude.

const Topology = {
  // Every shape with what the file says of it and its rings or lines, latitude first, as Leaflet wants them.
  shapes(topology) {
    const arcs = Topology.decoded(topology);
    return topology.objects.data.geometries.map(({ type, arcs: numbers, properties }) => ({
      ...properties,
      area: type.endsWith("Polygon"),
      rings: Topology.rings(numbers, arcs),
    }));
  },

  // Arcs are steps on a grid: https://github.com/topojson/topojson-specification#213-arcs
  decoded({ arcs, transform: { scale, translate } }) {
    return arcs.map((arc) => {
      let x = 0;
      let y = 0;
      return arc.map(([dx, dy]) => {
        x += dx;
        y += dy;
        return [y * scale[1] + translate[1], x * scale[0] + translate[0]];
      });
    });
  },

  // All rings or lines of a geometry, whatever its nesting: drawn by the even-odd rule, holes need no telling apart.
  // A negative number means the arc backwards.
  rings(numbers, arcs) {
    if (typeof numbers[0] !== "number") return numbers.flatMap((inner) => Topology.rings(inner, arcs));
    const points = [];
    for (const number of numbers) {
      const arc = number < 0 ? arcs[~number].slice().reverse() : arcs[number];
      for (let i = points.length ? 1 : 0; i < arc.length; i++) points.push(arc[i]);
    }
    return [points];
  },

  // A topology whose arcs came packed: their steps as one text, which page_assets.py wrote, and how many each has.
  unpacked({ arcs: { lengths, steps }, ...topology }) {
    const numbers = Topology.numbers(steps);
    let at = 0;
    const step = () => [numbers[at++], numbers[at++]];
    return { ...topology, arcs: lengths.map((length) => Array.from({ length }, step)) };
  },

  // Whole numbers that were written with five bits a character.
  numbers(text) {
    const numbers = [];
    let number = 0;
    let shift = 0;
    for (let at = 0; at < text.length; at++) {
      const bits = text.charCodeAt(at) - 63;
      number |= (bits & 31) << shift;
      shift += 5;
      if (bits & 32) continue;
      numbers.push(number & 1 ? ~(number >> 1) : number >> 1);
      number = 0;
      shift = 0;
    }
    return numbers;
  },
};
