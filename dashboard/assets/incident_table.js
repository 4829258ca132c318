// The table of the page to take away: it sorts by each column, and its rows open their incidents.

class IncidentTable {
  // `onOpen` takes the ID of an incident and the button that opened it.
  constructor({ incidents, table }, onOpen) {
    Object.assign(this, { incidents, table, onOpen });
    this.body = document.querySelector("tbody");
    this.heads = [...document.querySelectorAll("thead th")];
    for (const head of this.heads) {
      head.firstChild.addEventListener("click", () => this.sort(head, head.getAttribute("aria-sort") !== "ascending"));
    }
    this.rows = new Map(incidents.map((incident, place) => [incident.id, this.#row(incident, place)]));
    this.body.addEventListener("keydown", (event) => IncidentTable.#press(event));
    this.sort(this.heads[0], false);
  }

  #row(incident, place) {
    const row = Dom.element("tr");
    for (const head of this.heads) row.append(this.#cell(head.dataset.column, incident, place));
    row.addEventListener("click", () => {
      if (!getSelection().isCollapsed) return; // only some of its text was marked
      this.onOpen(incident.id, row.querySelector("button"));
    });
    return row;
  }

  #cell(column, incident, place) {
    const text = this.table.text[column][place];
    const properties = { "data-column": column };
    if (column === "place") return Dom.element("th", { ...properties, scope: "row" }, Dom.button({}, text));
    if (column === "what") return Dom.element("td", properties, Card.symbol(incident), text);
    return Dom.element("td", properties, text);
  }

  // Arrow keys go from row to row.
  static #press(event) {
    const row = event.target.closest("tr");
    const other = { ArrowDown: row.nextSibling, ArrowUp: row.previousSibling }[event.key];
    if (!other) return;
    event.preventDefault();
    other.querySelector("button").focus();
  }

  // Marks the row of the chosen incident, if there is one.
  mark(id) {
    this.marked?.removeAttribute("aria-current");
    this.marked = this.rows.get(id);
    this.marked?.setAttribute("aria-current", "true");
  }

  // Rows are sorted by their texts, or by what comes in the stead of them.
  sort(head, isAscending) {
    const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const { text, order } = this.table;
    const keys = order[head.dataset.column] || text[head.dataset.column];
    const difference = (one, other) => (typeof one === "number" ? one - other : compare(one, other));
    const places = [...this.incidents.keys()];
    places.sort((one, other) => difference(keys[one], keys[other]) * (isAscending ? 1 : -1));
    for (const other of this.heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", isAscending ? "ascending" : "descending");
    const focused = document.activeElement;
    this.body.append(...places.map((place) => this.rows.get(this.incidents[place].id)));
    if (focused && focused !== document.activeElement) focused.focus();
  }
}
