"""States of the record as its tables hold them: the newest version of each thing up to a moment."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from dashboard.core.record.merge import Content
from dashboard.core.record.tables import VERSION

_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # made once: a change may have 200,000 contents
_AT_ONCE = 1000  # contents that are read as one list, so that they share the names of their columns


@dataclass(frozen=True)
class Version:
    """One thing before and after a change; None where it was or is not there."""

    noun: str
    key: str
    before: Content | None
    after: Content | None


def state_at(
    connection: Connection, noun: str, moment: int | None, keys: Sequence[str] | Select[Any] | None = None
) -> dict[str, Content]:
    """All things of a kind by their keys, or those with some keys, as they are or as they were after a change."""
    state: dict[str, Content] = {}
    for rows in connection.execute(_newest_versions(noun, moment, keys)).partitions(_AT_ONCE):
        there = [row for row in rows if row.content is not None]
        contents = json.loads(f"[{','.join(row.content for row in there)}]")
        state.update(zip((row.key for row in there), contents, strict=True))
    return state


def _newest_versions(noun: str, moment: int | None, keys: Sequence[str] | Select[Any] | None) -> Select[Any]:
    """The newest version of each thing up to a moment, in no order."""
    up_to = VERSION.c.noun == noun
    if moment is not None:
        up_to &= VERSION.c.change <= moment
    if keys is not None:
        up_to &= VERSION.c.key.in_(keys)
    age = func.row_number().over(partition_by=VERSION.c.key, order_by=VERSION.c.change.desc()).label("age")
    numbered = select(VERSION.c.key, VERSION.c.content, age).where(up_to).subquery()
    return select(numbered.c.key, numbered.c.content).where(numbered.c.age == 1)


def read_content(text: str | None) -> Content | None:
    """The content of a version, None where it removed the thing."""
    return None if text is None else json.loads(text)


def write_content(content: Content | None) -> str | None:
    """Write the content of a version for its table."""
    return None if content is None else _WRITER.encode(content)


def versions_at(connection: Connection, number_: int) -> list[Version]:
    """Give each thing that a change made something of, before and after, in the order of kinds and keys."""
    query = select(VERSION).where(VERSION.c.change == number_).order_by(VERSION.c.noun, VERSION.c.key)
    found = connection.execute(query).all()
    before: dict[str, dict[str, Content]] = {}
    for noun in {row.noun for row in found}:
        keys = select(VERSION.c.key).where(VERSION.c.change == number_, VERSION.c.noun == noun)
        before[noun] = state_at(connection, noun, number_ - 1, keys)
    return [Version(row.noun, row.key, before[row.noun].get(row.key), read_content(row.content)) for row in found]
