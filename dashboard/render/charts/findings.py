"""Findings of the charts: what each says in a line, and its numbers as a table for an audience."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.core.analysis.counting import Tally
from dashboard.core.analysis.trends import (
    OTHERS,
    Distances,
    crash_distances,
    depths,
    hourly,
    monthly,
    origins,
    statuses,
    yearly,
)
from dashboard.core.incidents.columns import CATEGORIES, STATUSES
from dashboard.core.incidents.vocabulary import PHRASES, word
from dashboard.language import _, day, month, number, short_day, state_name
from dashboard.render.charts.questions import MOST_STATES
from dashboard.render.charts.words import FEW, UNITS, counted
from dashboard.render.charts.years import day_of
from dashboard.render.text.distances import kilometres

MOST_ROWS = 10  # that are read from the last row of seats
NIGHT = 3  # hours in a row of the table


@dataclass(frozen=True)
class Finding:
    """The finding of a chart, in words and in numbers.

    words
        In a line, which can be a headline.
    heads, rows
        Its numbers as a table of a few rows: the first column names the row.
    """

    words: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def finding_of(key: str, tally: Tally) -> Finding:
    """The finding of the chart with this key."""
    return _FINDINGS[key](tally)


def _by_month(column: str, head: str, names: Callable[[str], str], most: int = 0) -> Callable[[Tally], Finding]:
    """The finding of a chart by month: when most were, and how many of each part in the last two years and in all."""

    def find(tally: Tally) -> Finding:
        table = monthly(tally, column, most, CATEGORIES if column == "category" else ())
        peak = table.all_.idxmax()
        words = _("Most in {month}: {most} of {total}").format(
            month=month(peak), most=number(int(table.all_.max())), total=counted(tally.count, table.total)
        )
        if column == "country":
            words = _leader(tally, table.totals, names, table.total)
        elif column == "object_type":
            first = max(table.totals, key=lambda code: table.totals[code])
            words = _("Most often {objects}: {count} of {total}").format(
                objects=PHRASES["object_type"][first], count=number(table.totals[first]),
                total=counted(tally.count, table.total),
            )  # fmt: skip
        parts = table.parts.groupby(table.parts.index.year).sum()
        years = list(parts.index[-2:])
        rows = [
            (names(str(part)), *(number(int(parts[part][year])) for year in years), number(table.totals[str(part)]))
            for part in table.parts
        ]
        all_ = table.all_.groupby(table.all_.index.year).sum()
        rows.append((_("All"), *(number(int(all_[year])) for year in years), number(table.total)))
        return Finding(words, (head, *map(str, years), _("All years")), tuple(rows))

    return find


def _leader(tally: Tally, totals: Mapping[str, int], names: Callable[[str], str], total: int) -> str:
    """The part that has most: ``Romania has most: 80 of 336 incidents``."""
    named = {code: count for code, count in totals.items() if code != OTHERS}
    first = max(named, key=lambda code: named[code])
    return _("{name} has most: {count} of {total}").format(
        name=names(first), count=number(named[first]), total=counted(tally.count, total)
    )


def _state(code: str) -> str:
    return _("Other states") if code == OTHERS else state_name(code)


def _years(tally: Tally) -> Finding:
    """The latest year beside the one before: in all, and up to the same day."""
    growth = yearly(tally).growth
    last = int(growth["day"].iloc[-1])
    until = short_day(day_of(last), year=False)
    years = sorted(growth["year"].unique(), reverse=True)

    def up_to(year: int, place: int) -> int:
        rows = growth[growth["year"] == year]
        at = int(np.searchsorted(rows["day"].to_numpy(), place, side="right")) - 1
        return int(rows["count"].iloc[at]) if at >= 0 else 0

    rows = [
        (str(year), number(up_to(year, last)), number(int(growth[growth["year"] == year]["count"].iloc[-1])))
        for year in years[:MOST_ROWS]
    ]
    heads = (_("Year"), _("By {day}").format(day=until), _("In all"))
    now = up_to(years[0], last)
    if len(years) < 2:
        words = _("{count} in {year}").format(count=counted(tally.count, now), year=str(years[0]))
        return Finding(words, heads, tuple(rows))
    before, whole = up_to(years[1], last), int(growth[growth["year"] == years[1]]["count"].iloc[-1])
    values = {
        "day": day(tally.span.end), "count": counted(tally.count, now), "before": number(before),
        "whole": number(whole), "year": str(years[1]),
    }  # fmt: skip
    if now > whole:
        words = _("{count} by {day}, more than in all of {year} ({whole})")
    elif now > before:
        words = _("{count} by {day}, more than by the same day of {year} ({before})")
    elif now < before:
        words = _("{count} by {day}, fewer than by the same day of {year} ({before})")
    else:
        words = _("{count} by {day}, as many as by the same day of {year}")
    return Finding(words.format(**values), heads, tuple(rows))


def _statuses(tally: Tally) -> Finding:
    table = statuses(tally)
    words = _("{count} of {total} confirmed").format(
        count=number(int(table.loc["all", STATUSES[0]])), total=counted(tally.count, tally.total)
    )
    rows = [
        (
            _("All") if code == "all" else word("category", str(code)),
            *(number(int(counts[status])) for status in STATUSES),
        )
        for code, counts in table.iterrows()
    ]
    heads = (UNITS[tally.count], *(word("status", status) for status in STATUSES))
    return Finding(words, heads, tuple(rows))


def _distances(measure: Callable[[Tally], Distances]) -> Callable[[Tally], Finding]:
    def find(tally: Tally) -> Finding:
        table = measure(tally)
        shown = table.total - table.left_out
        words = _("None is certain")
        if shown:
            words = _("Farthest inside: {farthest}")
        if shown >= FEW:
            words = _("Median {middle} inside, farthest {farthest}")
        if shown:
            words = words.format(
                middle=kilometres(table.middle_km, 1),
                farthest=kilometres(table.farthest_km, table.farthest_accuracy_km),
            )
        width = table.width_km
        together = -(-len(table.counts) // MOST_ROWS)
        rows = []
        for first in range(0, len(table.counts), together):
            counts = table.counts[first : first + together]
            bin_ = _("{low} to {high} km").format(low=number(first * width), high=number((first + len(counts)) * width))
            rows.append((bin_, number(int(counts.sum()))))
        return Finding(words, (_("Distance from the border"), UNITS[tally.count]), tuple(rows))

    return find


def _hours(tally: Tally) -> Finding:
    table = hourly(tally)
    sums = [int(table.counts[first : first + NIGHT].sum()) for first in range(0, 24, NIGHT)]

    def named(place: int) -> str:
        return _("{start}:00 to {end}:00").format(start=f"{place * NIGHT:02}", end=f"{(place + 1) * NIGHT:02}")

    peak = int(np.argmax(sums))
    words = _("Most from {hours}, local time: {count} of {total} whose time is known").format(
        hours=named(peak), count=number(sums[peak]), total=number(table.total - table.unknown)
    )
    rows = tuple((named(place), number(count)) for place, count in enumerate(sums))
    return Finding(words, (_("Local time"), UNITS[tally.count]), rows)


def _origins(tally: Tally) -> Finding:
    table = origins(tally)
    rows = [(word("origin", code), number(count)) for code, count in table.counts.items()]
    named = {code: count for code, count in table.counts.items() if code}
    words = _("Officially attributed to no state")
    if named:
        first = max(named, key=lambda code: named[code])
        words = _("Attributed to {state}: {count} of {total}").format(
            state=word("origin", first), count=number(named[first]), total=counted(tally.count, table.total)
        )
    return Finding(words, (_("Attributed to"), UNITS[tally.count]), tuple(rows[:MOST_ROWS]))


_FINDINGS: dict[str, Callable[[Tally], Finding]] = {
    "categories": _by_month("category", _("What"), lambda code: word("category", code)),
    "years": _years,
    "statuses": _statuses,
    "states": _by_month("country", _("State"), _state, MOST_STATES),
    "objects": _by_month("object_type", _("Object"), lambda code: word("object_type", code)),
    "depths": _distances(depths),
    "crashes": _distances(crash_distances),
    "hours": _hours,
    "origins": _origins,
}
