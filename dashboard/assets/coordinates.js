// Places as text: degrees with their hemisphere, and the square of MGRS (on WGS 84), as core/geo/coordinates.py has it.

const Coordinates = {
  BANDS: "CDEFGHJKLMNPQRSTUVWX", // of eight degrees each from 80 south on, the last of twelve
  COLUMNS: ["STUVWXYZ", "ABCDEFGH", "JKLMNPQR"], // letters of squares of 100 km from west to east, by zone
  ROWS: "ABCDEFGHJKLMNPQRSTUV", // from south to north, again and again
  SOUTH: -80, // what lies beyond has squares of another kind
  NORTH: 84,
  RADIUS_M: 6_378_137,
  FLATTENING: 1 / 298.257223563,
  SCALE: 0.9996, // on the middle meridian of a zone
  EAST_M: 500_000, // of the middle meridian
  SOUTH_M: 10_000_000, // of the equator in the southern hemisphere

  // `words` have a sentence for each hemisphere, and the locale.
  degrees({ lat, lng }, decimals, { north, south, east, west, locale }) {
    const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    const said = (words, angle) => words.replace("{degrees}", Math.abs(angle).toLocaleString(locale, options));
    return `${said(lat < 0 ? south : north, lat)}, ${said(lng < 0 ? west : east, lng)}`;
  },

  // The square that a place lies in, with so many digits for each axis; empty near the poles.
  mgrs({ lat, lng }, digits) {
    if (!(lat >= Coordinates.SOUTH && lat < Coordinates.NORTH)) return "";
    const zone = Coordinates.zone(lat, lng);
    const { easting, northing } = Coordinates.utm(lat, lng, zone);
    const band = Coordinates.BANDS[Math.min(19, Math.floor((lat - Coordinates.SOUTH) / 8))];
    const column = Coordinates.COLUMNS[zone % 3][Math.floor(easting / 100_000) - 1];
    const row = Coordinates.ROWS[(Math.floor(northing / 100_000) + (zone % 2 ? 0 : 5)) % 20];
    const figures = [easting, northing].map((metres) => {
      const within = String(Math.floor(metres) % 100_000).padStart(5, "0");
      return within.slice(0, digits);
    });
    return [`${String(zone).padStart(2, "0")}${band}`, `${column}${row}`, ...figures].join(" ").trim();
  },

  // Zones are six degrees wide, but for Norway's south-west and for Svalbard.
  zone(lat, lng) {
    if (lat >= 56 && lat < 64 && lng >= 3 && lng < 12) return 32;
    if (lat >= 72 && lng >= 0 && lng < 42) return [31, 33, 35, 37].at([9, 21, 33].filter((edge) => lng >= edge).length);
    return (Math.floor((lng + 180) / 6) % 60) + 1;
  },

  // Easting and northing in metres: Krüger's series, to less than a millimetre within a zone.
  utm(lat, lng, zone) {
    const { RADIUS_M, FLATTENING, SCALE, EAST_M, SOUTH_M } = Coordinates;
    const third = FLATTENING / (2 - FLATTENING);
    const radians = Math.PI / 180;
    const sine = Math.sin(lat * radians);
    const across = (lng - (zone * 6 - 183)) * radians;
    const root = (2 * Math.sqrt(third)) / (1 + third);
    const slope = Math.sinh(Math.atanh(sine) - root * Math.atanh(root * sine));
    const up = Math.atan2(slope, Math.cos(across));
    const out = Math.asinh(Math.sin(across) / Math.hypot(slope, Math.cos(across)));
    const meridian = (RADIUS_M / (1 + third)) * (1 + third ** 2 / 4 + third ** 4 / 64);
    const series = [
      third / 2 - (2 * third ** 2) / 3 + (5 * third ** 3) / 16 + (41 * third ** 4) / 180,
      (13 * third ** 2) / 48 - (3 * third ** 3) / 5 + (557 * third ** 4) / 1440,
      (61 * third ** 3) / 240 - (103 * third ** 4) / 140,
      (49_561 * third ** 4) / 161_280,
    ];
    const [more, farther] = series.reduce(
      ([north, east], factor, place) => {
        const times = 2 * (place + 1);
        return [
          north + factor * Math.sin(times * up) * Math.cosh(times * out),
          east + factor * Math.cos(times * up) * Math.sinh(times * out),
        ];
      },
      [up, out],
    );
    return {
      easting: EAST_M + SCALE * meridian * farther,
      northing: (lat < 0 ? SOUTH_M : 0) + SCALE * meridian * more,
    };
  },

  // The digits that a pixel of so many metres allows: the finest step that is not finer than it.
  digits(pixel) {
    return Math.max(0, Math.min(5, 5 - Math.floor(Math.log10(pixel))));
  },
};
