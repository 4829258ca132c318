"""Saved views: every change keeps what somebody else has done, can be undone, and leaves a whole file."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from dashboard.core.data import atomic_file
from dashboard.core.data.atomic_file import locked, write_atomic
from dashboard.core.query.view import View, parse_query_string
from dashboard.core.saved_views import store, undo
from dashboard.core.saved_views.saved_view import MOST_VIEWS, SavedView, read_views, views_text
from dashboard.core.saved_views.store import SavedViews, load
from dashboard.errors import ConflictError, QueryError, StorageError

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
    return [store.save(path, View(title=name)) for name in "ABC"]


def titles(path: Path) -> str:
    return "".join(named.view.title or "-" for named in load(path).views)


def change(path: Path, key: str, **texts: str) -> str:
    """Edit the view as it is now."""
    named = load(path).of(key)
    notes = texts.pop("notes", named.notes)
    return store.edit(path, named, replace(named, view=replace(named.view, **texts), notes=notes))


def undo_last(path: Path) -> None:
    store.undo(path, store.last_change(path).id)


def test_no_file_is_no_view(path):
    assert load(path) == SavedViews()
    assert store.last_change(path) is None


def test_what_is_saved_is_what_the_command_line_reads(path):
    asked = view_of(f"{POLAND}&title=A “b”: 'c' %23 d&finding=- [x] {{y}}&marking=TLP:RED&q=Gaižiūnai, %26 more")
    store.save(path, asked, "one\n\n  - two: 3 # four\n\tfive")
    (named,) = read_views(path)
    assert named.view == asked
    assert named.notes == "one\n\n- two: 3 # four\nfive"
    assert load(path).views == (named,)


def test_file_is_for_people(path):
    store.save(path, view_of(f"{POLAND}&title=Gaižiūnai&marking=TLP:CLEAR"), "one\ntwo " + "long " * 60)
    key = load(path).views[0].key
    assert path.read_text("utf-8") == (
        f"- query: {POLAND}\n"
        "  title: Gaižiūnai\n"
        "  marking: TLP:CLEAR\n"
        f"  notes: |-\n    one\n    two {('long ' * 60).strip()}\n"
        f"  id: {key}\n"
    )


def test_view_without_words_has_only_its_query(path):
    store.save(path, View())
    (entry,) = yaml.safe_load(path.read_text("utf-8"))
    assert set(entry) == {"query", "id"}
    assert entry["query"] == ""


def test_file_by_hand_keeps_its_order_and_opening_comment_and_is_given_ids(path):
    path.write_text(BY_HAND, "utf-8")
    before = load(path)
    assert len({named.key for named in before.views}) == 3
    assert path.read_text("utf-8") == BY_HAND  # reading changes nothing
    assert read_views(path)[0].key == ""
    store.move(path, before.views[0].key, 2)
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
    store.move(path, c, -1)
    assert titles(path) == "ACB"
    store.move(path, a, 5)
    assert titles(path) == "CBA"
    before = path.read_bytes()
    store.move(path, a, 1)  # it is the last
    assert path.read_bytes() == before
    store.move(path, b, -9)
    assert titles(path) == "BCA"


def test_edit_changes_what_was_touched_and_nothing_else(path, three):
    seen = load(path).of(three[1])
    change(path, three[1], finding="Theirs", marking="TLP:RED")  # somebody else, meanwhile
    change(path, three[0], title="Z")
    said = store.edit(path, seen, replace(seen, view=replace(seen.view, title="Mine"), notes="n"))
    assert said == ""
    now = load(path).of(three[1])
    assert (now.view.title, now.view.finding, now.view.marking, now.notes) == ("Mine", "Theirs", "TLP:RED", "n")
    assert titles(path) == "ZMineC"


def test_two_edits_of_one_text_are_told_of_and_the_second_can_be_kept(path, three):
    seen = load(path).of(three[0])
    mine = replace(seen, view=replace(seen.view, finding="Mine"), notes="my notes")
    change(path, three[0], finding="Theirs", marking="TLP:RED")
    before = path.read_bytes()
    with pytest.raises(ConflictError, match="to key message: “Theirs”"):
        store.edit(path, seen, mine)
    assert path.read_bytes() == before
    again = store.seen_again(seen, mine, load(path).of(three[0]))
    store.edit(path, again, mine)
    now = load(path).of(three[0])
    assert (now.view.finding, now.view.marking, now.notes) == ("Mine", "TLP:RED", "my notes")
    undo_last(path)
    assert load(path).of(three[0]).view.finding == "Theirs"


def test_edit_of_what_was_deleted_meanwhile_is_saved_as_the_last(path, three):
    seen = load(path).of(three[0])
    store.delete(path, three[0])
    said = store.edit(path, seen, replace(seen, notes="Not to be lost"))
    assert "deleted this view in the meantime" in said
    assert titles(path) == "BCA"
    assert load(path).views[-1].notes == "Not to be lost"


@pytest.mark.parametrize("do", [store.delete, lambda path, key: store.move(path, key, 1)], ids=["delete", "move"])
def test_what_was_deleted_meanwhile_can_be_neither_moved_nor_deleted(path, three, do):
    store.delete(path, three[0])
    with pytest.raises(ConflictError, match="deleted this view in the meantime"):
        do(path, three[0])
    assert titles(path) == "BC"


def test_each_change_is_undone_newest_first(path, three):
    a, b, c = three
    stages = [path.read_bytes()]
    for do in (
        lambda: change(path, b, title="B2", notes="n"),
        lambda: store.move(path, a, 2),
        lambda: store.delete(path, b),
        lambda: store.delete(path, c),
        lambda: store.replace_all(path, BY_HAND.encode(), "mine.yaml"),
        lambda: store.delete(path, load(path).views[0].key),
    ):
        do()
        stages.append(path.read_bytes())
    assert len(set(stages)) == 7
    for stage in reversed(stages[:-1]):
        undo_last(path)
        assert yaml.safe_load(path.read_bytes()) == yaml.safe_load(stage)
    for left in ("AB", "A", ""):
        undo_last(path)
        assert titles(path) == left
    assert store.last_change(path) is None


def test_last_view_can_be_deleted_and_the_next_one_saved(path):
    store.delete(path, store.save(path, View(title="A")))
    assert load(path).views == ()
    store.save(path, View(title="B"))
    assert titles(path) == "B"


def test_undoing_leaves_what_others_did_since(path, three):
    a, b, c = three
    store.delete(path, b)
    deleted = store.last_change(path).id
    change(path, a, title="A2")
    store.move(path, c, -1)
    d = store.save(path, View(title="D"))
    store.undo(path, deleted)
    assert sorted(named.view.title for named in load(path).views) == ["A2", "B", "C", "D"]
    keys = [named.key for named in load(path).views]
    assert keys.index(b) == keys.index(a) + 1  # behind the one that it stood behind
    assert load(path).of(d)


def test_undoing_an_edit_keeps_a_later_edit_of_another_text(path, three):
    change(path, three[0], title="A2", finding="F")
    first = store.last_change(path).id
    change(path, three[0], finding="F2", notes="n")
    store.undo(path, first)
    now = load(path).of(three[0])
    assert (now.view.title, now.view.finding, now.notes) == ("A", "F2", "n")


def test_what_was_changed_since_is_not_undone(path, three):
    saved = store.last_change(path)
    assert saved.in_words() == "saving “C”"
    change(path, three[2], title="C2")
    edited = store.last_change(path)
    change(path, three[2], title="C3")
    before = path.read_bytes()
    for one in (saved, edited):
        with pytest.raises(ConflictError, match="Someone else has changed it since"):
            store.undo(path, one.id)
        with pytest.raises(ConflictError, match="undone already"):
            store.undo(path, one.id)
    assert path.read_bytes() == before
    undo_last(path)  # the last edit still can be
    assert titles(path) == "ABC2"


def test_undoing_an_upload_keeps_what_was_saved_and_edited_since(path, three):
    a, b, _c = three
    other = path.with_name("other.yaml")
    store.replace_all(other, path.read_bytes(), "views.yaml")  # with the same ids
    change(other, a, title="X")
    store.delete(other, b)
    store.save(other, View(title="U"))
    store.replace_all(path, other.read_bytes(), "other.yaml")
    uploaded = store.last_change(path)
    assert titles(path) == "XCU"
    assert uploaded.in_words() == "the upload that replaced 3 views"
    store.save(path, View(title="N"))
    change(path, a, finding="since")
    store.undo(path, uploaded.id)
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
            store.replace_all(path, content, "mine.yaml")
    assert path.read_bytes() == before
    assert store.last_change(path).in_words() == "saving “C”"


@pytest.mark.parametrize("broken", ['- query: "\n', "- query: country=XX\n", "just text", "- titel: a\n"])
def test_broken_file_is_not_written_over(path, broken):
    path.write_text(broken, "utf-8")
    for do in (
        lambda: load(path),
        lambda: store.save(path, View()),
        lambda: store.delete(path, "v1"),
        lambda: store.replace_all(path, b'- query: ""', "x.yaml"),
    ):
        for _turn in range(2):  # what is remembered of it says the same
            with pytest.raises(QueryError, match=r"views\.yaml cannot be used"):
                do()
    assert path.read_text("utf-8") == broken


def test_no_more_views_than_can_be_read(path):
    path.write_text('- query: ""\n' * MOST_VIEWS, "utf-8")
    before = path.read_bytes()
    with pytest.raises(QueryError, match="60 saved views at most"):
        store.save(path, View())
    assert path.read_bytes() == before
    assert store.last_change(path) is None
    first = load(path).views[0].key
    store.delete(path, first)
    deleted = store.last_change(path).id
    store.save(path, View(title="N"))
    with pytest.raises(QueryError, match="60 saved views at most"):
        store.undo(path, deleted)
    undo_last(path)
    store.undo(path, deleted)  # once there is room
    assert load(path).views[0].key == first


def test_file_is_never_larger_than_can_be_read(path):
    notes = "\U0001f6e9" * 5_000
    path.write_text(views_text([SavedView(View(), notes, f"v{number}") for number in range(49)]), "utf-8")
    before = path.read_bytes()
    with pytest.raises(QueryError, match="a list of views has at most 1,000,000"):
        store.save(path, View(), notes)
    assert path.read_bytes() == before
    assert store.last_change(path) is None


def test_changes_that_are_kept_are_few(path):
    key = store.save(path, View(title="A"))
    for turn in range(30):
        change(path, key, title=f"A{turn}")
    assert len(undo.read_changes(path)) == undo.MOST_CHANGES
    undo_last(path)
    assert titles(path) == "A28"


@pytest.mark.parametrize(
    "content", [b"\xff", b"{}\n", b"[1]\n", b'{"kind": "deleted"}\n', b"[" * 100_000, b'"x"\n'], ids=str
)
def test_changes_that_cannot_be_read_are_none(path, three, content):
    undo.history_file(path).write_bytes(content[:200_000])
    assert store.last_change(path) is None
    store.delete(path, three[0])
    undo_last(path)
    assert titles(path) == "ABC"


def test_state_is_told_from_others_by_its_content(path, three):
    first = load(path)
    assert load(path) is first  # nothing is read twice
    path.touch()
    assert load(path).version == first.version
    change(path, three[0], title="Z")
    assert load(path).version != first.version
    undo_last(path)
    assert load(path).version == first.version


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser can write anywhere")
def test_folder_that_cannot_be_written_to(path, three):
    path.parent.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="cannot be written"):
            store.delete(path, three[0])
    finally:
        path.parent.chmod(0o700)
    assert titles(path) == "ABC"


def test_file_that_cannot_be_written(path, three):
    before = path.read_bytes()
    path.with_name("views.yaml.new").mkdir()
    with pytest.raises(StorageError, match=r"views\.yaml cannot be written: Is a directory"):
        store.delete(path, three[0])
    assert path.read_bytes() == before
    assert store.last_change(path).in_words() == "saving “C”"


def test_folder_that_is_a_file(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="cannot be written"):
        store.save(tmp_path / "file" / "views.yaml", View())


def test_permissions_stay(path, three):
    path.chmod(0o640)
    store.delete(path, three[0])
    assert path.stat().st_mode & 0o777 == 0o640


# Python warns of a fork beside the threads that a library has started.
FORKING = (sys.executable, "-W", "ignore::DeprecationWarning", "-c")
# One process imports all that is needed and becomes eight: the imports are most of the work.
WORKERS = """
import os, sys, traceback
from dataclasses import replace
from pathlib import Path
from dashboard.core.saved_views import store
from dashboard.core.data import atomic_file
from dashboard.core.query.view import View
atomic_file.PATIENCE_S = 100.0  # eight who never rest, on a machine with no time to give
path, people = Path(sys.argv[1]), sys.argv[2:]

def work(me, key):
    for turn in range(3):
        mine = store.save(path, View(title=f"{me}-{turn}"))
        named = store.load(path).of(key)
        store.edit(path, named, replace(named, notes=f"{me} {turn}"))
        store.move(path, mine, -2)
        named = store.load(path).of(mine)
        store.edit(path, named, replace(named, view=replace(named.view, finding=f"of {me}")))

waits, begins = os.pipe()
children = []
for me, key in zip(people[::2], people[1::2]):
    children.append(os.fork())
    if not children[-1]:
        os.close(begins)
        os.read(waits, 1)  # all begin at once, when the other end is closed
        try:
            work(me, key)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
os.close(begins)
sys.exit(int(any([os.waitpid(child, 0)[1] for child in children])))
"""


@pytest.mark.server
def test_eight_at_once_lose_nothing(path):
    people = [str(number) for number in range(8)]
    keys = [store.save(path, View(title=f"entry of {me}")) for me in people]
    words = [word for pair in zip(people, keys, strict=True) for word in pair]
    done = subprocess.run([*FORKING, WORKERS, path, *words], stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    found = {named.view.title: named for named in read_views(path)}
    assert set(found) == {f"entry of {me}" for me in people} | {f"{me}-{turn}" for me in people for turn in range(3)}
    for me in people:
        assert found[f"entry of {me}"].notes == f"{me} 2"
        assert all(found[f"{me}-{turn}"].view.finding == f"of {me}" for turn in range(3))
    assert len(undo.read_changes(path)) == undo.MOST_CHANGES


WRITERS = """
import os, signal, sys
from pathlib import Path
from dashboard.core.saved_views import store
from dashboard.core.query.view import View
path = Path(sys.argv[1])
for turn in range(6):
    written, tell = os.pipe()
    child = os.fork()
    while not child:
        key = store.save(path, View(title="N"), "notes " * 500)
        os.write(tell, b".")
        store.delete(path, key)
    for _save in range(3 + turn):
        os.read(written, 1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print("killed", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.server
def test_killed_while_it_writes_leaves_a_whole_file(path, three):
    with subprocess.Popen([*FORKING, WRITERS, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writers:
        for _turn in range(6):
            assert writers.stdout.readline() == b"killed\n"
            assert titles(path).replace("N", "") == "ABC"
            writers.stdin.write(b"\n")
            writers.stdin.flush()
    assert writers.returncode == 0
    change(path, three[0], title="Z")  # and nobody is kept out
    assert titles(path).startswith("ZBC")


HALF = """
import os, signal, sys
from pathlib import Path
from dashboard.core.saved_views import store
os.fsync = lambda file: os.kill(os.getpid(), signal.SIGKILL)
store.delete(Path(sys.argv[1]), sys.argv[2])
"""


@pytest.mark.server
def test_killed_before_it_was_written_leaves_the_old_file(path, three):
    before = path.read_bytes()
    assert subprocess.run([sys.executable, "-c", HALF, path, three[0]], check=False).returncode == -signal.SIGKILL
    assert path.with_name("views.yaml.undo.new").exists()  # it was in the middle of it
    assert path.read_bytes() == before
    store.delete(path, three[0])
    assert titles(path) == "BC"
    names = {file.name for file in path.parent.iterdir() if not file.name.endswith("Z")}  # but for the hourly copy
    assert names == {"views.yaml", "views.yaml.lock", "views.yaml.undo"}


def test_change_that_was_noted_but_not_made_does_no_harm(path, three):
    noted = undo.Change(undo.DELETED, "A", (load(path).of(three[0]),))
    with locked(path):
        undo.write_changes(path, [*undo.read_changes(path), noted])
    with pytest.raises(ConflictError, match="Someone else has changed it since"):
        undo_last(path)
    assert titles(path) == "ABC"
    undo_last(path)
    assert titles(path) == "AB"


def test_one_who_does_not_come_to_an_end_is_told_of(path, monkeypatch):
    monkeypatch.setattr("dashboard.core.data.atomic_file.PATIENCE_S", 0.05)
    with locked(path), pytest.raises(StorageError, match="Another process is writing"):
        store.save(path, View())


def test_file_is_written_whole_or_not_at_all(path, monkeypatch):
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", lambda _file: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(StorageError, match="No space left on device"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in path.parent.iterdir()] == ["views.yaml"]


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
def test_name_of_a_view(query, name):
    assert store.name_of(view_of(query)) == name


def test_name_of_many_states_is_short_enough_for_a_title():
    countries = "&".join(
        f"country={code}" for code in ("NO", "FI", "EE", "LV", "LT", "PL", "SK", "HU", "RO", "BG", "MD")
    )
    name = store.name_of(view_of(f"{countries}&from=2025-07-01&to=2025-07-31"))
    assert len(name) <= 120
    View(title=name)


def test_state_before_the_first_change_of_an_hour_is_kept(path, monkeypatch):
    keys = [store.save(path, View(title=name)) for name in "ABCDE"]
    (copy,) = path.parent.glob("views.yaml.*Z")
    assert [named.view.title for named in read_views(copy)] == ["A"]  # there was no file before it

    copy.rename(path.with_name("views.yaml.2026-01-01T00Z"))  # an hour later
    for key in keys:
        store.delete(path, key)
    for count in range(2 * undo.MOST_CHANGES):  # more than can be undone
        store.save(path, View(title=str(count)))
    newest = max(path.parent.glob("views.yaml.*Z"))
    assert [named.view.title for named in read_views(newest)] == ["A", "B", "C", "D", "E"]


def test_oldest_copies_go(path, monkeypatch):
    monkeypatch.setattr(atomic_file, "MOST_COPIES", 3)
    path.write_text("- title: one\n", "utf-8")
    for hour in range(5):
        atomic_file.keep_copy(path, datetime(2026, 1, 1, hour, 59, tzinfo=UTC))
        atomic_file.keep_copy(path, datetime(2026, 1, 1, hour, 59, tzinfo=UTC))
    assert sorted(copy.name[-3:] for copy in path.parent.glob("views.yaml.*Z")) == ["02Z", "03Z", "04Z"]
