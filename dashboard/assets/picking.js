// Picking of a place for a form: a click sets it, and with the focus on the map the arrow keys move it.

class Picking {
  static STEP = 2; // pixels; ten times as many with Shift
  static SETTLE_MS = 500; // after the last key
  static WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  constructor(map, tell) {
    Object.assign(this, { map, tell, on: false });
    this.drawn = L.layerGroup().addTo(map);
    map.on("click", ({ latlng }) => this.on && this.#tell(latlng));
    map.getContainer().addEventListener("keydown", (event) => this.#press(event), true);
  }

  show({ picking, selected }) {
    this.at = selected ? L.latLng(selected.at) : null;
    this.drawn.clearLayers();
    this.map.getContainer().classList.toggle("unsaid", picking === "place");
    if (this.on === Boolean(picking)) return;
    this.on = Boolean(picking);
    this.map.getContainer().classList.toggle("picks", this.on);
    for (const handler of [this.map.keyboard, this.map.doubleClickZoom]) handler[this.on ? "disable" : "enable"]();
  }

  #press(event) {
    const way = Picking.WAYS[event.key];
    if (!this.on || !way || event.target !== this.map.getContainer()) return;
    event.preventDefault();
    const by = L.point(way).multiplyBy(Picking.STEP * (event.shiftKey ? 10 : 1));
    this.#move(this.map.layerPointToLatLng(this.map.latLngToLayerPoint(this.at || this.map.getCenter()).add(by)));
  }

  #move(place) {
    this.#draw(place);
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell({ point: [place.lat, place.lng] }), Picking.SETTLE_MS);
  }

  #tell(place) {
    clearTimeout(this.telling);
    this.#draw(place);
    this.tell({ point: [place.lat, place.lng] });
  }

  // Where the place will be, until the page has taken it up.
  #draw(place) {
    this.at = place;
    this.drawn.clearLayers();
    L.circleMarker(place, { interactive: false, pane: "measured", className: "end", radius: 5 }).addTo(this.drawn);
  }
}
