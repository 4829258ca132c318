"""Backups: a whole copy made meanwhile, restored into either database, and never half of one."""

import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from dashboard.core.data import backup as module
from dashboard.core.data.backup import backup, restore
from dashboard.core.data.export_log import ExportLog
from dashboard.core.record.database import engine, reading, writing
from dashboard.core.record.drafts import Drafts, KeptDraft
from dashboard.core.record.record import EDITED, INCIDENT, SAVED_VIEW, Record
from dashboard.core.record.tables import SHEET
from dashboard.core.record.undo import undo
from dashboard.errors import ConflictError, QueryError, StorageError, UnreadableFileError

NOON = datetime(2026, 11, 27, 12, 0, 0, 123456, tzinfo=UTC)


def put(record: Record, place: str | None, at: datetime = NOON) -> None:
    with record.edit(EDITED, who="editor", note="Šumskas — 10 km", at=at) as draft:
        draft.put(INCIDENT, "LT-1", {"id": "LT-1", "place": place} if place else None)
        draft.put(SAVED_VIEW, "x", {"query": place or ""})
        draft.say("folder", INCIDENT, {"LT-1": {"place": place or ""}})


def everything(url: str) -> object:
    record = Record(url)
    changes = record.changes()
    with reading(engine(url)) as connection:
        sheets = [tuple(row) for row in connection.execute(select(SHEET).order_by(SHEET.c.id))]
    return changes, [record.versions(change.number) for change in changes], Drafts(url).of(""), sheets


def note_sheet(url: str, id_: str) -> None:
    row = {"query": "country=LT", "moment": 2, "fingerprint": "abc", "incidents": 1, "at": NOON.replace(tzinfo=None)}
    with writing(engine(url)) as connection:
        connection.execute(insert(SHEET).values(id=id_, **row))


@pytest.fixture
def other(tmp_path: Path) -> str:
    """The address of a SQLite database that is not there yet."""
    return f"sqlite:///{tmp_path / 'other' / 'record.sqlite'}"


@pytest.fixture
def filled(database: str) -> str:
    """The address of a record with four changes, a draft and a sheet."""
    record = Record(database)
    for place in ("Šumskas", "Medininkai", None):
        put(record, place)
    undo(record, 3)
    Drafts(database).keep(KeptDraft("a", "", NOON, {"place": "Šumskas"}))
    note_sheet(database, "7F3K-Q2XD")
    return database


def test_backup_is_restored_into_sqlite_and_back(filled: str, other: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first.backup", tmp_path / "second.backup"
    assert backup(filled, first) == 4
    assert restore(other, first) == 4
    assert everything(other) == everything(filled)
    backup(other, second)
    assert second.read_bytes() == first.read_bytes()
    put(Record(other), "Tabariškės")  # the record goes on where it was
    backup(other, second)
    assert restore(filled, second) == 5
    assert Record(filled).state(INCIDENT) == {"LT-1": {"id": "LT-1", "place": "Tabariškės"}}
    with Record(filled).edit(EDITED) as draft:
        assert draft.said("folder", INCIDENT) == {"LT-1": {"place": "Tabariškės"}}


def test_backup_while_somebody_writes_has_only_what_is_whole(filled: str, other: str, tmp_path: Path) -> None:
    file = tmp_path / "meanwhile.backup"
    with Record(filled).edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-2", {"id": "LT-2"})
        draft.say("folder", INCIDENT, {"LT-2": {}})
        draft.write(NOON)
        backup(filled, file)  # waits for nobody
    assert restore(other, file) == 4
    assert Record(other).state(INCIDENT).keys() == {"LT-1"}


def test_record_loses_nothing_unless_told_so(filled: str, tmp_path: Path) -> None:
    file = tmp_path / "older.backup"
    backup(filled, file)
    put(Record(filled), "Tabariškės")
    put(Record(filled), "Kena", NOON + timedelta(hours=1))
    Drafts(filled).keep(KeptDraft("b", "", NOON))
    note_sheet(filled, "1D9V-JM6N")
    ExportLog(filled).add("ben", "all.csv", "a" * 64)
    before = everything(filled)
    lost = "2 changes, 1 draft, the ID of 1 sheet and 1 row of the log of exports"
    with pytest.raises(ConflictError, match=f"The record has {lost} that the backup does not have"):
        restore(filled, file)
    assert everything(filled) == before
    assert restore(filled, file, replace=True) == 4
    assert Record(filled).state(INCIDENT) == {"LT-1": {"id": "LT-1", "place": "Medininkai"}}


def test_restoring_that_breaks_off_leaves_what_was_there(
    filled: str, other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(Record(other), "Kena")
    file = tmp_path / "other.backup"
    backup(other, file)
    before = everything(filled)
    copy_all = module._copy_all

    def broken(source: Connection, target: Connection) -> None:
        copy_all(source, target)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_copy_all", broken)
    with pytest.raises(StorageError, match="No space left on device"):
        restore(filled, file, replace=True)
    assert everything(filled) == before


def test_backup_of_an_earlier_version_gets_the_tables_of_this_one(other: str, tmp_path: Path) -> None:
    put(Record(other), "Šumskas")
    file = tmp_path / "earlier.backup"
    backup(other, file)
    later = [f"DROP TABLE {table}" for table in ("draft", "sheet", "token", "export")]
    changed(file, *later, "UPDATE alembic_version SET version_num = '0001'")
    assert restore(f"sqlite:///{tmp_path / 'third.sqlite'}", file) == 1


def changed(file: Path, *statements: str) -> None:
    """Change a backup as if it had been made so, with its checksum."""
    file.write_bytes(file.read_bytes().rpartition(b"\nSHA-256 ")[0])
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    file.write_bytes(module.sealed(file.read_bytes()))


def with_another_word(file: Path) -> None:
    """Change one letter, which leaves a database that is whole."""
    content = file.read_bytes()
    assert "Šumskas — 10 km".encode() in content
    file.write_bytes(content.replace("Šumskas — 10 km".encode(), "Šumskas — 90 km".encode()))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda file: file.unlink(), "cannot be read: No such file"),
        (lambda file: file.write_bytes(b""), "is not a backup"),
        (lambda file: file.write_text("id,date\n"), "is not a backup"),
        (lambda file: file.write_bytes(file.read_bytes()[:-1]), "only a part of it is there"),
        (lambda file: file.write_bytes(file.read_bytes()[:-4096]), "only a part of it is there"),
        (lambda file: file.write_bytes(file.read_bytes()[:4096]), "only a part of it is there"),
        (lambda file: file.write_bytes(file.read_bytes()[:50]), "only a part of it is there"),
        (lambda file: file.write_bytes(file.read_bytes()[:8192] + secrets.token_bytes(4096) * 8), "is damaged"),
        (with_another_word, "checksum is missing or another one"),
        (lambda file: changed(file, "DROP TABLE alembic_version"), "is not a backup"),
        (lambda file: changed(file, "DROP TABLE version"), "is not a backup"),
        (lambda file: changed(file, "PRAGMA journal_mode=WAL"), "that an app writes to"),
    ],
)
def test_file_that_is_no_whole_backup_is_refused(
    other: str, tmp_path: Path, spoil: Callable[..., Any], message: str
) -> None:
    file = tmp_path / "spoilt.backup"
    put(Record(other), "Šumskas")
    backup(other, file)
    spoil(file)
    with pytest.raises(UnreadableFileError, match=message):
        restore(other, file, replace=True)
    assert Record(other).newest() == 1


def test_backup_of_a_newer_version_is_refused(other: str, tmp_path: Path) -> None:
    file = tmp_path / "newer.backup"
    backup(other, file)
    changed(file, "UPDATE alembic_version SET version_num = '9001'")
    with pytest.raises(QueryError, match="newer version of the dashboard"):
        restore(other, file)


def test_backup_does_not_take_the_place_of_the_record(other: str, tmp_path: Path) -> None:
    put(Record(other), "Šumskas")
    (tmp_path / "link").symlink_to(tmp_path / "other")
    with pytest.raises(QueryError, match="is the record itself"):
        backup(other, tmp_path / "link" / "record.sqlite")
    assert Record(other).newest() == 1
