"""Drafts: what somebody has begun to fill in, kept until it is saved or thrown away."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select

from dashboard.core.record.database import engine, reading, writing
from dashboard.core.record.tables import DRAFT


@dataclass(frozen=True)
class KeptDraft:
    """A draft.

    key
        Its own, by which it is kept again.
    about
        The ID of the incident that it is to correct, or empty.
    at
        When it was last kept, in UTC.
    """

    key: str
    about: str
    at: datetime
    content: Mapping[str, Any] = field(default_factory=dict)


class Drafts:
    """The drafts in the database of a record. Every method raises StorageError where it cannot be used."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)

    def keep(self, draft: KeptDraft) -> None:
        """Keep a draft, in the place of the one that was kept before under its key."""
        row = {
            "key": draft.key,
            "about": draft.about,
            "at": draft.at.astimezone(UTC).replace(tzinfo=None),
            "content": json.dumps(draft.content, ensure_ascii=False),
        }
        with writing(self._engine) as connection:
            connection.execute(delete(DRAFT).where(DRAFT.c.key == draft.key))
            connection.execute(insert(DRAFT).values(row))

    def of(self, about: str) -> list[KeptDraft]:
        """The drafts of an incident, or with an empty ID of new ones; the newest first."""
        query = select(DRAFT).where(DRAFT.c.about == about).order_by(DRAFT.c.at.desc(), DRAFT.c.key)
        with reading(self._engine) as connection:
            return [
                KeptDraft(row.key, row.about, row.at.replace(tzinfo=UTC), json.loads(row.content))
                for row in connection.execute(query)
            ]

    def drop(self, key: str) -> None:
        """Throw a draft away; one that is not there is none."""
        with writing(self._engine) as connection:
            connection.execute(delete(DRAFT).where(DRAFT.c.key == key))
