// What the map tells the page, the way streamlit-folium tells it of a click: of what is told at almost the same time
// only the last arrives, so that it holds what was told before, too.

class Messages {
  static KEPT = 8; // of what was told before

  // `group` gives the layer on whose members streamlit-folium hears clicks, `session` that of the page which it is told
  // to: the map may outlive it.
  constructor(map, group, session) {
    Object.assign(this, { map, group, session, events: [], last: 0 });
  }

  tell(properties) {
    const at = this.map.getCenter();
    const messenger = L.marker(at).addEventParent(this.group());
    messenger.feature = { type: "Feature", properties: this.noted(properties) };
    messenger.fire("click", { latlng: at }, true);
  }

  // What is told, with what was told before it.
  noted(properties) {
    this.last = Math.max(Date.now(), this.last + 1);
    this.events = [...this.events, { ...properties, number: this.last, session: this.session() }].slice(-Messages.KEPT);
    return { ...properties, events: this.events };
  }
}
