// A chart in a briefing: it stands in the place of the map with the caveat of its data, its numbers in the panel.

class ChartOfBriefing {
  constructor(place, panel) {
    const { element } = Dom;
    this.figure = place.appendChild(element("figure", { id: "plot", hidden: true }));
    this.table = panel.appendChild(element("table", { id: "numbers", hidden: true }));
  }

  // `state` is null where the map is shown.
  show(state, words) {
    document.body.classList.toggle("charted", Boolean(state));
    this.figure.hidden = this.table.hidden = !state;
    if (!state) return;
    this.#figure(state, words);
    this.#table(state);
  }

  #figure({ question, shown, svg, alt, caveat, notes }, words) {
    const { element } = Dom;
    // The markup is ours, drawn on the server.
    const drawn = Dom.drawn("div", svg, { className: "drawn", role: "img", "aria-label": alt });
    const care = element("p", { className: "caveat" }, element("b", {}, words.caveat), " ", caveat);
    this.figure.replaceChildren(
      element("h2", {}, question, " ", element("small", {}, shown)),
      ...(caveat ? [care] : []),
      drawn,
      element("figcaption", {}, notes),
    );
  }

  #table({ heads, rows }) {
    const { element } = Dom;
    const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
    const lines = rows.map(([name, ...numbers]) =>
      element("tr", {}, element("th", { scope: "row" }, name), ...numbers.map((text) => element("td", {}, text))),
    );
    this.table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...lines));
  }
}
