// Plays the incidents of the chosen days step by step: what is new stands out, what was before fades or goes.
"use strict";

class Player {
  static WINDOW = { day: 7, week: 4, month: 3 }; // steps that stay on the map where it shows a moving window
  static LONGEST = { day: 62, week: 370 }; // days up to which that is the step to begin with
  static SPEEDS = [0.5, 1, 2, 4]; // steps a second

  constructor(stage, words) {
    Object.assign(this, { stage, words, steps: [], index: -1, timer: null, range: "" });
    const element = document.createElement("div");
    element.className = "player";
    const button = (name, sign) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: name, title: words[name] });
      made.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${sign}"/></svg>`;
      made.setAttribute("aria-label", words[name]);
      return element.appendChild(made);
    };
    this.back = button("back", "M3 2h2v12H3z M14 2v12L5.5 8z");
    this.toggle = button("play", Player.PLAY);
    this.forward = button("forward", "M11 2h2v12h-2z M2 2v12l8.5-6z");
    this.end = button("stop", "M3 3h10v10H3z");
    const choice = (name, values, chosen) => {
      const made = Object.assign(document.createElement("select"), { className: name, title: words[name] });
      made.setAttribute("aria-label", words[name]);
      for (const [value, text] of values) made.add(new Option(text, value, false, value === chosen));
      return element.appendChild(made);
    };
    this.unit = choice("step", Object.entries(words.units), "month");
    this.mode = choice("mode", Object.entries(words.modes), "total");
    this.speed = choice("speed", Player.SPEEDS.map((value) => [String(value), words.speeds[value]]), "2");
    this.element = element;
    this.caption = Object.assign(document.createElement("div"), { className: "caption panel", hidden: true });
    this.toggle.addEventListener("click", () => (this.playing ? this.pause() : this.play()));
    this.back.addEventListener("click", () => this.step(-1));
    this.forward.addEventListener("click", () => this.step(1));
    this.end.addEventListener("click", () => this.stop());
    this.unit.addEventListener("change", () => this.#prepare(true));
    this.mode.addEventListener("change", () => this.draw());
    this.speed.addEventListener("change", () => this.playing && this.play());
    this.#keys();
    this.#show();
  }

  static PLAY = "M4 2l10 6-10 6z";
  static PAUSE = "M3 2h4v12H3z M9 2h4v12H9z";

  get active() { return this.index >= 0; }
  get playing() { return this.timer !== null; }

  // The chosen days have changed, or the incidents.
  refresh({ picked }, possible) {
    this.element.classList.toggle("impossible", !possible);
    for (const control of this.element.querySelectorAll("button, select")) control.disabled = !possible;
    this.element.title = possible ? "" : this.words.too_many;
    const range = picked.join();
    if (range === this.range && possible) { if (this.active) this.draw(); return; }
    this.stop();
    this.range = range;
    this.picked = picked;
    const days = picked[1] - picked[0];
    this.unit.value = days < Player.LONGEST.day ? "day" : days < Player.LONGEST.week ? "week" : "month";
    this.#prepare(false);
  }

  #prepare(keep) {
    const now = this.active ? this.steps[this.index][0] : null, [first, last] = this.picked;
    this.steps = [];
    for (let day = first; day <= last;) {
      const [, end] = Timeline.period(day, this.unit.value);
      this.steps.push([day, Math.min(end, last)]);
      day = end + 1;
    }
    if (!keep || now === null) return;
    this.index = this.steps.findIndex(([, end]) => end >= now);
    this.draw();
  }

  play() {
    if (!this.active) this.stage.follow();
    if (!this.active || this.index === this.steps.length - 1) this.index = -1;
    clearTimeout(this.timer);
    const pause = 1000 / Number(this.speed.value);
    let due = performance.now();
    const next = () => {
      this.index += 1;
      due += pause; // by the clock, so that a slow step does not delay the next
      this.timer = this.index < this.steps.length - 1 ? setTimeout(next, Math.max(0, due - performance.now())) : null;
      this.draw();
    };
    next();
  }

  pause() {
    clearTimeout(this.timer);
    this.timer = null;
    this.#show();
  }

  step(by) {
    this.pause();
    if (!this.active) this.stage.follow();
    const from = this.active || by > 0 ? this.index : this.steps.length;
    this.index = Math.max(0, Math.min(this.steps.length - 1, from + by));
    this.draw();
  }

  // Everything is on the map again.
  stop() {
    const active = this.active;
    this.pause();
    this.index = -1;
    this.#show();
    if (active) this.stage.restore();
  }

  draw() {
    this.#show();
    if (!this.active) return;
    const [first, last] = this.steps[this.index], unit = this.unit.value, total = this.mode.value === "total";
    const oldest = total ? -Infinity : this.steps[Math.max(0, this.index - Player.WINDOW[unit] + 1)][0];
    const fresh = [], past = [];
    let begun = 0, someDay = 0, added = 0;
    for (const mark of this.stage.all) {
      const loose = mark.loose && unit !== "month", counts = mark.category !== Marks.OWN_SIDE;
      const start = loose ? mark.last : mark.first; // of a month one knows when it is over
      if (loose && mark.first <= last && mark.last >= first) {
        past.push(mark);
        if (counts) { someDay += 1; begun += start <= last; }
        continue;
      }
      if (start > last) continue;
      if (counts) { begun += 1; added += start >= first; }
      if (start >= first || mark.last >= first) fresh.push(mark);
      else if (start >= oldest) past.push(mark);
    }
    this.stage.stepTo(fresh, past, [first, last]);
    this.#say([first, last], added, total ? begun : fresh.length + past.length, someDay);
  }

  #say(days, added, shown, someDay) {
    const { words } = this, { locale } = this.stage.state.timeline, unit = this.unit.value;
    const style = unit === "day" ? { weekday: "long", day: "numeric", month: "long", year: "numeric" } : undefined;
    const count = (number) => number.toLocaleString(locale);
    const told = this.mode.value === "total" ? words.so_far : words.within[unit];
    const lines = [words.added.replace("{count}", count(added)),
      told.replace("{count}", count(shown)).replace("{total}", count(this.stage.all.length))];
    if (someDay) lines.push(words.some_day.replace("{count}", count(someDay)));
    const element = (tag, text, className = "") => Object.assign(document.createElement(tag), { textContent: text, className });
    this.caption.setAttribute("aria-live", this.playing ? "off" : "polite");
    this.caption.replaceChildren(element("b", Timeline.words(locale, days, style)), element("span", lines.join(" · ")), element("i", words.faded));
  }

  #show() {
    this.element.classList.toggle("active", this.active);
    this.caption.hidden = !this.active;
    this.end.hidden = !this.active;
    const name = this.playing ? "pause" : "play";
    this.toggle.querySelector("path").setAttribute("d", this.playing ? Player.PAUSE : Player.PLAY);
    this.toggle.title = this.words[name];
    this.toggle.setAttribute("aria-label", this.words[name]);
  }

  #keys() {
    IncursionMap.listen((event) => {
      const { key } = event;
      if (this.toggle.disabled) return;
      if (key === "p") { if (this.playing) this.pause(); else this.play(); }
      else if (key === "," || key === ".") this.step(key === "." ? 1 : -1);
      else if (key === "Escape" && this.active) this.stop();
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    });
  }
}
