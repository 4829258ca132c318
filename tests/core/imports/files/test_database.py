"""Tables and queries of PostgreSQL; for PostGIS stands a type of its name, whose texts are those that it sends."""

import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import shapely
from sqlalchemy import create_engine, make_url

from dashboard.__main__ import main
from dashboard.core.imports.files.database import database_name
from dashboard.core.imports.files.reading import read_database
from dashboard.core.record.record import INCIDENT, Record
from dashboard.errors import QueryError, UnreadableFileError
from dashboard.settings import settings
from tests.conftest import csv_text

pytestmark = pytest.mark.server

SECRET = "kept-from-everybody"
POSTGIS = """
    CREATE TYPE geometry;
    CREATE FUNCTION geometry_in(cstring) RETURNS geometry AS 'textin' LANGUAGE internal IMMUTABLE STRICT;
    CREATE FUNCTION geometry_out(geometry) RETURNS cstring AS 'textout' LANGUAGE internal IMMUTABLE STRICT;
    CREATE TYPE geometry (INPUT = geometry_in, OUTPUT = geometry_out, LIKE = text);
"""
LIST = """
    CREATE TABLE incursions AS SELECT 'LT-1' AS id, DATE '2025-07-28' AS date, 'LT' AS country, 'Gaižiūnai' AS place,
    55.05 AS latitude, 24.37 AS longitude, 5 AS location_accuracy_km, 'crash' AS category, 'uav' AS object_type,
    'confirmed' AS status, 'https://example.org/a' AS sources
"""
Fill = Callable[[str], None]


@pytest.fixture
def base(postgres: str) -> str:
    """The address of an empty database."""
    name = f"air_{secrets.token_hex(4)}"
    _run(postgres, f"CREATE DATABASE {name}")
    return make_url(postgres).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def fill(base: str) -> Fill:
    """Run SQL in it."""
    return partial(_run, base)


def _run(address: str, command: str) -> None:
    server = create_engine(address, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(command)
    server.dispose()


def ewkb(place: shapely.Point, code: int) -> str:
    """A geometry as PostGIS sends it: well-known binary with its system, in hexadecimal and capitals."""
    return str(shapely.to_wkb(shapely.set_srid(place, code), hex=True, include_srid=True))


def test_query_is_read_and_can_change_nothing(postgres: str) -> None:
    file = read_database(postgres, "SELECT 'Łódź' AS place, 51.77 AS latitude, DATE '2025-07-28' AS date;")
    assert file.table.header == ("place", "latitude", "date")
    assert file.table.rows == [("Łódź", "51.77", "2025-07-28")]
    for query in ("WITH made AS (DELETE FROM pg_class RETURNING 1) SELECT * FROM made", "SELECT 1; DROP TABLE x"):
        with pytest.raises(UnreadableFileError, match="The database does not answer"):
            read_database(postgres, query)


def test_query_cannot_leave_its_transaction_to_write(postgres: str) -> None:
    escape = "SELECT 1) AS a; COMMIT; CREATE TABLE left_behind (n int); SELECT * FROM (SELECT 1 AS n"
    with pytest.raises(UnreadableFileError, match="The database does not answer"):
        read_database(postgres, escape)
    file = read_database(postgres, "SELECT count(*) AS n FROM pg_class WHERE relname LIKE 'left_behin%'")
    assert file.table.rows == [("0",)]


def test_tables_are_layers(base: str, fill: Fill) -> None:
    with pytest.raises(QueryError, match="no table in it that may be read"):
        read_database(base)
    fill("CREATE TABLE values_2025 AS SELECT 'Kaunas' AS place")
    file = read_database(base)
    assert (file.table.rows, file.layer, file.layers) == ([("Kaunas",)], "values_2025", ())
    fill("CREATE SCHEMA air; CREATE VIEW air.\"My list\" AS SELECT 'Nur' AS place")
    with pytest.raises(QueryError, match=r"several tables; say which: values_2025 and air\.My list"):
        read_database(base)
    file = read_database(base, table="air.My list")
    assert (file.table.rows, file.layers) == ([("Nur",)], ("values_2025", "air.My list"))
    with pytest.raises(QueryError, match="no table 'x; DROP TABLE values_2025' in it; expected one of"):
        read_database(base, table="x; DROP TABLE values_2025")


def test_geometries_of_postgis_are_turned_into_wgs_84(base: str, fill: Fill) -> None:
    fill(POSTGIS)
    place = shapely.Point(500_000, 0)  # the middle of UTM's zone 35 on the equator, which is 27 degrees east
    fill(f"CREATE TABLE list AS SELECT 'a' AS id, '{ewkb(place, 32635)}'::geometry AS geom UNION ALL SELECT 'b', NULL")
    file = read_database(base, "SELECT * FROM list ORDER BY id")
    assert (file.table.header, file.table.rows) == (("id",), [("a",), ("b",)])
    point, nothing = file.table.shapes
    assert nothing is None
    assert isinstance(point, shapely.Point)
    assert (point.x, point.y) == (pytest.approx(27), pytest.approx(0, abs=1e-9))
    assert "UTM zone 35N" in file.notes[0]


@pytest.mark.parametrize("is_binary", [False, True])
def test_well_known_binary_is_a_geometry_wherever_it_stands(postgres: str, is_binary: bool) -> None:
    text = ewkb(shapely.Point(24.37, 55.05), 4326)
    shape = f"'\\x{text}'::bytea" if is_binary else f"'{text}'"
    query = f"SELECT 'a' AS id, {shape} AS shape, '\\x00ff'::bytea AS photo"
    file = read_database(postgres, query)
    assert (file.table.header, [*file.table.shapes]) == (("id",), [shapely.Point(24.37, 55.05)])
    assert file.notes == ("Columns with further geometries or binary data were left out: photo.",)


def test_geometries_in_several_systems_are_refused(base: str, fill: Fill) -> None:
    fill(POSTGIS)
    both = [ewkb(shapely.Point(24, 55), code) for code in (4326, 3346)]
    fill(f"CREATE TABLE list AS SELECT unnest(ARRAY['{both[0]}', '{both[1]}'])::geometry AS geom")
    with pytest.raises(UnreadableFileError, match="several coordinate reference systems"):
        read_database(base)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("mysql://reader@host/air", "Only databases of PostgreSQL"),
        (f"postgresql://reader:{SECRET}:port@:{SECRET}", "not the address of a database"),
        (f"postgresql://reader:a@{SECRET}@host/air", "two @"),
        (f"postgresql://reader:{SECRET}@127.0.0.1:1/air?nothing={SECRET}", "does not answer"),
        (f"postgresql://reader:{SECRET}@127.0.0.1:1/air", "does not answer"),
    ],
)
def test_address_that_is_wrong_is_told_without_its_password(
    address: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", address]) == 2
    told = "".join(capsys.readouterr())
    assert reason in told
    assert SECRET not in told


def test_name_has_no_user_and_no_password() -> None:
    assert database_name(f"postgresql://reader:{SECRET}@host:5432/air?sslmode=require", "list") == "air.list"
    assert database_name("postgresql://") == "PostgreSQL"


def test_command_takes_a_table_in_and_records_no_password(
    base: str, fill: Fill, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data_folder / "incidents.csv").write_text(csv_text({"id": "LT-2", "date": "2024-01-01"}), "utf-8")
    fill(LIST)
    address = make_url(base).set(password=SECRET).render_as_string(hide_password=False)
    assert main(["import", address, "--table", "incursions", "--yes"]) == 0
    told = "".join(capsys.readouterr())
    record = Record(settings().record)
    change = record.change(2)
    assert change.source == f"{make_url(base).database}.incursions"
    assert record.state(INCIDENT)["LT-1"]["place"] == "Gaižiūnai"
    assert SECRET not in told
    assert all(SECRET.encode() not in file.read_bytes() for file in (data_folder / "record").iterdir())
    query = "SELECT *, 'Vilnius' AS place_2 FROM incursions WHERE id LIKE 'LT-%'"
    assert main(["import", address, "--query", query, "--source", change.source, "--dry-run"]) == 0
    assert "1 row: 0 new, 0 changed, 1 unchanged" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["list.csv", "--query", "SELECT 1"], "--query is for a database"),
        (["postgresql://host/air", "--query", "SELECT 1", "--table", "a"], "either --query or --table"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    words: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", *words]) == 2
    assert reason in capsys.readouterr().err
