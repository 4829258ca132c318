// The map of earlier days beside the map: both always look at the same place at the same scale.

const Twin = {
  beside(main) {
    const box = document.body.appendChild(Dom.element("div", { id: "earlier" }));
    const { map, options } = main;
    const files = { basemap_far: () => main.far, basemap_near: () => main.near, names: () => main.names };
    const view = { center: map.getCenter(), zoom: map.getZoom() };
    const own = { ...map.options, ...view, minZoom: undefined, maxBounds: undefined, layers: [] };
    return new IncursionMap(L.map(box, own), { ...options, files }, { leader: main });
  },

  link(main, twin) {
    const isCompared = () => document.body.classList.contains("compared");
    const lead = (stage, other, may = () => true) => {
      stage.map.on("move zoom moveend", () => {
        if (!stage.led && may() && isCompared()) Twin.look(stage, other);
      });
    };
    lead(main, twin);
    lead(twin, main, () => twin.sight.byHand);
  },

  // What is moved after another map does not lead back. Who moves the one moves the other.
  look(leader, follower) {
    follower.led = true;
    follower.sight.ours = !leader.sight.byHand;
    follower.map.options.minZoom = leader.map.options.minZoom;
    follower.map.setView(leader.map.getCenter(), leader.map.getZoom(), { animate: false });
    follower.sight.ours = false;
    follower.led = false;
  },
};
