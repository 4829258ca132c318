// Where the map looks: at what its reader or the page asks for, whatever the size of the window; and who moved it last.

class Sight {
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

  // The map has another size: it shows what it was asked to show, or was on its way to.
  resize() {
    const { map, ours } = this;
    const before = map.getSize();
    const { maxBounds } = map.options;
    this.ours = true;
    map.setMaxBounds(null); // else Leaflet begins to glide to a zoom level that the new size has only for a moment
    map.invalidateSize({ pan: false });
    if (!map.options.maxBounds) map.setMaxBounds(maxBounds);
    this.ours = ours;
    if (!map.getSize().equals(before)) this.look();
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
    this.headed = this.#above();
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

  // In a briefing the title lies over the map.
  #above() {
    return this.stage.briefing?.on ? this.stage.briefing.head.offsetHeight : 0;
  }

  // The title of a briefing has got another height.
  again() {
    if (this.headed !== this.#above() && !this.byHand) this.look();
  }

  // Centre and zoom that show an area, or where it is to lie clear of the panels, that with some room around it.
  #place({ bounds, clear }) {
    const { map } = this;
    const size = map.getSize();
    const area = L.latLngBounds(bounds);
    const above = this.#above();
    const fit = (room) => {
      for (const side of room) {
        side.x = Math.min(side.x, size.x / 3);
        side.y = Math.min(side.y, size.y / 3);
      }
      return map.getBoundsZoom(area, false, room[0].add(room[1]));
    };
    let room = clear ? this.#room() : [L.point(0, above), L.point(0, 0)];
    // In a briefing the charted region is not to end within the window only so that the figures cover nothing.
    if (clear && above && fit(room) < map.getBoundsZoom(this.widest, true)) {
      room = [L.point(24, above + 28), L.point(56, 28)];
    }
    const [before, after] = room;
    const zoom = clear ? Math.min(9, fit(room)) : fit(room);
    const low = map.project(area.getSouthWest(), zoom);
    const high = map.project(area.getNorthEast(), zoom);
    return { centre: map.unproject(low.add(high).add(after).subtract(before).divideBy(2), zoom), zoom };
  }

  // Room for figures and legend, left and above, and for the rest, right and below. In a briefing the card stands at
  // the right, or on an upright screen at the bottom, and the legend in a corner.
  #room() {
    const { panels } = this.stage;
    const { figures, legend } = panels;
    const above = this.#above();
    if (above) {
      const { offsetLeft, offsetWidth } = this.stage.briefing.card; // nothing wide where no card is shown
      const card = offsetLeft > this.map.getSize().x / 2 ? offsetWidth : 0;
      return [L.point(24, above + 42 + figures.offsetHeight), L.point(56 + card, 28)];
    }
    const beside = panels.isOver(legend) ? legend.offsetWidth : 0;
    const left = beside < this.map.getSize().x / 3 ? beside : 0;
    const top = panels.isOver(figures) ? figures.offsetHeight : 0;
    return [L.point(24 + left, 28 + top), L.point(56, 40)];
  }

  // The area that is seen, below the title of a briefing.
  seen() {
    const { x, y } = this.map.getSize();
    return L.latLngBounds(this.map.containerPointToLatLng([0, y]), this.map.containerPointToLatLng([x, this.#above()]));
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
