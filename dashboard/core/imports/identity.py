"""Identity of rows: the ID that a list gives an incident, or one that is made of its state, day and place."""

import re
from collections.abc import Collection, Iterable, Sequence

from dashboard.core.imports.lines import Line
from dashboard.core.imports.mapping import Mapping
from dashboard.language import plain

LONGEST_PART = 40  # characters of a name within an ID
_OWN = re.compile(r"[A-Za-z]+\S*")  # an ID that says whose it is, unlike a number alone


class Identity:
    """Finds or makes the ID of each row, the same whenever the list is read."""

    def __init__(self, known: Collection[str], mapping: Mapping, source: str) -> None:
        """``source`` is the name of the list, which stands in IDs that would else be those of another list."""
        self._known, self._prefix, self._parts = known, mapping.prefix, mapping.parts
        self._source = slug(source)

    def find(self, row: Line) -> None:
        """Put the ID that a list gives in a form that no other list has; one that is recorded stays."""
        text = row.cells.get("id", "")
        if not text or text in self._known:
            return
        prefix = self._prefix or ("" if _OWN.fullmatch(text) or not self._source else f"{self._source}-")
        row.cells["id"] = prefix + re.sub(r"\s+", "-", text)
        if self._prefix and (event := row.cells.get("event", "")):
            row.cells["event"] = self._prefix + slug(event)

    def part(self, rows: Sequence[Line]) -> None:
        """Give parts of one event, which have the same ID, an ID each, of which the first is that of the event."""
        turns: dict[str, list[Line]] = {}
        for row in rows if self._parts else ():
            turns.setdefault(row.cells.get("id", ""), []).append(row)
        for event, parts in turns.items():
            for turn, row in enumerate(parts if event and len(parts) > 1 else (), start=1):
                row.cells |= {"event": event, "id": event if turn == 1 else f"{event}-{turn}"}

    def make(self, rows: Iterable[Line]) -> None:
        """Make an ID for each row without one, as an assumption: ``PL-2025-07-28-terespol``, with the list's name."""
        taken = {row.cells["id"] for row in rows if row.cells.get("id")}
        for row in rows:
            if not row.is_usable or row.cells.get("id"):
                continue
            parts = (row.cells.get("country", ""), row.cells.get("date", ""), slug(row.cells.get("place", "")))
            wanted = "-".join(filter(None, (*parts, self._prefix.strip("-") or self._source)))
            name, turn = wanted, 1
            while name in taken:
                turn += 1
                name = f"{wanted}-{turn}"
            taken.add(name)
            row.assume("id", name)


def slug(text: str) -> str:
    """A text as a part of an ID: small letters and digits with hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")[:LONGEST_PART].strip("-")
