"""Undoing of changes of saved views: what others did since stays."""

from dataclasses import replace

import pytest

from dashboard.core.query.view import View
from dashboard.core.record.record import UNDONE, Record
from dashboard.core.record.undo import undo as undo_change
from dashboard.core.saved_views import recorded
from dashboard.core.saved_views.changes import undoing_in_words
from dashboard.core.saved_views.recorded import load
from dashboard.core.saved_views.saved_view import SavedView, views_text
from dashboard.errors import ConflictError
from tests.recorded_views import BY_HAND, change, last_change, saved_view, titles, undo_last


def test_each_change_is_undone_newest_first(record: Record, three: list[str]) -> None:
    a, b, c = three
    stages = [load(record).views]
    for do in (
        lambda: change(record, b, title="B2", notes="n"),
        lambda: recorded.move(record, a, 2),
        lambda: recorded.delete(record, b),
        lambda: recorded.delete(record, c),
        lambda: recorded.replace_all(record, BY_HAND.encode(), "mine.yaml"),
        lambda: recorded.delete(record, load(record).views[0].key),
    ):
        do()
        stages.append(load(record).views)
    assert len(set(stages)) == 7
    for stage in reversed(stages[:-1]):
        undo_last(record)
        assert load(record).views == stage
    for left in ("AB", "A", ""):
        undo_last(record)
        assert titles(record) == left
    assert recorded.last_change(record) is None


def test_undoing_leaves_what_others_did_since(record: Record, three: list[str]) -> None:
    a, b, c = three
    recorded.delete(record, b)
    deleted = last_change(record)
    change(record, a, title="A2")
    recorded.move(record, c, -1)
    d = recorded.save(record, View(title="D"))
    recorded.undo(record, deleted)
    assert [saved.key for saved in load(record).views] == [c, a, b, d]
    assert saved_view(record, a).view.title == "A2"


def test_undoing_an_edit_keeps_a_later_edit_of_another_text(record: Record, three: list[str]) -> None:
    change(record, three[0], title="A2", finding="F")
    first = last_change(record)
    change(record, three[0], finding="F2", notes="n")
    recorded.undo(record, first)
    now = saved_view(record, three[0])
    assert (now.view.title, now.view.finding, now.notes) == ("A", "F2", "n")


def test_what_was_changed_since_is_not_undone(record: Record, three: list[str]) -> None:
    saved = last_change(record)
    change(record, three[2], title="C2")
    edited = last_change(record)
    change(record, three[2], title="C3")
    before = record.newest()
    for one in (saved, edited):
        with pytest.raises(ConflictError, match="Someone else has changed it since"):
            recorded.undo(record, one)
    assert record.newest() == before
    undo_last(record)  # the last edit still can be
    assert titles(record) == "ABC2"
    with pytest.raises(ConflictError, match="the edit of “C3” can no longer be undone"):  # twice it cannot
        recorded.undo(record, record.change(before))


def test_undoing_can_be_undone(record: Record, three: list[str]) -> None:
    recorded.delete(record, three[0])
    undo_last(record)
    assert record.changes()[0].kind == UNDONE
    undo_change(record, record.newest())  # as the history does
    assert titles(record) == "BC"
    assert undoing_in_words(last_change(record)) == "deleting “A”"


def test_undoing_an_upload_keeps_what_was_saved_and_edited_since(record: Record, three: list[str]) -> None:
    a, _b, c = three
    views = [
        replace(saved, view=replace(saved.view, title=title))
        for saved, title in zip(load(record).views, "XYZ", strict=True)
    ]
    new = SavedView(View(title="U"))
    recorded.replace_all(record, views_text([views[2], views[0], new]).encode(), "other.yaml")  # with the same ids
    uploaded = last_change(record)
    assert titles(record) == "ZXU"
    recorded.save(record, View(title="N"))
    change(record, a, finding="since", title="X2")
    recorded.undo(record, uploaded)
    assert titles(record) == "X2BCN"
    assert saved_view(record, a).view.finding == "since"
    assert saved_view(record, c).view.title == "C"
