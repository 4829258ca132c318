"""Saved views: every change keeps what somebody else has done, can be undone, and leaves a whole file."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from dashboard.core import briefing, journal, safekeeping
from dashboard.core.briefing import Briefing, load
from dashboard.core.safekeeping import alone, write_whole
from dashboard.core.view import View, parse_query_string
from dashboard.core.views import MOST_VIEWS, NamedView, read_views, views_text
from dashboard.errors import QueryError

BY_HAND = """# For the briefing of Monday
# keep this
- query: "https://map.example.org/?country=PL&from=2025-09-09&lat=52.123456&lon=21&zoom=6.5"
  title: Drones over Poland
  notes: |
    Say this.

    Then that.
- query: country=LT
- query: country=LT
"""
POLAND = "country=PL&from=2025-09-09&area=11.6778,48.1429,30.3222,55.7778"


def view_of(query: str) -> View:
    view, notices = parse_query_string(query)
    assert not notices
    return view


@pytest.fixture
def path(tmp_path):
    return tmp_path / "views.yaml"


@pytest.fixture
def three(path):
    """A file with three views; gives their keys."""
    return [briefing.save(path, View(title=name)) for name in "ABC"]


def titles(path: Path) -> str:
    return "".join(named.view.title or "-" for named in load(path).views)


def change(path: Path, key: str, **texts: str) -> str:
    """Edit the view as it is now."""
    named = load(path).of(key)
    notes = texts.pop("notes", named.notes)
    return briefing.edit(path, named, replace(named, view=replace(named.view, **texts), notes=notes))


def undo(path: Path) -> None:
    briefing.undo(path, briefing.last_change(path).id)


def test_no_file_is_no_view(path):
    assert load(path) == Briefing()
    assert briefing.last_change(path) is None


def test_what_is_saved_is_what_the_command_line_reads(path):
    asked = view_of(f"{POLAND}&title=A “b”: 'c' %23 d&finding=- [x] {{y}}&marking=TLP:RED&q=Gaižiūnai, %26 more")
    briefing.save(path, asked, "one\n\n  - two: 3 # four\n\tfive")
    (named,) = read_views(path)
    assert named.view == asked
    assert named.notes == "one\n\n- two: 3 # four\nfive"
    assert load(path).views == (named,)


def test_file_is_for_people(path):
    briefing.save(path, view_of(f"{POLAND}&title=Gaižiūnai&marking=TLP:CLEAR"), "one\ntwo " + "long " * 60)
    key = load(path).views[0].key
    assert path.read_text("utf-8") == (
        f"- query: {POLAND}\n"
        "  title: Gaižiūnai\n"
        "  marking: TLP:CLEAR\n"
        f"  notes: |-\n    one\n    two {('long ' * 60).strip()}\n"
        f"  id: {key}\n"
    )


def test_view_without_words_has_only_its_query(path):
    briefing.save(path, View())
    (entry,) = yaml.safe_load(path.read_text("utf-8"))
    assert set(entry) == {"query", "id"}
    assert entry["query"] == ""


def test_file_by_hand_keeps_its_order_and_opening_comment_and_is_given_ids(path):
    path.write_text(BY_HAND, "utf-8")
    before = load(path)
    assert len({named.key for named in before.views}) == 3
    assert path.read_text("utf-8") == BY_HAND  # reading changes nothing
    assert read_views(path)[0].key == ""
    briefing.move(path, before.views[0].key, 2)
    text = path.read_text("utf-8")
    assert text.startswith("# For the briefing of Monday\n# keep this\n- query: country=LT\n")
    assert [named.key for named in load(path).views] == [before.views[place].key for place in (1, 2, 0)]
    assert [named.key for named in read_views(path)] == [named.key for named in load(path).views]
    assert load(path).views[2].notes == "Say this.\n\nThen that."


def test_key_given_twice_is_the_first_one_s(path):
    path.write_text('- query: ""\n  title: A\n  id: one\n- query: ""\n  title: B\n  id: one\n', "utf-8")
    first, second = load(path).views
    assert first.key == "one"
    assert second.key not in ("", "one")
    change(path, second.key, title="C")
    assert titles(path) == "AC"


@pytest.mark.parametrize("id_", ["'a b'", "'../x'", "x" * 41, "[a]"], ids=["space", "path", "long", "list"])
def test_id_that_is_none_is_named(path, id_):
    path.write_text(f'- query: ""\n  id: {id_}\n', "utf-8")
    with pytest.raises(QueryError, match="Entry 1, id: expected"):
        load(path)


def test_order(path, three):
    a, b, c = three
    briefing.move(path, c, -1)
    assert titles(path) == "ACB"
    briefing.move(path, a, 5)
    assert titles(path) == "CBA"
    before = path.read_bytes()
    briefing.move(path, a, 1)  # it is the last
    assert path.read_bytes() == before
    briefing.move(path, b, -9)
    assert titles(path) == "BCA"


def test_edit_changes_what_was_touched_and_nothing_else(path, three):
    seen = load(path).of(three[1])
    change(path, three[1], finding="Theirs", marking="TLP:RED")  # somebody else, meanwhile
    change(path, three[0], title="Z")
    said = briefing.edit(path, seen, replace(seen, view=replace(seen.view, title="Mine"), notes="n"))
    assert said == ""
    now = load(path).of(three[1])
    assert (now.view.title, now.view.finding, now.view.marking, now.notes) == ("Mine", "Theirs", "TLP:RED", "n")
    assert titles(path) == "ZMineC"


def test_two_edits_of_one_text_are_told_of_and_the_second_can_be_kept(path, three):
    seen = load(path).of(three[0])
    mine = replace(seen, view=replace(seen.view, finding="Mine"), notes="my notes")
    change(path, three[0], finding="Theirs", marking="TLP:RED")
    before = path.read_bytes()
    with pytest.raises(QueryError, match="to finding: “Theirs”"):
        briefing.edit(path, seen, mine)
    assert path.read_bytes() == before
    again = briefing.seen_again(seen, mine, load(path).of(three[0]))
    briefing.edit(path, again, mine)
    now = load(path).of(three[0])
    assert (now.view.finding, now.view.marking, now.notes) == ("Mine", "TLP:RED", "my notes")
    undo(path)
    assert load(path).of(three[0]).view.finding == "Theirs"


def test_edit_of_what_was_deleted_meanwhile_is_saved_as_the_last(path, three):
    seen = load(path).of(three[0])
    briefing.delete(path, three[0])
    said = briefing.edit(path, seen, replace(seen, notes="Not to be lost"))
    assert "deleted this view meanwhile" in said
    assert titles(path) == "BCA"
    assert load(path).views[-1].notes == "Not to be lost"


@pytest.mark.parametrize("do", [briefing.delete, lambda path, key: briefing.move(path, key, 1)], ids=["delete", "move"])
def test_what_was_deleted_meanwhile_can_be_neither_moved_nor_deleted(path, three, do):
    briefing.delete(path, three[0])
    with pytest.raises(QueryError, match="deleted this view meanwhile"):
        do(path, three[0])
    assert titles(path) == "BC"


def test_each_change_is_undone_newest_first(path, three):
    a, b, c = three
    stages = [path.read_bytes()]
    for do in (
        lambda: change(path, b, title="B2", notes="n"),
        lambda: briefing.move(path, a, 2),
        lambda: briefing.delete(path, b),
        lambda: briefing.delete(path, c),
        lambda: briefing.replace_all(path, BY_HAND.encode(), "mine.yaml"),
        lambda: briefing.delete(path, load(path).views[0].key),
    ):
        do()
        stages.append(path.read_bytes())
    assert len(set(stages)) == 7
    for stage in reversed(stages[:-1]):
        undo(path)
        assert yaml.safe_load(path.read_bytes()) == yaml.safe_load(stage)
    for left in ("AB", "A", ""):
        undo(path)
        assert titles(path) == left
    assert briefing.last_change(path) is None


def test_last_view_can_be_deleted_and_the_next_one_saved(path):
    briefing.delete(path, briefing.save(path, View(title="A")))
    assert load(path).views == ()
    briefing.save(path, View(title="B"))
    assert titles(path) == "B"


def test_undoing_leaves_what_others_did_since(path, three):
    a, b, c = three
    briefing.delete(path, b)
    deleted = briefing.last_change(path).id
    change(path, a, title="A2")
    briefing.move(path, c, -1)
    d = briefing.save(path, View(title="D"))
    briefing.undo(path, deleted)
    assert sorted(named.view.title for named in load(path).views) == ["A2", "B", "C", "D"]
    keys = [named.key for named in load(path).views]
    assert keys.index(b) == keys.index(a) + 1  # behind the one that it stood behind
    assert load(path).of(d)


def test_undoing_an_edit_keeps_a_later_edit_of_another_text(path, three):
    change(path, three[0], title="A2", finding="F")
    first = briefing.last_change(path).id
    change(path, three[0], finding="F2", notes="n")
    briefing.undo(path, first)
    now = load(path).of(three[0])
    assert (now.view.title, now.view.finding, now.notes) == ("A", "F2", "n")


def test_what_was_changed_since_is_not_undone(path, three):
    saved = briefing.last_change(path)
    assert saved.in_words() == "saving “C”"
    change(path, three[2], title="C2")
    edited = briefing.last_change(path)
    change(path, three[2], title="C3")
    before = path.read_bytes()
    for one in (saved, edited):
        with pytest.raises(QueryError, match="Somebody has changed it since"):
            briefing.undo(path, one.id)
        with pytest.raises(QueryError, match="undone already"):
            briefing.undo(path, one.id)
    assert path.read_bytes() == before
    undo(path)  # the last edit still can be
    assert titles(path) == "ABC2"


def test_undoing_an_upload_keeps_what_was_saved_and_edited_since(path, three):
    a, b, _c = three
    other = path.with_name("other.yaml")
    briefing.replace_all(other, path.read_bytes(), "views.yaml")  # with the same ids
    change(other, a, title="X")
    briefing.delete(other, b)
    briefing.save(other, View(title="U"))
    briefing.replace_all(path, other.read_bytes(), "other.yaml")
    uploaded = briefing.last_change(path)
    assert titles(path) == "XCU"
    assert uploaded.in_words() == "the upload that replaced 3 views"
    briefing.save(path, View(title="N"))
    change(path, a, finding="since")
    briefing.undo(path, uploaded.id)
    assert titles(path) == "XBCN"
    assert load(path).of(a).view.finding == "since"


def test_upload_that_cannot_be_used_changes_nothing(path, three):
    before = path.read_bytes()
    for content, said in (
        (b"- query: country=XX", "mine.yaml cannot be used. Entry 1, query"),
        (b"[]", "mine.yaml holds no view"),
        (b"\xff", "mine.yaml is not text in UTF-8"),
        (b"#" * 1_000_001, "mine.yaml has 1,000,001 bytes"),
        (b'- query: ""\n' * (MOST_VIEWS + 1), "61 views, more than 60"),
    ):
        with pytest.raises(QueryError, match=said):
            briefing.replace_all(path, content, "mine.yaml")
    assert path.read_bytes() == before
    assert briefing.last_change(path).in_words() == "saving “C”"


@pytest.mark.parametrize("broken", ['- query: "\n', "- query: country=XX\n", "just text", "- titel: a\n"])
def test_broken_file_is_not_written_over(path, broken):
    path.write_text(broken, "utf-8")
    for do in (
        lambda: load(path),
        lambda: briefing.save(path, View()),
        lambda: briefing.delete(path, "v1"),
        lambda: briefing.replace_all(path, b'- query: ""', "x.yaml"),
    ):
        for _turn in range(2):  # what is remembered of it says the same
            with pytest.raises(QueryError, match=r"views\.yaml cannot be used"):
                do()
    assert path.read_text("utf-8") == broken


def test_no_more_views_than_can_be_read(path):
    path.write_text('- query: ""\n' * MOST_VIEWS, "utf-8")
    before = path.read_bytes()
    with pytest.raises(QueryError, match="60 saved views at most"):
        briefing.save(path, View())
    assert path.read_bytes() == before
    assert briefing.last_change(path) is None
    first = load(path).views[0].key
    briefing.delete(path, first)
    deleted = briefing.last_change(path).id
    briefing.save(path, View(title="N"))
    with pytest.raises(QueryError, match="60 saved views at most"):
        briefing.undo(path, deleted)
    undo(path)
    briefing.undo(path, deleted)  # once there is room
    assert load(path).views[0].key == first


def test_file_is_never_larger_than_can_be_read(path):
    notes = "\U0001f6e9" * 5_000
    path.write_text(views_text([NamedView(View(), notes, f"v{number}") for number in range(49)]), "utf-8")
    before = path.read_bytes()
    with pytest.raises(QueryError, match="a list of views has at most 1,000,000"):
        briefing.save(path, View(), notes)
    assert path.read_bytes() == before
    assert briefing.last_change(path) is None


def test_changes_that_are_kept_are_few(path):
    key = briefing.save(path, View(title="A"))
    for turn in range(30):
        change(path, key, title=f"A{turn}")
    assert len(journal.read_changes(path)) == journal.MOST_CHANGES
    undo(path)
    assert titles(path) == "A28"


@pytest.mark.parametrize(
    "content", [b"\xff", b"{}\n", b"[1]\n", b'{"kind": "deleted"}\n', b"[" * 100_000, b'"x"\n'], ids=str
)
def test_changes_that_cannot_be_read_are_none(path, three, content):
    journal.journal_of(path).write_bytes(content[:200_000])
    assert briefing.last_change(path) is None
    briefing.delete(path, three[0])
    undo(path)
    assert titles(path) == "ABC"


def test_state_is_told_from_others_by_its_content(path, three):
    first = load(path)
    assert load(path) is first  # nothing is read twice
    path.touch()
    assert load(path).version == first.version
    change(path, three[0], title="Z")
    assert load(path).version != first.version
    undo(path)
    assert load(path).version == first.version


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser can write anywhere")
def test_folder_that_cannot_be_written_to(path, three):
    path.parent.chmod(0o500)
    try:
        with pytest.raises(QueryError, match="cannot be written"):
            briefing.delete(path, three[0])
    finally:
        path.parent.chmod(0o700)
    assert titles(path) == "ABC"


def test_file_that_cannot_be_written(path, three):
    before = path.read_bytes()
    path.with_name("views.yaml.new").mkdir()
    with pytest.raises(QueryError, match=r"views\.yaml cannot be written: Is a directory"):
        briefing.delete(path, three[0])
    assert path.read_bytes() == before
    assert briefing.last_change(path).in_words() == "saving “C”"


def test_folder_that_is_a_file(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(QueryError, match="cannot be written"):
        briefing.save(tmp_path / "file" / "views.yaml", View())


def test_permissions_stay(path, three):
    path.chmod(0o640)
    briefing.delete(path, three[0])
    assert path.stat().st_mode & 0o777 == 0o640


WORKER = """
import sys
from dataclasses import replace
from pathlib import Path
from dashboard.core import briefing
from dashboard.core.view import View
path, me, key = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
sys.stdin.read()  # all begin at once
for turn in range(5):
    mine = briefing.save(path, View(title=f"{me}-{turn}"))
    named = briefing.load(path).of(key)
    briefing.edit(path, named, replace(named, notes=f"{me} {turn}"))
    briefing.move(path, mine, -2)
    named = briefing.load(path).of(mine)
    briefing.edit(path, named, replace(named, view=replace(named.view, finding=f"of {me}")))
"""


def test_eight_at_once_lose_nothing(path):
    people = [str(number) for number in range(8)]
    keys = [briefing.save(path, View(title=f"entry of {me}")) for me in people]
    command = [sys.executable, "-c", WORKER, path]
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    with ExitStack() as open_:
        workers = [
            open_.enter_context(subprocess.Popen([*command, *words], **pipes))
            for words in zip(people, keys, strict=True)
        ]
        for worker in workers:
            worker.stdin.close()
        for worker in workers:
            assert worker.stderr.read() == b""
            assert worker.wait(60) == 0
    found = {named.view.title: named for named in read_views(path)}
    assert set(found) == {f"entry of {me}" for me in people} | {f"{me}-{turn}" for me in people for turn in range(5)}
    for me in people:
        assert found[f"entry of {me}"].notes == f"{me} 4"
        assert all(found[f"{me}-{turn}"].view.finding == f"of {me}" for turn in range(5))
    assert len(journal.read_changes(path)) == journal.MOST_CHANGES


WRITER = """
import sys
from pathlib import Path
from dashboard.core import briefing
from dashboard.core.view import View
path = Path(sys.argv[1])
while True:
    key = briefing.save(path, View(title="N"), "notes " * 500)
    print(flush=True)
    briefing.delete(path, key)
"""


def test_killed_while_it_writes_leaves_a_whole_file(path, three):
    for turn in range(6):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE)
        for _line in range(3 + turn):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        assert titles(path).replace("N", "") == "ABC"
    change(path, three[0], title="Z")  # and nobody is kept out
    assert titles(path).startswith("ZBC")


HALF = """
import os, signal, sys
from pathlib import Path
from dashboard.core import briefing
os.fsync = lambda file: os.kill(os.getpid(), signal.SIGKILL)
briefing.delete(Path(sys.argv[1]), sys.argv[2])
"""


def test_killed_before_it_was_written_leaves_the_old_file(path, three):
    before = path.read_bytes()
    assert subprocess.run([sys.executable, "-c", HALF, path, three[0]], check=False).returncode == -signal.SIGKILL
    assert path.with_name("views.yaml.undo.new").exists()  # it was in the middle of it
    assert path.read_bytes() == before
    briefing.delete(path, three[0])
    assert titles(path) == "BC"
    names = {file.name for file in path.parent.iterdir() if not file.name.endswith("Z")}  # but for the hourly copy
    assert names == {"views.yaml", "views.yaml.lock", "views.yaml.undo"}


def test_change_that_was_noted_but_not_made_does_no_harm(path, three):
    noted = journal.Change(journal.DELETED, "A", (load(path).of(three[0]),))
    with alone(path):
        journal.write_changes(path, [*journal.read_changes(path), noted])
    with pytest.raises(QueryError, match="Somebody has changed it since"):
        undo(path)
    assert titles(path) == "ABC"
    undo(path)
    assert titles(path) == "AB"


def test_one_who_does_not_come_to_an_end_is_told_of(path, monkeypatch):
    monkeypatch.setattr("dashboard.core.safekeeping.PATIENCE_S", 0.05)
    with alone(path), pytest.raises(QueryError, match="Somebody else is writing"):
        briefing.save(path, View())


def test_file_is_written_whole_or_not_at_all(path, monkeypatch):
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", lambda _file: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(QueryError, match="No space left on device"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in path.parent.iterdir()] == ["views.yaml"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("title=Own&country=LT", "Own"),
        ("country=LT&country=PL&from=2025-07-01&to=2025-07-31", "Lithuania and Poland, 1 July 2025 to 31 July 2025"),
        ("country=LT&from=2025-07-01", "Lithuania, since 1 July 2025"),
        ("to=2025-07-01", "All states, until 1 July 2025"),
        ("", "All states"),
    ],
)
def test_name_of_a_view(query, name):
    assert briefing.name_of(view_of(query)) == name


def test_name_of_many_states_is_short_enough_for_a_title():
    countries = "&".join(
        f"country={code}" for code in ("NO", "FI", "EE", "LV", "LT", "PL", "SK", "HU", "RO", "BG", "MD")
    )
    name = briefing.name_of(view_of(f"{countries}&from=2025-07-01&to=2025-07-31"))
    assert len(name) <= 120
    View(title=name)


def test_state_before_the_first_change_of_an_hour_is_kept(path, monkeypatch):
    keys = [briefing.save(path, View(title=name)) for name in "ABCDE"]
    (copy,) = path.parent.glob("views.yaml.*Z")
    assert [named.view.title for named in read_views(copy)] == ["A"]  # there was no file before it

    copy.rename(path.with_name("views.yaml.2026-01-01T00Z"))  # an hour later
    for key in keys:
        briefing.delete(path, key)
    for count in range(2 * journal.MOST_CHANGES):  # more than can be undone
        briefing.save(path, View(title=str(count)))
    newest = max(path.parent.glob("views.yaml.*Z"))
    assert [named.view.title for named in read_views(newest)] == ["A", "B", "C", "D", "E"]


def test_oldest_copies_go(path, monkeypatch):
    monkeypatch.setattr(safekeeping, "MOST_COPIES", 3)
    path.write_text("- title: one\n", "utf-8")
    for hour in range(5):
        safekeeping.keep_copy(path, datetime(2026, 1, 1, hour, 59, tzinfo=UTC))
        safekeeping.keep_copy(path, datetime(2026, 1, 1, hour, 59, tzinfo=UTC))
    assert sorted(copy.name[-3:] for copy in path.parent.glob("views.yaml.*Z")) == ["02Z", "03Z", "04Z"]
