"""Drafts: kept until they are saved or thrown away, and no part of the history."""

from dataclasses import replace
from datetime import UTC, datetime

from dashboard.core.record.drafts import Drafts, KeptDraft
from dashboard.core.record.record import Record

AT = datetime(2026, 11, 27, 14, 4, tzinfo=UTC)


def test_drafts_are_kept_until_they_are_dropped(database: str) -> None:
    drafts = Drafts(database)
    first = KeptDraft("a", "", AT, {"place": "Šumskas"})
    drafts.keep(first)
    drafts.keep(KeptDraft("b", "LT-1", AT))
    drafts.keep(later := replace(first, at=AT.replace(minute=5), content={"place": "Medininkai"}))
    drafts.keep(other := KeptDraft("c", "", AT))
    assert Drafts(database).of("") == [later, other]
    drafts.drop("a")
    drafts.drop("never there")
    assert drafts.of("") == [other]
    assert Record(database).newest() == 0
