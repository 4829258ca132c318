"""Differences between two moments of the record: what the changes between them made of which incident.

Only the incidents that were written to in between are read, by the same readers and with the same checks as a folder.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.core.data.changes import TRACKS, Changes, compare
from dashboard.core.data.releases import Contents, read_contents
from dashboard.core.geo.borders import Borders
from dashboard.core.incidents.columns import COLUMNS
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.record.files import files_of
from dashboard.core.record.merge import Content
from dashboard.core.record.record import INCIDENT, TRACK, Change, Record

WHOLE = ""  # stands for the column where an incident was added or withdrawn
NOBODY: Content = {"id": "~", WITHDRAWN: "-"}  # a record without use, in a file that would have none
Rows = Mapping[str, Content]


@dataclass(frozen=True, eq=False)
class Differences:
    """Two moments of the record compared.

    changes
        Incidents added, corrected, withdrawn, reinstated or set aside.
    numbers
        The change that wrote a value last, by incident and column; ``tracks`` stands for its flight tracks, an empty
        column for the incident as a whole.
    more
        How many more incidents there are at the later moment, or with a minus fewer.
    """

    changes: Changes
    more: int
    numbers: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def number(self, incident: str, column: str = WHOLE) -> int:
        """The change that wrote a value last; that of the incident where the value was worked out from others."""
        return self.numbers.get((incident, column)) or self.numbers.get((incident, WHOLE), 0)


@dataclass(frozen=True, eq=False)
class Step:
    """One change of one incident, as the differences between what was there before and after."""

    change: Change
    changes: Changes


def differences(record: Record, borders: Borders, earlier: int, later: int) -> Differences:
    """Compare the data as they were after two changes; the later may be the one with the lower number."""
    first, last = sorted((earlier, later))
    written = {noun: record.written(noun, first, last) for noun in (INCIDENT, TRACK)}
    before = {noun: record.state(noun, first) for noun in (INCIDENT, TRACK)}
    after = {noun: _applied(before[noun], written[noun]) for noun in (INCIDENT, TRACK)}
    rows = [*before[INCIDENT].items(), *after[INCIDENT].items()]
    touched = {_id(content) for key, content in rows if key in {key for _number, key, _content in written[INCIDENT]}}
    touched |= {_incident_of_track(key) for _number, key, _content in written[TRACK]}
    states = [_read(_of(state, touched), borders) for state in (before, after)]
    if earlier > later:
        states.reverse()
    changes = compare(*states)
    return Differences(
        changes, len(states[1].incidents) - len(states[0].incidents), _numbers(before[INCIDENT], written)
    )


def steps_of(record: Record, borders: Borders, incident: str) -> list[Step]:
    """Every change of one incident and of its flight tracks, the oldest first."""
    changes: dict[int, Change] = {}
    rows: dict[int, Content | None] = {}
    tracks: dict[int, dict[str, Content | None]] = {}
    for change, content in record.versions_of(INCIDENT, incident):
        changes[change.number], rows[change.number] = change, content
    turn = 1
    while versions := record.versions_of(TRACK, key := f"{incident}/{turn}"):
        for change, content in versions:
            changes[change.number] = change
            tracks.setdefault(change.number, {})[key] = content
        turn += 1
    row: Content | None = None
    flown: dict[str, Content] = {}
    states: list[tuple[Content | None, dict[str, Content]]] = [(None, {})]
    for number in sorted(changes):
        row = rows.get(number, row)
        flown = _applied(flown, [(number, key, content) for key, content in tracks.get(number, {}).items()])
        states.append((row, flown))
    before, after = (_read(_numbered(some), borders) for some in (states[:-1], states[1:]))
    found = compare(before, after)
    return [Step(changes[number], _alone(found, str(turn))) for turn, number in enumerate(sorted(changes))]


def _alone(changes: Changes, id_: str) -> Changes:
    """Changes of one incident alone."""

    def of(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in ids if one == id_)

    return Changes(
        added=of(changes.added),
        reinstated=of(changes.reinstated),
        corrected={one: changes.corrected[one] for one in of(changes.corrected)},
        withdrawn={one: changes.withdrawn[one] for one in of(changes.withdrawn)},
        unusable=of(changes.unusable),
        nameless=0,
        before=changes.before[changes.before["id"] == id_],
        after=changes.after[changes.after["id"] == id_],
    )


def _numbered(states: Sequence[tuple[Content | None, Mapping[str, Content]]]) -> dict[str, dict[str, Content]]:
    """States of one incident side by side, each as an incident of its own with its place as ID."""
    rows: dict[str, Content] = {}
    tracks: dict[str, Content] = {}
    for turn, (row, flown) in enumerate(states):
        if row is None:
            continue
        rows[str(turn)] = row | {"id": str(turn)}
        for key, track in flown.items():
            properties = track.get("properties")
            known = properties if isinstance(properties, dict) else {}
            tracks[f"{turn}/{key.rpartition('/')[2]}"] = track | {"properties": known | {"incident_id": str(turn)}}
    return {INCIDENT: rows, TRACK: tracks}


def _applied(state: Rows, written: Sequence[tuple[int, str, Content | None]]) -> dict[str, Content]:
    """A state after later versions."""
    made = dict(state)
    for _number, key, content in written:
        if content is None:
            made.pop(key, None)
        else:
            made[key] = content
    return made


def _id(content: Content) -> str:
    return str(content.get("id", ""))


def _incident_of_track(key: str) -> str:
    return key.rpartition("/")[0]


def _of(state: Mapping[str, Rows], incidents: set[str]) -> dict[str, dict[str, Content]]:
    """The records and tracks of some incidents; of an ID that stands twice, both."""
    return {
        INCIDENT: {key: content for key, content in state[INCIDENT].items() if _id(content) in incidents},
        TRACK: {key: content for key, content in state[TRACK].items() if _incident_of_track(key) in incidents},
    }


def _read(things: dict[str, dict[str, Content]], borders: Borders) -> Contents:
    """Read records as those of a folder are read."""
    things[INCIDENT] = things[INCIDENT] or {"~": NOBODY}
    with TemporaryDirectory() as place:
        for name, content in files_of(things, COLUMNS).contents.items():
            (Path(place) / name).write_bytes(content)
        return read_contents(Path(place), borders)


def _numbers(
    before: Rows, written: Mapping[str, Sequence[tuple[int, str, Content | None]]]
) -> dict[tuple[str, str], int]:
    """The change that wrote each value last."""
    numbers: dict[tuple[str, str], int] = {}
    was = dict(before)
    for number, key, content in written[INCIDENT]:
        old, new = was.get(key, {}), content or {}
        incident = _id(new) or _id(old)
        numbers[incident, WHOLE] = number
        for column in {*old, *new}:
            if old.get(column) != new.get(column):
                numbers[incident, column] = number
        was[key] = new
    for number, key, _content in written[TRACK]:
        numbers[_incident_of_track(key), TRACKS] = number
        numbers[_incident_of_track(key), WHOLE] = max(number, numbers.get((_incident_of_track(key), WHOLE), 0))
    return numbers
