// Measuring on the map: two clicks give the distance and the bearing at the first place, on the ellipsoid.

class Measure {
  static EXACT_KM = 10; // below which a kilometre has a decimal

  // What is measured is said in the element `said`; `onChange` is told whether it measures.
  constructor(map, words, said, onChange) {
    Object.assign(this, { map, words, said, onChange, on: false, places: [] });
    const box = map.getContainer();
    this.drawn = L.layerGroup();
    map.on("click", ({ latlng }) => this.#take(latlng));
    map.on("mousemove", ({ latlng }) => this.#point(latlng));
    map.on("move", () => {
      if (this.byKey) this.#point(map.getCenter());
    });
    box.addEventListener("keydown", (event) => this.#press(event));
    box.addEventListener("pointermove", () => this.#byKey(false));
  }

  toggle() {
    if (this.on) this.stop();
    else this.#start();
  }

  #start() {
    this.on = true;
    this.drawn.addTo(this.map);
    this.map.doubleClickZoom.disable();
    this.#begin();
    this.#changed();
  }

  stop() {
    this.on = false;
    this.places = [];
    this.drawn.clearLayers().remove();
    this.map.doubleClickZoom.enable();
    this.#byKey(false);
    this.#changed();
  }

  #changed() {
    this.said.hidden = !this.on;
    this.map.getContainer().classList.toggle("measures", this.on);
    this.onChange(this.on);
  }

  // Without a pointer the middle of the map is pointed at, which then has a cross.
  #byKey(is) {
    this.byKey = is;
    this.map.getContainer().classList.toggle("crossed", is);
  }

  #press(event) {
    if (!this.on || event.key !== "Enter" || event.target !== this.map.getContainer()) return;
    this.#byKey(true);
    this.#take(this.map.getCenter());
  }

  #begin() {
    this.places = [];
    this.drawn.clearLayers();
    this.said.textContent = this.words.first;
  }

  #take(place) {
    if (!this.on) return;
    if (this.places.length === 2) this.#begin();
    this.places.push(place);
    this.#draw(this.places);
    if (this.places.length === 1) this.said.textContent = this.words.second;
    else this.said.textContent = this.#inWords(this.words.measured);
  }

  #point(place) {
    if (this.on && this.places.length === 1) this.#draw([...this.places, place]);
  }

  #inWords(words, [from, to] = this.places) {
    const { metres, bearing } = Geodesic.between(from, to);
    const degrees = String(Math.round(bearing) % 360).padStart(3, "0");
    return words.replace("{distance}", this.#distance(metres)).replace("{bearing}", degrees);
  }

  #distance(metres) {
    const { locale, km, m } = this.words;
    if (metres < 995) return m.replace("{distance}", Number(metres.toPrecision(2)).toLocaleString(locale));
    const digits = metres < 1000 * Measure.EXACT_KM ? 1 : 0;
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return km.replace("{distance}", (metres / 1000).toLocaleString(locale, options));
  }

  #draw(places) {
    this.drawn.clearLayers();
    const still = { interactive: false, pane: "measured" };
    if (places.length === 2) {
      const way = Geodesic.way(...places, Geodesic.between(...places).metres);
      for (const className of ["casing", "way"]) L.polyline(way, { ...still, className }).addTo(this.drawn);
      const html = Dom.element("span", {}, this.#inWords(this.words.way, places));
      const icon = L.divIcon({ className: "measure", html, iconSize: [0, 0], iconAnchor: [0, 22] });
      L.marker(places[1], { ...still, icon, keyboard: false }).addTo(this.drawn);
    }
    for (const place of places) {
      L.circleMarker(place, { ...still, className: "end", radius: 4 }).addTo(this.drawn);
    }
  }
}
