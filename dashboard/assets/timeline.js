// The timeline under the map: bars of incidents by day, week or month, and the days that are chosen, to drag and to
// click. Days are numbers since 1 January 1970. Python counts; here it is only drawn.

class Timeline {
  static CLOSE = 0.25; // days chosen elsewhere that are less than this part of all are shown close
  static HANDLE = 7; // pixels around an end of the chosen days where it is taken hold of
  static DRAG = 4; // pixels that the pointer moves before it drags
  static SETTLE_MS = 600; // after the last key that moved an end
  static STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

  // `onPick` takes the first and the last day that were chosen; `extra` stands in the bar above.
  constructor(box, { onPick, extra }) {
    Object.assign(this, { box, onPick });
    const { element, button } = Dom;
    this.heading = element("h2");
    this.span = button({ className: "span" });
    this.days = element("b", { className: "picked" });
    this.unfold = button({ className: "unfold", "aria-expanded": "false" });
    this.unfold.innerHTML = '<svg viewBox="0 0 18 18" aria-hidden="true"><path d="M3 12l6-6 6 6"/></svg>';
    this.tip = element("div", { className: "tip", hidden: true });
    this.ends = [0, 1].map(() => element("div", { className: "end", role: "slider", tabIndex: 0 }));
    const more = element("div", { className: "extra" }, extra);
    const bar = element("div", { className: "bar" }, this.heading, more, this.span);
    this.svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.svg.setAttribute("role", "img");
    box.append(bar, this.days, this.svg, this.unfold, this.tip, ...this.ends);
    this.#listen();
    new ResizeObserver(() => this.state && this.draw()).observe(box);
  }

  #listen() {
    const { box, svg } = this;
    this.span.addEventListener("click", () => {
      this.close = !this.close;
      this.draw();
    });
    this.unfold.addEventListener("click", () => {
      this.unfold.setAttribute("aria-expanded", box.classList.toggle("unfolded"));
    });
    svg.addEventListener("pointerdown", (event) => this.#press(event));
    svg.addEventListener("pointermove", (event) => (this.drag ? this.#drag(event) : this.#hover(event)));
    svg.addEventListener("pointerup", (event) => this.#release(event));
    svg.addEventListener("pointercancel", () => {
      this.drag = null;
      this.draw();
    });
    svg.addEventListener("pointerleave", () => {
      this.tip.hidden = true;
    });
    this.ends.forEach((end, which) => {
      end.addEventListener("keydown", (event) => this.#key(event, which));
      end.addEventListener("blur", () => this.#settle());
    });
  }

  show(state, palette) {
    const before = this.state;
    Object.assign(this, { state, palette });
    const rows = (bars) =>
      Object.fromEntries(Object.entries(bars).map(([unit, columns]) => [unit, Columns.rows(columns)]));
    this.all = rows(state.bars);
    this.inside = rows(state.chosen);
    this.monthOnly = Columns.rows(state.month_only);
    const picked = state.picked.join();
    if (!before || (before.picked.join() !== picked && picked !== this.told)) {
      const [first, last] = state.picked;
      const [start, end] = state.whole;
      this.close = last - first < Timeline.CLOSE * (end - start);
    }
    this.told = null;
    this.moved = null;
    if (!this.drag) this.draw();
  }

  // The days that are drawn: all, or those that are chosen with some around them.
  get window() {
    const { whole, picked, earlier } = this.state;
    if (!this.close) return whole;
    const [start, end] = whole;
    const first = Math.min(picked[0], ...(earlier || []));
    const last = picked[1];
    const margin = Math.max(3, Math.round((last - first + 1) * 0.15));
    return [Math.max(Math.min(start, first), first - margin), Math.min(Math.max(end, last), last + margin)];
  }

  get unit() {
    return Days.unit(this.window);
  }

  get chosen() {
    return this.drag ? this.drag.days : this.moved || this.state.picked;
  }

  get whole() {
    return this.chosen[0] <= this.state.whole[0] && this.chosen[1] >= this.state.whole[1];
  }

  draw() {
    const { state, unit, chosen } = this;
    const style = { day: "numeric", month: "short", year: "numeric" };
    this.days.textContent = Days.words(state.locale, chosen, style); // takes room
    this.heading.textContent = state.words.per[unit];
    const width = this.svg.clientWidth;
    if (!width) return;
    this.bars = new Bars({
      width,
      height: this.svg.clientHeight,
      palette: this.palette,
      locale: state.locale,
      window: this.window,
      known: state.whole,
      unit,
      bars: this.all[unit],
      chosenBars: chosen === state.picked ? this.inside[unit] : null,
      monthOnly: this.monthOnly,
      chosen,
      whole: this.whole,
      earlier: state.earlier,
      cursor: this.cursor,
    });
    this.svg.setAttribute("aria-label", state.words.label);
    this.svg.innerHTML = this.bars.markup();
    this.#controls();
  }

  #controls() {
    const { words } = this.state;
    this.span.textContent = this.close ? words.all : words.close;
    this.span.hidden = !this.close && this.whole;
    this.unfold.title = words.unfold;
    this.unfold.setAttribute("aria-label", words.unfold);
    for (const which of [0, 1]) this.#end(which);
  }

  // One end of the chosen days, as a slider.
  #end(which) {
    const { state, bars } = this;
    const end = this.ends[which];
    const day = this.chosen[which];
    const [start, last] = state.whole;
    const x = bars.x(day + which);
    const [at, around] = [this.svg, this.box].map((part) => part.getBoundingClientRect());
    end.hidden = x < -1 || x > bars.width + 1;
    end.style.left = `${at.left - around.left + x}px`;
    end.style.top = `${at.top - around.top}px`;
    end.style.height = `${bars.base}px`;
    end.setAttribute("aria-label", which ? state.words.last : state.words.first);
    end.setAttribute("aria-valuemin", start);
    end.setAttribute("aria-valuemax", last);
    end.setAttribute("aria-valuenow", day);
    end.setAttribute("aria-valuetext", Days.words(state.locale, [day, day]));
  }

  #left(event) {
    return event.clientX - this.svg.getBoundingClientRect().left;
  }

  // The day under the pointer.
  #day(event) {
    const [from, to] = this.window;
    const share = this.#left(event) / this.bars.width;
    return Math.max(from, Math.min(to, from + Math.floor(share * (to + 1 - from))));
  }

  #within(days) {
    return Days.within(days, this.state.whole);
  }

  // The end of the chosen days that is under the pointer, the last before the first; -1 for none.
  #held(event) {
    if (this.whole) return -1;
    const x = this.#left(event);
    return this.chosen.findLastIndex((day, which) => Math.abs(this.bars.x(day + which) - x) <= Timeline.HANDLE);
  }

  #press(event) {
    if (event.button) return;
    this.svg.setPointerCapture(event.pointerId);
    const held = this.#held(event);
    const other = this.chosen[1 - held];
    const fixed = held < 0 ? Days.period(this.#day(event), this.unit) : [other, other];
    this.drag = { from: event.clientX, fixed, held, days: this.chosen, moved: false };
    this.tip.hidden = true;
  }

  #drag(event) {
    const { drag } = this;
    const unit = Days.period(this.#day(event), this.unit);
    if (!drag.moved && Math.abs(event.clientX - drag.from) < Timeline.DRAG) return;
    drag.moved = true;
    drag.days = this.#within([Math.min(drag.fixed[0], unit[0]), Math.max(drag.fixed[1], unit[1])]);
    if (drag.held === 0) drag.days = this.#within([Math.min(unit[0], drag.fixed[1]), drag.fixed[1]]);
    if (drag.held === 1) drag.days = this.#within([drag.fixed[0], Math.max(unit[1], drag.fixed[0])]);
    this.draw();
    this.#say(event, Days.words(this.state.locale, drag.days));
  }

  // A click chooses the bar's days; a click on the only bar that is chosen chooses all days again.
  #release(event) {
    const { drag } = this;
    if (!drag) return;
    this.drag = null;
    this.tip.hidden = true;
    if (drag.moved) {
      this.pick(drag.days);
      return;
    }
    const unit = this.#within(Days.period(this.#day(event), this.unit));
    this.pick(unit.join() === this.state.picked.join() ? this.state.whole : unit);
  }

  pick(days) {
    this.told = days.join();
    if (days.join() === this.state.whole.join()) this.close = false;
    this.moved = days;
    this.draw();
    if (days.join() !== this.state.picked.join()) this.onPick(days);
  }

  #key(event, which) {
    if (event.key === "Enter") this.#settle();
    const moved = this.#moved(event.key, which);
    if (!moved) return;
    event.preventDefault();
    event.stopPropagation();
    const days = this.#within(moved);
    if (days[0] > days[1]) return;
    this.moved = days;
    this.draw();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.#settle(), Timeline.SETTLE_MS);
  }

  // The chosen days with one end moved by a key; null where the key moves none.
  #moved(key, which) {
    const [first, last] = this.chosen;
    const [start, end] = this.state.whole;
    if (key in Timeline.STEPS) return Days.moved(this.chosen, which, this.unit, Timeline.STEPS[key]);
    if (key === "Home") return which ? [first, first] : [start, last];
    if (key === "End") return which ? [first, end] : [last, last];
    return null;
  }

  #settle() {
    clearTimeout(this.settling);
    if (this.moved && this.moved.join() !== this.state.picked.join()) this.pick(this.moved);
  }

  #hover(event) {
    const { state, unit } = this;
    const { words } = state;
    const day = this.#day(event);
    const days = Days.period(day, unit);
    const [month] = Days.period(day, "month");
    const bar = this.all[unit].find(({ first }) => first === days[0]) || { by_category: {} };
    const loose = this.monthOnly.find(({ first }) => first === month) || { by_category: {} };
    const parts = Object.entries(bar.by_category).filter(([, count]) => count);
    const lines = [
      [words.incidents, Bars.count(bar)],
      ...parts.map(([name, count]) => [words.categories[name], count]),
    ];
    if (Bars.count(loose)) lines.push([words.month_only, Bars.count(loose)]);
    this.#say(event, Days.words(state.locale, days), lines);
  }

  // A note beside the pointer.
  #say(event, heading, lines = []) {
    const { tip } = this;
    const { element } = Dom;
    const written = (count) => count.toLocaleString(this.state.locale);
    const line = ([label, count]) => [element("dt", {}, label), element("dd", {}, written(count))];
    tip.replaceChildren(element("b", {}, heading), element("dl", {}, ...lines.flatMap(line)));
    tip.hidden = false;
    const x = event.clientX - this.box.getBoundingClientRect().left;
    tip.style.left = `${Math.max(4, Math.min(this.box.clientWidth - tip.offsetWidth - 4, x + 14))}px`;
    tip.style.bottom = `${this.bars.axis + 12}px`;
  }
}
