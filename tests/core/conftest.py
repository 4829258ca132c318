"""A record on each database that the dashboard knows, made quickly: as a copy of an empty one."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from dashboard.core.record.database import engine
from tests.postgres import running_postgres

EMPTY = "empty"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of the tests' own, in which a database has the tables of a record."""
    with running_postgres() as address:
        _create(address, f"CREATE DATABASE {EMPTY}")
        engine(_named(address, EMPTY)).dispose()
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with an empty record; its connections are closed after the test, for there are few."""
    address = _new(request, tmp_path)
    yield address
    engine(address).dispose()


def _new(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        file = tmp_path / "record" / "record.sqlite"
        file.parent.mkdir(exist_ok=True)
        shutil.copy(request.getfixturevalue("empty_sqlite"), file)
        return f"sqlite:///{file}"
    address = request.getfixturevalue("postgres")
    name = f"test_{secrets.token_hex(6)}"
    _create(address, f"CREATE DATABASE {name} TEMPLATE {EMPTY}")
    return _named(address, name)


def _create(address: str, command: str) -> None:
    server = create_engine(address, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(command))
    server.dispose()


def _named(address: str, database: str) -> str:
    return make_url(address).set(database=database).render_as_string(hide_password=False)
