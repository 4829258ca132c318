"""The register of sheets: an ID brings the view back, and says so when the data have changed."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.core.data import sheet_ids as register
from dashboard.core.data.sheet_ids import read_id, recall, remember, sheet_id, what_changed, why_not_noted
from dashboard.core.query.view import View, parse_query_string
from dashboard.errors import QueryError, StorageError
from tests.counted import count

VIEW = parse_query_string("country=LT&q=Gai%C5%BEi%C5%ABnai&title=Two+%3Cb%3E+fell&marking=TLP%3ACLEAR")[0]


def test_id_is_eight_letters_and_digits_and_always_the_same():
    # printf '\nabc' | sha256sum begins with f39d39bfc9: forty bits, here in Crockford's base 32.
    assert sheet_id(View(), "abc") == "YEEK-KFY9"
    assert read_id(sheet_id(VIEW, "abc")) == sheet_id(VIEW, "abc")


def test_other_view_or_data_have_another_id():
    ids = {sheet_id(view, data) for view in (View(), VIEW, replace(VIEW, title="x")) for data in ("a", "b")}
    assert len(ids) == 6


@pytest.mark.parametrize("typed", ["7F3K-Q2XD", "7f3kq2xd", " 7F3K Q2XD ", "7f3k-q2xd"])
def test_id_as_it_may_be_typed(typed):
    assert read_id(typed) == "7F3K-Q2XD"


def test_letters_that_are_read_as_digits():
    assert read_id("OIL0-0000") == "0110-0000"


@pytest.mark.parametrize("typed", ["", "7F3K", "7F3K-Q2XDZ", "../../etc", "7F3K-Q2X!", "UUUU-UUUU"])
def test_what_is_no_id_is_refused(typed):
    with pytest.raises(QueryError, match="is not the ID of a sheet"):
        read_id(typed)


def test_id_brings_the_view_back(tmp_path):
    folder = tmp_path / "sheets"
    remember(folder, VIEW, "abc", 2)
    remember(folder, VIEW, "abc", 2)  # once more changes nothing
    entry = recall(folder, sheet_id(VIEW, "abc").lower())
    assert (entry.view, entry.fingerprint, entry.incidents) == (VIEW, "abc", 2)
    assert len(list(folder.iterdir())) == 1


def test_unknown_id_and_broken_note_are_told(tmp_path):
    with pytest.raises(QueryError, match="No sheet 7F3K-Q2XD was made here"):
        recall(tmp_path, "7F3K-Q2XD")
    note = '{"query": "", "data": "x", "incidents": %s}'
    counts = ("1e999", "-1", "true", "9" * 5000, "[" * 100_000, '"7"', "null")
    for broken in ("", "[]", '{"query": 1}', "\0", *(note % told for told in counts)):
        (tmp_path / "7F3K-Q2XD.json").write_text(broken)
        with pytest.raises(QueryError, match="cannot be read"):
            recall(tmp_path, "7F3K-Q2XD")


def test_folder_that_cannot_be_written_to_is_told(tmp_path):
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(StorageError, match="DASHBOARD_SHEETS names the folder"):
        remember(file / "sheets", VIEW, "abc", 2)
    assert "cannot be written to" in why_not_noted(file / "sheets")
    assert why_not_noted(tmp_path / "new" / "sheets") == ""


def test_full_register_is_told_and_not_filled_further(tmp_path, monkeypatch):
    monkeypatch.setattr(register, "MOST_NOTES", 2)
    for state in ("one", "two"):
        remember(tmp_path, VIEW, state, 2)
    remember(tmp_path, VIEW, "two", 2)  # is there already
    with pytest.raises(StorageError, match="there are 2 already"):
        remember(tmp_path, VIEW, "three", 2)
    assert len(list(tmp_path.iterdir())) == 2


def test_full_disk_leaves_no_empty_note(tmp_path, monkeypatch):
    def full(*_arguments: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match="No space left on device"):
        remember(tmp_path, VIEW, "abc", 2)
    assert list(tmp_path.iterdir()) == []


def test_draft_of_a_process_that_was_killed_is_removed(tmp_path):
    old, fresh = tmp_path / "tmpold.new", tmp_path / "tmpfresh.new"
    for draft in (old, fresh):
        draft.touch()
    os.utime(old, (0, 0))
    remember(tmp_path, VIEW, "abc", 2)
    assert (old.exists(), fresh.exists()) == (False, True)


def test_data_that_have_changed_are_told(tmp_path, shipped):
    view = parse_query_string("country=LT")[0]
    remember(tmp_path, view, shipped.fingerprint, count(country="LT"))
    remember(tmp_path, view, "of yesterday", 34)
    assert what_changed(recall(tmp_path, sheet_id(view, shipped.fingerprint)), shipped) == ""
    assert what_changed(recall(tmp_path, sheet_id(view, "of yesterday")), shipped) == (
        "The data have changed since this sheet was made: it showed 34 incidents, "
        f"the same view now shows {count(country='LT')}."
    )
