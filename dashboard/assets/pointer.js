// The place under the pointer, told at the foot of the map in degrees and in MGRS; to a mouse alone, since a finger
// covers what it points at.

class Pointer {
  static EQUATOR_M = 40_075_016.7; // the width of the map's world, of 256 pixels at zoom 0

  constructor(map, words) {
    Object.assign(this, { map, words });
    const box = map.getContainer();
    this.told = box.appendChild(Dom.element("div", { className: "pointer", hidden: true, "aria-hidden": "true" }));
    box.addEventListener("pointermove", (event) => this.#follow(event));
    box.addEventListener("pointerleave", () => {
      this.told.hidden = true;
    });
  }

  #follow(event) {
    this.told.hidden = event.pointerType !== "mouse" || Boolean(event.target.closest(".leaflet-control"));
    if (this.told.hidden) return;
    const at = this.map.mouseEventToLatLng(event).wrap();
    const shrink = Math.cos((at.lat * Math.PI) / 180);
    const digits = Coordinates.digits((Pointer.EQUATOR_M * shrink) / 256 / 2 ** this.map.getZoom());
    const parts = [Coordinates.degrees(at, digits, this.words), Coordinates.mgrs(at, digits)];
    this.told.textContent = parts.filter(Boolean).join(" · ");
  }
}
