"""Distances of an incident in words, with no more digits than its place is accurate."""

from math import ceil
from typing import Any

from dashboard.core.geo.borders import HIGH_SEA
from dashboard.core.geo.precision import is_established, rounded_km, step_km
from dashboard.language import _, number, state_name

NEAR_KM = 10.0  # what lies no farther away than this is near


def kilometres(distance_km: float, accuracy_km: float) -> str:
    """A distance with the digits that its accuracy allows: ``92 km``, or ``2.4 km`` where it is below 1 km."""
    digits = 1 if step_km(accuracy_km) < 1 else 0
    return _("{distance} km").format(distance=number(rounded_km(distance_km, accuracy_km), digits))


def accuracy_in_words(accuracy_km: float) -> str:
    """The accuracy of a place or a track: ``7 km``, or ``0.5 km``."""
    return _("{distance} km").format(distance=number(accuracy_km, 1 if accuracy_km % 1 else 0))


def distance_in_words(distance_km: float, accuracy_km: float) -> str:
    """A distance with its accuracy: ``92 km ± 7 km``."""
    return _("{distance} ± {accuracy}").format(
        distance=kilometres(distance_km, accuracy_km), accuracy=accuracy_in_words(accuracy_km)
    )


def depth_in_words(row: Any, *, short: bool = False) -> str:
    """The depth of an incident: the measured distance from the border, with the accuracy of the place.

    Where that distance is not more than the accuracy it is not established, and where no border is charted it is not
    measured. The distance that a report states is :func:`reported_in_words`.

    Parameters
    ----------
    short
        For the cell of a table whose heading says what it is.
    """
    if not row.charted:
        return _("not measured") if short else _("not measured: beyond the map")
    if not row.inside:
        return _("not inside")
    if not is_established(row.depth_km, row.location_accuracy_km):
        return _("not established") if short else _("inside; distance not established")
    return distance_in_words(row.depth_km, row.location_accuracy_km)


def reported_in_words(row: Any) -> str:
    """The reported depth: ``about 1 km as reported``; empty where the report states no distance."""
    if not row.reported_km > 0:  # NaN is not greater than anything
        return ""
    return _("about {distance} km as reported").format(
        distance=number(row.reported_km, 1 if row.reported_km % 1 else 0)
    )


def from_border_in_words(row: Any) -> str:
    """The distance from the border: by the report, where it states one, and then as measured."""
    measured, reported = depth_in_words(row), reported_in_words(row)
    if not reported:
        return measured
    return _("{reported}; measured: {measured}").format(reported=reported, measured=measured)


def certainty_in_words(row: Any) -> str:
    """A statement on whether the incident was certainly inside the airspace of the state it names."""
    state = state_name(row.country)
    if row.certain:
        return _("Certainly inside the airspace of {state}").format(state=state)
    if row.inside:
        return _(
            "Probably inside the airspace of {state}: the location uncertainty exceeds the distance to the border"
        ).format(state=state)
    if not row.charted:
        return _("Not measured: the place or the borders of {state} are beyond the map").format(state=state)
    if not is_established(row.edge_km, row.location_accuracy_km):
        return _(
            "Probably outside the airspace of {state}: the location uncertainty exceeds the distance to it"
        ).format(state=state)
    return _("Outside the airspace of {state}, {distance} from it").format(
        distance=kilometres(row.edge_km, row.location_accuracy_km), state=state
    )


def border_in_words(row: Any, *, stretch: bool = False) -> str:
    """The border from which the depth is measured, on demand with the stretch of it where the nearest point lies.

    Where the row does not say which border was crossed, it is the nearest one, and the words say so first: nobody may
    take it for the way the object came. Empty where none is charted.
    """
    if not row.charted:
        return ""
    stated, at_sea = row.measured_from_stated, row.measured_from == HIGH_SEA
    if at_sea:
        border = _("limit of the territorial sea")
    else:
        state = state_name(row.measured_from)
        border = _("border with {state}").format(state=state) if stated else state
    if stretch and row.crossing_town and not row.crossing_by_track:
        border = _("{border}, {stretch}").format(border=border, stretch=_stretch(row))
    if stated:
        return border
    return _("nearest border ({border}); where it entered is not known").format(border=border)


def crossed_in_words(row: Any) -> str:
    """The town near which a flight track crosses the border, with its accuracy; empty where none does."""
    if not row.crossing_by_track or not row.crossing_town:
        return ""
    return _("{stretch}, by its flight track, within {accuracy}").format(
        stretch=_stretch(row), accuracy=accuracy_in_words(row.track_accuracy_km)
    )


def town_in_words(row: Any) -> str:
    """The nearest large town and how far it is, as sure as the place; with its state where that is another.

    Empty where there is none.
    """
    return _away(_named(row.town, row.town_state, row), row.town_km, row) if row.town else ""


def airport_in_words(row: Any) -> str:
    """The nearest airport with its code and how far it is, as :func:`town_in_words` says it of a town."""
    if not row.near_airport:
        return ""
    airport = _("{name} ({code})").format(name=row.near_airport, code=row.near_airport_code)
    return _away(_named(airport, row.near_airport_state, row), row.near_airport_km, row)


def _away(place: str, distance_km: float, row: Any) -> str:
    """A place and how far it is from an incident, as sure as the place of that is."""
    if not is_established(distance_km, row.location_accuracy_km):
        most_km = ceil(distance_km + row.location_accuracy_km)
        return _("{place}, at most {distance} km away").format(place=place, distance=number(most_km))
    return _("{place}, {distance}").format(
        place=place, distance=distance_in_words(distance_km, row.location_accuracy_km)
    )


def track_inside_in_words(row: Any) -> str:
    """The length of the known flight track inside, its start and its accuracy; empty for none."""
    if not row.track_inside_km > 0:  # NaN is not greater than anything
        return ""
    if not is_established(row.track_inside_km, row.track_accuracy_km):
        length = _("shorter than the track's uncertainty ({accuracy})")
        return length.format(accuracy=accuracy_in_words(row.track_accuracy_km))
    words = {"length": kilometres(row.track_inside_km, row.track_accuracy_km)}
    if row.crossing_by_track:
        message = _("{length} (from the border), approximate, within {accuracy}")
    elif row.track_from:
        message = _("{length} (from {town}), approximate, within {accuracy}")
        words["town"] = _named(row.track_from, row.track_from_state, row)
    else:
        message = _("{length}, approximate, within {accuracy}")
    return message.format(**words, accuracy=accuracy_in_words(row.track_accuracy_km))


def track_accuracy_in_words(track: Any) -> str:
    """The accuracy of a flight track."""
    return _("Approximate, within {accuracy}.").format(accuracy=accuracy_in_words(track.accuracy_km))


def _stretch(row: Any) -> str:
    """A place along a border, by the town that is nearest there."""
    accuracy_km = row.track_accuracy_km if row.crossing_by_track else row.location_accuracy_km
    town = _named(row.crossing_town, row.crossing_state, row)
    if row.crossing_town_km < max(NEAR_KM, accuracy_km):
        return _("near {town}").format(town=town)
    return _("{distance} from {town}").format(town=town, distance=kilometres(row.crossing_town_km, accuracy_km))


def _named(town: str, state: str, row: Any) -> str:
    """A town's name, with its state where that is not the one that the incident names."""
    return town if state == row.country else _("{town} in {state}").format(town=town, state=state_name(state))
