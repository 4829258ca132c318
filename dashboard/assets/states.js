// Which state lies where around the view, so that its name can stand wherever it has room: land and borders are drawn
// small, and each piece of land between borders belongs to the state of the places in it.

class States {
  static CELL = 12; // pixels of the map that a cell is wide, where there are not too many
  static MOST_CELLS = 300; // along each side
  static NEXT = 0.5; // of a cell, by which a point of a line lies off the one before it, lest it be left out
  static STEP = 28; // pixels between the points of the view that are asked for
  static LARGE = 4; // of them on a state's land, from which its name may reach over its borders

  // `basemap` has what is drawn; `places` are those of states and of towns, the weightiest first, each with `flat`.
  constructor(map, basemap, places) {
    this.map = map;
    this.border = basemap.drawn.get("border");
    this.zoom = map.getZoom();
    this.box = basemap.cut || map.getBounds().pad(0.5);
    const [west, south] = States.flat(this.box.getSouthWest());
    const [east, north] = States.flat(this.box.getNorthEast());
    const cell = States.CELL / (256 * 2 ** map.getZoom());
    const cells = (length) => Math.max(1, Math.min(States.MOST_CELLS, Math.ceil(length / cell)));
    this.size = [cells(east - west), cells(south - north)];
    this.scale = [this.size[0] / (east - west), this.size[1] / (south - north)];
    this.origin = [west, north];
    this.owners = this.#owners(this.#drawn(basemap), places);
  }

  // Whether it holds for what is seen now.
  covers(map, basemap) {
    return (
      this.zoom === map.getZoom() && this.border === basemap.drawn.get("border") && this.box.contains(map.getBounds())
    );
  }

  // The map has moved within what it covers.
  moved() {
    this.lands = null;
  }

  // The state whose land is at a point of the map's container, or undefined.
  at(x, y) {
    return this.owners[this.#cell(States.flat(this.map.containerPointToLatLng([x, y])))];
  }

  // Where in the view a name of that half a width can stand on a state's land, the best first: wholly on it, and near
  // its middle.
  spots(state, half) {
    this.lands ||= this.#lands();
    const own = this.lands.get(state) || [];
    const middle = (axis) => own.reduce((sum, spot) => sum + spot[axis], 0) / own.length;
    const [x, y] = [middle("x"), middle("y")];
    const parts = [-1, -0.5, 0.5, 1];
    const least = own.length >= States.LARGE ? 0 : parts.length;
    return own
      .map((spot) => ({
        ...spot,
        inside: parts.filter((part) => this.at(spot.x + part * half, spot.y) === state).length,
        far: Math.hypot(spot.x - x, spot.y - y),
      }))
      .filter(({ inside }) => inside >= least)
      .sort((one, other) => other.inside - one.inside || one.far - other.far);
  }

  // Points all over the view by the state that they lie in.
  #lands() {
    const { x: width, y: height } = this.map.getSize();
    const lands = new Map();
    for (let y = States.STEP / 2; y < height; y += States.STEP) {
      for (let x = States.STEP / 2; x < width; x += States.STEP) {
        const state = this.at(x, y);
        if (!lands.has(state)) lands.set(state, []);
        lands.get(state).push({ x, y });
      }
    }
    return lands;
  }

  // A place as it lies on a square of the world, from 0 at its left and top to 1.
  static flat({ lat, lng }) {
    const sine = Math.sin((lat * Math.PI) / 180);
    return [lng / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  }

  #small([x, y]) {
    return [(x - this.origin[0]) * this.scale[0], (y - this.origin[1]) * this.scale[1]];
  }

  // The points of a line in cells, without those that lie next to the one before.
  #thinned(line) {
    const points = [this.#small(line[0])];
    for (const at of line) {
      const [x, y] = this.#small(at);
      const [beforeX, beforeY] = points.at(-1);
      if (Math.max(Math.abs(x - beforeX), Math.abs(y - beforeY)) >= States.NEXT) points.push([x, y]);
    }
    return points;
  }

  // The number of a cell, or -1 beyond them.
  #cell(flat) {
    const [column, row] = this.#small(flat).map(Math.floor);
    const [columns, rows] = this.size;
    return column < 0 || row < 0 || column >= columns || row >= rows ? -1 : row * columns + column;
  }

  // For each cell whether it is land and on no border.
  #drawn(basemap) {
    const [width, height] = this.size;
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    const trace = (kind) => {
      pen.beginPath();
      for (const line of basemap.flat(kind)) {
        const [first, ...rest] = this.#thinned(line);
        pen.moveTo(...first);
        for (const point of rest) pen.lineTo(...point);
      }
    };
    pen.fillStyle = "#fff";
    for (const kind of ["land", "flank_land"]) {
      trace(kind);
      pen.fill("evenodd");
    }
    pen.strokeStyle = "#000";
    pen.lineWidth = 1.8; // so that no gap is left to come through to a neighbour
    for (const kind of ["border", "flank"]) {
      trace(kind);
      pen.stroke();
    }
    const pixels = pen.getImageData(0, 0, width, height).data;
    return Uint8Array.from({ length: width * height }, (_, cell) => (pixels[cell * 4] > 200 ? 1 : 0));
  }

  // The state of each cell: land is filled from all places in it at once, up to its borders, so that where no border is
  // drawn between states, as in Africa and Asia, each keeps what is nearest to its own places. One so near to a border
  // that it may lie on the wrong side of it says nothing.
  #owners(land, places) {
    const owners = new Array(land.length);
    const [columns] = this.size;
    const around = [-columns - 1, -columns, -columns + 1, -1, 0, 1, columns - 1, columns, columns + 1];
    const waiting = [];
    const claim = (cell, state) => {
      if (!land[cell] || owners[cell]) return;
      owners[cell] = state;
      waiting.push(cell);
    };
    for (const { flat, state } of places) {
      const cell = this.#cell(flat);
      if (cell >= 0 && around.every((step) => land[cell + step])) claim(cell, state);
    }
    for (let next = 0; next < waiting.length; next++) {
      const cell = waiting[next];
      const column = cell % columns;
      if (column > 0) claim(cell - 1, owners[cell]);
      if (column < columns - 1) claim(cell + 1, owners[cell]);
      claim(cell - columns, owners[cell]);
      claim(cell + columns, owners[cell]);
    }
    return owners;
  }
}
