// What is on the map while days are played, step by step.

const Playing = {
  WINDOW: { day: 7, week: 4, month: 3 }, // steps that stay on the map where it shows a moving window

  // Marks of one step: `fresh` are those of its days, `past` those of before, as far as back to the day `oldest`; and
  // how many there are. Own-side objects are shown, but in no count.
  step(marks, { days, oldest, unit }) {
    const times = new Map(marks.map((mark) => [mark, Playing.time(mark, { days, oldest, unit })]));
    const of = (...names) => marks.filter((mark) => names.includes(times.get(mark)));
    const count = (shown) => Marks.incidents(shown).length;
    const someDay = of("some day");
    const isOver = ({ last }) => last <= days[1];
    const fresh = of("new", "lasting");
    const past = of("past", "some day");
    return {
      fresh,
      past,
      added: count(of("new")),
      seen: count([...fresh, ...past]),
      all: count(marks),
      someDay: count(someDay),
      begun: count([...of("new", "lasting", "past", "gone"), ...someDay.filter(isOver)]),
    };
  },

  // When a mark is, seen from a step. Of one whose month alone is known one knows when the month is over.
  time(mark, { days: [first, last], oldest, unit }) {
    const isLoose = mark.isMonthOnly && unit !== "month";
    const start = isLoose ? mark.last : mark.first;
    if (isLoose && mark.first <= last && mark.last >= first) return "some day";
    if (start > last) return "later";
    if (start >= first) return "new";
    if (mark.last >= first) return "lasting";
    return start >= oldest ? "past" : "gone";
  },
};
