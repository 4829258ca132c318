"""An incident in words: when, where, how deep, how sure. The same words on screen, sheet and slide."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from dashboard.core.borders import HIGH_SEA
from dashboard.core.summary import Figures
from dashboard.core.vocabulary import SIDE_PHRASES, STATUS_PHRASES, WORDS, word
from dashboard.language import _, day, month, ngettext, number, state_name, weekday

NEAR_KM = 10.0  # what lies no farther away than this is near


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
        accuracy=_accuracy(row),
    )


def _accuracy(row: Any) -> str:
    """How good the place is: ``7 km``."""
    digits = 1 if row.location_accuracy_km % 1 else 0
    return _("{distance} km").format(distance=number(row.location_accuracy_km, digits))


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


def border_in_words(row: Any, *, stretch: bool = False) -> str:
    """The border from which the depth is measured, on demand with the stretch of it where the nearest point lies."""
    if row.measured_from == HIGH_SEA:
        border = _("limit of the airspace over the sea")
    else:
        border = _("border with {state}").format(state=state_name(row.measured_from))
    if stretch and row.crossing_town and not row.crossing_by_track:
        border = _("{border}, {stretch}").format(border=border, stretch=_stretch(row))
    if row.measured_from_stated:
        return border
    return _("{border}, the nearest; where it entered is not known").format(border=border)


def crossed_in_words(row: Any) -> str:
    """Near which town a flight track crosses the border, with its accuracy; empty where none does."""
    if not row.crossing_by_track or not row.crossing_town:
        return ""
    return _("{stretch}, by its flight track, within {accuracy} km").format(
        stretch=_stretch(row), accuracy=f"{row.track_accuracy_km:g}"
    )


def town_in_words(row: Any) -> str:
    """The nearest large town and how far it is, as sure as the place; with its state where that is another.

    Empty where there is none.
    """
    if not row.town:
        return ""
    return _("{town}, {distance} km ± {accuracy}").format(
        town=_named(row.town, row.town_state, row), distance=number(row.town_km), accuracy=_accuracy(row)
    )


def track_inside_in_words(row: Any) -> str:
    """How much of the flight track is inside, with its accuracy; empty for none."""
    if not row.track_inside_km > 0:  # NaN is not greater than anything
        return ""
    return _("{length}, approximate, within {accuracy} km").format(
        length=kilometres(row.track_inside_km), accuracy=f"{row.track_accuracy_km:g}"
    )


def time_inside_in_words(row: Any) -> str:
    """How long it was inside by the report: in seconds below two minutes, unless it is just one; empty for unknown."""
    minutes = row.minutes_inside
    if not minutes > 0:
        return ""
    if minutes < 2 and minutes != 1:
        seconds = round(minutes * 60)
        return ngettext("{count} second", "{count} seconds", seconds).format(count=number(seconds))
    count = number(minutes, 1 if minutes % 1 else 0)
    return ngettext("about {count} minute", "about {count} minutes", int(minutes)).format(count=count)


def _stretch(row: Any) -> str:
    """Where along a border, by the town that is nearest there."""
    near = _("near {town}") if row.crossing_town_km < NEAR_KM else _("{distance} from {town}")
    town = _named(row.crossing_town, row.crossing_state, row)
    return near.format(town=town, distance=_whole_kilometres(row.crossing_town_km))


def _whole_kilometres(distance_km: float) -> str:
    """A distance from a place, which is seldom known to less than a kilometre."""
    return _("less than 1 km") if distance_km < 1 else _("{distance} km").format(distance=number(distance_km))


def _named(town: str, state: str, row: Any) -> str:
    """A town's name, with its state where that is not the one that the incident names."""
    return town if state == row.country else _("{town} in {state}").format(town=town, state=state_name(state))


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
        (_("Side"), SIDE_PHRASES[row.side]),
        (_("Airspace"), state_name(row.airspace)),
        (_("Depth inside"), depth_in_words(row) if row.inside else _("Not inside")),
        (_("Measured from"), border_in_words(row, stretch=True)),
        (_("Border crossed"), crossed_in_words(row)),
        (_("Track inside"), track_inside_in_words(row)),
        (_("Time inside"), time_inside_in_words(row)),
        (_("Nearest large town"), town_in_words(row)),
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
            _("{incidents} in {events}").format(
                incidents=ngettext("incident", "incidents", figures.incidents),
                events=ngettext("{count} event", "{count} events", figures.events).format(count=number(figures.events)),
            ),
            _("Incidents are rows of the data. One night or one object's path is one event."),
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
