// The bars of the timeline with their scale and axis, as markup of SVG. Days are numbers since 1 January 1970.

class Bars {
  static AXIS = 20; // pixels below the bars
  static LOW = 60; // pixels of height below which there are bars alone, without an axis
  static LANE = 9; // pixels for incidents of which only the month is known
  static LABEL = 76; // pixels that a label of the axis takes at least
  static LETTER = 7; // pixels of a letter of a label
  static TICKS = { day: 1, week: 7, month: 30, quarter: 91, year: 365 }; // steps of the axis, and their days
  static ROUND = [1, 2, 5].flatMap((digit) => Array.from({ length: 6 }, (_, power) => digit * 10 ** power)); // numbers

  // `window` are the days that are drawn, `chosen` and `earlier` those that stand out, `cursor` those that are played.
  // `bars`, `chosenBars` and `monthOnly` are { first, last, by_category }. While days are being dragged over, what lies
  // in them is not known yet: `chosenBars` is null.
  constructor(shown) {
    Object.assign(this, shown);
    const [from, to] = this.window;
    const isDrawn = ({ first, last }) => last >= from && first <= to;
    this.low = this.height < Bars.LOW;
    this.bars = this.bars.filter(isDrawn);
    this.loose = this.unit === "month" || this.low ? [] : this.monthOnly.filter(isDrawn);
    this.most = Math.max(1, ...this.bars.map(Bars.count));
    this.base = this.height - this.axis - (this.loose.length ? Bars.LANE : 0);
  }

  static count({ by_category: parts }) {
    return Object.values(parts).reduce((sum, count) => sum + count, 0);
  }

  // Pixels below the bars.
  get axis() {
    return this.low ? 1 : Bars.AXIS;
  }

  // Where a day begins.
  x(day) {
    const [from, to] = this.window;
    return Math.round(((day - from) / (to + 1 - from)) * this.width * 10) / 10;
  }

  // Where a run of days begins and ends.
  #span([first, last]) {
    return [this.x(first), this.x(last + 1)];
  }

  markup() {
    const all = this.bars.map((bar) => this.#bar(bar)).join("");
    return [
      this.#patterns(),
      this.#unknown(),
      this.whole ? "" : this.#chosen(),
      this.#earlier(),
      `<g class="dim">${this.whole ? "" : all}</g>`,
      `<g class="chosen-bars">${this.whole ? all : this.#inside(all)}</g>`,
      this.low ? "" : `<g class="scale">${this.#scale()}</g>`,
      ...this.loose.map((bar) => this.#loose(bar)),
      `<path class="base" d="M0 ${this.base + 0.5} H${this.width}"/>`,
      this.low ? "" : `<g class="axis">${this.#ticks()}</g>`,
      this.whole ? "" : this.#ends(),
      this.cursor ? this.#cursor() : "",
    ].join("");
  }

  #patterns() {
    const { palette } = this;
    const [left, right] = this.#span(this.chosen);
    const turned = 'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"';
    return (
      `<defs><clipPath id="in">${this.#box("", left, Math.max(0, right - left), { height: this.height })}</clipPath>` +
      `<pattern id="loose" width="5" height="5" ${turned}>` +
      `<rect width="5" height="5" fill="${palette.paper}"/><rect width="2" height="5" fill="${palette.muted}"/>` +
      `</pattern><pattern id="unknown" width="7" height="7" ${turned}>` +
      `<rect width="1.5" height="7" fill="${palette.border}"/></pattern></defs>`
    );
  }

  #box(className, x, width, { y = 0, height = this.base, fill = "" } = {}) {
    const named = className && ` class="${className}"`;
    const filled = fill && ` fill="${fill}"`;
    return `<rect${named} x="${x}" y="${y}" width="${width}" height="${height}"${filled}/>`;
  }

  // The days of which nothing is known: before the data begin, and after the information ends.
  #unknown() {
    const [from, to] = this.window;
    const [start, end] = this.known;
    const box = (days) => {
      const [left, right] = this.#span(days);
      return this.#box("unknown", left, right - left, { fill: "url(#unknown)" });
    };
    const before = [from, Math.min(start - 1, to)];
    const after = [Math.max(end + 1, from), to];
    return [before, after]
      .filter(([first, last]) => first <= last)
      .map(box)
      .join("");
  }

  #chosen() {
    const [left, right] = this.#span(this.chosen);
    return this.#box("chosen", left, Math.max(1, right - left));
  }

  #ends() {
    const [left, right] = this.#span(this.chosen);
    return `<path class="ends" d="M${left} 0 V${this.base} M${right} 0 V${this.base}"/>`;
  }

  #cursor() {
    const [left, right] = this.#span(this.cursor);
    return this.#box("cursor", left, Math.max(2, right - left));
  }

  // The days that the chosen ones are compared with.
  #earlier() {
    if (!this.earlier) return "";
    const [left, right] = this.#span(this.earlier).map((x) => Math.max(1, Math.min(this.width - 1, x)));
    return right > left ? this.#box("earlier", left, right - left, { y: 1, height: this.base - 1 }) : "";
  }

  // What lies in the chosen days.
  #inside(all) {
    if (!this.chosenBars) return `<g clip-path="url(#in)">${all}</g>`;
    return this.chosenBars.map((bar) => this.#bar(bar)).join("");
  }

  #bar({ first, last, by_category: parts }) {
    const [left, right] = this.#span([first, last]);
    const room = right - left;
    const width = Math.max(1.5, room - (room > 5 ? 2 : 0.5));
    let top = this.base;
    let boxes = "";
    for (const [category, count] of Object.entries(parts)) {
      if (!count) continue;
      const height = (count / this.most) * (this.base - 8);
      top -= height;
      boxes += this.#box("", left + 0.5, width, { y: top, height, fill: this.palette.categories[category] });
    }
    return boxes;
  }

  // Incidents of which only the month is known lie under all of its days.
  #loose({ first, last }) {
    const left = Math.max(0, this.x(first));
    const right = Math.min(this.width, this.x(last + 1));
    return this.#box("", left, right - left - 1, { y: this.base + 2, height: Bars.LANE - 3, fill: "url(#loose)" });
  }

  // One line at a round number of incidents.
  #scale() {
    const step = Math.max(...Bars.ROUND.filter((number) => number <= this.most));
    const y = this.base - (step / this.most) * (this.base - 8);
    const text = step.toLocaleString(this.locale);
    return `<path d="M0 ${y} H${this.width}"/><text x="-6" y="${y + 4}">${text}</text>`;
  }

  #ticks() {
    const [from, to] = this.window;
    const step = Bars.step(to - from + 1, this.width);
    const isFine = step === "day" || step === "week";
    const y = this.height - 4;
    let marks = "";
    let right = -Infinity;
    if (!isFine) {
      const year = new Date(from * Days.MS).getUTCFullYear(); // which it begins in
      marks = `<text class="year" x="0" y="${y}">${year}</text>`;
      right = 40;
    }
    for (const { day, style } of Bars.ticks(this.window, step, this.width)) {
      const date = new Date(day * Days.MS);
      const text = new Intl.DateTimeFormat(this.locale, { timeZone: "UTC", ...style }).format(date);
      const x = this.x(day);
      const end = x + text.length * Bars.LETTER;
      if (x < right || end > this.width) continue;
      right = end + 12;
      marks +=
        `<path d="M${x + 0.5} ${this.height - Bars.AXIS + 1} v5"/>` +
        `<text class="${style.year ? "year" : ""}" x="${x + 3}" y="${y}">${text}</text>`;
    }
    return marks;
  }

  // The smallest step of an axis of that width whose labels have room.
  static step(days, width) {
    const room = width / Bars.LABEL;
    const [step] = Object.entries(Bars.TICKS).find(([, length]) => days / length <= room) || ["year"];
    return step;
  }

  // The days of an axis that get a label, and how their dates are written.
  static ticks([from, to], step, width) {
    const every = step === "year" ? Math.ceil(((to - from + 1) * Bars.LABEL) / Bars.TICKS.year / width) : 1;
    const ticks = [];
    for (let day = from; day <= to; day++) {
      const date = new Date(day * Days.MS);
      if (!Bars.#isTick(day, date, step) || date.getUTCFullYear() % every) continue;
      ticks.push({ day, style: Bars.#style(date, step) });
    }
    return ticks;
  }

  static #isTick(day, date, step) {
    if (step === "day") return true;
    if (step === "week") return day === Days.period(day, "week")[0];
    const months = { month: 1, quarter: 3, year: 12 }[step];
    return date.getUTCDate() === 1 && date.getUTCMonth() % months === 0;
  }

  static #style(date, step) {
    const isJanuary = date.getUTCMonth() === 0;
    if (step === "day" || step === "week") {
      const isNew = isJanuary && date.getUTCDate() < 8;
      return { day: "numeric", month: "short", ...(isNew && { year: "numeric" }) };
    }
    return isJanuary || step === "year" ? { year: "numeric" } : { month: "short" };
  }
}
