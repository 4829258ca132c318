"""The record: changes one after the other, each with the new versions of what it changed.

The state at any moment is the newest version of each thing up to it. Nothing is changed or removed: whoever withdraws,
undoes or restores something writes another change.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from dashboard.core.record.counting import facts_of
from dashboard.core.record.database import engine, reading, writing
from dashboard.core.record.merge import Content
from dashboard.core.record.states import Version, read_content, state_at, versions_at, write_content
from dashboard.core.record.tables import CHANGE, SAID, VERSION
from dashboard.errors import QueryError
from dashboard.language import _, number

INCIDENT, TRACK, EVENT, ABOUT, SAVED_VIEW = "incident", "track", "event", "about", "saved_view"
SOURCE_ROW = "source_row"  # what a source last said in an import; undone with the import, so that it can come again
MAPPING = "mapping"  # how the columns of a list were read in an import; it stays when the import is undone
NOUNS_OF_DATA = (INCIDENT, TRACK, EVENT, ABOUT)
# Kinds of changes.
TAKEN_IN, EDITED, IMPORTED, UNDONE, RELEASED = "taken_in", "edited", "import", "undone", "released"
AT_ONCE = 500  # rows written with one statement


@dataclass(frozen=True)
class Change:
    """One change of the record.

    number
        Counted from 1, without gaps.
    at
        When it was written, in UTC.
    who, source, note
        Who made it; where it came from, such as the name of a file; and a remark. Each may be empty.
    name
        Of the release that it is, or empty.
    undoes
        The number of the change that it undoes, or None.
    facts
        What else is known of it, such as how many things it added.
    """

    number: int
    at: datetime
    kind: str
    who: str = ""
    source: str = ""
    note: str = ""
    name: str = ""
    undoes: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


class Record:
    """The record in the database at an address.

    Every method raises StorageError where the database cannot be used.
    """

    def __init__(self, url: str, who: str = "") -> None:
        self._engine = engine(url)
        self._url, self._who = url, who

    def by(self, who: str) -> "Record":
        """The same record, whose changes are by somebody unless they say otherwise."""
        return Record(self._url, who)

    def newest(self) -> int:
        """The number of the newest change, 0 where there is none."""
        with reading(self._engine) as connection:
            return _newest(connection)

    def instant(self, number_: int) -> datetime | None:
        """The instant of a change, or None where there is no such change."""
        with reading(self._engine) as connection:
            return connection.execute(select(CHANGE.c.at).where(CHANGE.c.number == number_)).scalar()

    def newest_of(self, *nouns: str, up_to: int | None = None) -> int:
        """The number of the newest change of things of these kinds, 0 where there is none."""
        query = select(func.max(VERSION.c.change)).where(VERSION.c.noun.in_(nouns))
        if up_to is not None:
            query = query.where(VERSION.c.change <= up_to)
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar() or 0)

    def changes(
        self,
        *,
        most: int | None = None,
        before: int | None = None,
        kinds: Sequence[str] = (),
        nouns: Sequence[str] = (),
    ) -> list[Change]:
        """The changes, the newest first: at most so many, from before a number, of some kinds, of some things."""
        query = select(CHANGE).order_by(CHANGE.c.number.desc())
        if before is not None:
            query = query.where(CHANGE.c.number < before)
        if kinds:
            query = query.where(CHANGE.c.kind.in_(kinds))
        if nouns:
            query = query.where(CHANGE.c.number.in_(select(VERSION.c.change).where(VERSION.c.noun.in_(nouns))))
        with reading(self._engine) as connection:
            return [_change(row) for row in connection.execute(query.limit(most))]

    def change(self, number_: int) -> Change:
        """The change with a number.

        Raises
        ------
        QueryError
            There is none.
        """
        with reading(self._engine) as connection:
            row = connection.execute(select(CHANGE).where(CHANGE.c.number == number_)).first()
        if row is None:
            raise QueryError(_("There is no change {number}.").format(number=number(number_)))
        return _change(row)

    def last_from(self, source: str, up_to: int) -> Change | None:
        """The last change up to a number that took in what a source says, or None."""
        taken_in = CHANGE.c.kind.in_((TAKEN_IN, RELEASED))  # a view, or an undoing, may come from a file of that name
        query = select(CHANGE).where(CHANGE.c.source == source, CHANGE.c.number <= up_to, taken_in)
        with reading(self._engine) as connection:
            row = connection.execute(query.order_by(CHANGE.c.number.desc()).limit(1)).first()
        return _change(row) if row else None

    def before(self, instant: datetime) -> int:
        """The number of the last change up to an instant, 0 where there was none yet."""
        at = instant.astimezone(UTC).replace(tzinfo=None)
        with reading(self._engine) as connection:
            found = connection.execute(select(func.max(CHANGE.c.number)).where(CHANGE.c.at <= at)).scalar()
            return int(found or 0)

    def state(self, noun: str, moment: int | None = None) -> dict[str, Content]:
        """All things of a kind by their keys, as they are or as they were after a change."""
        with reading(self._engine) as connection:
            return state_at(connection, noun, moment)

    def keys_from(self, source: str, noun: str) -> frozenset[str]:
        """The keys of the things of a kind that a source last gave."""
        with reading(self._engine) as connection:
            query = select(SAID.c.key).where(SAID.c.source == source, SAID.c.noun == noun)
            return frozenset(connection.execute(query).scalars())

    def versions(self, number_: int) -> list[Version]:
        """Give each thing that a change made something of, before and after, in the order of kinds and keys."""
        with reading(self._engine) as connection:
            return versions_at(connection, number_)

    def versions_of(self, noun: str, key: str) -> list[tuple[Change, Content | None]]:
        """Every version of one thing with its change, the oldest first."""
        query = (
            select(CHANGE, VERSION.c.content)
            .join(VERSION, VERSION.c.change == CHANGE.c.number)
            .where(VERSION.c.noun == noun, VERSION.c.key == key)
            .order_by(CHANGE.c.number)
        )
        with reading(self._engine) as connection:
            return [(_change(row), read_content(row.content)) for row in connection.execute(query)]

    def written(self, noun: str, after: int, up_to: int) -> list[tuple[int, str, Content | None]]:
        """Give number, key and content of each version written after one change up to another, in their order."""
        query = (
            select(VERSION)
            .where(VERSION.c.noun == noun, VERSION.c.change > after, VERSION.c.change <= up_to)
            .order_by(VERSION.c.change, VERSION.c.key)
        )
        with reading(self._engine) as connection:
            return [(row.change, row.key, read_content(row.content)) for row in connection.execute(query)]

    @contextmanager
    def edit(
        self, kind: str, *, who: str = "", source: str = "", note: str = "", name: str = "", at: datetime | None = None
    ) -> Iterator["Draft"]:
        """Write a change alone: whole at the end of the block, and nothing of it after an error.

        A change that changes nothing is not written, unless it has a name.
        """
        with writing(self._engine) as connection:
            draft = Draft(connection, kind, who=who or self._who, source=source, note=note, name=name)
            yield draft
            draft.write(at or datetime.now(UTC))


class Draft:
    """A change that is being made. Its methods see what is there now, and nobody else writes meanwhile."""

    def __init__(self, connection: Connection, kind: str, **words: str) -> None:
        self._connection = connection
        self._kind, self._words = kind, words
        self._states: dict[str, dict[str, Content]] = {}
        self._put: dict[tuple[str, str], Content | None] = {}
        self.undoes: int | None = None
        self.facts: dict[str, Any] = {}
        self.number: int | None = None  # once it is written

    def state(self, noun: str) -> dict[str, Content]:
        """All things of a kind as they are now, without what this change makes of them."""
        if noun not in self._states:
            self._states[noun] = state_at(self._connection, noun, None)
        return self._states[noun]

    def next_number(self) -> int:
        """The number that this change will have, if it changes anything."""
        return _newest(self._connection) + 1

    def versions(self, number_: int) -> list[Version]:
        """Give each thing that an earlier change made something of, before and after."""
        return versions_at(self._connection, number_)

    def put(self, noun: str, key: str, content: Content | None) -> None:
        """Give a thing new content, or with None remove it."""
        self._put[noun, key] = content

    def said(self, source: str, noun: str) -> dict[str, Content]:
        """Look up the things of a kind as a source last gave them, by their keys."""
        query = select(SAID.c.key, SAID.c.content).where(SAID.c.source == source, SAID.c.noun == noun)
        return {row.key: json.loads(row.content) for row in self._connection.execute(query)}

    def say(self, source: str, noun: str, contents: Mapping[str, Content]) -> None:
        """Note what a source says now of things of a kind, in the place of what it said before."""
        before = self.said(source, noun)
        gone = [key for key, content in before.items() if contents.get(key) != content]
        for start in range(0, len(gone), AT_ONCE):
            some = SAID.c.key.in_(gone[start : start + AT_ONCE])
            self._connection.execute(delete(SAID).where(SAID.c.source == source, SAID.c.noun == noun, some))
        new = [
            {"source": source, "noun": noun, "key": key, "content": write_content(content)}
            for key, content in contents.items()
            if before.get(key) != content
        ]
        if new:
            self._connection.execute(insert(SAID), new)

    def write(self, at: datetime) -> None:
        """Write the change with the new versions, where there are any."""
        states = {noun: self._before(noun) for noun in {noun for noun, _key in self._put}}
        versions = [
            Version(noun, key, before, after)
            for (noun, key), after in self._put.items()
            if (before := states[noun].get(key)) != after
        ]
        if not versions and not self._words["name"]:
            return
        last = self._connection.execute(select(CHANGE.c.number, CHANGE.c.at).order_by(CHANGE.c.number.desc())).first()
        instant = at.astimezone(UTC).replace(tzinfo=None)
        number_ = last.number + 1 if last else 1
        facts = facts_of([(one.noun, one.before, one.after) for one in versions])
        self._connection.execute(
            insert(CHANGE).values(
                number=number_,
                at=max(instant, last.at + timedelta.resolution) if last else instant,  # whatever a clock says
                kind=self._kind,
                undoes=self.undoes,
                facts=json.dumps(facts | self.facts, ensure_ascii=False),
                **{name: text or None if name == "name" else text for name, text in self._words.items()},
            )
        )
        rows = [
            {"noun": one.noun, "key": one.key, "change": number_, "content": write_content(one.after)}
            for one in versions
        ]
        if rows:
            self._connection.execute(insert(VERSION), rows)
        self.number = number_

    def _before(self, noun: str) -> dict[str, Content]:
        """The things of a kind that this change is about, as they are; all of the kind where there are many."""
        keys = [key for noun_, key in self._put if noun_ == noun]
        if noun in self._states or len(keys) > AT_ONCE:
            return self.state(noun)
        return state_at(self._connection, noun, None, keys)


@cache
def record_at(url: str) -> Record:
    """The record in the database at an address, the same one for everybody in this process."""
    return Record(url)


def _newest(connection: Connection) -> int:
    return int(connection.execute(select(func.max(CHANGE.c.number))).scalar() or 0)


def _change(row: Row[Any]) -> Change:
    return Change(
        number=row.number,
        at=row.at.replace(tzinfo=UTC),
        kind=row.kind,
        who=row.who,
        source=row.source,
        note=row.note,
        name=row.name or "",
        undoes=row.undoes,
        facts=json.loads(row.facts),
    )
