// Runs of days, each as its first and last day, which are numbers since 1 January 1970;
// dashboard/core/analysis/timeline.py counts by the same units.

const Days = {
  MS: 86_400_000,
  LONGEST: { day: 92, week: 550 }, // days that are drawn by that unit; what is longer, by month
  LONGEST_STEPS: { day: 62, week: 370 }, // days that are played by that unit to begin with

  // The unit by which a run is drawn, or played.
  unit([first, last], longest = Days.LONGEST) {
    const days = last - first;
    if (days < longest.day) return "day";
    return days < longest.week ? "week" : "month";
  },

  // The day, the week from Monday, or the month that a day lies in.
  period(day, unit) {
    if (unit === "day") return [day, day];
    if (unit === "week") {
      const monday = day - ((((day + 3) % 7) + 7) % 7);
      return [monday, monday + 6];
    }
    const date = new Date(day * Days.MS);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    return [Date.UTC(year, month, 1) / Days.MS, Date.UTC(year, month + 1, 1) / Days.MS - 1];
  },

  // The steps from a first to a last day, the last of which may be cut short.
  steps([first, last], unit) {
    const steps = [];
    let day = first;
    while (day <= last) {
      const [, end] = Days.period(day, unit);
      steps.push([day, Math.min(end, last)]);
      day = end + 1;
    }
    return steps;
  },

  // The part of a run that lies in another; the nearest day where none does.
  within([first, last], [start, end]) {
    return [Math.max(start, Math.min(first, end)), Math.min(end, Math.max(last, start))];
  },

  // An end of a run moved by a unit: `which` is 0 for its first day and 1 for its last.
  moved(days, which, unit, step) {
    const day = days[which];
    const [start, end] = Days.period(day, unit);
    const forward = which && day < end ? day : end + 1;
    const back = !which && day > start ? day : start - 1;
    const [first, last] = Days.period(step > 0 ? forward : back, unit);
    return which ? [days[0], last] : [first, days[1]];
  },

  // In words, such as 28 July 2025, July 2025, or 21–27 July 2025.
  words(locale, [first, last], style = { day: "numeric", month: "long", year: "numeric" }) {
    const date = (day) => new Date(day * Days.MS);
    const options = { timeZone: "UTC", ...style };
    const [start, end] = Days.period(first, "month");
    if (start === first && end === last) delete options.day;
    const format = new Intl.DateTimeFormat(locale, options);
    const isOne = first === last || !options.day;
    return isOne ? format.format(date(first)) : format.formatRange(date(first), date(last));
  },
};
