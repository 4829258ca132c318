"""An incident in words: when, where, how deep, how sure. The same on screen, sheet and slide."""

from typing import Any

from dashboard.core.analysis.figures import Figures
from dashboard.core.geo.borders import HIGH_SEA
from dashboard.core.incidents.columns import BY_NAME, FRIENDLY, GIVEN
from dashboard.core.incidents.vocabulary import SIDE_PHRASES, events_in_words, word
from dashboard.language import _, day, days_in_words, month, ngettext, number, state_name, weekday
from dashboard.render.text.distances import (
    accuracy_in_words,
    airport_in_words,
    border_in_words,
    certainty_in_words,
    crossed_in_words,
    from_border_in_words,
    kilometres,
    town_in_words,
    track_inside_in_words,
)
from dashboard.render.text.event import counted_on_in_words
from dashboard.render.text.method import COUNTED
from dashboard.render.text.objects import objects_figure, objects_in_words
from dashboard.render.text.sources import status_in_words
from dashboard.render.text.values import value_in_words

OWN_SIDE = "F"  # stands for the number of an own-side object, as on its sign


def when_in_words(row: Any, *, of_week: bool = False) -> str:
    """The days of an incident: its month where only that is known; the day of the week on demand."""
    if row.date_precision == "month":
        return _("{month} (day unknown)").format(month=month(row.date))
    if row.end_date == row.end_date and row.end_date != row.date:  # NaT is not equal to itself
        return days_in_words(row.date, row.end_date)
    return weekday(row.date) if of_week else day(row.date)


def what_in_words(row: Any) -> str:
    """The object: its kind, and its model where that is known."""
    kind = word("object_type", row.object_type)
    return _("{kind}, {model}").format(kind=kind, model=row.model) if row.model else kind


def kind_in_words(row: Any) -> str:
    """Category and object: ``Crash, drone``; of an own-side object, that it is one."""
    return _("{category}, {object}").format(
        category=category_in_words(row), object=word("object_type", row.object_type).lower()
    )


def category_in_words(row: Any) -> str:
    """The category, or that it is an own-side object."""
    return word("side", FRIENDLY) if row.side == FRIENDLY else word("category", row.category)


def place_in_words(row: Any) -> str:
    """Place and state: ``Gaižiūnai, Lithuania``."""
    return _("{place}, {state}").format(place=row.place, state=state_name(row.country))


def coordinates_in_words(row: Any) -> str:
    """The place in degrees and in MGRS, as precise as it is known, and how precisely that is."""
    return _("{degrees} · {mgrs} · within {accuracy}").format(
        degrees=row.coordinates, mgrs=row.mgrs, accuracy=accuracy_in_words(row.location_accuracy_km)
    )


def time_inside_in_words(row: Any) -> str:
    """The reported time inside: in seconds below two minutes, unless it is just one; empty for unknown."""
    minutes = row.minutes_inside
    if not minutes > 0:
        return ""
    if minutes < 2 and minutes != 1:
        seconds = round(minutes * 60)
        return ngettext("{count} second", "{count} seconds", seconds).format(count=number(seconds))
    count = number(minutes, 1 if minutes % 1 else 0)
    return ngettext("about {count} minute", "about {count} minutes", int(minutes)).format(count=count)


def traffic_in_words(row: Any) -> str:
    """The traffic of airports: how long they were closed, and how many flights and passengers were affected."""
    parts = []
    if row.airport_closed_min > 0:  # NaN is not greater than anything
        parts.append(_("closed for {time}").format(time=_hours_in_words(int(row.airport_closed_min))))
    if row.flights_affected > 0:
        flights = ngettext("{count} flight affected", "{count} flights affected", int(row.flights_affected))
        parts.append(flights.format(count=number(row.flights_affected)))
    if row.passengers_affected > 0:
        people = ngettext("{count} passenger affected", "{count} passengers affected", int(row.passengers_affected))
        parts.append(people.format(count=number(row.passengers_affected)))
    return _(", ").join(parts)


def _hours_in_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    words = _("{hours} h {minutes} min") if rest else _("{hours} h")
    return words.format(hours=hours, minutes=rest)


def fields_in_words(row: Any) -> list[tuple[str, str]]:
    """Every field of an incident that says something, as label and text, in the order in which one asks."""
    came_from = state_name(row.entered_from) if row.entered_from else _("Not known")
    origin = state_name(row.origin) if row.origin else _("No official attribution found")
    fields = [
        (_("Object"), what_in_words(row)),
        (_("Number of objects"), objects_in_words(row)),
        (_("Entered from"), came_from),
        (_("Attributed to"), origin),
        _field(row, "attribution_by"),
        _field(row, "rejected_claim"),
        (_("Side"), SIDE_PHRASES[row.side]),
        (_("Airspace"), state_name(row.airspace) if row.airspace else _("Not charted")),
        (_("Distance from border"), from_border_in_words(row)),
        (_("Measured from"), border_in_words(row, stretch=True)),
        (_("Border crossed"), crossed_in_words(row)),
        (_("Known track inside"), track_inside_in_words(row)),
        _field(row, "altitude_m"),
        (_("Time inside"), time_inside_in_words(row)),
        (_("Nearest large town"), town_in_words(row)),
        (_("Nearest airport"), airport_in_words(row)),
        (_("Airport affected"), row.airport_names),
        (_("Air traffic"), traffic_in_words(row)),
        (_("Location confidence"), certainty_in_words(row)),
        (_("Status"), status_in_words(row)),
        _field(row, "started_at"),
        _field(row, "ended_at"),
        _field(row, "date_basis"),
        (_("Counted on"), counted_on_in_words(row)),
        _field(row, "noticed_by"),
        *(_field(row, column.name) for column in GIVEN if column.card),
        (_("Coordinates"), coordinates_in_words(row)),
        (_("Part of event"), row.event),
        (_("Reference"), row.id),
    ]
    return [(label, text[:1].upper() + text[1:]) for label, text in fields if text]


def _field(row: Any, name: str) -> tuple[str, str]:
    """A column of an incident as label and text."""
    column = BY_NAME[name]
    return column.label, value_in_words(column, getattr(row, name))


def figures_in_words(figures: Figures, *, states: bool = True) -> list[list[str]]:
    """The figures, each as its value, its label and a hint that says what is counted.

    Parameters
    ----------
    states
        Whether to count the states too, where there are several: not on maps and paper, which show them.
    """
    found = [
        [
            number(figures.incidents),
            _("{incidents} in {events}").format(
                incidents=ngettext("incident", "incidents", figures.incidents),
                events=events_in_words(figures.events),
            ),
            COUNTED,
        ],
        objects_figure(figures),
        [
            number(figures.on_the_ground),
            _("crash, landing and debris sites"),
            _("Incidents in which an object came down: crash, debris found, landed. Shot down is counted separately."),
        ],
        _deepest_figure(figures),
    ]
    if states and figures.states > 1:
        found.insert(-1, [number(figures.states), _("states"), _("States whose airspace was entered.")])
    return found


def _deepest_figure(figures: Figures) -> list[str]:
    """The deepest entry, with its object and the border from which it is measured."""
    if not figures.deepest:
        return ["–", _("deepest penetration"), _("No incident was certainly inside.")]
    hint = _("Farthest from the border that was crossed, among incidents that were certainly inside: {id}.")
    if figures.deepest_from:
        label = _("deepest: {object}, from {border}")
    else:
        label = _("deepest: {object}, nearest border")
        hint = _("{hint} Where it entered is not known; the nearest border is measured.").format(hint=hint)
    at_sea = figures.deepest_from == HIGH_SEA
    return [
        kilometres(figures.deepest_km, figures.deepest_accuracy_km),
        label.format(
            object=word("object_type", figures.deepest_object).lower(),
            border=_("the sea") if at_sea else state_name(figures.deepest_from),
        ),
        hint.format(id=figures.deepest),
    ]


def figures_in_a_word(figures: Figures) -> list[str]:
    """The labels of the figures for a line on a narrow map."""
    return [
        ngettext("incident", "incidents", figures.incidents),
        ngettext("object or more", "objects or more", figures.objects),
        _("sites"),
        _("deepest"),
    ]
