"""Words of the charts: counts that name what they count, the filter, and what is left out and why."""

import calendar

from dashboard.core.analysis.counting import Count, Tally
from dashboard.core.analysis.trends import Monthly
from dashboard.core.incidents.vocabulary import events_in_words, incidents_in_words
from dashboard.core.query.periods import Period
from dashboard.language import _, day, listing, month, number, state_name
from dashboard.render.text.event import counted_by_in_words

UNITS: dict[Count, str] = {"incidents": _("Incidents"), "events": _("Events")}
FEW = 5  # below it there is no median


def counted(count: Count, how_many: int) -> str:
    """A count with what it counts: ``337 incidents`` or ``285 events``."""
    return events_in_words(how_many) if count == "events" else incidents_in_words(how_many)


def result_in_words(incidents: int, events: int) -> str:
    """Both counts, each with its name: ``337 incidents in 285 events``."""
    return _("{incidents} in {events}").format(incidents=incidents_in_words(incidents), events=events_in_words(events))


def shown_in_words(tally: Tally, shown: int) -> str:
    """The count of a chart: ``337 incidents``, or ``83 of 337 incidents``."""
    total = counted(tally.count, tally.total)
    return total if shown == tally.total else _("{shown} of {total}").format(shown=number(shown), total=total)


def what_is_counted(tally: Tally, shown: int) -> str:
    """The count of a chart as a sentence."""
    if tally.count == "events":
        words = _("Counted: {events}; one night or one object's path is one event.")
        return words.format(events=shown_in_words(tally, shown))
    return _("Counted: {incidents}.").format(incidents=shown_in_words(tally, shown))


def ends_of(span: Period) -> list[str]:
    """A note that the first or the last month is not counted whole."""
    notes = []
    if span.start.day > 1 and span.start.replace(day=1) < span.end.replace(day=1):
        notes.append(_("{month} is counted from {day} on.").format(month=month(span.start), day=day(span.start)))
    if span.end.day < calendar.monthrange(span.end.year, span.end.month)[1]:
        notes.append(
            _("{month} is counted up to {day} only; the rest is hatched.").format(
                month=month(span.end), day=day(span.end)
            )
        )
    return notes


def ends_of_year(span: Period) -> list[str]:
    """A note that the first or the last year is not counted whole."""
    notes = []
    if (span.start.month, span.start.day) != (1, 1):
        notes.append(_("{year} is counted from {day} on.").format(year=str(span.start.year), day=day(span.start)))
    if (span.end.month, span.end.day) != (12, 31):
        message = _("{year} is counted up to {day} only; the rest is hatched.")
        notes.append(message.format(year=str(span.end.year), day=day(span.end)))
    return notes


def monthly_notes(tally: Tally, table: Monthly, several: str) -> list[str]:
    """Notes on counts by month; ``several`` says why parts can add up to more than there are."""
    notes = [_("All rows share one scale. Totals beside names; peak month labelled.")]
    if table.sum_of_parts > table.total:
        notes.append(several.format(parts=number(table.sum_of_parts), total=counted(tally.count, table.total)))
    if table.before:
        first = month(table.all_.index[0])
        notes.append(
            _("Not shown: {count} before {month}.").format(count=counted(tally.count, table.before), month=first)
        )
    return [*notes, *day_counted(tally), *ends_of(tally.span)]


def day_counted(tally: Tally) -> list[str]:
    """A note on the day by which incidents are counted; none where no data say what their days are."""
    return list(filter(None, [counted_by_in_words(tally.selection)]))


def others_in_words(codes: tuple[str, ...]) -> str:
    """The states that share a row, in a sentence."""
    return _("Other states: {states}.").format(states=listing(sorted(map(state_name, codes))))
