"""Saved views in the record: every change keeps what somebody else has done, and can be undone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.core.query.view import View, parse_query_string
from dashboard.core.record.record import EDITED, INCIDENT, NOUNS_OF_DATA, SAVED_VIEW, Record
from dashboard.core.saved_views import changes, recorded
from dashboard.core.saved_views.changes import change_of_views, undoing_in_words
from dashboard.core.saved_views.recorded import SavedViews, load
from dashboard.core.saved_views.saved_view import MOST_VIEWS, SavedView, name_of, parse_views, views_text
from dashboard.errors import ConflictError, QueryError
from dashboard.render.text.history import change_in_words
from tests.recorded_views import BY_HAND, change, last_change, saved_view, titles, undo_last

POLAND = "country=PL&from=2025-09-09&area=11.6778,48.1429,30.3222,55.7778"


def view_of(query: str) -> View:
    view, notices = parse_query_string(query)
    assert not notices
    return view


def test_empty_record_has_no_views(record: Record) -> None:
    assert load(record) == SavedViews()
    assert recorded.last_change(record) is None


def test_what_is_saved_is_what_the_command_line_reads(record: Record) -> None:
    asked = view_of(f"{POLAND}&as_of=2026-10-03&title=A “b”: 'c' %23 d&finding=- [x] {{y}}&marking=TLP:RED&q=Gaižiūnai")
    key = recorded.save(record, asked, "one\n\n  - two: 3 # four\n\tfive")
    (saved,) = load(record).views
    assert saved == SavedView(asked, "one\n\n- two: 3 # four\nfive", key)
    assert parse_views(views_text([saved]).encode(), "views.yaml") == [saved]


def test_views_are_read_again_only_when_one_of_them_has_changed(record: Record, three: list[str]) -> None:
    before = load(record)
    with record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-1", {"id": "LT-1"})
    assert load(record) is before
    data = record.newest_of(*NOUNS_OF_DATA)
    change(record, three[0], title="Z")
    assert load(record) != before
    assert record.newest_of(*NOUNS_OF_DATA) == data  # and the data are not


def test_order(record: Record, three: list[str]) -> None:
    a, b, c = three
    recorded.move(record, c, -1)
    assert titles(record) == "ACB"
    recorded.move(record, a, 5)
    assert titles(record) == "CBA"
    before = record.newest()
    recorded.move(record, a, 1)  # it is the last
    assert record.newest() == before
    recorded.move(record, b, -9)
    assert titles(record) == "BCA"
    (moved,) = record.versions(record.newest())  # no other view is changed by that
    assert moved.key == b


def test_views_can_be_moved_past_each_other_for_ever(record: Record, three: list[str]) -> None:
    order = list("ABC")
    keys = dict(zip("ABC", three, strict=True))
    for turn in range(40):
        name = order[turn % 2 + 1 - turn % 2]  # always the one in the middle
        at, by = order.index(name), 1 if turn % 2 else -1
        recorded.move(record, keys[name], by)
        order.insert(at + by, order.pop(at))
        assert titles(record) == "".join(order)


def test_view_is_moved_between_two_that_an_undo_has_brought_to_one_place(record: Record, three: list[str]) -> None:
    a, b, c = three
    recorded.move(record, b, 1)  # ACB
    moved = last_change(record)
    recorded.move(record, a, 1)  # CAB
    d = recorded.save(record, View(title="D"))
    recorded.move(record, c, 1)  # ACBD
    recorded.undo(record, moved)
    assert sorted(titles(record)) == ["A", "B", "C", "D"]
    for place in range(4):
        recorded.move(record, d, -9)
        recorded.move(record, d, place)
        assert titles(record).index("D") == place


def test_edit_changes_what_was_touched_and_nothing_else(record: Record, three: list[str]) -> None:
    seen = saved_view(record, three[1])
    change(record, three[1], finding="Theirs", marking="TLP:RED")  # somebody else, meanwhile
    change(record, three[0], title="Z")
    said = recorded.edit(record, seen, replace(seen, view=replace(seen.view, title="Mine"), notes="n"))
    assert said == ""
    now = saved_view(record, three[1])
    assert (now.view.title, now.view.finding, now.view.marking, now.notes) == ("Mine", "Theirs", "TLP:RED", "n")
    assert titles(record) == "ZMineC"


def test_edit_that_touches_nothing_is_no_change(record: Record, three: list[str]) -> None:
    before = record.newest()
    assert change(record, three[0]) == ""
    assert record.newest() == before


def test_two_edits_of_one_text_are_told_of_and_the_second_can_be_kept(record: Record, three: list[str]) -> None:
    seen = saved_view(record, three[0])
    mine = replace(seen, view=replace(seen.view, finding="Mine"), notes="my notes")
    change(record, three[0], finding="Theirs", marking="TLP:RED")
    before = record.newest()
    with pytest.raises(ConflictError, match="to key message: “Theirs”"):
        recorded.edit(record, seen, mine)
    assert record.newest() == before
    again = recorded.seen_again(seen, mine, saved_view(record, three[0]))
    recorded.edit(record, again, mine)
    now = saved_view(record, three[0])
    assert (now.view.finding, now.view.marking, now.notes) == ("Mine", "TLP:RED", "my notes")
    undo_last(record)
    assert saved_view(record, three[0]).view.finding == "Theirs"


def test_edit_of_what_was_deleted_meanwhile_is_saved_as_the_last(record: Record, three: list[str]) -> None:
    seen = saved_view(record, three[0])
    recorded.delete(record, three[0])
    said = recorded.edit(record, seen, replace(seen, notes="Not to be lost"))
    assert "deleted this view in the meantime" in said
    assert titles(record) == "BCA"
    assert load(record).views[-1].notes == "Not to be lost"


@pytest.mark.parametrize(
    "do", [recorded.delete, lambda record, key: recorded.move(record, key, 1)], ids=["delete", "move"]
)
def test_what_was_deleted_meanwhile_can_be_neither_moved_nor_deleted(
    record: Record, three: list[str], do: Callable[..., Any]
) -> None:
    recorded.delete(record, three[0])
    with pytest.raises(ConflictError, match="deleted this view in the meantime"):
        do(record, three[0])
    assert titles(record) == "BC"


def test_upload_that_cannot_be_used_changes_nothing(record: Record, three: list[str]) -> None:
    before = record.newest()
    for content, said in (
        (b"- query: country=XX", "mine.yaml cannot be used. Entry 1, query"),
        (b"[]", "mine.yaml holds no view"),
        (b"\xff", "mine.yaml is not text in UTF-8"),
        (b"#" * 1_000_001, "mine.yaml has 1,000,001 bytes"),
        (b'- query: ""\n' * (MOST_VIEWS + 1), "61 views, more than 60"),
    ):
        with pytest.raises(QueryError, match=said):
            recorded.replace_all(record, content, "mine.yaml")
    assert record.newest() == before


def test_no_more_views_than_a_file_may_hold(record: Record) -> None:
    recorded.replace_all(record, b'- query: ""\n' * MOST_VIEWS, "mine.yaml")
    before = record.newest()
    with pytest.raises(QueryError, match="60 saved views at most"):
        recorded.save(record, View())
    assert record.newest() == before
    first = load(record).views[0].key
    recorded.delete(record, first)
    deleted = last_change(record)
    recorded.save(record, View(title="N"))
    with pytest.raises(QueryError, match="60 saved views at most"):
        recorded.undo(record, deleted)
    undo_last(record)
    recorded.undo(record, deleted)  # once there is room
    assert load(record).views[0].key == first


def test_views_are_never_more_than_a_file_may_hold(on_sqlite: Record) -> None:
    record = on_sqlite
    notes = "\U0001f6e9" * 5_000
    views = [SavedView(View(), notes, f"v{number}") for number in range(49)]
    recorded.replace_all(record, views_text(views).encode(), "mine.yaml")
    before = record.newest()
    with pytest.raises(QueryError, match="a list of views has at most 1,000,000"):
        recorded.save(record, View(), notes)
    assert record.newest() == before


def test_history_says_what_was_done(record: Record, three: list[str], tmp_path: Path) -> None:
    change(record, three[0], title="Baltic in July")
    change(record, three[0], finding="Two.")
    recorded.move(record, three[0], 1)
    recorded.delete(record, three[1])
    recorded.undo(record, last_change(record))
    recorded.replace_all(record, BY_HAND.encode(), "mine.yaml")
    words = [change_in_words(one).split("UTC  ")[1] for one in record.changes()]
    assert words[:6] == [
        "Saved views replaced by those of mine.yaml",
        "Change 7 undone: 1 saved view; Saved view deleted: B",
        "Saved view deleted: B",
        "Saved view moved: Baltic in July",
        "Saved view edited: Baltic in July",
        "Saved view renamed: Baltic in July (was A)",
    ]
    assert words[-1] == "Saved view added: A"
    assert undoing_in_words(record.changes()[0]) == "the upload that replaced 3 views"
    assert {noun for one in record.changes() for noun in one.facts["counts"]} == {SAVED_VIEW}


def test_file_of_an_earlier_version_is_taken_in_once(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "views.yaml"
    recorded.take_in(record, path)  # there is none
    assert load(record) == SavedViews()
    path.write_text(BY_HAND, "utf-8")
    recorded.take_in(record, path)
    before = load(record)
    assert titles(record) == "Drones over Poland--"
    assert before.views[0].notes == "Say this.\n\nThen that."
    assert len({saved.key for saved in before.views}) == 3
    (taken,) = record.changes()
    assert (taken.kind, taken.source) == (changes.TAKEN_IN, "views.yaml")
    assert change_of_views(taken) == "Saved views taken in from views.yaml"
    recorded.take_in(record, path)  # as another process would at the same moment
    assert load(record) is before
    assert recorded.last_change(record) is None  # nobody undoes by mistake what was there before
    assert path.read_text("utf-8") == BY_HAND


def test_ids_of_the_app_s_own_file_stay(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "views.yaml"
    path.write_text('- query: ""\n  title: A\n  id: one\n- query: ""\n  title: B\n  id: one\n', "utf-8")
    recorded.take_in(record, path)
    first, second = load(record).views
    assert first.key == "one"
    assert second.key not in ("", "one")


@pytest.mark.parametrize("broken", ['- query: "\n', "- query: country=XX\n", "just text", "- titel: a\n"])
def test_file_that_cannot_be_used_is_told_of_and_nothing_is_taken_in(
    on_sqlite: Record, tmp_path: Path, broken: str
) -> None:
    record, path = on_sqlite, tmp_path / "views.yaml"
    path.write_text(broken, "utf-8")
    with pytest.raises(QueryError, match=r"views\.yaml cannot be used"):
        recorded.take_in(record, path)
    assert record.newest() == 0


@pytest.mark.parametrize("id_", ["'a b'", "'../x'", "x" * 41, "[a]"], ids=["space", "path", "long", "list"])
def test_id_that_is_none_is_named(id_: str) -> None:
    with pytest.raises(QueryError, match="Entry 1, id: expected"):
        parse_views(f'- query: ""\n  id: {id_}\n'.encode(), "views.yaml")


def test_eight_at_once_lose_nothing(record: Record) -> None:
    people = [str(number) for number in range(8)]
    keys = [recorded.save(record, View(title=f"entry of {me}")) for me in people]

    def work(me: str, key: str) -> None:
        for turn in range(3):
            mine = recorded.save(record, View(title=f"{me}-{turn}"))
            change(record, key, notes=f"{me} {turn}")
            recorded.move(record, mine, -2)
            change(record, mine, finding=f"of {me}")

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(work, people, keys))
    found = {saved.view.title: saved for saved in load(record).views}
    assert set(found) == {f"entry of {me}" for me in people} | {f"{me}-{turn}" for me in people for turn in range(3)}
    for me in people:
        assert found[f"entry of {me}"].notes == f"{me} 2"
        assert all(found[f"{me}-{turn}"].view.finding == f"of {me}" for turn in range(3))
    assert record.newest() == 8 + 8 * 3 * 4


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("title=Own&country=LT", "Own"),
        ("country=LT&country=PL&from=2025-07-01&to=2025-07-31", "Lithuania and Poland, 1–31 July 2025"),
        ("country=LT&from=2025-07-01", "Lithuania, since 1 July 2025"),
        ("to=2025-07-01", "All states, until 1 July 2025"),
        ("", "All states"),
    ],
)
def test_name_of_a_view(query: str, name: str) -> None:
    assert name_of(view_of(query)) == name


def test_name_of_many_states_is_short_enough_for_a_title() -> None:
    countries = "&".join(
        f"country={code}" for code in ("NO", "FI", "EE", "LV", "LT", "PL", "SK", "HU", "RO", "BG", "MD")
    )
    name = name_of(view_of(f"{countries}&from=2025-07-01&to=2025-07-31"))
    assert len(name) <= 120
    View(title=name)
