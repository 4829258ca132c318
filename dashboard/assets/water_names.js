// Names of lakes and rivers: a lake's in its middle, a river's beside a straight part of its course. They come last and
// take the room that other names leave.

class WaterNames {
  static FONT = "italic 400 13px 'Source Sans'";
  static LATER = 0.75; // of the zoom: a river is named after it is drawn
  static STEP = 6; // pixels between the points of a river at which a name may begin
  static BENT = 8; // pixels that a river may leave the straight line beside which its name stands
  static ASIDE = 4; // between name and river
  static CAP_HEIGHT = 9; // of a letter, in pixels
  static MOST_TRIED = 40;
  // From the middle of a lake's box, as parts of the way to its sides.
  static PLACES = [-0.3, 0, 0.3]
    .flatMap((down) => [0, -0.35, 0.35].map((right) => [right, down]))
    .sort((one, other) => Math.hypot(...one) - Math.hypot(...other));

  constructor(map) {
    this.map = map;
    this.ruler = document.createElement("canvas").getContext("2d");
    this.group = L.layerGroup().addTo(map);
    this.shown = new Map(); // name -> { marker, key }
  }

  // Place all names anew; `taken` are boxes in container pixels that stay free.
  place(water, taken) {
    this.frame = L.bounds([0, 0], this.map.getSize());
    this.taken = [...taken];
    this.wanted = new Map();
    const zoom = this.map.getZoom();
    for (const lake of water.filter(({ kind, rings }) => kind === "lake" && rings.length)) this.#lake(lake);
    const rivers = water.filter((shape) => shape.kind === "river" && shape.zoom + WaterNames.LATER <= zoom);
    rivers.sort((one, other) => one.rank - other.rank);
    for (const name of new Set(rivers.map((river) => river.name))) {
      this.#river(
        name,
        rivers.filter((river) => river.name === name),
      );
    }
    this.#update();
  }

  // In the middle of the lake, or where a border that crosses it leaves room on one side.
  #lake({ name, rings }) {
    const largest = rings.reduce((one, other) => (other.length > one.length ? other : one));
    const bounds = L.bounds(largest.map((at) => this.map.latLngToContainerPoint(at)));
    const width = this.#width(name);
    const size = bounds.getSize();
    if (size.x < 0.7 * width) return;
    for (const [right, down] of WaterNames.PLACES) {
      const x = bounds.getCenter().x + (right * size.x) / 2;
      const y = bounds.getCenter().y + (down * size.y) / 2;
      const box = [x - width / 2 - 5, y - 11, x + width / 2 + 5, y + 11];
      if (!this.#free([box])) continue;
      this.taken.push(box);
      this.wanted.set(name, { x, y, angle: 0 });
      return;
    }
  }

  #river(name, shapes) {
    const width = this.#width(name);
    const parts = shapes.flatMap(({ rings }) => rings.flatMap((ring) => this.#straight(ring, width)));
    parts.sort((one, other) => one.bend - other.bend);
    const { ASIDE, CAP_HEIGHT } = WaterNames;
    for (const { start, angle, reach, above, below } of parts.slice(0, WaterNames.MOST_TRIED)) {
      const [along, up] = WaterNames.#axes(angle);
      for (const out of [above + ASIDE + CAP_HEIGHT / 2, -(below + ASIDE + CAP_HEIGHT / 2)]) {
        const middle = start.add(along.multiplyBy(reach / 2)).add(up.multiplyBy(out));
        const boxes = WaterNames.#boxes(middle, along, width);
        if (!this.#free(boxes)) continue;
        this.taken.push(...boxes);
        this.wanted.set(name, { x: middle.x, y: middle.y, angle });
        return;
      }
    }
  }

  // Parts of a line in the frame beside which a name of that width can stand: where each starts, from left to right,
  // and how far the line leaves the straight one upward and downward.
  #straight(ring, width) {
    const parts = [];
    const count = Math.ceil(width / WaterNames.STEP) + 1;
    for (const points of this.#even(ring)) {
      for (let first = 0; first + count < points.length; first += 2) {
        const part = points.slice(first, first + count + 1);
        if (part[0].x > part[count].x) part.reverse();
        const [start, end] = [part[0], part[count]];
        const reach = start.distanceTo(end);
        if (reach < 0.9 * width) continue;
        const angle = Math.atan2(end.y - start.y, end.x - start.x);
        const [, up] = WaterNames.#axes(angle);
        const out = part.map((point) => (point.x - start.x) * up.x + (point.y - start.y) * up.y);
        const above = Math.max(0, ...out);
        const below = Math.max(0, ...out.map((one) => -one));
        const bend = above + below;
        if (bend <= WaterNames.BENT) parts.push({ start, angle, reach, above, below, bend });
      }
    }
    return parts;
  }

  // Points of a line, evenly far from each other, in runs that lie in the frame.
  #even(ring) {
    const runs = [[]];
    let left = 0;
    let before = null;
    for (const at of ring) {
      const point = this.map.latLngToContainerPoint(at);
      const length = before?.distanceTo(point) || 0;
      const isNear = before && this.frame.intersects(L.bounds([before, point]));
      if (!isNear && runs.at(-1).length) runs.push([]);
      for (; isNear && left < length; left += WaterNames.STEP) {
        const part = left / length;
        runs.at(-1).push(L.point(before.x + (point.x - before.x) * part, before.y + (point.y - before.y) * part));
      }
      left = isNear ? left - length : 0;
      before = point;
    }
    return runs;
  }

  static #axes(angle) {
    return [L.point(Math.cos(angle), Math.sin(angle)), L.point(Math.sin(angle), -Math.cos(angle))];
  }

  // Small boxes that cover a line of text around its middle.
  static #boxes(middle, along, width) {
    const steps = Math.ceil(width / 14);
    return Array.from({ length: steps + 1 }, (_, step) => {
      const { x, y } = middle.add(along.multiplyBy(width * (step / steps - 0.5)));
      return [x - 8, y - 8, x + 8, y + 8];
    });
  }

  #free(boxes) {
    const { max } = this.frame;
    const meets = (one, other) => one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
    return boxes.every(
      (box) =>
        box[0] >= 0 &&
        box[1] >= 0 &&
        box[2] <= max.x &&
        box[3] <= max.y &&
        !this.taken.some((other) => meets(box, other)),
    );
  }

  #width(name) {
    this.ruler.font = WaterNames.FONT;
    return this.ruler.measureText(name).width + 0.5 * name.length; // as map.css spaces them
  }

  // Touch only the names that come, go or move.
  #update() {
    for (const [name, { marker, key }] of this.shown) {
      if (this.wanted.has(name) && this.#key(this.wanted.get(name)) === key) continue;
      this.group.removeLayer(marker);
      this.shown.delete(name);
    }
    for (const [name, place] of this.wanted) {
      if (this.shown.has(name)) continue;
      const html = Dom.element("span", { style: `--turn: ${place.angle.toFixed(3)}rad` }, name);
      const icon = L.divIcon({ className: "name water", html, iconSize: [0, 0] });
      const at = this.map.containerPointToLatLng([place.x, place.y]);
      const marker = L.marker(at, { icon, interactive: false, keyboard: false, pane: "names" }).addTo(this.group);
      this.shown.set(name, { marker, key: this.#key(place) });
    }
  }

  // What tells one place of a name from another: where on the ground, and how it is turned.
  #key({ x, y, angle }) {
    const { x: across, y: down } = this.map.project(this.map.containerPointToLatLng([x, y]));
    return [this.map.getZoom(), Math.round(across / 4), Math.round(down / 4), angle.toFixed(2)].join();
  }
}
