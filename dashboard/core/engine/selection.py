"""A selection: some of the incidents as a question to the engine, whose answers are worked out when asked for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from dashboard.core.engine.conditions import Condition, conditions_of
from dashboard.core.engine.engine import POSITION, TABLE, Engine
from dashboard.core.query.area import Bounds
from dashboard.core.query.filter import Filter

_WHOLE = "SELECT count(*), min(west), min(south), max(east), max(north), list(DISTINCT country) FROM {selection}"


@dataclass(frozen=True, eq=False)
class Selection:
    """Incidents that meet all of some conditions; it is never changed.

    conditions
        By the part of a filter that they are of.
    """

    engine: Engine
    conditions: Mapping[str, Condition] = field(default_factory=dict)

    def filtered(self, filter_: Filter) -> "Selection":
        """Those of them that a filter lets pass."""
        return Selection(self.engine, {**self.conditions, **conditions_of(filter_)})

    def among(self, ids: Collection[str]) -> "Selection":
        """Those of them that have one of these IDs."""
        return self.limited("among", "id IN (SELECT unnest($among))", among=tuple(ids))

    def with_id(self, id_: str) -> "Selection":
        """The one of them that has this ID, or none."""
        return self.limited("id", "id = $id", id=id_)

    def within(self, bounds: Bounds) -> "Selection":
        """Those of them that lie within bounds."""
        west, south, east, north = bounds
        inside = "longitude BETWEEN $west AND $east AND latitude BETWEEN $south AND $north"
        return self.limited("within", inside, west=west, south=south, east=east, north=north)

    def limited(self, name: str, sql: str, **values: Any) -> "Selection":
        """Those of them that meet one more condition, which takes the place of another with its name."""
        return Selection(self.engine, {**self.conditions, name: Condition(sql, values)})

    def without(self, *names: str) -> "Selection":
        """The selection without some of its conditions."""
        kept = {name: condition for name, condition in self.conditions.items() if name not in names}
        return self if len(kept) == len(self.conditions) else Selection(self.engine, kept)

    def ask(self, question: str, **values: Any) -> list[tuple[Any, ...]]:
        """Ask a question in SQL, in which ``{selection}`` is the table with its conditions; the answer as rows."""
        return self.engine.ask(self._complete(question), self._bound(values))

    def ask_columns(self, question: str, **values: Any) -> dict[str, NDArray[Any]]:
        """Ask a question whose answer is long; the columns of the answer by their names."""
        return self.engine.ask_columns(self._complete(question), self._bound(values))

    def __len__(self) -> int:
        return self.count

    @property
    def count(self) -> int:
        """The number of its incidents."""
        return int(self._whole[0])

    @property
    def empty(self) -> bool:
        """True where there is no incident in it."""
        return self.count == 0

    @cached_property
    def rows(self) -> gpd.GeoDataFrame:
        """Its incidents with all that is known of them, in the order of the data: for what is drawn or taken away."""
        positions = self.positions if self.conditions else None
        if positions is None or len(positions) == len(self.engine.frame):
            return self.engine.frame
        return self.at(positions)

    @property
    def positions(self) -> NDArray[np.int64]:
        """The positions of its incidents in the data, in order."""
        found = self.ask_columns(f"SELECT {POSITION} FROM {{selection}}")[POSITION]
        return np.sort(np.asarray(found, np.int64))

    def at(self, positions: Sequence[int] | NDArray[Any]) -> gpd.GeoDataFrame:
        """The incidents at some positions of the data, in that order."""
        return self.engine.frame.iloc[np.asarray(positions, np.int64)]

    @property
    def states(self) -> tuple[str, ...]:
        """The codes of the states whose incidents are in it."""
        return tuple(sorted(self._whole[5] or ()))

    @property
    def markings(self) -> frozenset[str]:
        """The handling markings of its incidents, among them an empty one where an incident has none."""
        if not self.engine.is_marked:
            return frozenset()
        return frozenset(label for (label,) in self.ask("SELECT DISTINCT marking FROM {selection}"))

    @property
    def bounds(self) -> Bounds:
        """The bounds of its incidents and of the bands of their flight tracks; there must be an incident."""
        west, south, east, north = self._whole[1:5]
        return west, south, east, north

    def count_within(self, bounds: Bounds) -> int:
        """The number of its incidents that lie within bounds."""
        west, south, east, north = bounds
        if west <= self.bounds[0] and south <= self.bounds[1] and self.bounds[2] <= east and self.bounds[3] <= north:
            return self.count
        return int(self.within(bounds).ask("SELECT count(*) FROM {selection}")[0][0])

    def has(self, id_: str) -> bool:
        """Tell whether an incident with this ID is in it."""
        return self.with_id(id_).count > 0

    @property
    def _whole(self) -> tuple[Any, ...]:
        """Number, bounds and states, which are one question, since nearly every page asks for all of them."""
        return self.ask(_WHOLE)[0]

    def _complete(self, question: str) -> str:
        limits = " AND ".join(f"({condition.sql})" for condition in self.conditions.values())
        return question.format(selection=f"{TABLE} WHERE {limits}" if limits else TABLE)

    def _bound(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """All values of a question; what holds several is a tuple, which can be remembered."""
        every = dict(values)
        for condition in self.conditions.values():
            every |= condition.values
        return every


def selection_of(frame: gpd.GeoDataFrame, tracks: gpd.GeoDataFrame | None = None) -> Selection:
    """All incidents of a frame, with their flight tracks."""
    return Selection(Engine(frame, tracks))
