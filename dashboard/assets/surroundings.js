// What lies around the incidents: flight tracks, and of the one that is looked at its accuracy and the way to the border.
"use strict";

class Surroundings {
  constructor(map) {
    this.map = map;
    this.tracks = L.layerGroup().addTo(map);
    this.focus = L.layerGroup().addTo(map);
  }

  showTracks({ tracks, palette, selected }) {
    this.palette = palette;
    this.tracks.clearLayers();
    for (const [id, points, category] of tracks) {
      const own = selected && selected.id === id, color = palette.categories[category] || palette.muted;
      const line = { weight: own ? 3 : 1.8, opacity: own || !selected ? 0.95 : 0.45, dashArray: "7 6", interactive: false, pane: "tracks" };
      L.polyline(points, { ...line, color: palette.rim, weight: line.weight + 2.5, dashArray: null, opacity: 0.6 }).addTo(this.tracks);
      L.polyline(points, { ...line, color, className: "track" }).addTo(this.tracks);
      this.#arrow(points, color, line.opacity);
    }
  }

  // An arrowhead on the middle of the last leg; on this projection its direction is the same at every zoom.
  #arrow(points, color, opacity) {
    const [from, to] = points.slice(-2).map((point) => this.map.project(point, 8));
    const degrees = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
    const middle = this.map.unproject(from.add(to).divideBy(2), 8);
    const html = `<svg width="14" height="14" viewBox="-7 -7 14 14" style="transform:rotate(${degrees}deg);opacity:${opacity}">` +
      `<path d="M6 0 L-5 5 L-2 0 L-5 -5 Z" fill="${color}" stroke="${this.palette.rim}"/></svg>`;
    const icon = L.divIcon({ className: "arrow", html, iconSize: [14, 14] });
    L.marker(middle, { icon, interactive: false, keyboard: false, pane: "tracks" }).addTo(this.tracks);
  }

  // Around the incident that is looked at: its accuracy, and the way to the border that it crossed.
  showFocus({ selected, palette }, before) {
    this.focus.clearLayers();
    if (!selected) return;
    const at = L.latLng(selected.at), color = palette.categories[selected.category] || palette.muted, pane = "tracks";
    L.circle(at, { radius: selected.accuracy_m, color, weight: 1.5, dashArray: "2 4", fillOpacity: 0.07, interactive: false, pane, className: "accuracy" }).addTo(this.focus);
    if (selected.border) {
      L.polyline([at, selected.border], { color: palette.ink, weight: 1.5, dashArray: "1 5", lineCap: "round", interactive: false, pane }).addTo(this.focus);
      this.#measure(at, L.latLng(selected.border), selected.depth);
    }
    const moved = !before || before.id !== selected.id;
    if (moved && !this.map.getBounds().pad(-0.06).contains(at)) this.map.panTo(at);
  }

  // The depth, written on its line where the line is long enough to carry it.
  #measure(at, border, depth) {
    const zoom = this.map.getZoom(), from = this.map.project(at, zoom), to = this.map.project(border, zoom);
    if (from.distanceTo(to) < 150) return;
    const label = document.createElement("span");
    label.textContent = depth;
    const icon = L.divIcon({ className: "measure", html: label, iconSize: [0, 0] });
    const middle = this.map.unproject(from.multiplyBy(0.45).add(to.multiplyBy(0.55)), zoom);
    L.marker(middle, { icon, interactive: false, keyboard: false, pane: "tracks" }).addTo(this.focus);
  }
}
