// Where the map looks: at what its reader or the page asks for, whatever the size of the window; and who moved it last.

class Sight {
  static NEAREST = 9; // zoom at which a place is shown by itself, at most
  static MOST = 0.45; // of the map's size that room at one side takes
  static AROUND = { left: 36, above: 28, right: 64, below: 40 }; // pixels between an area and the edges

  // At small scales the map stays within `widest`, at large ones within `bounds`. It tells the stage where it
  // `arrived`.
  constructor(stage, { bounds, widest }) {
    Object.assign(this, { stage, map: stage.map, flight: 0 });
    this.region = L.latLngBounds(bounds);
    this.widest = L.latLngBounds(widest);
    this.#limits();
    this.#watch();
    new ResizeObserver(() => this.resize()).observe(this.map.getContainer());
  }

  // Who moves the map: its reader, unless it is we (`ours`), as long as nobody takes hold of it on its way.
  #watch() {
    const { map } = this;
    const box = map.getContainer();
    map.on("movestart", () => {
      this.byHand = !this.ours;
    });
    const take = () => {
      this.ours = false;
    };
    for (const name of ["pointerdown", "wheel", "keydown"]) {
      box.addEventListener(name, take, { capture: true, passive: true });
    }
    map.on("resize", () => {
      this.#limits();
      this.stage.panels.wrap();
    });
    map.on("zoomend", () => this.#limits());
    map.on("moveend", () => {
      if (this.byHand && !this.ours) this.asked = { bounds: this.seen(), clear: false };
      if (!this.ours) this.stage.arrived();
      this.stage.arrange();
    });
  }

  // The map has another size: it shows what it was asked to show, or was on its way to, unless it is `left` as it is
  // for what it is asked next.
  resize(left = false) {
    const { map, ours } = this;
    const before = map.getSize();
    const { maxBounds } = map.options;
    this.ours = true;
    map.setMaxBounds(null); // else Leaflet begins to glide to a zoom level that the new size has only for a moment
    map.invalidateSize({ pan: false });
    if (!map.options.maxBounds) map.setMaxBounds(maxBounds);
    this.ours = ours;
    if (!left && !map.getSize().equals(before)) this.look();
  }

  // `asked` is an area as `bounds`, and whether it is to lie `clear` of the panels.
  ask(asked, fly) {
    this.asked = asked;
    this.look(fly);
  }

  look(fly = false) {
    const { map, asked } = this;
    if (!asked || this.stage.leader) return;
    const flight = this.flight + 1;
    this.flight = flight;
    this.ours = true;
    this.byHand = false;
    map.options.minZoom = 0;
    const { centre, zoom } = this.#place(asked);
    map.options.maxBounds = this.#bounds(zoom);
    const arrive = () => {
      if (flight !== this.flight) return;
      this.ours = false;
      this.#limits();
      this.stage.arrived();
    };
    if (fly && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.stage.panels.tellOutside(0);
      map.flyTo(centre, zoom, { duration: 0.9 });
      map.once("moveend", () => setTimeout(arrive)); // after the map has been kept within its bounds
      return;
    }
    map.setView(centre, zoom, { animate: false });
    this.#limits();
    arrive();
  }

  // The panels have another size, since their fonts are there: look again if that makes a difference.
  refit() {
    const { map, asked } = this;
    if (!asked || this.byHand) return;
    const { minZoom } = map.options;
    map.options.minZoom = 0;
    const { centre, zoom } = this.#place(asked);
    map.options.minZoom = minZoom;
    const isSame = zoom === map.getZoom() && map.project(centre).distanceTo(map.project(map.getCenter())) < 0.1;
    if (!isSame) this.look();
  }

  // Centre and zoom that show an area, or where it is to lie clear of the panels, that with some room around it, as
  // large as one of the ways around the panels allows.
  #place({ bounds, clear }) {
    const { map } = this;
    const area = L.latLngBounds(bounds);
    const fits = (clear ? this.#rooms() : [[L.point(0, 0), L.point(0, 0)]]).map(([before, after]) => ({
      before,
      after,
      zoom: map.getBoundsZoom(area, false, before.add(after)),
    }));
    const { before, after, zoom: fit } = fits.reduce((best, one) => (one.zoom > best.zoom ? one : best));
    const zoom = clear ? Math.min(Sight.NEAREST, fit) : fit;
    const low = map.project(area.getSouthWest(), zoom);
    const high = map.project(area.getNorthEast(), zoom);
    return { centre: map.unproject(low.add(high).add(after).subtract(before).divideBy(2), zoom), zoom };
  }

  // The ways to keep clear of the panels, each as room left and above, and room right and below: the figures in the
  // upper left corner take room at the left or above, the legend in the lower left at the left or below.
  #rooms() {
    const { x, y } = this.map.getSize();
    const { panels } = this.stage;
    const [figures, legend] = [panels.figures, panels.legend].map((panel) =>
      panels.isOver(panel) ? [panel.offsetWidth, panel.offsetHeight] : [0, 0],
    );
    const rooms = [];
    for (const [beside, above] of [
      [figures[0], 0],
      [0, figures[1]],
    ]) {
      for (const [left, below] of [
        [legend[0], 0],
        [0, legend[1]],
      ]) {
        const before = L.point(Sight.AROUND.left + Math.max(beside, left), Sight.AROUND.above + above);
        const after = L.point(Sight.AROUND.right, Sight.AROUND.below + below);
        for (const side of [before, after]) {
          side.x = Math.min(side.x, x * Sight.MOST);
          side.y = Math.min(side.y, y * Sight.MOST);
        }
        rooms.push([before, after]);
      }
    }
    return rooms;
  }

  // The area that is seen.
  seen() {
    return this.map.getBounds();
  }

  // The whole window shows charted land and sea at any zoom, unless what is asked for is larger.
  #limits() {
    const { map } = this;
    map.options.minZoom = 0; // else Leaflet answers with no less than the limit of before
    const fills = map.getBoundsZoom(this.widest, true);
    const bounds = this.#bounds(map.getZoom());
    map.options.minZoom = this.asked ? Math.min(fills, this.#place(this.asked).zoom) : fills;
    if (this.stage.leader) map.options.minZoom = this.stage.leader.map.options.minZoom;
    map.fire("zoomlevelschange");
    if (map.getZoom() < map.getMinZoom()) map.setZoom(map.getMinZoom(), { animate: false });
    map.setMaxBounds(bounds);
    map.panInsideBounds(bounds, { animate: false });
  }

  #bounds(zoom) {
    return zoom < Basemap.NEAR ? this.widest : this.region;
  }
}
