// Points at which several incidents are placed because no report says more closely where each was: their ring, or their
// fan, lies in a circle within which each of them was, and says so.

class SharedPlaces {
  static SEEN = 10; // pixels by which a circle must be wider than what lies in it
  static SAYS = 55; // radius in pixels from which a circle carries its words
  static DIGITS = 5;

  constructor(map, state) {
    Object.assign(this, { map, state });
    this.layer = L.layerGroup().addTo(map);
  }

  static #key(latitude, longitude) {
    return `${latitude.toFixed(SharedPlaces.DIGITS)} ${longitude.toFixed(SharedPlaces.DIGITS)}`;
  }

  // What is said of marks that all lie at one shared place: { at, accuracy, text }, or nothing.
  of(marks) {
    this.#read(this.state().shared);
    const keys = new Set(marks.map(({ at }) => at && SharedPlaces.#key(at.lat, at.lng)));
    const place = keys.size === 1 && marks.length > 1 ? this.places.get([...keys][0]) : null;
    if (!place) return null;
    const count = marks.length.toString();
    const text = this.state().words.shared.replace("{count}", count).replace("{distance}", place.within);
    return { at: marks[0].at, accuracy: place.accuracy_m, text };
  }

  #read(shared) {
    if (this.read === shared) return;
    this.read = shared;
    const entries = (shared || []).map((place) => [SharedPlaces.#key(place.latitude, place.longitude), place]);
    this.places = new Map(entries);
  }

  // Groups of marks that are drawn as rings of a radius in pixels, or fanned out.
  draw(groups) {
    this.layer.clearLayers();
    this.boxes = [];
    for (const { marks, radius } of groups) {
      const place = this.of(marks);
      if (place) this.#circle(place, radius);
    }
  }

  get any() {
    return this.layer.getLayers().length > 0;
  }

  #circle({ at, accuracy, text }, radius) {
    const { palette } = this.state();
    const look = { interactive: false, pane: "tracks", color: palette.muted, weight: 1.5, dashArray: "2 4" };
    const circle = L.circle(at, { ...look, radius: accuracy, fillOpacity: 0.05, className: "accuracy" });
    const reach = Bands.stretch(Bands.onPlane([at.lat, at.lng])) * accuracy * (256 * 2 ** this.map.getZoom());
    const pixels = reach / (2 * Math.PI * Bands.EARTH_M);
    if (pixels < radius + SharedPlaces.SEEN) return;
    circle.addTo(this.layer);
    if (pixels < SharedPlaces.SAYS) return;
    const zoom = this.map.getZoom();
    const foot = this.map.unproject(this.map.project(at, zoom).add([0, pixels]), zoom);
    const icon = L.divIcon({ className: "measure", html: Dom.element("span", {}, text), iconSize: [0, 0] });
    const sign = L.marker(foot, { interactive: false, pane: "tracks", icon, keyboard: false }).addTo(this.layer);
    const { offsetWidth, offsetHeight } = sign.getElement().firstChild;
    this.boxes.push([foot, offsetWidth / 2, offsetHeight / 2]);
  }
}
