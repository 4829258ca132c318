// The card of the page to take away: one incident, or the latest ones while none is chosen.

class Card {
  static LATEST = 10; // incidents listed while none is chosen

  // `onChoose` takes the ID of an incident, or an empty one, and how it is chosen.
  constructor(box, { words, labels, incidents }, onChoose) {
    Object.assign(this, { box, words, labels, incidents, onChoose });
  }

  show(incident) {
    this.box.scrollTop = 0;
    this.box.classList.toggle("chosen", Boolean(incident));
    this.box.replaceChildren(...(incident ? this.#incident(incident) : this.#latest()));
  }

  focus() {
    this.box.querySelector("h2").focus({ preventScroll: true });
  }

  #incident(incident) {
    const { words, labels } = this;
    const { element } = Dom;
    const close = Dom.button({ className: "close", title: words.close }, "✕ Esc");
    close.addEventListener("click", () => this.onChoose(""));
    const style = `color: var(--${incident.category}, var(--muted))`;
    const fields = incident.fields.map(({ label, text }) =>
      element("div", {}, element("dt", {}, labels[label]), element("dd", {}, text)),
    );
    return [
      element("p", { className: "kind", style }, Card.symbol(incident), element("span", {}, incident.kind), close),
      element("h2", { className: "place", tabIndex: -1 }, incident.where),
      element("p", { className: "when" }, incident.when),
      element("p", { className: "story" }, incident.story),
      element("dl", { className: "fields" }, ...fields),
      element("h3", {}, words.sources),
      element("ul", { className: "sources" }, ...incident.sources.map(Card.#source)),
      ...(incident.tracks.length ? [element("h3", {}, words.track)] : []),
      ...incident.tracks.map(Card.#track),
    ];
  }

  static #source({ address, name, kind, words }) {
    const more = words ? [" ", Dom.element("small", { className: kind }, words)] : [];
    return Dom.element("li", {}, address ? Card.#link(address, name) : name, ...more);
  }

  static #track({ basis, sources }) {
    const links = sources.flatMap((source) => [Card.#link(source, ""), " "]);
    return Dom.element("p", { className: "basis" }, basis, Dom.element("br"), ...links);
  }

  #latest() {
    const { words } = this;
    const { element } = Dom;
    const items = this.incidents.slice(0, Card.LATEST).map((incident) => element("li", {}, this.#button(incident)));
    return [
      element("h3", { className: "latest-head" }, words.latest),
      element("p", { className: "hint" }, words.hint),
      element("ul", { className: "latest" }, ...items),
    ];
  }

  #button(incident) {
    const { element } = Dom;
    const [brief = incident.what, ...story] = incident.told;
    const lines = element(
      "span",
      {},
      element("small", {}, `${incident.name} · ${incident.when}`),
      element("b", {}, incident.where),
      element("small", {}, brief),
      ...story.map((text) => element("span", { className: "told" }, text)),
    );
    const button = Dom.button({}, Card.symbol(incident), lines);
    button.addEventListener("click", () => this.onChoose(incident.id, { read: true }));
    return button;
  }

  // Where the symbol of an incident comes, in the colours of the theme.
  static symbol({ symbol }) {
    return Dom.element("span", { "data-symbol": symbol });
  }

  // A link, named by its host where it has no other name; what is no address of http(s) stays text.
  static #link(text, name) {
    const { protocol, hostname } = Card.#address(text);
    if (protocol !== "http:" && protocol !== "https:") return text;
    const properties = { href: text, target: "_blank", title: text, rel: "noopener noreferrer nofollow" };
    return Dom.element("a", properties, name || hostname.replace(/^www\./, ""));
  }

  static #address(text) {
    try {
      return new URL(text);
    } catch {
      return {};
    }
  }
}
