// Names of states, seas and towns: fewer the farther out, and never one over another, over a mark or under a panel.

class Names {
  static GAP = 6; // pixels kept free around a name
  static FONTS = {
    state: "700 13px 'Source Sans'",
    sea: "italic 400 13px 'Source Sans'",
    town: "600 13px 'Source Sans'",
    minor: "400 12px 'Source Sans'",
  };
  static SEA_FROM_ZOOM = { 5: 3, 4: 4, 3: 5.5, 2: 6.5 }; // by weight
  // Where a town's name can stand beside its dot: offsets as CSS, and its box from width and height.
  static BESIDE = [
    { dx: "8px", dy: "-50%", box: (w, h) => [8, -h / 2, w + 8, h / 2] },
    { dx: "calc(-100% - 8px)", dy: "-50%", box: (w, h) => [-w - 8, -h / 2, -8, h / 2] },
    { dx: "-50%", dy: "calc(-100% - 6px)", box: (w, h) => [-w / 2, -h - 6, w / 2, -6] },
    { dx: "-50%", dy: "6px", box: (w, h) => [-w / 2, 6, w / 2, h + 6] },
  ];
  static OVER = [{ dx: "-50%", dy: "-50%", box: (w, h) => [-w / 2, -h / 2, w / 2, h / 2] }];

  constructor(map, names) {
    this.map = map;
    this.ruler = document.createElement("canvas").getContext("2d");
    this.widths = new Map();
    this.shown = new Map(); // place -> { marker, type, position }
    this.group = L.layerGroup().addTo(map);
    const places = Columns.rows(names).map(({ latitude, longitude, ...place }) => ({
      ...place,
      at: L.latLng(latitude, longitude),
    }));
    const isTown = ({ kind }) => kind === "capital" || kind === "town";
    const rank = ({ kind, weight }) => weight * (kind === "capital" ? 5 : 1);
    this.states = Names.#byState(places);
    this.seas = places.filter(({ kind }) => kind === "sea");
    this.towns = places.filter(isTown).map((town) => ({ ...town, rank: rank(town) }));
    this.towns.sort((one, other) => other.rank - one.rank);
  }

  // The places where each state's name can stand.
  static #byState(places) {
    const states = new Map();
    for (const place of places.filter(({ kind }) => kind === "state")) {
      states.set(place.state, [...(states.get(place.state) || []), place]);
    }
    return states;
  }

  // Place all names anew; `marks` are boxes in container pixels that stay free, `line` are points that no name crosses.
  place(marks, line) {
    const size = this.map.getSize();
    const zoom = this.map.getZoom();
    this.frame = [0, 0, size.x, size.y];
    this.taken = [...marks, ...Names.panels(this.map), ...this.#along(line)];
    this.wanted = new Map();
    for (const places of this.states.values()) this.#state(places);
    for (const sea of this.seas) {
      if (zoom >= Names.SEA_FROM_ZOOM[sea.weight]) this.#put(sea, "sea", Names.OVER, true);
    }
    const smallest = 600_000 * 2 ** (-1.55 * (zoom - 5));
    const around = this.map.getBounds().pad(0.05);
    for (const town of this.towns) {
      if (town.rank < smallest) break;
      if (around.contains(town.at))
        this.#put(town, town.rank > 6 * smallest || town.kind === "capital" ? "town" : "minor", Names.BESIDE);
    }
    this.#update();
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

  // A state's name, at the first of its places where it is wholly in the frame and free.
  #state(places) {
    const zoom = this.map.getZoom();
    for (const place of places) {
      const pixelsPerKm = (256 * 2 ** zoom) / (40_075 * Math.cos((place.at.lat * Math.PI) / 180));
      if (place.weight * pixelsPerKm > 11 && this.#put(place, "state", Names.OVER, true)) return;
    }
  }

  #put(place, type, positions, whole = false) {
    const width = this.#width(place, type);
    const height = 15;
    const gap = Names.GAP;
    const { x, y } = this.map.latLngToContainerPoint(place.at);
    const dot = [x - 4, y - 4, x + 4, y + 4];
    if (positions === Names.BESIDE && this.#hits(dot)) return false;
    for (const position of positions) {
      const [left, top, right, bottom] = position.box(width, height);
      const box = [x + left - gap, y + top - gap / 2, x + right + gap, y + bottom + gap / 2];
      if (this.#hits(box) || (whole && !this.#inFrame(box))) continue;
      this.taken.push(box);
      if (positions === Names.BESIDE) this.taken.push(dot);
      this.wanted.set(place, { type, position });
      return true;
    }
    return false;
  }

  #hits(box) {
    return this.taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
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
      if (wanted?.type === type && wanted.position === position) continue;
      this.group.removeLayer(marker);
      this.shown.delete(place);
    }
    for (const [place, { type, position }] of this.wanted) {
      if (this.shown.has(place)) continue;
      const style = `--dx: ${position.dx}; --dy: ${position.dy}`;
      const html = Dom.element("span", { style }, place.name);
      const className = `name ${type === "minor" ? "town minor" : type}`;
      const icon = L.divIcon({ className, html, iconSize: [0, 0] });
      const marker = L.marker(place.at, { icon, interactive: false, keyboard: false, pane: "names" }).addTo(this.group);
      this.shown.set(place, { marker, type, position });
    }
  }
}
