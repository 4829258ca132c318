"""The log of exports: a row for each view in a file, with the hash of its bytes."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from dashboard.core.data.export_log import ExportLog, Hashing, Sheet
from dashboard.core.query.view import View, parse_query_string
from dashboard.core.record.database import engine
from dashboard.errors import StorageError

LITHUANIA = Sheet(parse_query_string("country=LT&title=Two%0Afell")[0], "7F3K-Q2XD")


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'record.sqlite'}"


def test_file_of_several_views_has_a_row_for_each(database: str) -> None:
    before = datetime.now(UTC)
    log = ExportLog(database)
    log.add("ben", "lt.csv", "a" * 64, [LITHUANIA])
    log.add("", "all.pptx", "b" * 64, [LITHUANIA, Sheet(View(), "0000-0000")])
    log.add("anna", "folder", "c" * 64)
    rows = log.exports(10)
    assert [(row.number, row.who, row.file, row.sha256[0], row.sheet_id) for row in rows] == [
        (4, "anna", "folder", "c", ""),
        (3, "", "all.pptx", "b", "0000-0000"),
        (2, "", "all.pptx", "b", "7F3K-Q2XD"),
        (1, "ben", "lt.csv", "a", "7F3K-Q2XD"),
    ]
    assert rows[3].query == LITHUANIA.view.query_string()
    assert before <= rows[3].at <= rows[0].at <= datetime.now(UTC)
    assert log.count() == 4
    assert [row.number for row in log.exports(2, 1)] == [3, 2]


def test_names_are_one_line_and_no_longer_than_their_room(database: str) -> None:
    ExportLog(database).add("a\nb" + "x" * 300, "y" * 400 + ".csv", "a" * 64)
    (row,) = ExportLog(database).exports(1)
    assert row.who.startswith("a b")
    assert len(row.who) == 200
    assert row.file.endswith("y.csv")
    assert len(row.file) == 300


def test_hash_is_that_of_the_bytes_that_went_by() -> None:
    parts = Hashing(iter([b"one", b"", b"two"]))
    assert b"".join(parts) == b"onetwo"
    assert parts.sha256 == hashlib.sha256(b"onetwo").hexdigest()
    whole = Hashing(b"onetwo")
    assert list(whole) == [b"onetwo"]
    assert whole.sha256 == parts.sha256


def test_log_that_cannot_be_written_says_so(database: str) -> None:
    log = ExportLog(database)
    with engine(database).begin() as connection:
        connection.execute(text("DROP TABLE export"))
    with pytest.raises(StorageError, match="cannot be used"):
        log.add("ben", "lt.csv", "a" * 64)
