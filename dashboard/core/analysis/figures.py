"""The figures above the map, and how many incidents each option of the filter would show.

An incident is a row; an event is one night or one object's path, which can have several rows. They are never mixed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.core.engine.codes import codes_of, count_codes
from dashboard.core.engine.engine import BY_DEPTH
from dashboard.core.engine.selection import Selection
from dashboard.core.incidents.columns import OF_EVENT, ON_THE_GROUND, WEAPONS
from dashboard.core.query.filter import GROUPS, NOT_STATED, Filter

# An incident that names no event is an event by itself. Of objects that the incidents of an event share there are no
# more than the event has: see ``event_objects.py``. LEAST passes over NULL, which is said of all others.
_QUESTION = f"""
    SELECT
        sum(incidents),
        count(*) FILTER (event <> '') + coalesce(sum(incidents) FILTER (event = ''), 0),
        sum(on_the_ground),
        sum(least(objects, most)),
        sum(without_number),
        min(deepest),
        min(deepest_weapon)
    FROM (
        SELECT
            event,
            count(*) AS incidents,
            count(*) FILTER (list_contains($on_the_ground, category)) AS on_the_ground,
            coalesce(sum(objects), 0) AS objects,
            max(event_objects) AS most,
            count(*) FILTER (objects IS NULL AND NOT (objects_of = $of_event AND event_objects IS NOT NULL))
                AS without_number,
            min({BY_DEPTH}) AS deepest,
            min({BY_DEPTH}) FILTER (list_contains($weapons, object_type)) AS deepest_weapon
        FROM {{selection}} GROUP BY event
    )
"""


@dataclass(frozen=True)
class Figures:
    """The figures of a selection.

    on_the_ground
        Incidents of an object that came down: crash, debris or landing.
    objects, without_number
        The least number of objects, none counted twice; and the incidents of which nobody says how many there were.
    deepest, deepest_km, deepest_accuracy_km
        The incident farthest inside the airspace it entered, among those that are certainly inside; empty for none.
    deepest_object, deepest_from
        Its object, and the neighbour whose border is measured; that is empty where it is only the nearest one.
    """

    incidents: int
    events: int
    on_the_ground: int
    states: int
    objects: int
    without_number: int
    deepest: str = ""
    deepest_km: float = 0.0
    deepest_accuracy_km: float = 0.0
    deepest_object: str = ""
    deepest_from: str = ""


def figures(selection: Selection) -> Figures:
    """Count a selection of placed incidents."""
    incidents, counted_events, on_the_ground, objects, unnumbered = (
        int(value or 0) for value in _answer(selection)[:5]
    )
    counts = Figures(
        incidents=incidents,
        events=counted_events,
        on_the_ground=on_the_ground,
        states=len(selection.states),
        objects=objects,
        without_number=unnumbered,
    )
    row = deepest(selection)
    if row is None:
        return counts
    return replace(
        counts,
        deepest=row.id,
        deepest_km=float(row.depth_km),
        deepest_accuracy_km=float(row.location_accuracy_km),
        deepest_object=row.object_type,
        deepest_from=row.measured_from if row.measured_from_stated else "",
    )


def deepest(selection: Selection) -> Any:
    """The row of the incident farthest inside, among those certainly inside; None for none."""
    return _row(selection, _answer(selection)[5])


def deepest_weapon(selection: Selection) -> Any:
    """The row of the drone or missile farthest inside, among those certainly inside; None for none."""
    return _row(selection, _answer(selection)[6])


def events(selection: Selection) -> int:
    """Count the events of a selection; an incident that names none is an event by itself."""
    return figures(selection).events


def option_counts(
    candidates: Selection, filter_: Filter, codes: Mapping[str, Iterable[str]] | None = None
) -> dict[str, dict[str, int]]:
    """Count the incidents that each option of each group would show with the rest of the filter as it is.

    Parameters
    ----------
    candidates
        The incidents among which the filter chooses.
    codes
        By group those that are options as well, with a count of 0 where no incident has them; by default those that an
        incident has.

    Returns
    -------
    ``{"countries": {"PL": 71, ...}, "categories": ..., ...}`` with every value that the data has, the most frequent
    first; an empty cell counts as ``none``.
    """
    asked = candidates.filtered(filter_)
    found = count_codes(asked, [column for group, column in GROUPS.items() if group not in asked.conditions])
    for group in GROUPS.keys() & asked.conditions.keys():
        found |= count_codes(asked.without(group), [GROUPS[group]])
    possible = codes or codes_of(candidates)
    counts = {}
    for group, column in GROUPS.items():
        every = dict.fromkeys(sorted(possible[group]), 0) | found[column]
        ordered = sorted(every.items(), key=lambda option: -option[1])
        counts[group] = {value or NOT_STATED: count for value, count in ordered}
    return counts


def _answer(selection: Selection) -> tuple[Any, ...]:
    values = {"on_the_ground": ON_THE_GROUND, "of_event": OF_EVENT, "weapons": WEAPONS}
    return selection.ask(_QUESTION, **values)[0]


def _row(selection: Selection, place: int | None) -> Any:
    """The row at a place of the engine's order by depth."""
    return None if place is None else selection.engine.row(int(selection.engine.deepest[place]))
