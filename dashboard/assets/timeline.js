// The timeline under the map: bars of incidents by day, week or month, and the days that are chosen, to drag and to click.
// Days are numbers since 1 January 1970. Python counts; here it is only drawn.
"use strict";

class Timeline {
  static DAYS = 92; // shown at most by day; beyond that by week
  static WEEKS = 550; // days shown at most by week; beyond that by month
  static CLOSE = 0.25; // days chosen elsewhere that are less than this part of all are shown close
  static HANDLE = 7; // pixels around an end of the chosen days where it is taken hold of
  static AXIS = 20; // pixels below the bars
  static LOW = 60; // pixels of height below which there are bars alone, without an axis
  static LANE = 9; // pixels for incidents of which only the month is known

  // `onPick` takes the first and the last day that were chosen.
  constructor(box, { onPick, extra }) {
    Object.assign(this, { box, onPick });
    box.innerHTML = '<div class="bar"><h2></h2><div class="extra"></div><button class="span" type="button"></button></div>' +
      '<b class="picked"></b><svg role="img"></svg><button class="unfold" type="button" aria-expanded="false"></button><div class="tip" hidden></div>' +
      '<div class="end" role="slider" tabindex="0"></div><div class="end" role="slider" tabindex="0"></div>';
    this.heading = box.querySelector("h2");
    this.svg = box.querySelector("svg");
    this.tip = box.querySelector(".tip");
    this.ends = [...box.querySelectorAll(".end")];
    this.button = box.querySelector("button.span");
    this.button.addEventListener("click", () => { this.close = !this.close; this.draw(); });
    this.days = box.querySelector("b.picked");
    this.unfold = box.querySelector("button.unfold");
    this.unfold.innerHTML = '<svg viewBox="0 0 18 18" aria-hidden="true"><path d="M3 12l6-6 6 6"/></svg>';
    this.unfold.addEventListener("click", () => this.unfold.setAttribute("aria-expanded", box.classList.toggle("unfolded")));
    if (extra) box.querySelector(".extra").append(extra);
    this.svg.addEventListener("pointerdown", (event) => this.#press(event));
    this.svg.addEventListener("pointermove", (event) => (this.drag ? this.#drag(event) : this.#hover(event)));
    this.svg.addEventListener("pointerup", (event) => this.#release(event));
    this.svg.addEventListener("pointercancel", () => { this.drag = null; this.draw(); });
    this.svg.addEventListener("pointerleave", () => { this.tip.hidden = true; });
    this.ends.forEach((end, which) => {
      end.addEventListener("keydown", (event) => this.#key(event, which));
      end.addEventListener("blur", () => this.#settle());
    });
    new ResizeObserver(() => this.state && this.draw()).observe(box);
  }

  show(state, palette) {
    const before = this.state;
    Object.assign(this, { state, palette });
    const picked = state.picked.join();
    if (!before || (before.picked.join() !== picked && picked !== this.told)) {
      const [first, last] = state.picked, [start, end] = state.whole;
      this.close = last - first < Timeline.CLOSE * (end - start);
    }
    this.told = null;
    this.moved = null;
    if (!this.drag) this.draw();
  }

  // The days that are drawn: all, or those that are chosen with some around them.
  get window() {
    const { whole: [start, end], picked: [, last], earlier } = this.state, first = Math.min(this.state.picked[0], ...(earlier || []));
    if (!this.close) return [start, end];
    const margin = Math.max(3, Math.round((last - first + 1) * 0.15));
    return [Math.max(Math.min(start, first), first - margin), Math.min(Math.max(end, last), last + margin)];
  }

  get low() { return this.height < Timeline.LOW; }

  // Pixels below the bars.
  get axis() { return this.low ? 1 : Timeline.AXIS; }

  get unit() {
    const [from, to] = this.window;
    return to - from < Timeline.DAYS ? "day" : to - from < Timeline.WEEKS ? "week" : "month";
  }

  get chosen() {
    return this.drag ? this.drag.days : this.moved || this.state.picked;
  }

  get whole() {
    return this.chosen[0] <= this.state.whole[0] && this.chosen[1] >= this.state.whole[1];
  }

  // A unit as its first and last day.
  static period(day, unit) {
    if (unit === "day") return [day, day];
    if (unit === "week") { const monday = day - (((day + 3) % 7) + 7) % 7; return [monday, monday + 6]; }
    const date = new Date(day * 86_400_000), [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    return [Date.UTC(year, month, 1) / 86_400_000, Date.UTC(year, month + 1, 1) / 86_400_000 - 1];
  }

  // Days in words, such as 28 July 2025, July 2025, or 21–27 July 2025.
  static words(locale, [first, last], style = { day: "numeric", month: "long", year: "numeric" }) {
    const date = (day) => new Date(day * 86_400_000), options = { timeZone: "UTC", ...style };
    const [start, end] = Timeline.period(first, "month");
    if (start === first && end === last) delete options.day;
    const format = new Intl.DateTimeFormat(locale, options);
    return first === last || !options.day ? format.format(date(first)) : format.formatRange(date(first), date(last));
  }

  draw() {
    const { state, palette, unit } = this, [from, to] = this.window;
    this.days.textContent = Timeline.words(state.locale, this.chosen, { day: "numeric", month: "short", year: "numeric" }); // takes room
    this.width = this.svg.clientWidth;
    this.height = this.svg.clientHeight;
    if (!this.width) return;
    const bars = state.bars[unit].filter(([first, last]) => last >= from && first <= to);
    const { low } = this, loose = unit === "month" || low ? [] : state.month_only.filter(([first, last]) => last >= from && first <= to);
    const sum = ([, , counts]) => counts.reduce((all, count) => all + count, 0);
    this.most = Math.max(1, ...bars.map(sum));
    this.heading.textContent = state.words.per[unit];
    this.base = this.height - this.axis - (loose.length ? Timeline.LANE : 0);
    this.svg.setAttribute("aria-label", state.words.label);
    const [first, last] = this.chosen.map((day, end) => this.#x(day + end));
    const all = bars.map((item) => this.#bar(item)).join("");
    // While days are being dragged over, what lies in them is not known yet: they are the bars between the ends.
    const inside = this.chosen === state.picked ? state.chosen[unit].map((item) => this.#bar(item)).join("") : `<g clip-path="url(#in)">${all}</g>`;
    const clip = (id, x, width) => `<clipPath id="${id}"><rect x="${x}" y="0" width="${Math.max(0, width)}" height="${this.height}"/></clipPath>`;
    this.svg.innerHTML = `<defs>${clip("in", first, last - first)}<pattern id="loose" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
      `<rect width="5" height="5" fill="${palette.paper}"/><rect width="2" height="5" fill="${palette.muted}"/></pattern>` +
      '<pattern id="unknown" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
      `<rect width="1.5" height="7" fill="${palette.border}"/></pattern></defs>${this.#unknown(from, to)}` +
      (this.whole ? "" : `<rect class="chosen" x="${first}" y="0" width="${Math.max(1, last - first)}" height="${this.base}"/>`) +
      this.#earlier() +
      `<g class="dim">${this.whole ? "" : all}</g><g class="chosen-bars">${this.whole ? all : inside}</g>` +
      `${low ? "" : `<g class="scale">${this.#scale()}</g>`}${loose.map((item) => this.#loose(item)).join("")}` +
      `<path class="base" d="M0 ${this.base + 0.5} H${this.width}"/>${low ? "" : this.#ticks(from, to)}` +
      (this.whole ? "" : `<path class="ends" d="M${first} 0 V${this.base} M${last} 0 V${this.base}"/>`) +
      (this.cursor ? `<rect class="cursor" x="${this.#x(this.cursor[0])}" y="0" width="${Math.max(2, this.#x(this.cursor[1] + 1) - this.#x(this.cursor[0]))}" height="${this.base}"/>` : "");
    this.#controls();
  }

  // The days of which nothing is known: before the data begin, and after the information ends.
  #unknown(from, to) {
    const [start, end] = this.state.whole;
    return [[from, Math.min(start - 1, to)], [Math.max(end + 1, from), to]].filter(([first, last]) => first <= last).map(([first, last]) =>
      `<rect class="unknown" x="${this.#x(first)}" y="0" width="${this.#x(last + 1) - this.#x(first)}" height="${this.base}" fill="url(#unknown)"/>`).join("");
  }

  // The days that the chosen ones are compared with.
  #earlier() {
    if (!this.state.earlier) return "";
    const [left, right] = this.state.earlier.map((day, end) => Math.max(1, Math.min(this.width - 1, this.#x(day + end))));
    return right > left ? `<rect class="earlier" x="${left}" y="1" width="${right - left}" height="${this.base - 1}"/>` : "";
  }

  #x(day) {
    const [from, to] = this.window;
    return Math.round(((day - from) / (to + 1 - from)) * this.width * 10) / 10;
  }

  #bar([first, last, counts]) {
    const { palette, state: { categories }, base } = this;
    const left = this.#x(first), width = Math.max(1.5, this.#x(last + 1) - left - (this.#x(last + 1) - left > 5 ? 2 : 0.5));
    let top = base;
    return counts.map((count, category) => {
      const height = (count / this.most) * (base - 8);
      top -= height;
      return count ? `<rect x="${left + 0.5}" y="${top}" width="${width}" height="${height}" fill="${palette.categories[categories[category]]}"/>` : "";
    }).join("");
  }

  // Incidents of which only the month is known lie under all of its days.
  #loose([first, last]) {
    const left = Math.max(0, this.#x(first)), right = Math.min(this.width, this.#x(last + 1)), y = this.base + 2;
    return `<rect x="${left}" y="${y}" width="${right - left - 1}" height="${Timeline.LANE - 3}" fill="url(#loose)"/>`;
  }

  // One line at a round number of incidents.
  #scale() {
    const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5].findLast((value) => value <= this.most) || 1;
    const y = this.base - (step / this.most) * (this.base - 8);
    return `<path d="M0 ${y} H${this.width}"/><text x="2" y="${y - 3}">${step.toLocaleString(this.state.locale)}</text>`;
  }

  #ticks(from, to) {
    const { locale } = this.state, wide = this.width / 76, days = to - from + 1;
    const step = ["day", "week", "month", "quarter", "year"].find((name, i) => days / [1, 7, 30, 91, 365][i] <= wide) || "year";
    const every = step === "year" ? Math.ceil(days / 365 / wide) : 1;
    let marks = "", right = -Infinity;
    if (step === "month" || step === "quarter" || step === "year") { // which year it begins in
      const year = new Date(from * 86_400_000).getUTCFullYear();
      marks = `<text class="year" x="0" y="${this.height - 4}">${year}</text>`;
      right = 40;
    }
    for (let day = from; day <= to; day++) {
      const date = new Date(day * 86_400_000), first = date.getUTCDate() === 1, month = date.getUTCMonth();
      const hit = { day: true, week: (day + 3) % 7 === 0, month: first, quarter: first && month % 3 === 0, year: first && month === 0 }[step];
      if (!hit || (every > 1 && date.getUTCFullYear() % every)) continue;
      const style = step === "day" || step === "week" ? { day: "numeric", month: "short" } : month === 0 || step === "year" ? { year: "numeric" } : { month: "short" };
      if (month === 0 && date.getUTCDate() < 8 && step !== "month" && step !== "quarter" && step !== "year") style.year = "numeric";
      const x = this.#x(day), text = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...style }).format(date);
      if (x < right || x + text.length * 7 > this.width) continue;
      right = x + text.length * 7 + 12;
      marks += `<path d="M${x + 0.5} ${this.height - Timeline.AXIS + 1} v5"/><text class="${style.year ? "year" : ""}" x="${x + 3}" y="${this.height - 4}">${text}</text>`;
    }
    return `<g class="axis">${marks}</g>`;
  }

  #controls() {
    const { state, ends, button } = this, [first, last] = this.chosen, [start, end] = state.whole;
    const [at, around] = [this.svg, this.box].map((element) => element.getBoundingClientRect());
    button.textContent = this.close ? state.words.all : state.words.close;
    button.hidden = !this.close && this.whole;
    this.unfold.title = state.words.unfold;
    this.unfold.setAttribute("aria-label", state.words.unfold);
    ends.forEach((element, which) => {
      const day = which ? last : first, x = this.#x(day + which);
      element.hidden = x < -1 || x > this.width + 1;
      element.style.left = `${at.left - around.left + x}px`;
      element.style.top = `${at.top - around.top}px`;
      element.style.height = `${this.base}px`;
      element.setAttribute("aria-label", which ? state.words.last : state.words.first);
      element.setAttribute("aria-valuemin", start);
      element.setAttribute("aria-valuemax", end);
      element.setAttribute("aria-valuenow", day);
      element.setAttribute("aria-valuetext", Timeline.words(state.locale, [day, day]));
    });
  }

  // The day under the pointer.
  #day(event) {
    const [from, to] = this.window, share = (event.clientX - this.svg.getBoundingClientRect().left) / this.width;
    return Math.max(from, Math.min(to, from + Math.floor(share * (to + 1 - from))));
  }

  #within([first, last]) {
    const [start, end] = this.state.whole;
    return [Math.max(start, Math.min(first, end)), Math.min(end, Math.max(last, start))];
  }

  #press(event) {
    if (event.button) return;
    this.svg.setPointerCapture(event.pointerId);
    const x = event.clientX - this.svg.getBoundingClientRect().left;
    const near = this.chosen.map((day, end) => Math.abs(this.#x(day + end) - x) <= Timeline.HANDLE);
    const unit = Timeline.period(this.#day(event), this.unit);
    const held = this.whole ? -1 : near[1] ? 1 : near[0] ? 0 : -1;
    const fixed = held < 0 ? unit : [this.chosen[1 - held], this.chosen[1 - held]];
    this.drag = { from: event.clientX, fixed, held, days: this.chosen, moved: false };
    this.tip.hidden = true;
  }

  #drag(event) {
    const { drag } = this, unit = Timeline.period(this.#day(event), this.unit);
    if (!drag.moved && Math.abs(event.clientX - drag.from) < 4) return;
    drag.moved = true;
    drag.days = this.#within([Math.min(drag.fixed[0], unit[0]), Math.max(drag.fixed[1], unit[1])]);
    if (drag.held === 0) drag.days = this.#within([Math.min(unit[0], drag.fixed[1]), drag.fixed[1]]);
    if (drag.held === 1) drag.days = this.#within([drag.fixed[0], Math.max(unit[1], drag.fixed[0])]);
    this.draw();
    this.#say(event, Timeline.words(this.state.locale, drag.days));
  }

  // A click chooses the bar's days; a click on the only bar that is chosen chooses all days again.
  #release(event) {
    const { drag } = this;
    if (!drag) return;
    this.drag = null;
    this.tip.hidden = true;
    if (drag.moved) { this.pick(drag.days); return; }
    const unit = this.#within(Timeline.period(this.#day(event), this.unit));
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
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (event.key === "Enter") this.#settle();
    if (!step && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    event.stopPropagation();
    const days = [...this.chosen], [start, end] = this.state.whole;
    const unit = Timeline.period(days[which], this.unit);
    if (step) days[which] = which ? Timeline.period(step > 0 ? (days[1] < unit[1] ? days[1] : unit[1] + 1) : unit[0] - 1, this.unit)[1]
      : Timeline.period(step > 0 ? unit[1] + 1 : (days[0] > unit[0] ? days[0] : unit[0] - 1), this.unit)[0];
    if (event.key === "Home") days[which] = which ? days[0] : start;
    if (event.key === "End") days[which] = which ? end : days[1];
    const moved = this.#within(days);
    if (moved[0] > moved[1]) return;
    this.moved = moved;
    this.draw();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.#settle(), 600);
  }

  #settle() {
    clearTimeout(this.settling);
    if (this.moved && this.moved.join() !== this.state.picked.join()) this.pick(this.moved);
  }

  #hover(event) {
    const day = this.#day(event), { state, unit } = this, days = Timeline.period(day, unit);
    const counts = (items) => (items.find(([first]) => first === days[0]) || [0, 0, []])[2];
    const month = Timeline.period(day, "month")[0], loose = (state.month_only.find(([first]) => first === month) || [0, 0, []])[2];
    const inBar = counts(state.bars[unit]), all = (list) => list.reduce((sum, count) => sum + count, 0);
    const lines = [[state.words.incidents, all(inBar)], ...inBar.map((count, i) => [state.words.categories[i], count]).filter(([, count]) => count)];
    if (all(loose)) lines.push([state.words.month_only, all(loose)]);
    this.#say(event, Timeline.words(state.locale, days), lines);
  }

  #say(event, heading, lines = []) {
    const { tip } = this, element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
    const list = document.createElement("dl");
    for (const [label, count] of lines) list.append(element("dt", label), element("dd", count.toLocaleString(this.state.locale)));
    tip.replaceChildren(element("b", heading), list);
    tip.hidden = false;
    const x = event.clientX - this.box.getBoundingClientRect().left;
    tip.style.left = `${Math.max(4, Math.min(this.box.clientWidth - tip.offsetWidth - 4, x + 14))}px`;
    tip.style.bottom = `${this.axis + 12}px`;
  }
}
