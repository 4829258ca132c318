// Briefing mode: the map fills the screen, with title, filter, figures, legend and card in type for the last row. Keys and
// clickers step through the saved views, whose neighbours are there ahead, and a wall steps by itself.
"use strict";

class Briefing {
  static WIDTH = 1024; // the screen is laid out for so many pixels and enlarged, so that its type grows with it
  static HEIGHT = 576;
  static IDLE_MS = 3000; // after which the pointer hides
  static ANSWER_MS = 20_000; // after which a wall says that the server does not answer
  static KEYS = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
    ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back",
    Home: "first", End: "last", o: "overview", t: "dates", n: "notes", Escape: "leave",
  };

  constructor(stage, tell) {
    Object.assign(this, { stage, tell, state: null, asked: 0, answered: 0, alarm: "", channel: new BroadcastChannel("incursions") });
    this.channel.onmessage = ({ data }) => { if (data === "hello") this.#follow(); };
    this.head = document.body.appendChild(Object.assign(document.createElement("header"), { id: "head", hidden: true }));
    this.card = document.body.appendChild(Object.assign(document.createElement("article"), { id: "card", hidden: true }));
    this.list = document.body.appendChild(Object.assign(document.createElement("nav"), { id: "overview", hidden: true }));
    this.bar = document.body.appendChild(Object.assign(document.createElement("div"), { id: "steps", hidden: true }));
    // Its font comes late, its lines wrap.
    new ResizeObserver(() => { if (this.on) { this.#measure(); this.stage.sight.again(); } }).observe(this.head);
    this.#listen();
  }

  get on() { return Boolean(this.state); }

  // `state` is null outside of briefing mode.
  show(state) {
    const entered = Boolean(state) !== this.on;
    if (!state || !this.on || state.tick !== this.state.tick) { this.answered = Date.now(); this.alarm = ""; }
    this.state = state;
    for (const part of [this.head, this.bar]) part.hidden = !state;
    document.body.classList.toggle("briefing", this.on);
    if (!state) { this.card.hidden = true; this.list.hidden = true; clearTimeout(this.timer); clearInterval(this.watch); }
    if (entered) this.#fill();
    if (entered && !state) this.stage.sight.resize();
    if (!state) return;
    this.#head();
    this.#card();
    this.#bar();
    this.#follow();
    this.#wall();
    this.#measure();
    if (entered) this.stage.sight.resize();
  }

  // The frame is laid out small and enlarged to the window.
  #fill() {
    const frame = window.frameElement, view = window.parent;
    if (!frame) return;
    const width = view.innerWidth, height = view.innerHeight;
    const times = this.on && width > height ? Math.max(1, Math.min(width / Briefing.WIDTH, height / Briefing.HEIGHT)) : 1;
    const set = (name, value) => (this.on ? frame.style.setProperty(name, value, "important") : frame.style.removeProperty(name));
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
    document.documentElement.style.setProperty("--head", `${this.head.offsetHeight}px`);
  }

  static #element(tag, text = "", className = "") {
    return Object.assign(document.createElement(tag), { textContent: text, className });
  }

  #head() {
    const { title, sentence, finding, cutoff, age, marking, alarms } = this.state, { head } = this, element = Briefing.#element;
    const words = element("div", "", "words"), facts = element("div", "", "facts");
    words.append(element("h1", title), element("p", sentence, "sentence"));
    if (finding) words.append(element("p", finding, "finding"));
    facts.append(element("span", cutoff, "cutoff"));
    if (age) facts.append(element("span", age, "age"));
    if (marking) {
      const box = facts.appendChild(element("b", marking.text, "marking"));
      Object.assign(box.style, { color: marking.ink, background: marking.ground });
    }
    const shown = [...alarms, ...(this.alarm ? [this.alarm] : [])].map((text) => element("p", text, "alarm"));
    shown.forEach((alarm) => alarm.setAttribute("role", "alert"));
    head.replaceChildren(...shown, words, facts);
  }

  #card() {
    const { card } = this.state, element = Briefing.#element;
    this.card.hidden = !card;
    if (!card) return;
    const kind = element("p", "", "kind"), fields = element("dl");
    kind.innerHTML = card.symbol; // ours, from symbols.py
    kind.append(element("span", card.kind));
    for (const [label, text] of card.fields) fields.append(element("dt", label), element("dd", text));
    this.card.replaceChildren(kind, element("h2", card.place), element("p", card.when, "when"), element("p", card.story, "story"), fields);
  }

  #bar() {
    const { index, views, words } = this.state, { bar } = this, element = Briefing.#element;
    const button = (text, name, act) => {
      const made = Object.assign(element("button", text), { type: "button", title: words[name] });
      made.setAttribute("aria-label", words[name]);
      made.addEventListener("click", () => this.act(act));
      return made;
    };
    const steps = views.length ? [button("‹", "back", "back"), button(`${index || "–"} / ${views.length}`, "overview", "overview"), button("›", "next", "next")] : [];
    Briefing.#renew(bar, ...steps, button(words.dates_short, "dates", "dates"), button("✕", "leave", "leave"));
    const items = views.map((title, place) => {
      const item = element("button", "", place + 1 === index ? "current" : "");
      item.type = "button";
      item.append(element("b", String(place + 1)), " ", element("span", title));
      item.addEventListener("click", () => { this.list.hidden = true; this.go(place + 1); });
      return item;
    });
    this.list.setAttribute("aria-label", words.overview);
    Briefing.#renew(this.list, element("h2", words.overview), ...items);
  }

  // A part that is made anew while it has the keyboard keeps it, at the same place.
  static #renew(part, ...children) {
    const held = [...part.children].indexOf(document.activeElement);
    part.replaceChildren(...children);
    part.children[held]?.focus();
  }

  act(what) {
    const { index, views } = this.state, last = views.length;
    const steps = { next: Math.min(last, index + 1), back: Math.max(1, index - 1), first: 1, last };
    if (what in steps) { if (last && steps[what] !== index) this.go(steps[what]); }
    else if (what === "overview") { this.list.hidden = !this.list.hidden || !last; if (!this.list.hidden) (this.list.querySelector(".current") || this.list.querySelector("button")).focus(); }
    else if (what === "dates") { document.body.classList.toggle("dates"); }
    else if (what === "notes") window.open("../../atlas/notes.html", "incursions-notes", "width=900,height=700");
    else if (!this.list.hidden) this.list.hidden = true;
    else this.#present(false);
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
      if (next && next !== index) this.go(next); else this.#ask(index);
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
    this.channel.postMessage({ title, notes, index, count: views.length, next: views[index] || "", words: words.notes_window });
  }

  #listen() {
    const act = (event) => {
      const { target, key } = event;
      if (target.closest && target.closest(".end")) return; // of the timeline, which has keys of its own
      const what = Briefing.KEYS[key];
      if (!this.on) { if (key === "b") this.#present(true); return; }
      const chosen = target.closest && target.closest("button, .mark, .cluster") && (key === "Enter" || key === " ");
      if (!what || chosen) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.act(what);
    };
    const resize = () => { if (this.on) { this.#fill(); this.#measure(); } };
    const stir = () => {
      document.body.classList.remove("idle");
      clearTimeout(this.idle);
      this.idle = setTimeout(() => document.body.classList.add("idle"), Briefing.IDLE_MS);
    };
    IncursionMap.listen(act);
    for (const view of new Set([window, window.parent])) {
      view.addEventListener("resize", resize);
      window.addEventListener("pagehide", () => {
        view.removeEventListener("resize", resize);
      });
    }
    document.addEventListener("pointermove", stir);
    stir();
  }
}
