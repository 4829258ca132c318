// Names of states, seas and towns, and signs of airports: fewer the farther out, and never one over another, over a
// mark or under a panel.

class Names {
  static GAP = 6; // pixels kept free around a name
  static HEIGHT = 15;
  static FONTS = {
    state: "700 13px 'Source Sans'",
    sea: "italic 400 13px 'Source Sans'",
    town: "600 13px 'Source Sans'",
    minor: "400 12px 'Source Sans'",
    code: "600 11px 'Source Sans'",
  };
  static SEA_FROM_ZOOM = { 5: 3, 4: 4, 3: 5.5, 2: 6.5 }; // by weight
  static BESIDE = 8; // pixels from a town to its name
  static OFF = [22, 36, 50, 86]; // from one under a mark, with a line to it
  // Where a name stands beside its place: to the right, left, above, below, and between.
  static BESIDES = [
    [1, 0],
    [-1, 0],
    [0, -1],
    [0, 1],
  ];
  static BETWEEN = [
    [1, -1],
    [1, 1],
    [-1, -1],
    [-1, 1],
    [1, -0.4],
    [1, 0.4],
    [-1, -0.4],
    [-1, 0.4],
    [0.4, -1],
    [-0.4, -1],
    [0.4, 1],
    [-0.4, 1],
  ];
  static ALONG = 5; // pixels between the points of such a line that are asked for

  // `signs` are those of capitals, airports and airfields as SVG, each with its radius.
  constructor(map, names, signs) {
    Object.assign(this, { map, signs, shown: new Map(), widths: new Map() }); // shown: place -> { marker, ...look }
    this.ruler = document.createElement("canvas").getContext("2d");
    this.group = L.layerGroup().addTo(map);
    const places = Columns.rows(names).map(({ latitude, longitude, ...place }) => ({
      ...place,
      at: L.latLng(latitude, longitude),
      flat: States.flat({ lat: latitude, lng: longitude }),
    }));
    const of = (...kinds) => places.filter(({ kind }) => kinds.includes(kind));
    const stateNames = of("state");
    this.states = Names.#byState(stateNames);
    this.seas = of("sea");
    this.towns = of("capital", "town").map((town) => ({ ...town, size: Ranks.size(town) }));
    this.towns.sort((one, other) => other.size - one.size);
    this.owners = [...stateNames, ...this.towns]; // of land: who lies in it says whose it is
    this.airports = of("airport");
    this.airfields = of("airfield");
  }

  // The places where each state's name can stand.
  static #byState(places) {
    const states = new Map();
    for (const place of places) states.set(place.state, [...(states.get(place.state) || []), place]);
    return states;
  }

  // Place all names anew; `marks` are boxes in container pixels that stay free, `line` are points that no name crosses,
  // and towns near `points` come first.
  place({ marks, line, points, basemap, airports }) {
    const size = this.map.getSize();
    const zoom = this.map.getZoom();
    this.frame = [0, 0, size.x, size.y];
    this.marks = marks;
    this.taken = [...marks, ...Names.panels(this.map), ...this.#along(line)];
    this.wanted = new Map();
    this.around = this.#bounds(0.05);
    this.capitals = this.towns
      .filter((town) => town.kind === "capital" && Names.#within(town, this.around))
      .map(({ at }) => {
        const { x, y } = this.map.latLngToContainerPoint(at);
        return [x - 5, y - 5, x + 5, y + 5];
      });
    const unnamed = [...this.states.values()].filter((places) => !this.#state(places));
    const inSight = this.#inSight(unnamed);
    if (inSight.length) this.#findRoom(inSight, this.#land(basemap));
    for (const sea of this.seas) {
      if (zoom >= Names.SEA_FROM_ZOOM[sea.weight]) this.#put(sea, "sea", [Names.#over()], { whole: true });
    }
    const signs = airports ? this.#airports(zoom) : [];
    const towns = this.#ranked(zoom, points, line);
    for (const town of towns) this.#town(town, signs);
    for (const { airport, box } of signs) this.#airport(airport, box);
    this.#update();
  }

  // The view and some of it more at each edge, as States.flat has it.
  #bounds(part) {
    const view = this.map.getBounds().pad(part);
    return [...States.flat(view.getNorthWest()), ...States.flat(view.getSouthEast())];
  }

  static #within({ flat: [x, y] }, [left, top, right, bottom]) {
    return x >= left && x <= right && y >= top && y <= bottom;
  }

  // States, each as its places, that have a town or a place of theirs about; all where nothing is, as from very near.
  #inSight(states) {
    const about = this.#bounds(0.5);
    const seen = new Set(this.owners.filter((place) => Names.#within(place, about)).map(({ state }) => state));
    return seen.size ? states.filter(([{ state }]) => seen.has(state)) : states;
  }

  // Whose land lies in the view; drawn anew only where the map has left what was drawn.
  #land(basemap) {
    if (this.land?.covers(this.map, basemap)) this.land.moved();
    else this.land = new States(this.map, basemap, this.owners);
    return this.land;
  }

  // What of the legend is drawn.
  shows() {
    return [...this.wanted].flatMap(([{ kind }]) => (kind in this.signs ? [kind] : []));
  }

  // Small boxes along a line, at most one every few pixels.
  #along(line) {
    const boxes = new Map();
    const inside = this.map.getBounds().pad(0.05);
    for (const [latitude, longitude] of line) {
      if (!inside.contains([latitude, longitude])) continue;
      const { x, y } = this.map.latLngToContainerPoint([latitude, longitude]);
      boxes.set(`${x >> 3}|${y >> 3}`, [x - 4, y - 4, x + 4, y + 4]);
    }
    return boxes.values();
  }

  // Boxes of everything that lies over the map.
  static panels(map) {
    const origin = map.getContainer().getBoundingClientRect();
    return [...map.getContainer().querySelectorAll(".leaflet-control")].map((panel) => {
      const box = panel.getBoundingClientRect();
      return [box.left - origin.left, box.top - origin.top, box.right - origin.left, box.bottom - origin.top];
    });
  }

  // The towns to name, those of the highest rank first.
  #ranked(zoom, marks, flank) {
    const least = Ranks.least(zoom);
    const pixels = (at) => {
      const { x, y } = this.map.project(at, zoom);
      return [x, y];
    };
    const seen = this.towns.filter((town) => town.size * Ranks.NEAR_MARK >= least && Names.#within(town, this.around));
    const [points, near, border] = [seen.map(({ at }) => at), marks, flank].map((all) => all.map(pixels));
    const nearness = Ranks.nearness(points, near, border, 1 / this.#pixelsPerKm(this.map.getCenter()));
    return seen
      .map((place, position) => ({
        place,
        rank: place.size * nearness[position],
        part: place.size / least, // of what it must have to be named by its size alone
        isNear: nearness[position] === Ranks.NEAR_MARK,
        isLarge: place.kind === "capital" || place.size >= Ranks.LARGE * least,
      }))
      .filter(({ rank }) => rank >= least)
      .sort((one, other) => other.rank - one.rank);
  }

  // A town's name beside its dot, where it can off all signs of airports. That of a town that lies under a mark, or
  // that finds no room beside so many marks, stands off with a line to it, the farther the larger the town is.
  #town({ place, isNear, isLarge, part }, signs) {
    const isCapital = place.kind === "capital";
    const { x, y } = this.map.latLngToContainerPoint(place.at);
    const dot = [x - 4, y - 4, x + 4, y + 4];
    const isCovered = Names.#meets(dot, this.marks);
    if (!isCovered && this.#hits(dot)) return;
    const beside = Names.#beside(Names.BESIDE + (isCapital ? 2 : 0), Names.BESIDES);
    const reaches = isNear && part >= 0.5 ? Names.OFF : Names.OFF.slice(0, 2);
    const isOff = isCapital || (isNear && (isCovered || part >= 1));
    const off = isOff
      ? reaches.flatMap((reach) => Names.#beside(reach, [...Names.BESIDES, ...Names.BETWEEN], true))
      : [];
    const tried = isCovered ? off : [...beside, ...off];
    const avoid = signs.map(({ box }) => box);
    const type = isLarge ? "town" : "minor";
    if (this.#put(place, type, tried, { avoid }) || this.#put(place, type, tried)) this.taken.push(dot);
  }

  // The signs of airports, and from near of airfields, that find room.
  #airports(zoom) {
    const airports = zoom >= Ranks.AIRPORTS_FROM_ZOOM ? this.airports : [];
    const airfields = zoom >= Ranks.AIRFIELDS_FROM_ZOOM ? this.airfields : [];
    const signs = [...airports, ...airfields].filter((airport) => Names.#within(airport, this.around));
    return signs.map((airport) => {
      const { x, y } = this.map.latLngToContainerPoint(airport.at);
      const reach = this.signs[airport.kind].radius + 1;
      return { airport, box: [x - reach, y - reach, x + reach, y + reach] };
    });
  }

  #airport(airport, box) {
    if (this.#hits(box)) return;
    const reach = this.signs[airport.kind].radius + 2;
    const [right, left, above, below] = Names.#beside(reach, Names.BESIDES);
    if (this.#put(airport, "code", [below, right, left, above])) this.taken.push(box);
  }

  // A state's name, at the first of its places where it is wholly in the frame and free.
  #state(places) {
    return places.some(
      (place) =>
        this.#isRoomy(place) && this.#put(place, "state", [Names.#over()], { whole: true, avoid: this.capitals }),
    );
  }

  #isRoomy({ at, weight }) {
    return weight * this.#pixelsPerKm(at) > 11;
  }

  #pixelsPerKm({ lat }) {
    return (256 * 2 ** this.map.getZoom()) / (40_075 * Math.cos((lat * Math.PI) / 180));
  }

  // Names of states that have none of their places in sight or free, wherever else their land is.
  #findRoom(unnamed, land) {
    for (const [place] of unnamed) {
      const spots = land.spots(place.state, this.#width(place, "state") / 2);
      spots.some((spot) => {
        const there = { ...place, at: this.map.containerPointToLatLng(spot) };
        return this.#put(there, "state", [Names.#over()], { whole: true, avoid: this.capitals });
      });
    }
  }

  // Where a name can stand at a distance from its place: offsets as CSS, and its box from width and height.
  static #beside(reach, directions, isOff = false) {
    return directions.map(([across, down]) => {
      const part = reach / Math.hypot(across, down);
      const [dx, dy] = [across * part, down * part];
      const shift = (way, by) => `calc(${by}px + ${(way - 1) * 50}%)`;
      const start = (way, length) => ((way - 1) / 2) * length;
      const box = (w, h) => {
        const [left, top] = [dx + start(across, w), dy + start(down, h)];
        return [left, top, left + w, top + h];
      };
      return { key: `${dx}|${dy}`, dx: shift(across, dx), dy: shift(down, dy), box, end: isOff ? [dx, dy] : null };
    });
  }

  static #over() {
    return { key: "", dx: "-50%", dy: "-50%", box: (w, h) => [-w / 2, -h / 2, w / 2, h / 2], end: null };
  }

  // Put a name at the first of some positions where it is free; tells whether there is one.
  #put(place, type, positions, { whole = false, avoid = [] } = {}) {
    const width = this.#width(place, type);
    const gap = Names.GAP;
    const { x, y } = this.map.latLngToContainerPoint(place.at);
    for (const position of positions) {
      const [left, top, right, bottom] = position.box(width, Names.HEIGHT);
      const box = [x + left - gap, y + top - gap / 2, x + right + gap, y + bottom + gap / 2];
      if (this.#hits(box) || Names.#meets(box, avoid) || (whole && !this.#inFrame(box))) continue;
      if (position.end && !this.#isClear({ x, y }, position.end)) continue;
      this.taken.push(box);
      this.wanted.set(place, { type, position });
      return true;
    }
    return false;
  }

  // Whether a line from a town crosses nothing but marks, under which it goes.
  #isClear({ x, y }, [dx, dy]) {
    const count = Math.max(1, Math.floor(Math.hypot(dx, dy) / Names.ALONG) - 1);
    return Array.from({ length: count }, (_, step) => (step + 1) / (count + 1)).every((part) => {
      const [left, top] = [x + dx * part, y + dy * part];
      const box = [left - 1, top - 1, left + 1, top + 1];
      return !this.#hits(box) || Names.#meets(box, this.marks);
    });
  }

  #hits(box) {
    return Names.#meets(box, this.taken);
  }

  static #meets(box, others) {
    return others.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
  }

  #inFrame(box) {
    return box[0] >= this.frame[0] && box[1] >= this.frame[1] && box[2] <= this.frame[2] && box[3] <= this.frame[3];
  }

  #width(place, type) {
    const key = `${type}|${place.name}`;
    if (!this.widths.has(key)) {
      const spread = { state: 0.14, sea: 0.06 }[type] || 0;
      this.ruler.font = Names.FONTS[type];
      const text = type === "state" ? place.name.toUpperCase() : place.name;
      this.widths.set(key, this.ruler.measureText(text).width + spread * 13 * text.length);
    }
    return this.widths.get(key);
  }

  // Touch only the names that come, go or move to another side of their dot.
  #update() {
    for (const [place, { marker, type, position }] of this.shown) {
      const wanted = this.wanted.get(place);
      if (wanted?.type === type && wanted.position.key === position.key) continue;
      this.group.removeLayer(marker);
      this.shown.delete(place);
    }
    for (const [place, look] of this.wanted) {
      if (!this.shown.has(place)) this.shown.set(place, { marker: this.#marker(place, look), ...look });
    }
  }

  #marker(place, { type, position: { dx, dy, end } }) {
    const html = Dom.element("div", {}, Dom.element("span", { style: `--dx: ${dx}; --dy: ${dy}` }, place.name));
    if (place.kind in this.signs) html.append(Dom.drawn("i", this.signs[place.kind].svg)); // ours, from land_signs.py
    if (end) {
      const turn = `rotate(${Math.atan2(end[1], end[0])}rad)`;
      html.append(Dom.element("b", { style: `width: ${Math.hypot(...end) - 2}px; transform: ${turn}` }));
    }
    const className = ["name", type === "minor" ? "town minor" : type, place.kind, end ? "off" : ""].join(" ");
    const icon = L.divIcon({ className, html, iconSize: [0, 0] });
    return L.marker(place.at, { icon, interactive: false, keyboard: false, pane: "names" }).addTo(this.group);
  }
}
