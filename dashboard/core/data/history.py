"""The history of the data: the changes of the record, with their counts, and the differences between two of them."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.core.data.differences import Differences, Step, differences, steps_of
from dashboard.core.data.remembered import remembered
from dashboard.core.geo.borders import Borders
from dashboard.core.record.counting import ADDED, CHANGED, OWN_SIDE, REMOVED
from dashboard.core.record.record import (
    EDITED,
    IMPORTED,
    INCIDENT,
    NOUNS_OF_DATA,
    RELEASED,
    SAVED_VIEW,
    TAKEN_IN,
    UNDONE,
    Change,
    Record,
)
from dashboard.core.record.undo import Plan, plan_of

FOLDER, IMPORTS, BY_HAND, RELEASES, VIEWS, UNDOINGS = "folder", "imports", "hand", "releases", "views", "undone"
KINDS = (FOLDER, IMPORTS, BY_HAND, RELEASES, VIEWS, UNDOINGS)  # as the history is limited to
_KIND_OF = {TAKEN_IN: FOLDER, IMPORTED: IMPORTS, EDITED: BY_HAND, RELEASED: RELEASES, UNDONE: UNDOINGS}
LONG_FACTS = ("header", "orders", "problems")  # which no list shows


@dataclass(frozen=True)
class Entry:
    """One change in the history.

    added, corrected, withdrawn
        How many incidents it added, corrected and withdrew, as the record counts them.
    in_all
        How many incidents there were after it.
    """

    change: Change
    added: int = 0
    corrected: int = 0
    withdrawn: int = 0
    in_all: int = 0

    @property
    def number(self) -> int:
        """The number of the change."""
        return self.change.number

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """The things of each kind that it added, changed and removed, counted."""
        found: Mapping[str, Mapping[str, int]] = self.change.facts.get("counts", {})
        return found

    @property
    def kind(self) -> str:
        """One of ``KINDS``."""
        if self.counts and not set(self.counts).intersection(NOUNS_OF_DATA) and SAVED_VIEW in self.counts:
            return VIEWS
        return _KIND_OF.get(self.change.kind, BY_HAND)

    @property
    def is_of_data(self) -> bool:
        """Tell whether the data are others after it, or have a name."""
        return self.kind != VIEWS


class History:
    """The changes of a record; what was read once is kept, since nothing of it ever changes."""

    def __init__(self, record: Record, borders: Borders) -> None:
        self.record, self._borders = record, borders
        self._entries: list[Entry] = []
        self._differences: dict[tuple[int, int], Differences] = {}
        self._steps: dict[tuple[str, int], list[Step]] = {}
        self._plans: dict[tuple[int, int], Plan] = {}
        self._lock = threading.Lock()

    def entries(self) -> Sequence[Entry]:
        """Every change, the oldest first; only the new ones are read."""
        with self._lock:
            last = self._entries[-1] if self._entries else None
            number, in_all = (last.number, last.in_all) if last else (0, 0)
            newest = self.record.newest()
            if newest > number:
                new = self.record.changes(most=newest - number, before=newest + 1)
                for change in reversed(new):
                    self._entries.append(_entry(change, in_all))
                    in_all = self._entries[-1].in_all
            return tuple(self._entries)

    def differences(self, earlier: int, later: int) -> Differences:
        """Compare the data as they were after two changes."""
        return remembered(
            self._differences, (earlier, later), lambda: differences(self.record, self._borders, earlier, later)
        )

    def steps_of(self, incident: str) -> list[Step]:
        """Every change of one incident, the oldest first."""
        newest = self.record.newest()
        return remembered(self._steps, (incident, newest), lambda: steps_of(self.record, self._borders, incident))

    def plan_of(self, change: int) -> Plan:
        """Find out what undoing a change would do."""
        newest = self.record.newest()
        return remembered(self._plans, (change, newest), lambda: plan_of(self.record, change))


def undone_by(entries: Sequence[Entry]) -> dict[int, int]:
    """The changes that are undone, each with the change that undid it; one whose undoing was undone holds again."""
    undone: dict[int, int] = {}
    for entry in reversed(entries):
        if entry.change.undoes and entry.number not in undone:
            undone.setdefault(entry.change.undoes, entry.number)
    return undone


def _entry(change: Change, before: int) -> Entry:
    counts = change.facts.get("counts", {}).get(INCIDENT, {})
    added, corrected, withdrawn, own_side = (counts.get(what, 0) for what in (ADDED, CHANGED, REMOVED, OWN_SIDE))
    facts = {name: fact for name, fact in change.facts.items() if name not in LONG_FACTS}
    in_all = before + added - withdrawn - own_side
    return Entry(replace(change, facts=facts), added, corrected, withdrawn, in_all)
