"""Whereabouts of rows: the order of their coordinates, the town of a place without any, and the state they lie in."""

import math
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import shapely

from dashboard.core.geo.borders import DEGREE_KM, Borders
from dashboard.core.geo.gazetteer import Place
from dashboard.core.geo.typed_places import is_on_the_map
from dashboard.core.imports.applied import LEAVE_OUT, Answer, Surroundings
from dashboard.core.imports.asking import Asked, Asking
from dashboard.core.imports.cells import Fault, LeftOut, Open, Outcome
from dashboard.core.imports.lines import Line
from dashboard.core.imports.values.coordinates import read_point
from dashboard.language import _, ngettext, number, state_name

LEAST_TOWN_KM = 3.0
INHABITANTS_PER_KM2 = 2_000  # of a town
NEAR_STATE_DEGREES = 2.0  # around a state's bounds, that a place said to be in it may lie
AS_WRITTEN, EXCHANGED = "as written", "exchanged"
_LEAVE = Answer(LEAVE_OUT, _("Leave the row out"))


class Whereabouts:
    """Finds the places of rows, and asks where several are possible."""

    def __init__(self, surroundings: Surroundings, asking: Asking) -> None:
        self._around, self._asking = surroundings, asking
        self._bounds = _bounds_of(surroundings.borders)
        self._of_pair = cache(self._order_of_axes)
        self._of_name = cache(self._town)
        self._exchanged = 0

    @property
    def notes(self) -> list[str]:
        """Sentences on what was understood in a way that is worth saying."""
        if not self._exchanged:
            return []
        message = ngettext(
            "{count} row had latitude and longitude exchanged, as its state tells.",
            "{count} rows had latitude and longitude exchanged, as their states tell.",
            self._exchanged,
        )
        return [message.format(count=number(self._exchanged))]

    def put_axes_right(self, row: Line) -> None:
        """Exchange latitude and longitude where only that lies in or near the state that the row names."""
        latitude, longitude = row.cells.get("latitude", ""), row.cells.get("longitude", "")
        if not latitude or not longitude:
            return
        outcome = self._of_pair(latitude, longitude, row.cells.get("country", ""))
        if isinstance(outcome, dict) and outcome["latitude"] != latitude:
            self._exchanged += 1
        row.take(outcome, "latitude", latitude)

    def _order_of_axes(self, latitude: str, longitude: str, state: str) -> Outcome:
        north, east = float(latitude), float(longitude)
        written = {"latitude": latitude, "longitude": longitude}
        exchanged = {"latitude": longitude, "longitude": latitude}
        if state in self._bounds:
            other = self._is_near(state, east, north) and not self._is_near(state, north, east)
            return exchanged if other else written
        if is_on_the_map(north, east) or not is_on_the_map(east, north):
            return written
        if abs(north) > 90:
            return exchanged
        question = Asked(
            id="axes",
            column="",
            field="latitude",
            cell=f"{latitude}, {longitude}",
            text=_("Is {latitude} the latitude or the longitude?").format(latitude=latitude),
            answers=(
                Answer(AS_WRITTEN, _("The latitude"), _("beyond the map")),
                Answer(EXCHANGED, _("The longitude"), _("on the map")),
                _LEAVE,
            ),
        )
        answer = self._asking.answer(question)
        meant = {AS_WRITTEN: written, EXCHANGED: exchanged}
        return LeftOut() if answer == LEAVE_OUT else meant.get(answer) or Open(question.id)

    def _is_near(self, state: str, latitude: float, longitude: float) -> bool:
        west, south, east, north = self._bounds[state]
        return west <= longitude <= east and south <= latitude <= north

    def find_town(self, row: Line, column: str) -> None:
        """Offer the town of its name to a row without coordinates; ``column`` is the heading of the place."""
        place = row.cells.get("place", "")
        if not place or not row.is_usable or (row.cells.get("latitude") and row.cells.get("longitude")):
            return
        outcome = self._of_name(place, row.cells.get("country", ""), column)
        if isinstance(outcome, dict):
            accuracy = outcome.get("location_accuracy_km", "")
            row.cells |= {name: text for name, text in outcome.items() if name in ("latitude", "longitude")}
            row.assumed |= {"latitude", "longitude"}
            if row.cells.get("country", "") == "":
                row.assume("country", outcome.get("country", ""))
            row.assume("location_accuracy_km", accuracy)
        else:
            row.take(outcome, column or "place", place)

    def _town(self, place: str, state: str, column: str) -> Outcome:
        found = self._around.gazetteer.towns_named(place, state)
        if not found:
            shorter = place.partition("(")[0].partition(",")[0]
            found = self._around.gazetteer.towns_named(shorter, state)
        offered = [_cells_of(town, inhabitants) for town, inhabitants in found]
        named = place if not state else _("{place}, {state}").format(place=place, state=state_name(state))
        question = Asked(
            id=f"place: {place}, {state}",
            column=column,
            field="place",
            cell=place,
            text=_("Where is {place}?").format(place=named),
            answers=(*(_answer(cells, town[0]) for cells, town in zip(offered, found, strict=True)), _LEAVE),
            typed=True,
        )
        answer = self._asking.answer(question)
        if answer == LEAVE_OUT:
            return LeftOut()
        if not answer:
            return Open(question.id)
        for cells in offered:
            if answer == _key(cells):
                return cells
        typed = read_point(answer)
        return dict(typed.meanings[0].cells) if typed.meanings else Fault(typed.expected, typed.remedy)

    def settle_states(self, rows: Sequence[Line]) -> None:
        """Take of several states that a row names the one whose airspace its place lies in, if it lies in one alone."""
        airspace = self._around.borders.airspace
        for row in rows:
            question = next((each for each in row.open if each.startswith("country: ")), "")
            if not question or not _is_placed(row):
                continue
            named = [answer.key for answer in self._asking.asked[question].answers if answer.key in airspace.index]
            point = shapely.Point(float(row.cells["longitude"]), float(row.cells["latitude"]))
            within = [state for state in named if airspace[state].contains(point)]
            if len(within) == 1:
                row.open.remove(question)
                row.cells["country"] = within[0]

    def name_states(self, rows: Sequence[Line]) -> None:
        """Give each row without a state the one whose airspace its place lies in, as an assumption."""
        without = [row for row in rows if row.is_usable and _is_placed(row) and not row.cells.get("country")]
        if not without:
            return
        points = shapely.points([(float(row.cells["longitude"]), float(row.cells["latitude"])) for row in without])
        airspace = self._around.borders.airspace
        found: dict[int, str] = {}
        for position, state in np.transpose(shapely.STRtree(points).query(airspace.to_numpy(), "contains")[::-1]):
            found.setdefault(int(position), str(airspace.index[state]))
        for position, row in enumerate(without):
            if state := found.get(position, ""):
                row.assume("country", state)
            else:
                expected = _("no state is named, and the place lies in the airspace of none")
                row.take(Fault(expected, _("Name the state")), "country", "")

    def name_places(self, rows: Iterable[Line]) -> None:
        """Give each row without a place its coordinates' degrees as the name, as an assumption."""
        for row in rows:
            if row.is_usable and _is_placed(row) and not row.cells.get("place"):
                row.assume("place", f"{row.cells['latitude']}, {row.cells['longitude']}")


def shape_outcome(shape: Any, asking: Asking) -> Outcome:
    """The place of a geometry in EPSG:4326: of a point, or of an area its middle and its extent, if wanted."""
    parts = list(getattr(shape, "geoms", [shape]))
    if len(parts) == 1 and parts[0].geom_type == "Point" and not parts[0].is_empty:
        return {"latitude": _text(parts[0].y), "longitude": _text(parts[0].x)}
    if shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon", "MultiPoint"):
        expected = _("expected a point or an area, found {kind}").format(kind=shape.geom_type)
        return Fault(expected, _("Give the row a point"))
    middle = shape.centroid
    question = Asked(
        id="areas",
        column="",
        field="latitude",
        cell=shape.geom_type,
        text=_("Some rows have areas in place of points. Take their middles, as accurate as they are wide?"),
        answers=(Answer("as points", _("Take the middles")), _LEAVE),
    )
    answer = asking.answer(question)
    if answer != "as points":
        return LeftOut() if answer == LEAVE_OUT else Open(question.id)
    reach = _reach_km(shape, middle)
    return {"latitude": _text(middle.y), "longitude": _text(middle.x), "location_accuracy_km": f"{max(reach, 0.1):.1f}"}


def _reach_km(shape: Any, middle: Any) -> float:
    """The distance from the middle of an area to its farthest corner, in km, to about one in a hundred."""
    east, north = shapely.get_coordinates(shape).T
    width = (east - middle.x) * math.cos(math.radians(middle.y))
    return float(np.hypot(width, north - middle.y).max()) * DEGREE_KM


def _is_placed(row: Line) -> bool:
    return bool(row.cells.get("latitude") and row.cells.get("longitude"))


def _text(degrees: float) -> str:
    return f"{degrees:.7f}".rstrip("0").rstrip(".")


def _bounds_of(borders: Borders) -> dict[str, tuple[float, float, float, float]]:
    """West, south, east and north of each state, with a margin."""
    found = {}
    for state, (west, south, east, north) in borders.airspace.bounds.iterrows():
        more = NEAR_STATE_DEGREES
        found[str(state)] = (west - more, south - more, east + more, north + more)
    return found


def _cells_of(town: Place, inhabitants: float) -> dict[str, str]:
    """The middle of a town, accurate to the radius of a town of so many people."""
    radius = max(LEAST_TOWN_KM, math.sqrt(inhabitants / INHABITANTS_PER_KM2 / math.pi))
    return {
        "latitude": _text(town.latitude),
        "longitude": _text(town.longitude),
        "country": town.state,
        "location_accuracy_km": f"{radius:.0f}",
    }


def _key(cells: dict[str, str]) -> str:
    return f"{cells['latitude']}, {cells['longitude']}"


def _answer(cells: dict[str, str], town: Place) -> Answer:
    label = _("{place}, {state}").format(place=town.name, state=state_name(town.state))
    because = _("the middle of the town, accurate to {km} km").format(km=cells["location_accuracy_km"])
    return Answer(_key(cells), label, because, float(cells["location_accuracy_km"]))
