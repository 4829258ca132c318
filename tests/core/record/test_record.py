"""The record: every state is kept, a change is whole or not there, and nobody's change is lost."""

import os
import random
import resource
import select
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from dashboard.core.record.database import HEAD, MIGRATIONS, engine
from dashboard.core.record.record import EDITED, INCIDENT, RELEASED, SAVED_VIEW, TAKEN_IN, Record
from dashboard.core.record.tables import METADATA
from dashboard.core.record.undo import undo
from dashboard.errors import ConflictError, QueryError, StorageError

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
FULL = 7  # exit status of a writer that has no more room
SUMSKAS = {"id": "LT-1", "place": "Šumskas", "country": "LT"}


def edit(record: Record, key: str, content: dict[str, str] | None, at: datetime = NOON) -> int:
    with record.edit(EDITED, who="editor", at=at) as draft:
        draft.put(INCIDENT, key, content)
    assert draft.number
    return draft.number


@pytest.fixture
def record(database: str) -> Record:
    return Record(database)


def test_new_record_is_empty(record: Record) -> None:
    assert (record.newest(), record.changes(), record.state(INCIDENT)) == (0, [], {})


def test_state_is_the_newest_version_up_to_a_moment(record: Record) -> None:
    assert edit(record, "LT-1", SUMSKAS) == 1
    assert edit(record, "LT-1", SUMSKAS | {"place": "Medininkai"}) == 2
    assert edit(record, "PL-1", {"id": "PL-1"}) == 3
    assert edit(record, "LT-1", None) == 4
    assert record.state(INCIDENT, 0) == {}
    assert record.state(INCIDENT, 1) == {"LT-1": SUMSKAS}
    assert record.state(INCIDENT, 2) == {"LT-1": SUMSKAS | {"place": "Medininkai"}}
    assert record.state(INCIDENT, 3).keys() == {"LT-1", "PL-1"}
    assert record.state(INCIDENT) == record.state(INCIDENT, 4) == {"PL-1": {"id": "PL-1"}}
    assert [change.number for change in record.changes()] == [4, 3, 2, 1]
    assert [change.number for change in record.changes(most=2, before=4)] == [3, 2]
    assert [content for _change, content in record.versions_of(INCIDENT, "LT-1")] == [
        SUMSKAS,
        SUMSKAS | {"place": "Medininkai"},
        None,
    ]
    assert record.newest_of(INCIDENT) == 4
    assert record.newest_of("saved_view") == 0


def test_change_says_who_when_and_how_many(record: Record) -> None:
    with record.edit(EDITED, who="editor", source="wykaz.xlsx", note="second reading", at=NOON) as draft:
        draft.put(INCIDENT, "LT-1", SUMSKAS)
        draft.put(INCIDENT, "LT-2", SUMSKAS)
    (change,) = record.changes()
    assert (change.number, change.at, change.kind) == (1, NOON, EDITED)
    assert (change.who, change.source, change.note) == ("editor", "wykaz.xlsx", "second reading")
    assert change.facts == {"counts": {INCIDENT: {"added": 2}}, "places": ["Šumskas", "Šumskas"]}
    with pytest.raises(QueryError, match="There is no change 7"):
        record.change(7)


def test_what_changes_nothing_is_no_change_unless_it_has_a_name(record: Record) -> None:
    edit(record, "LT-1", SUMSKAS)
    with record.edit(EDITED, who="editor", at=NOON) as draft:
        draft.put(INCIDENT, "LT-1", SUMSKAS)
    assert draft.number is None
    with record.edit(RELEASED, name="2026-11-27-a17dcb13", at=NOON):
        pass
    assert [(change.number, change.name) for change in record.changes()] == [(2, "2026-11-27-a17dcb13"), (1, "")]


def test_last_change_that_took_in_a_source_is_found(record: Record) -> None:
    for kind, source in ((TAKEN_IN, "folder"), (RELEASED, ""), (EDITED, "folder"), (TAKEN_IN, "folder")):
        with record.edit(kind, source=source, name=f"{record.newest()}", at=NOON):
            pass
    found = [record.last_from("folder", up_to) for up_to in range(5)]
    assert [change and change.number for change in found] == [None, 1, 1, 1, 4]


def test_moments_are_found_by_instants_whatever_a_clock_says(record: Record) -> None:
    edit(record, "LT-1", SUMSKAS, NOON)
    edit(record, "LT-1", {"id": "LT-1"}, NOON - timedelta(hours=1))  # by a machine whose clock is behind
    edit(record, "LT-1", None, NOON + timedelta(days=1))
    assert [record.before(NOON + timedelta(seconds=seconds)) for seconds in (-1, 0, 1e-3, 86_400)] == [0, 1, 2, 3]


def test_error_within_a_change_leaves_nothing_of_it(record: Record) -> None:
    edit(record, "LT-1", SUMSKAS)
    with pytest.raises(ZeroDivisionError), record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-1", None)
        1 / 0  # noqa: B018
    assert record.newest() == 1
    assert record.state(INCIDENT) == {"LT-1": SUMSKAS}


def test_undo_takes_back_a_change_and_undo_of_undo_brings_it_again(record: Record) -> None:
    edit(record, "LT-1", SUMSKAS)
    edit(record, "LT-1", SUMSKAS | {"place": "Medininkai"})
    assert undo(record, 2, who="keeper") == 3
    assert record.state(INCIDENT) == {"LT-1": SUMSKAS}
    assert (record.change(3).undoes, record.change(3).who) == (2, "keeper")
    undo(record, 3)
    assert record.state(INCIDENT)["LT-1"]["place"] == "Medininkai"
    with pytest.raises(ConflictError, match="Nothing of change 3 is left"):
        undo(record, 3)


def test_undo_names_a_saved_view_by_its_title(record: Record) -> None:
    for title in ("The night", "The night of 9 September", "Poland"):
        with record.edit(EDITED, at=NOON) as draft:
            draft.put(SAVED_VIEW, "k3y", {"query": "country=PL", "title": title})
    with pytest.raises(ConflictError, match="Change 2 is not undone: the saved view “Poland” changed again since"):
        undo(record, 2)


def test_undo_of_an_older_change_keeps_what_came_later(record: Record) -> None:
    edit(record, "LT-1", SUMSKAS)
    edit(record, "LT-1", SUMSKAS | {"place": "Medininkai", "model": "balloon"})
    edit(record, "LT-1", SUMSKAS | {"place": "Medininkai", "model": "balloon", "payload": "contraband"})
    undo(record, 2)
    assert record.state(INCIDENT) == {"LT-1": SUMSKAS | {"payload": "contraband"}}


def test_undo_of_what_changed_again_since_is_asked_and_names_it(record: Record) -> None:
    edit(record, "LT-1", SUMSKAS)
    edit(record, "LT-1", SUMSKAS | {"place": "Medininkai", "model": "balloon"})
    edit(record, "LT-1", SUMSKAS | {"place": "Vilnius", "model": "balloon"})
    with pytest.raises(ConflictError, match="LT-1"):
        undo(record, 2)
    assert record.newest() == 3
    undo(record, 2, partly=True)
    assert record.state(INCIDENT) == {"LT-1": SUMSKAS | {"place": "Vilnius"}}
    assert record.change(4).facts["kept"] == [[INCIDENT, "LT-1", ["place"]]]


def test_undo_of_an_added_thing_that_was_edited_since_is_asked(record: Record) -> None:
    edit(record, "LT-1", SUMSKAS)
    edit(record, "LT-1", SUMSKAS | {"place": "Medininkai"})
    with pytest.raises(ConflictError):
        undo(record, 1)


def test_source_that_says_something_new_replaces_what_it_said(record: Record) -> None:
    with record.edit(EDITED, name="first") as draft:
        draft.say("list.csv", INCIDENT, {"LT-1": SUMSKAS, "LT-2": {}})
    with record.edit(EDITED, name="second") as draft:
        assert draft.said("list.csv", INCIDENT) == {"LT-1": SUMSKAS, "LT-2": {}}
        draft.say("list.csv", INCIDENT, {"LT-1": {}, "LT-3": SUMSKAS})
    with record.edit(EDITED) as draft:
        assert draft.said("list.csv", INCIDENT) == {"LT-1": {}, "LT-3": SUMSKAS}
        assert draft.said("other.csv", INCIDENT) == {}


def test_tables_are_those_that_the_steps_make(database: str) -> None:
    with engine(database).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


@pytest.mark.parametrize("address", ["mysql://host/base", "record.sqlite", "postgresql+nothing://host/base"])
def test_address_of_no_database_says_what_is_expected(address: str) -> None:
    with pytest.raises(QueryError, match="DASHBOARD_DATABASE is not the address"):
        Record(address)


def test_database_that_is_not_there_is_a_sentence_without_its_password() -> None:
    with pytest.raises(StorageError, match="cannot be used") as problem:
        Record("postgresql+psycopg://tests:secret@127.0.0.1:1/none")
    assert "secret" not in str(problem.value)


def test_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "record.sqlite"
    file.write_text("This is no database. " * 100)
    with pytest.raises(StorageError, match="not a database"):
        Record(f"sqlite:///{file}")


def write_and_tell(database: str, name: str, turns: int, pipe: int) -> None:
    """Write changes of twenty things and a counter, and tell the number of each once it is written."""
    engine.cache_clear()  # connections of another process are not to be used
    record = Record(database)
    os.write(pipe, b"0\n")
    for turn in range(turns):
        with record.edit(EDITED) as draft:
            count = draft.state("counter").get("all", {"count": 0})["count"]
            draft.put("counter", "all", {"count": count + 1})
            for part in range(20):
                draft.put("counter", f"{name}-{turn}-{part}", {"turn": turn})
        assert draft.number
        os.write(pipe, b"%d\n" % draft.number)


def writer(database: str, name: str, turns: int, room: int = resource.RLIM_INFINITY) -> tuple[int, IO[bytes]]:
    """A process that writes files of no more than so many bytes; gives its ID and what it tells."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        status = 0
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
            write_and_tell(database, name, turns, writing)
        except StorageError:
            status = FULL
        finally:
            os._exit(status)
    os.close(writing)
    return pid, os.fdopen(reading, "rb")


@pytest.mark.server
def test_eight_processes_at_once_lose_nothing(database: str) -> None:
    record = Record(database)
    writers = [writer(database, str(place), 10) for place in range(8)]
    numbers = [int(line) for _pid, told in writers for line in told.read().split()]
    for pid, told in writers:
        os.waitpid(pid, 0)
        told.close()
    assert sorted(numbers) == [0] * 8 + list(range(1, 81))
    assert record.state("counter")["all"] == {"count": 80}
    assert len(record.state("counter")) == 8 * 10 * 20 + 1


@pytest.mark.server
def test_killed_at_any_moment_each_change_is_whole_or_not_there(database: str) -> None:
    record = Record(database)
    moments = random.Random(15)
    for turn in range(100):
        pid, told = writer(database, str(turn), 1000)
        numbers = [int(told.readline()) for _line in range(1 + turn % 2)]
        # Anywhere within the next change: some of these moments lie in its middle, which is what is asked for.
        select.select([], [], [], moments.uniform(0, 0.01))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        numbers += [int(line) for line in told.read().split()]
        told.close()
        newest = record.newest()
        assert newest >= max(numbers)  # what was told to be written is there
        state = record.state("counter")
        assert len(state) == (20 * newest + 1 if newest else 0)
        assert state.get("all", {"count": 0}) == {"count": newest}


@pytest.mark.server
def test_full_disk_leaves_the_state_before(tmp_path: Path) -> None:
    """The system gives the writer no more room, wherever in a change that is, as a full disk does."""
    url = f"sqlite:///{tmp_path / 'record.sqlite'}"
    record = Record(url)
    for room in range(40_000, 400_000, 24_000):  # bytes of each file; the tables are in the first of them
        before = record.newest()
        pid, told = writer(url, str(room), 1000, room)
        numbers = [int(line) for line in told.read().split()]
        _pid, status = os.waitpid(pid, 0)
        told.close()
        assert os.waitstatus_to_exitcode(status) == FULL
        newest = record.newest()
        assert newest == max([before, *numbers])
        state = record.state("counter")
        assert len(state) == (20 * newest + 1 if newest else 0)
        assert state.get("all", {"count": 0}) == {"count": newest}
    assert newest
    assert edit(record, "LT-1", SUMSKAS) == newest + 1  # with room again
