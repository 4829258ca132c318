// The lists of incidents beside the map, which the page has as plain HTML. A list is one stop of the keyboard: arrow
// keys go from row to row, Enter and a click choose one as a click on its mark does.

class IncidentList {
  static ROW = "[data-incident]";
  static STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity };

  constructor(tell) {
    if (!window.frameElement) return;
    this.page = window.parent.document;
    Dom.listen(this.page, "click", ({ target }) => {
      const row = target.closest?.(IncidentList.ROW);
      if (row) tell({ id: row.dataset.incident });
    });
    Dom.listen(this.page, "keydown", (event) => this.#step(event));
  }

  // The card begins at its head when another incident is shown in it.
  toHead(incident) {
    if (incident === this.incident) return;
    this.incident = incident;
    const card = this.page?.querySelector(".st-key-card");
    if (card) card.scrollTop = 0;
  }

  #step(event) {
    const row = event.target.closest?.(IncidentList.ROW);
    const step = IncidentList.STEPS[event.key];
    if (!row || !step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const rows = [...row.closest(".incidents").querySelectorAll(IncidentList.ROW)];
    const place = Math.min(Math.max(rows.indexOf(row) + step, 0), rows.length - 1);
    rows[place].focus();
  }
}
