"""States of the record as its tables hold them: the newest version of each thing up to a moment."""

import json
from typing import Any

from sqlalchemy import Connection, Select, func, select

from dashboard.core.record.merge import Content
from dashboard.core.record.tables import VERSION


def state_at(connection: Connection, noun: str, moment: int | None) -> dict[str, Content]:
    """All things of a kind by their keys, as they are or as they were after a change."""
    contents = connection.execute(_newest_versions(noun, moment))
    return {row.key: json.loads(row.content) for row in contents if row.content is not None}


def _newest_versions(noun: str, moment: int | None) -> Select[Any]:
    """The newest version of each thing up to a moment, in no order."""
    up_to = VERSION.c.noun == noun
    if moment is not None:
        up_to &= VERSION.c.change <= moment
    age = func.row_number().over(partition_by=VERSION.c.key, order_by=VERSION.c.change.desc()).label("age")
    numbered = select(VERSION.c.key, VERSION.c.content, age).where(up_to).subquery()
    return select(numbered.c.key, numbered.c.content).where(numbered.c.age == 1)


def read_content(text: str | None) -> Content | None:
    """The content of a version, None where it removed the thing."""
    return None if text is None else json.loads(text)


def write_content(content: Content | None) -> str | None:
    """Write the content of a version for its table."""
    return None if content is None else json.dumps(content, ensure_ascii=False, separators=(",", ":"))
