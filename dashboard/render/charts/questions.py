"""The questions that the charts answer, one each: what is counted, what is left out, its drawing and its table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import altair as alt
import pandas as pd

from dashboard.core.analysis.counting import Tally
from dashboard.core.analysis.trends import (
    OTHERS,
    Distances,
    Monthly,
    crash_distances,
    depths,
    hourly,
    monthly,
    origins,
    statuses,
    yearly,
)
from dashboard.core.incidents.columns import CATEGORIES, STATUSES
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _, listing, month, number, short_month, state_name
from dashboard.render.charts.bars import by_status, horizontal_bars, vertical_bars
from dashboard.render.charts.months import rows_of_months
from dashboard.render.charts.style import Canvas
from dashboard.render.charts.words import FEW, UNITS, counted, day_counted, ends_of_year, monthly_notes, others_in_words
from dashboard.render.charts.years import LEAP_YEAR, lines_of_years
from dashboard.render.text.distances import kilometres

MOST_STATES = 7  # with a row of their own


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart that answers one question.

    key
        Its name in file names.
    question
        Its title.
    shown
        The number of incidents or events that it counts.
    notes, in_words
        Sentences on which incidents are left out and how an event is counted; and its result in a sentence, for those
        who cannot see it, empty where there is nothing to show.
    draw
        Draws it on a canvas.
    table
        Makes its table, with words for headings.
    """

    key: str
    question: str
    shown: int
    notes: tuple[str, ...]
    in_words: str
    draw: Callable[[Canvas], alt.LayerChart]
    table: Callable[[], pd.DataFrame]


Answer = Callable[[Tally], Chart]


def _by_category(tally: Tally) -> Chart:
    table = monthly(tally, "category", order=CATEGORIES)
    names = {code: word("category", code) for code in CATEGORIES}
    several = _("An event of several kinds counts in each: the parts add up to {parts}, the total is {total}.")
    return Chart(
        "categories",
        _("What happened, month by month?"),
        table.total - table.before,
        tuple(monthly_notes(tally, table, several)),
        _monthly_in_words(tally, table, names),
        lambda canvas: rows_of_months(
            canvas, table, names, _("What"), UNITS[tally.count], tally.span, canvas.palette.categories
        ),
        partial(_monthly_table, tally, table, names),
    )


def _by_state(tally: Tally) -> Chart:
    table = monthly(tally, "country", MOST_STATES)
    names = {part: _("Other states") if part == OTHERS else state_name(part) for part in table.parts}
    several = _("An event in several states counts in each: the parts add up to {parts}, the total is {total}.")
    others = [others_in_words(table.others)] if table.others else []
    return Chart(
        "states",
        _("Which states were entered, month by month?"),
        table.total - table.before,
        (*monthly_notes(tally, table, several), *others),
        _monthly_in_words(tally, table, names),
        lambda canvas: rows_of_months(canvas, table, names, _("State"), UNITS[tally.count], tally.span),
        partial(_monthly_table, tally, table, names),
    )


def _by_object(tally: Tally) -> Chart:
    table = monthly(tally, "object_type")
    names = {code: word("object_type", code) for code in table.parts}
    several = _(
        "An event with several types of object counts in each: the parts add up to {parts}, the total is {total}."
    )
    return Chart(
        "objects",
        _("What kinds of object were involved, month by month?"),
        table.total - table.before,
        tuple(monthly_notes(tally, table, several)),
        _monthly_in_words(tally, table, names),
        lambda canvas: rows_of_months(canvas, table, names, _("Object"), UNITS[tally.count], tally.span),
        partial(_monthly_table, tally, table, names),
    )


def _monthly_in_words(tally: Tally, table: Monthly, names: Mapping[str, str]) -> str:
    parts = [_("{name} {count}").format(name=names[part], count=number(count)) for part, count in table.totals.items()]
    return _("{total}: {parts}. Most in {month}: {most}.").format(
        total=counted(tally.count, table.total),
        parts=listing(parts),
        month=month(table.all_.idxmax()),
        most=number(int(table.all_.max())),
    )


def _monthly_table(tally: Tally, table: Monthly, names: Mapping[str, str]) -> pd.DataFrame:
    words = table.parts.rename(columns=names)
    words.insert(0, _("All {units}").format(units=UNITS[tally.count].lower()), table.all_)
    words.insert(0, _("Month"), [month(first) for first in words.index])
    return words.reset_index(drop=True)


def _by_year(tally: Tally) -> Chart:
    table = yearly(tally)
    ends = table.growth.groupby("year")["count"].last()
    notes = [_("Each line starts again at zero on 1 January.")]
    if table.by_month_only:
        words = _("Of {count} only the month is known; counted on its last day.")
        notes.append(words.format(count=counted(tally.count, table.by_month_only)))
    if table.before:
        words = _("Not shown: {count} before {year}.")
        notes.append(words.format(count=counted(tally.count, table.before), year=str(ends.index[0])))
    notes += [*day_counted(tally), *ends_of_year(tally.span)]

    def words_of_table() -> pd.DataFrame:
        words = table.by_month().astype("Int64").rename(columns=str)
        names = [short_month(pd.Timestamp(LEAP_YEAR, number_, 1)) for number_ in words.index]
        words.insert(0, _("By the end of"), names)
        return words.reset_index(drop=True)

    parts = [_("{year}: {count}").format(year=str(year), count=number(int(count))) for year, count in ends.items()]
    return Chart(
        "years",
        _("How do the years compare, day by day?"),
        table.total - table.before,
        tuple(notes),
        _("{total}. {years}.").format(total=counted(tally.count, table.total), years=listing(parts)),
        lambda canvas: lines_of_years(canvas, table, UNITS[tally.count]),
        words_of_table,
    )


def _by_hour(tally: Tally) -> Chart:
    table = hourly(tally)
    shown = table.total - table.unknown
    hours = [_("{start}:00 to {end}:00").format(start=f"{hour:02}", end=f"{hour + 1:02}") for hour in range(24)]
    notes = [
        _("Shown: {count}, whose time is known. Not shown: {unknown}.").format(
            count=counted(tally.count, shown), unknown=counted(tally.count, table.unknown)
        )
    ]
    if tally.count == "events":
        notes.append(_("An event counts at the first of its incidents whose time is known."))
    if table.states_in_utc:
        states = listing(sorted(map(state_name, table.states_in_utc)))
        notes.append(_("In UTC, since the time zone is not known: {states}.").format(states=states))
    labels = {float(hour): f"{hour:02}" for hour in range(0, 25, 3)}
    return Chart(
        "hours",
        _("At what time of day did they occur?"),
        shown,
        tuple(notes),
        _hours_in_words(shown, hours[int(table.counts.argmax())], int(table.counts.max())),
        lambda canvas: vertical_bars(
            canvas, table.counts.tolist(), labels, hours, _("Hour of day, local time of the state"), UNITS[tally.count]
        ),
        lambda: pd.DataFrame({_("Local time"): hours, UNITS[tally.count]: table.counts}),
    )


def _hours_in_words(shown: int, hour: str, most: int) -> str:
    if not shown:
        return ""
    return _("Peak: {count} from {hour}, local time.").format(count=number(most), hour=hour)


def _by_depth(tally: Tally) -> Chart:
    table = depths(tally)
    words = _("Shown: {count}, certainly inside. Not shown: {left}, located outside or not certainly inside.")
    shown, left = (counted(tally.count, how_many) for how_many in (table.total - table.left_out, table.left_out))
    notes = [words.format(count=shown, left=left)]
    if tally.count == "events":
        notes.append(_("An event counts with the deepest of its incidents."))
    return _distances(
        tally, table, "depths", _("How far inside the border were they?"), _("Distance from the border, km"), notes
    )


def _by_crash(tally: Tally) -> Chart:
    table = crash_distances(tally)
    shown = counted(tally.count, table.total - table.left_out)
    if tally.count == "events":
        notes = [_("Shown: {count} with a crash, each with the crash farthest inside.").format(count=shown)]
    else:
        notes = [_("Shown: {count} in which an object crashed.").format(count=shown)]
    if table.left_out:
        words = _("Not shown: {count}, located outside the airspace.")
        notes.append(words.format(count=counted(tally.count, table.left_out)))
    if table.blurred:
        words = _("In {count} of them the location uncertainty exceeds this distance.")
        notes.append(words.format(count=number(table.blurred)))
    question = _("How far inside were the crash sites?")
    return _distances(tally, table, "crashes", question, _("Distance from the border, km"), notes, "crash")


def _distances(
    tally: Tally, table: Distances, key: str, question: str, title: str, notes: list[str], category: str = ""
) -> Chart:
    shown, width = table.total - table.left_out, table.width_km
    bins = [
        _("{low} to {high} km").format(low=number(place * width), high=number((place + 1) * width))
        for place in range(len(table.counts))
    ]
    step = 1 if len(bins) <= 8 else 2
    labels = {float(place): number(place * width) for place in range(0, len(bins) + 1, step)}
    sentence = ""
    if shown:
        sentence = _("Farthest: {farthest}.").format(farthest=kilometres(table.farthest_km, table.farthest_accuracy_km))
    if shown >= FEW:
        sentence = _("Median {middle}; farthest {farthest}.").format(
            middle=kilometres(table.middle_km, 1), farthest=kilometres(table.farthest_km, table.farthest_accuracy_km)
        )
    return Chart(
        key,
        question,
        shown,
        tuple(part for part in (sentence, *notes) if part),
        sentence,
        lambda canvas: vertical_bars(canvas, table.counts.tolist(), labels, bins, title, UNITS[tally.count], category),
        lambda: pd.DataFrame({title: bins, UNITS[tally.count]: table.counts}),
    )


def _by_origin(tally: Tally) -> Chart:
    table = origins(tally)
    names = {word("origin", code): count for code, count in table.counts.items()}
    notes = [_("As officially attributed; no state is named where no official attribution was found.")]
    if sum(names.values()) > table.total:
        words = _(
            "An event attributed to several states counts in each: the parts add up to {parts}, the total is {total}."
        )
        notes.append(words.format(parts=number(sum(names.values())), total=counted(tally.count, table.total)))
    parts = [_("{name} {count}").format(name=name, count=number(count)) for name, count in names.items()]
    return Chart(
        "origins",
        _("To whom are they attributed?"),
        table.total,
        tuple(notes),
        _("{total}: {parts}.").format(total=counted(tally.count, table.total), parts=listing(parts)),
        lambda canvas: horizontal_bars(canvas, names, _("Attributed to"), UNITS[tally.count]),
        lambda: pd.DataFrame({_("Attributed to"): list(names), UNITS[tally.count]: list(names.values())}),
    )


def _by_status(tally: Tally) -> Chart:
    table = statuses(tally)
    names = {"all": _("All")} | {code: word("category", code) for code in CATEGORIES}
    notes = [_("Confirmed: by national authorities. Figures follow the order of the legend.")]
    if tally.count == "events":
        notes.append(_("An event counts once in each kind that it was of, with the surest status of its incidents."))
    parts = [
        _("{name} {count}").format(name=word("status", status), count=number(int(table.loc["all", status])))
        for status in STATUSES
    ]

    def words_of_table() -> pd.DataFrame:
        words = table.rename(columns={status: word("status", status) for status in STATUSES})
        words.insert(0, UNITS[tally.count], [names[str(code)] for code in words.index])
        return words.reset_index(drop=True)

    return Chart(
        "statuses",
        _("How many are confirmed?"),
        tally.total,
        tuple(notes),
        _("{total}: {parts}.").format(total=counted(tally.count, tally.total), parts=listing(parts)),
        lambda canvas: by_status(canvas, table, names, UNITS[tally.count]),
        words_of_table,
    )


# In the order in which one asks; the first is drawn wide.
QUESTIONS: dict[str, Answer] = {
    "categories": _by_category,
    "years": _by_year,
    "statuses": _by_status,
    "states": _by_state,
    "objects": _by_object,
    "depths": _by_depth,
    "crashes": _by_crash,
    "hours": _by_hour,
    "origins": _by_origin,
}
# Height on the page, in pixels; neighbours have the same.
HEIGHTS = {
    "categories": 300, "years": 300, "statuses": 300, "states": 440, "objects": 440, "depths": 240, "crashes": 240,
    "hours": 240, "origins": 240,
}  # fmt: skip
