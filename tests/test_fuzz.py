"""Whatever a file, a query or a record holds, reading it raises nothing but our own errors.

Every run tries a few hundred inputs, always the same; ``make fuzz`` tries 20,000 others.
"""

import json
import os
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.core.data.about import read_about
from dashboard.core.data.release_folders import shipped_releases
from dashboard.core.incidents import geo_file as geofile
from dashboard.core.incidents.schema import read_incidents
from dashboard.core.incidents.tracks import read_tracks
from dashboard.core.query.view import parse_query_string
from dashboard.core.saved_views.saved_view import parse_views, views_text
from dashboard.errors import DashboardError
from tests.conftest import ROW, VIEWS, csv_text

pytestmark = pytest.mark.slow

INPUTS = int(os.environ.get("FUZZ_INPUTS", "250"))  # of all tests here together
HOSTILE = [
    "\ufeff", "\0", '"', "'", ",", ";", "|", "\t", "\n", "\r", "\x85", "\u2028", "#", "[" * 5000, "[" * 300, "{" * 500,
    "9" * 5000, "9" * 400, "1e999", "-1e999", "-1", "-0.0", "NaN", "Infinity", "true", "null",
    "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-14:00", "9999-12-31", "0000-00-00",
    "\\ud800", "\\u0000", "\\UFFFFFFFF", "!!int ''", "!!python/name:os", "&a", "*a", "<<: ", "<b>", "=1+1", "'=1",
    "sep=;\n", "https://[",
    "https://a.example;", "::", "---\n", "...\n", "%YAML 9.9\n", "? ", "|\n", ">\n", "\U0001d4b3", "١٢٣", "{{ x }}",
    "%00", "%ed%a0%80", "&", "=", "../..", "x" * 6000,
]  # fmt: skip
NAMES = [
    "country", "from", "to", "category", "status", "object_type", "payload", "side", "q", "since", "compare", "area",
    "lat", "lon", "zoom", "id", "title", "finding", "marking", "symbols", "look", "page", "present", "wall", "sheet",
    "layers",
]  # fmt: skip


def tries(percent: int) -> settings:
    """So many of the inputs; without the variable always the same."""
    return settings(
        max_examples=max(5, INPUTS * percent // 100),
        derandomize="FUZZ_INPUTS" not in os.environ,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


pieces = st.sampled_from(HOSTILE).map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=8)
words = st.sampled_from(HOSTILE) | st.text(max_size=20)
plain = st.none() | st.booleans() | st.integers() | st.floats() | st.just(10**400) | words
anything: st.SearchStrategy[Any] = st.deferred(
    lambda: plain | st.lists(anything, max_size=3) | st.dictionaries(words, anything, max_size=3)
)


@st.composite
def damaged(draw: st.DrawFn, *seeds: bytes) -> bytes:
    """One of the contents with a few cuts, and hostile pieces put in; or no such content at all."""
    if draw(st.integers(0, 9)) == 0:
        return b"".join(draw(st.lists(pieces, max_size=5)))
    content = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 4))):
        place, cut = draw(st.integers(0, len(content))), draw(st.sampled_from([0, 0, 1, 3, 20, 200]))
        content = content[:place] + draw(pieces) + content[place + cut :]
    return content


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


def read_whole(path: Path) -> None:
    """Read a file of incidents; whatever comes of it can be told, and every row is somewhere."""
    try:
        reading = read_incidents(path)
    except DashboardError as error:
        assert str(error).encode()
        return
    assert reading.set_aside >= 0
    assert all(str(problem).encode() for problem in reading.problems)
    assert reading.incidents.map(lambda value: str(value).encode()).notna().all(axis=None)


SEMICOLONS = csv_text({}, {"id": "LT-2", "summary": 'one\n"two"; three'}, delimiter=";")


@tries(16)
@given(
    content=damaged(csv_text({}, {"id": "LT-2"}).encode(), f"# a\n{SEMICOLONS}".encode(), SEMICOLONS.encode("utf-16"))
)
def test_csv(folder: Path, content: bytes) -> None:
    path = folder / "incidents.csv"
    path.write_bytes(content)
    read_whole(path)


@tries(8)
@given(cells=st.lists(st.tuples(st.sampled_from([*ROW]), words), max_size=6))
def test_cells(folder: Path, cells: list[tuple[str, str]]) -> None:
    path = folder / "incidents.csv"
    path.write_text(csv_text({}, {"id": "LT-2"} | dict(cells)), "utf-8", errors="surrogatepass")
    read_whole(path)


POINT = {"type": "Point", "coordinates": [24.37, 55.05]}
LINE = {"type": "LineString", "coordinates": [[25.28, 54.69], [24.37, 55.05]]}
LINES = {"type": "MultiLineString", "coordinates": [[[25, 54], [26, 55]], [[26, 55], [27, 56]]]}
TRACK = {"incident_id": "LT-1", "basis": "Seen.", "accuracy_km": 25, "sources": ["https://example.org"]}


def collection(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def feature(geometry: Any, properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


@st.composite
def changed(draw: st.DrawFn, geometries: list[Any], properties: dict[str, Any]) -> bytes:
    """A collection with a good feature, and one in which a part is anything."""
    geometry = draw(st.sampled_from(geometries))
    odd = draw(
        st.one_of(
            anything,
            anything.map(lambda part: feature(geometry | {"coordinates": part}, properties)),
            anything.map(lambda part: feature(geometry | {"type": part}, properties)),
            anything.map(lambda part: feature(geometry | {"coordinates": [part, part]}, properties)),
            anything.map(lambda part: feature(part, properties)),
            anything.map(lambda part: feature(geometry, part)),
            st.tuples(st.sampled_from([*properties, "record"]) | words, anything).map(
                lambda pair: feature(geometry, properties | {pair[0]: pair[1]})
            ),
        )
    )
    return collection(feature(geometry, properties), odd)


@tries(14)
@given(content=changed([POINT], ROW) | damaged(collection(feature(POINT, ROW))))
def test_geojson(folder: Path, content: bytes) -> None:
    path = folder / "incidents.geojson"
    path.write_bytes(content)
    read_whole(path)


@tries(14)
@given(content=changed([LINE, LINES], TRACK) | damaged(collection(feature(LINE, TRACK), feature(LINES, TRACK))))
def test_tracks(folder: Path, content: bytes) -> None:
    path = folder / "tracks.geojson"
    path.write_bytes(content)
    try:
        tracks, problems = read_tracks(path, {"LT-1"})
    except DashboardError as error:
        assert str(error).encode()
        return
    assert set(tracks.geom_type) <= {"LineString"}
    assert all(str(problem).encode() for problem in problems)
    assert tracks.map(lambda value: str(value).encode()).notna().all(axis=None)


def geopackage(*rows: tuple[Any, ...]) -> bytes:
    """A GeoPackage with rows of geometry, id, and summary, as small as one can be."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            """
            PRAGMA page_size = 512;
            CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id);
            CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id);
            INSERT INTO gpkg_geometry_columns VALUES ('incidents', 'geom', 'POINT', 4326);
            INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326);
            CREATE TABLE incidents (fid INTEGER PRIMARY KEY, geom BLOB, id, summary);
            """
        )
        connection.executemany("INSERT INTO incidents (geom, id, summary) VALUES (?, ?, ?)", rows)
        connection.commit()
        return connection.serialize()


HEADER = b"GP\0\1" + struct.pack("<i", 4326)
SHAPES = [
    shapely.Point(24.37, 55.05), shapely.Point(1, 2, 3), shapely.Point(), shapely.LineString([(0, 0), (1, 1)]),
    shapely.GeometryCollection([shapely.Point(1, 2)]),
]  # fmt: skip
GEOMETRIES = [HEADER + shapely.to_wkb(shape) for shape in SHAPES] + [HEADER + b"\1\7\0\0\0\1\0\0\0" * 20_000]
values = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.binary(max_size=20) | st.text(max_size=20)


@tries(10)
@given(
    content=st.lists(st.tuples(damaged(*GEOMETRIES) | values, values, values), max_size=4).map(
        lambda rows: geopackage(*rows)
    )
    | damaged(geopackage((GEOMETRIES[0], "LT-1", "A drone fell.")))
)
def test_geopackage(folder: Path, content: bytes) -> None:
    path = folder / "incidents.gpkg"
    path.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geofile, "LONGEST_READ_S", 1)
        read_whole(path)


@tries(8)
@given(content=damaged(b'cutoff = 2026-10-03T23:59:00Z\ncompleteness = "Thin."\ncredit = "Ona"\n'))
def test_about(folder: Path, content: bytes) -> None:
    path = folder / "about.toml"
    path.write_bytes(content)
    none = gpd.GeoDataFrame({"date": [], "counted_on": [], "last_day": []}).astype("datetime64[s]")
    try:
        about, problems = read_about(path, none)
    except DashboardError as error:
        assert str(error).encode()
        return
    assert f"{about.completeness} {about.credit} {about.cutoff:%Y}".encode()
    assert all(str(problem).encode() for problem in problems)


RELEASE = f"""\
created = 2026-10-03T12:00:00Z
fingerprint = "{"ab12cd34" * 8}"
rows = 3
incidents = 2
withdrawn = 1
cutoff = 2026-10-03T12:00:00Z
note = "A word."
"""


@tries(8)
@given(content=damaged(RELEASE.encode()))
def test_release(folder: Path, content: bytes) -> None:
    place = folder / "releases" / "2026-10-03-ab12cd34"
    place.mkdir(parents=True, exist_ok=True)
    (place / "release.toml").write_bytes(content)
    releases, problems = shipped_releases(folder)
    assert (len(releases), len(problems)) == (0, 1)  # whatever it says, there are no data beside it
    assert str(problems[0]).encode()


@tries(8)
@given(content=damaged(VIEWS.encode(), b'views:\n- query: ""\n  notes: |\n    a\n    b\n  id: v1234\n'))
def test_views(content: bytes) -> None:
    try:
        views = parse_views(content, "views.yaml", may_be_empty=True)
    except DashboardError as error:
        assert str(error).encode()
        assert len(str(error).splitlines()) == 1
        return
    again = parse_views(views_text(views).encode(), "again", may_be_empty=True)
    assert [named.entry() for named in again] == [named.entry() for named in views]


@tries(4)
@given(
    query=st.lists(st.tuples(st.sampled_from(NAMES) | words, words), max_size=5).map(
        lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
    )
    | damaged(b"?country=LT&from=2025-07-01&to=2025-07-31&q=drone&lat=55&lon=24&zoom=7").map(
        lambda text: text.decode("latin-1")
    )
)
def test_query(query: str) -> None:
    view, notices = parse_query_string(query)
    assert all(notice for notice in notices)
    assert parse_query_string(view.query_string()) == (view, [])
