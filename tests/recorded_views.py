"""Saved views in a record of the tests' own."""

from dataclasses import replace
from typing import Any

from dashboard.core.record.record import Change, Record
from dashboard.core.saved_views import recorded
from dashboard.core.saved_views.recorded import load
from dashboard.core.saved_views.saved_view import SavedView

BY_HAND = """# For the briefing of Monday
- query: "https://map.example.org/?country=PL&from=2025-09-09&lat=52.123456&lon=21&zoom=6.5"
  title: Drones over Poland
  notes: |
    Say this.

    Then that.
- query: country=LT
- query: country=LT
"""


def titles(record: Record) -> str:
    return "".join(saved.view.title or "-" for saved in load(record).views)


def saved_view(record: Record, key: str) -> SavedView:
    saved = load(record).of(key)
    assert saved
    return saved


def change(record: Record, key: str, **texts: Any) -> str:
    """Edit the view as it is now."""
    saved = saved_view(record, key)
    notes = texts.pop("notes", saved.notes)
    return recorded.edit(record, saved, replace(saved, view=replace(saved.view, **texts), notes=notes))


def last_change(record: Record) -> Change:
    change = recorded.last_change(record)
    assert change
    return change


def undo_last(record: Record) -> None:
    recorded.undo(record, last_change(record))
