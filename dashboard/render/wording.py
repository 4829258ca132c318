"""An incident in words: when, where, how deep, how sure. The same words on screen, sheet and slide."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from dashboard.core.borders import HIGH_SEA
from dashboard.core.summary import Figures
from dashboard.core.vocabulary import STATUS_PHRASES, WORDS, word
from dashboard.language import _, day, month, ngettext, number, state_name, weekday


def when_in_words(row: Any, *, of_week: bool = False) -> str:
    """The days of an incident: its month where only that is known; the day of the week on demand."""
    if row.date_precision == "month":
        return _("some day in {month}").format(month=month(row.date))
    if row.end_date == row.end_date and row.end_date != row.date:  # NaT is not equal to itself
        return _("{start} to {end}").format(start=day(row.date), end=day(row.end_date))
    return weekday(row.date) if of_week else day(row.date)


def what_in_words(row: Any) -> str:
    """The object: its kind, and its model where that is known."""
    kind = word("object_type", row.object_type)
    return _("{kind}, {model}").format(kind=kind, model=row.model) if row.model else kind


def kind_in_words(row: Any) -> str:
    """What happened and to what: ``Crash, drone``."""
    return _("{category}, {object}").format(
        category=word("category", row.category), object=word("object_type", row.object_type).lower()
    )


def place_in_words(row: Any) -> str:
    """Where: ``Gaižiūnai, Lithuania``."""
    return _("{place}, {state}").format(place=row.place, state=state_name(row.country))


def host_of(source: str) -> str:
    """The host of a source's address, as a link to it is written."""
    return (urlsplit(source).hostname or source).removeprefix("www.")


def track_accuracy_in_words(track: Any) -> str:
    """How good a flight track is."""
    return _("Approximate, within {accuracy} km.").format(accuracy=f"{track.accuracy_km:g}")


def kilometres(distance_km: float) -> str:
    """A distance in km, with a decimal place below 10 km."""
    return _("{distance} km").format(distance=number(distance_km, 1 if round(distance_km, 1) < 10 else 0))


def depth_in_words(row: Any) -> str:
    """How far inside, with the accuracy of the place: ``92 km ± 10 km``."""
    return _("{depth} ± {accuracy}").format(
        depth=kilometres(row.depth_km),
        accuracy=_("{distance} km").format(
            distance=number(row.location_accuracy_km, 1 if row.location_accuracy_km % 1 else 0)
        ),
    )


def certainty_in_words(row: Any) -> str:
    """Whether the incident was certainly inside the airspace of the state it names."""
    state = state_name(row.country)
    if row.certain:
        return _("Certainly inside the airspace of {state}").format(state=state)
    if row.inside:
        return _("Inside the airspace of {state}, but nearer to its border than the place is accurate").format(
            state=state
        )
    return _("The place lies {distance} outside the airspace of {state}").format(
        distance=kilometres(row.edge_km), state=state
    )


def border_in_words(row: Any) -> str:
    """The border from which the depth is measured."""
    if row.side == HIGH_SEA:
        border = _("limit of the airspace over the sea")
    else:
        border = _("border with {state}").format(state=state_name(row.side))
    return (
        border if row.side_stated else _("{border}, the nearest; where it entered is not known").format(border=border)
    )


def fields_in_words(row: Any) -> list[tuple[str, str]]:
    """Every field of an incident that says something, as label and text, in the order in which one asks."""
    came_from = state_name(row.entered_from) if row.entered_from else _("Not known")
    origin = state_name(row.origin) if row.origin else _("No attribution noted")
    started = ""
    if row.started_at == row.started_at:  # NaT is not equal to itself
        started = _("{time} UTC, {day}").format(time=row.started_at.strftime("%H:%M"), day=day(row.started_at))
    fields = [
        (_("Object"), what_in_words(row)),
        (_("Came from"), came_from),
        (_("Attributed to"), origin),
        (_("Depth inside"), depth_in_words(row) if row.inside else _("Not inside")),
        (_("Measured from"), border_in_words(row)),
        (_("How sure"), certainty_in_words(row)),
        (_("Status"), STATUS_PHRASES[row.status]),
        (_("Time"), started),
        (_("Payload"), WORDS["payload"][row.payload]),
        (_("Damage"), row.damage),
        (_("Casualties"), row.casualties),
        (_("Response"), row.response),
        (
            _("Place"),
            _("{latitude}°, {longitude}°, within {accuracy} km").format(
                latitude=number(row.latitude, 3),
                longitude=number(row.longitude, 3),
                accuracy=number(row.location_accuracy_km, 1),
            ),
        ),
        (_("Event"), row.event),
        (_("Record"), row.id),
    ]
    return [(label, text[:1].upper() + text[1:]) for label, text in fields if text]


def figures_in_words(figures: Figures) -> list[list[str]]:
    """The four figures, each as its value, its label and a hint that says what is counted."""
    deepest = _("{distance} km").format(distance=number(figures.deepest_km)) if figures.deepest else "–"
    return [
        [
            number(figures.incidents),
            ngettext("incident", "incidents", figures.incidents),
            ngettext(
                "Rows of the data; they belong to {events} event.",
                "Rows of the data; they belong to {events} events. One night or one object's path is one event.",
                figures.events,
            ).format(events=number(figures.events)),
        ],
        [
            number(figures.on_the_ground),
            _("down on the ground"),
            _("Incidents of an object that came down: crash, debris found or landed. Shot down is counted apart."),
        ],
        [number(figures.states), ngettext("state", "states", figures.states), _("States whose airspace was entered.")],
        [
            deepest,
            _("deepest entry"),
            _("Farthest from the border that was crossed, among incidents that were certainly inside: {id}.").format(
                id=figures.deepest or _("none")
            ),
        ],
    ]


def date_time_group(instant: datetime) -> str:
    """A date-time group in UTC as NATO writes it, never translated: ``032359Z OCT 26``."""
    months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    utc = instant.astimezone(UTC)
    return f"{utc:%d%H%M}Z {months[utc.month - 1]} {utc:%y}"
