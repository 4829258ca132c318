// Briefing mode: the map fills the screen beside a panel, in type for the last row. The panel has the card, or figures
// and legend where no incident is chosen, so that nothing lies over the map. Keys and clickers step through the saved
// views, whose neighbours are there ahead, and a wall steps by itself.

class Briefing {
  static WIDTH = 1024; // the screen is laid out for so many pixels and enlarged, so that its type grows with it
  static HEIGHT = 576;
  static DOTS = 12; // views of which each has a dot, at most
  static IDLE_MS = 3000; // after which the pointer hides
  static ANSWER_MS = 20_000; // after which a wall says that the server does not answer
  static KEYS = {
    ArrowRight: "next",
    ArrowDown: "next",
    PageDown: "next",
    " ": "next",
    Enter: "next",
    ArrowLeft: "back",
    ArrowUp: "back",
    PageUp: "back",
    Backspace: "back",
    Home: "first",
    End: "last",
    o: "overview",
    t: "dates",
    n: "notes",
    Escape: "leave",
  };

  constructor(stage, tell) {
    Object.assign(this, {
      stage,
      tell,
      state: null,
      asked: 0,
      answered: 0,
      alarm: "",
      channel: new BroadcastChannel("incursions"),
    });
    this.channel.onmessage = ({ data }) => {
      if (data === "hello") this.#follow();
    };
    const part = (tag, id, parent = document.body) => parent.appendChild(Dom.element(tag, { id, hidden: true }));
    this.head = part("header", "head");
    this.side = part("aside", "side");
    this.told = this.side.appendChild(Dom.element("div", { className: "told" }));
    this.card = part("article", "card", this.told);
    this.chart = new ChartOfBriefing(document.body, this.told);
    this.bar = part("div", "steps", this.side);
    this.list = part("nav", "overview");
    // Its font comes late, its lines wrap.
    const sizes = new ResizeObserver(() => {
      if (this.on) this.#measure();
    });
    for (const box of [this.head, this.side]) sizes.observe(box);
    this.#listen();
  }

  get on() {
    return Boolean(this.state);
  }

  // `state` is null outside of briefing mode.
  show(state) {
    const entered = Boolean(state) !== this.on;
    if (!state || !this.on || state.tick !== this.state.tick) {
      this.answered = Date.now();
      this.alarm = "";
    }
    this.state = state;
    for (const part of [this.head, this.side, this.bar]) part.hidden = !state;
    document.body.classList.toggle("briefing", this.on);
    if (entered) this.#fill();
    this.#lodge();
    if (!state) {
      this.card.hidden = true;
      this.chart.show(null);
      this.list.hidden = true;
      clearTimeout(this.timer);
      clearInterval(this.watch);
      return;
    }
    this.#head();
    this.#card();
    this.chart.show(state.chart, state.words);
    this.#bar();
    this.#follow();
    this.#wall();
    this.#measure();
  }

  // Figures and legend stand in the panel; beside a card there is room for the legend alone, at the foot of the map. On
  // an upright screen the legend is folded to a button on the map.
  #lodge() {
    const { on, told, state, stage } = this;
    const isWide = on && innerWidth >= innerHeight;
    stage.panels.lodge({
      figures: on && told,
      legend: isWide && !state.card && told,
      atFoot: isWide && Boolean(state.card),
    });
  }

  // The frame is laid out small and enlarged to the window.
  #fill() {
    const frame = window.frameElement;
    const view = window.parent;
    if (!frame) return;
    const width = view.innerWidth;
    const height = view.innerHeight;
    const times =
      this.on && width > height ? Math.max(1, Math.min(width / Briefing.WIDTH, height / Briefing.HEIGHT)) : 1;
    const set = (name, value) =>
      this.on ? frame.style.setProperty(name, value, "important") : frame.style.removeProperty(name);
    set("position", "fixed");
    set("inset", "0 auto auto 0");
    set("z-index", "1000001");
    set("width", `${width / times}px`);
    set("height", `${height / times}px`);
    set("transform", `scale(${times})`);
    set("transform-origin", "0 0");
    if (this.on) window.focus();
  }

  #measure() {
    const { style } = document.documentElement;
    style.setProperty("--head", `${this.head.offsetHeight}px`);
    style.setProperty("--foot", `${innerHeight > innerWidth ? this.side.offsetHeight : 0}px`);
  }

  #head() {
    const { title, sentence, finding, cutoff, age, marking, alarms } = this.state;
    const { element } = Dom;
    const alarm = (text) => element("p", { className: "alarm", role: "alert" }, text);
    const words = element("div", { className: "words" });
    words.append(element("h1", {}, title), element("p", { className: "sentence" }, sentence));
    if (finding) words.append(element("p", { className: "finding" }, finding));
    const facts = element("div", { className: "facts" }, element("span", { className: "cutoff" }, cutoff));
    if (age) facts.append(element("span", { className: "age" }, age));
    if (marking) {
      const style = `color: ${marking.ink}; background: ${marking.ground}`;
      facts.append(element("b", { className: "marking", style }, marking.text));
    }
    this.head.replaceChildren(...[...alarms, this.alarm].filter(Boolean).map(alarm), words, facts);
  }

  #card() {
    const { card } = this.state;
    const { element } = Dom;
    this.card.hidden = !card;
    if (!card) return;
    const kind = Dom.drawn("p", card.symbol, { className: "kind" }); // ours, from shapes.py
    kind.append(element("span", {}, card.kind));
    const fields = card.fields.flatMap(({ label, text }) => [element("dt", {}, label), element("dd", {}, text)]);
    this.card.replaceChildren(
      kind,
      element("h2", {}, card.place),
      element("p", { className: "when" }, card.when),
      element("p", { className: "story" }, card.story),
      element("dl", {}, ...fields),
    );
  }

  #bar() {
    const { index, views, words } = this.state;
    const button = (text, name, act) => {
      const made = Dom.button({ title: words[name] }, text);
      made.addEventListener("click", () => this.act(act));
      return made;
    };
    const place = button(`${index || "–"} / ${views.length}`, "overview", "overview");
    place.classList.add("place");
    const steps = [button("‹", "back", "back"), button("›", "next", "next")];
    const dates = button(words.dates_short, "dates", "dates");
    dates.classList.add("dates-of-map");
    const others = [dates, button("✕", "leave", "leave")];
    const { length } = views;
    Dom.renew(this.bar, ...(length ? [place, this.#dots(), ...steps] : []), ...others);
    this.list.setAttribute("aria-label", words.overview);
    const items = views.map((title, place) => this.#item(title, place + 1));
    Dom.renew(this.list, Dom.element("h2", {}, words.overview), ...items);
  }

  // A dot for each view, the one that is shown filled.
  #dots() {
    const { index, views } = this.state;
    const dot = (_, at) => Dom.element("i", { className: at + 1 === index ? "current" : "" });
    const dots = views.length > Briefing.DOTS ? [] : views.map(dot);
    return Dom.element("span", { className: "dots", "aria-hidden": "true" }, ...dots);
  }

  // A saved view in the list of them all.
  #item(title, index) {
    const { element } = Dom;
    const className = index === this.state.index ? "current" : "";
    const item = Dom.button({ className }, element("b", {}, String(index)), " ", element("span", {}, title));
    item.addEventListener("click", () => {
      this.list.hidden = true;
      this.go(index);
    });
    return item;
  }

  act(what) {
    const { index, views } = this.state;
    const last = views.length;
    const steps = { next: Math.min(last, index + 1), back: Math.max(1, index - 1), first: 1, last };
    if (what in steps) {
      if (last && steps[what] !== index) this.go(steps[what]);
    } else if (what === "overview") this.#unfold();
    else if (what === "dates") document.body.classList.toggle("dates");
    else if (what === "notes") window.open("../../atlas/notes.html", "incursions-notes", "width=900,height=700");
    else if (!this.list.hidden) this.list.hidden = true;
    else this.#present(false);
  }

  // Shows the list of all views, or hides it.
  #unfold() {
    this.list.hidden = !this.list.hidden || !this.state.views.length;
    if (this.list.hidden) return;
    const item = this.list.querySelector(".current") || this.list.querySelector("button");
    item.focus();
  }

  #present(on) {
    this.tell({ present: on });
  }

  // A view that is there ahead shows at once; the page follows.
  go(index) {
    const ahead = this.state.ahead[index];
    this.#ask(index);
    if (ahead) this.stage.show({ ...this.stage.state, ...ahead });
  }

  // A wall steps by itself, and asks again even where there is only one view, so that it shows what the server has.
  #wall() {
    clearTimeout(this.timer);
    clearInterval(this.watch);
    this.watch = setInterval(() => this.#check(), 5000);
    const { every, index, views } = this.state;
    if (!every) return;
    this.timer = setTimeout(() => {
      const next = views.length ? (index % views.length) + 1 : 0;
      if (next && next !== index) this.go(next);
      else this.#ask(index);
      this.#wall();
    }, every * 1000);
  }

  #ask(step) {
    if (this.asked <= this.answered) this.asked = Date.now(); // of several questions, the first that is not answered
    this.tell({ step });
  }

  #check() {
    const silent = this.asked > this.answered && Date.now() - this.asked > Briefing.ANSWER_MS;
    const { locale, words } = this.state;
    const time = new Date(this.answered).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
    const alarm = silent ? words.silent.replace("{time}", time) : "";
    if (alarm === this.alarm) return;
    this.alarm = alarm;
    this.#head();
    this.#measure();
  }

  // The window of notes follows.
  #follow() {
    if (!this.on) return;
    const { title, notes, index, views, words } = this.state;
    this.channel.postMessage({
      title,
      notes,
      index,
      count: views.length,
      next: views[index] || "",
      words: words.notes_window,
    });
  }

  #listen() {
    const act = (event) => {
      const { target, key } = event;
      if (target.closest?.(".end")) return; // of the timeline, which has keys of its own
      const what = Briefing.KEYS[key];
      if (!this.on) {
        if (key === "b") this.#present(true);
        return;
      }
      const chosen = target.closest?.("button, .mark, .cluster") && (key === "Enter" || key === " ");
      if (!what || chosen) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.act(what);
    };
    const resize = () => {
      if (!this.on) return;
      this.#fill();
      this.#measure();
    };
    const stir = () => {
      document.body.classList.remove("idle");
      clearTimeout(this.idle);
      this.idle = setTimeout(() => document.body.classList.add("idle"), Briefing.IDLE_MS);
    };
    Keyboard.listen(act);
    for (const view of Dom.windows()) Dom.listen(view, "resize", resize);
    document.addEventListener("pointermove", stir);
    stir();
  }
}
