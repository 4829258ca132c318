// Plays the incidents of the chosen days step by step: what is new stands out, what was before fades or goes.

class Player {
  static SPEEDS = [0.5, 1, 2, 4]; // steps a second
  static PLAY = "M4 2l10 6-10 6z";
  static PAUSE = "M3 2h4v12H3z M9 2h4v12H9z";

  constructor(stage, words) {
    Object.assign(this, { stage, words, steps: [], index: -1, timer: null, range: "" });
    this.caption = Dom.element("div", { className: "caption panel", hidden: true });
    this.element = Dom.element("div", { className: "player" });
    this.back = this.#button("back", "M3 2h2v12H3z M14 2v12L5.5 8z");
    this.toggle = this.#button("play", Player.PLAY);
    this.forward = this.#button("forward", "M11 2h2v12h-2z M2 2v12l8.5-6z");
    this.end = this.#button("stop", "M3 3h10v10H3z");
    const speeds = Player.SPEEDS.map((value) => [String(value), words.speeds[value]]);
    this.unit = this.#choice("step", Object.entries(words.units), "month");
    this.mode = this.#choice("mode", Object.entries(words.modes), "total");
    this.speed = this.#choice("speed", speeds, "2");
    this.#listen();
    this.#show();
  }

  #button(name, sign) {
    const picture = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${sign}"/></svg>`;
    const button = Dom.button({ className: name, title: this.words[name], innerHTML: picture });
    return this.element.appendChild(button);
  }

  #choice(name, values, chosen) {
    const title = this.words[name];
    const select = Dom.element("select", { className: name, title, "aria-label": title });
    for (const [value, text] of values) select.add(new Option(text, value, false, value === chosen));
    return this.element.appendChild(select);
  }

  #listen() {
    this.toggle.addEventListener("click", () => (this.playing ? this.pause() : this.play()));
    this.back.addEventListener("click", () => this.step(-1));
    this.forward.addEventListener("click", () => this.step(1));
    this.end.addEventListener("click", () => this.stop());
    this.unit.addEventListener("change", () => this.#prepare(true));
    this.mode.addEventListener("change", () => this.draw());
    this.speed.addEventListener("change", () => this.playing && this.play());
    Keyboard.listen((event) => this.#press(event));
  }

  get active() {
    return this.index >= 0;
  }

  get playing() {
    return this.timer !== null;
  }

  // The chosen days have changed, or the incidents.
  refresh({ picked }, possible) {
    this.element.classList.toggle("impossible", !possible);
    for (const control of this.element.querySelectorAll("button, select")) control.disabled = !possible;
    this.element.title = possible ? "" : this.words.too_many;
    const range = picked.join();
    if (range === this.range && possible) {
      if (this.active) this.draw();
      return;
    }
    this.stop();
    this.range = range;
    this.picked = picked;
    this.unit.value = Days.unit(picked, Days.LONGEST_STEPS);
    this.#prepare(false);
  }

  #prepare(keep) {
    const now = this.active ? this.steps[this.index][0] : null;
    this.steps = Days.steps(this.picked, this.unit.value);
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
    const days = this.steps[this.index];
    const unit = this.unit.value;
    const total = this.mode.value === "total";
    const [oldest] = this.steps[Math.max(0, this.index - Playing.WINDOW[unit] + 1)];
    const shown = Playing.step(this.stage.all, { days, oldest: total ? -Infinity : oldest, unit });
    this.stage.stepTo(shown.fresh, shown.past, days);
    this.#say(days, { ...shown, count: total ? shown.begun : shown.seen });
  }

  #say(days, { added, count, all, someDay }) {
    const { words } = this;
    const { locale } = this.stage.state.timeline;
    const unit = this.unit.value;
    const style = unit === "day" ? { weekday: "long", day: "numeric", month: "long", year: "numeric" } : undefined;
    const written = (number) => number.toLocaleString(locale);
    const told = this.mode.value === "total" ? words.so_far : words.within[unit];
    const lines = [
      words.added.replace("{count}", written(added)),
      told.replace("{count}", written(count)).replace("{total}", written(all)),
    ];
    if (someDay) lines.push(words.some_day.replace("{count}", written(someDay)));
    const { element } = Dom;
    this.caption.setAttribute("aria-live", this.playing ? "off" : "polite");
    this.caption.replaceChildren(
      element("b", {}, Days.words(locale, days, style)),
      element("span", {}, lines.join(" · ")),
      element("i", {}, words.faded),
    );
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

  #press(event) {
    const { key } = event;
    if (this.toggle.disabled) return;
    if (key === "p") {
      if (this.playing) this.pause();
      else this.play();
    } else if (key === "," || key === ".") this.step(key === "." ? 1 : -1);
    else if (key === "Escape" && this.active) this.stop();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
