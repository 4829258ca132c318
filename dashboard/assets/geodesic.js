// Distances and bearings on the ellipsoid of WGS 84, and the way between two places. Places are { lat, lng }.

const Geodesic = {
  RADIUS_M: 6_378_137,
  FLATTENING: 1 / 298.257223563,
  ENOUGH: 1e-12, // radians; less than a tenth of a millimetre
  MOST_ROUNDS: 200, // only places on opposite sides of the earth need more, and a map shows no such
  LEG_M: 50_000, // between the corners of a drawn way

  // Metres, and the bearing at the start in degrees from true north: Vincenty's inverse formula.
  between(from, to) {
    const { RADIUS_M, FLATTENING, ENOUGH, MOST_ROUNDS } = Geodesic;
    const radians = Math.PI / 180;
    const apart = (to.lng - from.lng) * radians;
    const [first, second] = [from, to].map(({ lat }) => Math.atan((1 - FLATTENING) * Math.tan(lat * radians)));
    const [sin1, cos1, sin2, cos2] = [Math.sin(first), Math.cos(first), Math.sin(second), Math.cos(second)];
    let longitude = apart;
    let found;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const [sine, cosine] = [Math.sin(longitude), Math.cos(longitude)];
      const across = cos2 * sine;
      const along = cos1 * sin2 - sin1 * cos2 * cosine;
      const sinArc = Math.hypot(across, along);
      if (sinArc === 0) return { metres: 0, bearing: 0 };
      const cosArc = sin1 * sin2 + cos1 * cos2 * cosine;
      const arc = Math.atan2(sinArc, cosArc);
      const sinCourse = (cos1 * cos2 * sine) / sinArc;
      const square = 1 - sinCourse ** 2;
      const middle = square ? cosArc - (2 * sin1 * sin2) / square : 0; // on the equator there is none
      const part = (FLATTENING / 16) * square * (4 + FLATTENING * (4 - 3 * square));
      const more = middle + part * cosArc * (2 * middle ** 2 - 1);
      const before = longitude;
      longitude = apart + (1 - part) * FLATTENING * sinCourse * (arc + part * sinArc * more);
      found = { arc, sinArc, cosArc, square, middle, across, along };
      if (Math.abs(longitude - before) < ENOUGH) break;
    }
    const { arc, sinArc, cosArc, square, middle, across, along } = found;
    const short = RADIUS_M * (1 - FLATTENING);
    const u = (square * (RADIUS_M ** 2 - short ** 2)) / short ** 2;
    const a = 1 + (u / 16_384) * (4096 + u * (u * (320 - 175 * u) - 768));
    const b = (u / 1024) * (256 + u * (u * (74 - 47 * u) - 128));
    const last = (b / 6) * middle * (4 * sinArc ** 2 - 3) * (4 * middle ** 2 - 3);
    const change = b * sinArc * (middle + (b / 4) * (cosArc * (2 * middle ** 2 - 1) - last));
    return {
      metres: short * a * (arc - change),
      bearing: (((Math.atan2(across, along) / radians) % 360) + 360) % 360,
    };
  },

  // Corners of the way to draw, as [latitude, longitude]: on a sphere, which is less than the width of a line off.
  way(from, to, metres) {
    const radians = Math.PI / 180;
    const inSpace = ({ lat, lng }) => {
      const [north, east] = [lat * radians, lng * radians];
      return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)];
    };
    const [start, end] = [inSpace(from), inSpace(to)];
    const arc = Math.acos(
      Math.min(
        1,
        start.reduce((sum, part, axis) => sum + part * end[axis], 0),
      ),
    );
    const legs = arc ? Math.max(1, Math.ceil(metres / Geodesic.LEG_M)) : 1;
    const at = (part) => {
      const shares = [Math.sin((1 - part) * arc), Math.sin(part * arc)].map((share) => share / Math.sin(arc));
      const [x, y, z] = start.map((own, axis) => own * shares[0] + end[axis] * shares[1]);
      return [Math.atan2(z, Math.hypot(x, y)) / radians, Math.atan2(y, x) / radians];
    };
    const between = Array.from({ length: legs - 1 }, (_, leg) => at((leg + 1) / legs));
    return [[from.lat, from.lng], ...between, [to.lat, to.lng]];
  },
};
