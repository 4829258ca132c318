"""Imports kept for who has lost the connection: by token alone, and no more and no longer than there is room for."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.ui import import_drafts
from dashboard.ui.import_drafts import KEPT_HOURS, MOST_KEPT, Drafts
from dashboard.ui.imports import ListImport

NOW = datetime(2026, 11, 27, 14, 2, tzinfo=UTC)


def test_copy_has_what_was_chosen_and_later_choices_do_not_change_it() -> None:
    drafts, made = Drafts(), ListImport(name="list.csv", content=b"a", answers={"order": "day first"})
    drafts.keep(made, NOW)
    made.answers["order"] = "month first"
    found = drafts.find(made.token, NOW)
    assert found and (found.content, found.answers) == (b"a", {"order": "day first"})
    found.answers.clear()
    again = drafts.find(made.token, NOW)
    assert again and again.answers == {"order": "day first"}


def test_import_is_found_by_its_token_alone_and_not_once_it_is_dropped() -> None:
    drafts, made = Drafts(), ListImport(content=b"a")
    drafts.keep(made, NOW)
    assert drafts.find("", NOW) is None and drafts.find(made.token[:-1], NOW) is None
    drafts.drop(made.token)
    assert drafts.find(made.token, NOW) is None


def test_import_is_kept_for_some_hours() -> None:
    drafts, made = Drafts(), ListImport(content=b"a")
    drafts.keep(made, NOW)
    assert drafts.find(made.token, NOW + timedelta(hours=KEPT_HOURS, minutes=-1))
    assert drafts.find(made.token, NOW + timedelta(hours=KEPT_HOURS, minutes=1)) is None


def test_oldest_goes_where_there_are_too_many() -> None:
    drafts, all_ = Drafts(), [ListImport(content=b"a") for _turn in range(MOST_KEPT + 1)]
    for made in all_:
        drafts.keep(made, NOW)
    found = [drafts.find(made.token, NOW) is not None for made in all_]
    assert found == [False] + [True] * MOST_KEPT


def test_oldest_goes_where_files_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_drafts, "MOST_MB", 3)
    drafts, (one, two) = Drafts(), (ListImport(content=bytes(2_000_000)) for _turn in range(2))
    drafts.keep(one, NOW)
    drafts.keep(two, NOW)
    assert drafts.find(one.token, NOW) is None and drafts.find(two.token, NOW)
