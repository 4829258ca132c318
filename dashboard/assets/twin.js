// The map of earlier days beside the map: both always look at the same place at the same scale.
"use strict";

class Twin {
  static beside(main) {
    const box = document.body.appendChild(Object.assign(document.createElement("div"), { id: "earlier" }));
    const { map, options } = main;
    const files = { basemap_far: () => main.far, basemap_near: () => main.near, names: () => main.names };
    const own = { ...map.options, center: map.getCenter(), zoom: map.getZoom(), minZoom: undefined, maxBounds: undefined, layers: [] };
    const twin = new IncursionMap(L.map(box, own), { ...options, files }, { onEscape: () => {} });
    return twin;
  }

  static link(one, other) {
    Twin.#follow(one, other);
    Twin.#follow(other, one);
  }

  // What moves by itself leads; what is moved after it does not lead back, nor does a map that is hidden.
  static #follow(leader, follower) {
    const both = () => document.body.classList.contains("compared");
    leader.on("move zoom moveend", () => { if (!leader.led && both()) Twin.look(leader, follower); });
  }

  static look(leader, follower) {
    follower.led = true;
    follower.setView(leader.getCenter(), leader.getZoom(), { animate: false });
    follower.led = false;
  }
}
