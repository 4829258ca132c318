"""Tokens: shown once, kept as hashes, revoked at once, and in no backup."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.__main__ import main
from dashboard.core.data.backup import backup, restore
from dashboard.core.record import tokens as module
from dashboard.core.record.database import engine, reading
from dashboard.core.record.tables import TOKEN
from dashboard.core.record.tokens import Tokens
from dashboard.errors import ConflictError, QueryError

NOON = datetime(2026, 11, 28, 12, 0)


def test_token_is_known_until_it_is_revoked(database: str) -> None:
    tokens = Tokens(database)
    centre, staff = tokens.add("situation-centre"), tokens.add("  General  staff ")
    assert (tokens.owner(centre), tokens.owner(staff)) == ("situation-centre", "General staff")
    assert [one.name for one in tokens.known()] == ["General staff", "situation-centre"]
    tokens.revoke("situation-centre")
    assert (tokens.owner(centre), tokens.owner(staff)) == ("", "General staff")
    assert tokens.add("situation-centre") != centre


def test_what_is_kept_is_no_token(database: str) -> None:
    token = Tokens(database).add("situation-centre")
    assert len(token) == 43  # 32 bytes in base 64
    with reading(engine(database)) as connection:
        (row,) = connection.execute(select(TOKEN)).all()
    assert token not in str(row)
    assert Tokens(database).owner(row.digest) == ""


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_name_that_is_none(database: str, name: str) -> None:
    with pytest.raises(QueryError, match="1 to 80 characters"):
        Tokens(database).add(name)


def test_one_token_a_system(database: str) -> None:
    tokens = Tokens(database)
    tokens.add("staff")
    with pytest.raises(ConflictError, match="staff has a token already"):
        tokens.add("staff")
    with pytest.raises(QueryError, match="no token of 'stuff'"):
        tokens.revoke("stuff")


def test_use_is_noted_once_a_minute(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens(database)
    token = tokens.add("staff")
    assert tokens.known()[0].used is None
    for seconds, noted in ((0, 0), (59, 0), (60, 60)):
        monkeypatch.setattr(module, "_now", lambda later=seconds: NOON + timedelta(seconds=later))
        tokens.owner(token)
        assert tokens.known()[0].used == (NOON + timedelta(seconds=noted)).replace(tzinfo=UTC)


def test_backup_brings_no_revoked_token_back(database: str, tmp_path: Path) -> None:
    tokens = Tokens(database)
    revoked, kept = tokens.add("revoked"), tokens.add("kept")
    backup(database, tmp_path / "of.backup")
    tokens.revoke("revoked")
    restore(database, tmp_path / "of.backup")
    assert (tokens.owner(revoked), tokens.owner(kept)) == ("", "kept")


@pytest.mark.usefixtures("own_record")
def test_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["token", "list"]) == 0
    assert main(["token", "add", "staff"]) == 0
    assert main(["token", "list"]) == 0
    empty, told, token, listed = capsys.readouterr().out.splitlines()
    assert "token add NAME" in empty
    assert "not shown again" in told
    assert re.fullmatch(r"[\w-]{43}", token)
    assert re.fullmatch(r"staff: made on \d+ \w+ 20\d\d, not used yet", listed)
    assert main(["token", "revoke", "staff"]) == 0
    assert main(["token", "revoke", "staff"]) == 2
