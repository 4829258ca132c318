"""Fuzzing guided by coverage, with Atheris: ``make fuzz`` runs each target; nothing but our own errors may come of it.

An input that breaks a target is written to a file beside, named crash-…; ``python -m tests.coverage_fuzz TARGET FILE``
tries it again.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["dashboard"]):
    from dashboard.core.imports.fields import FIELDS
    from dashboard.core.imports.files.sniffing import Asked, read_content
    from dashboard.core.imports.mapping import mapping_text, read_mapping
    from dashboard.core.imports.readers import reader_of
    from dashboard.core.query.view import parse_query_string
    from dashboard.core.saved_views.saved_view import parse_views, views_text
    from dashboard.errors import DashboardError

MOST_ROWS = 1000
# What begins a file that native libraries read, which have fuzzing of their own and run in a process of their own.
BINARY = (b"PK", b"SQLite", b"PAR1", b"\xd0\xcf\x11\xe0", b"\x00\x00'\n")


def query(data: bytes) -> None:
    """An address: what was read of it stays the same when it is written and read again."""
    view, notices = parse_query_string(data.decode("latin-1"))
    assert all(notices)
    assert parse_query_string(view.query_string()) == (view, [])


def views(data: bytes) -> None:
    """A list of saved views, likewise."""
    found = parse_views(data, "views.yaml", may_be_empty=True)
    again = parse_views(views_text(found).encode(), "again", may_be_empty=True)
    assert [one.entry() for one in again] == [one.entry() for one in found]


def mapping(data: bytes) -> None:
    """A mapping of columns, likewise."""
    found = read_mapping(data.decode("utf-8", "replace"), "mapping.yaml")
    assert read_mapping(mapping_text(found), "again") == found


def cell(data: bytes) -> None:
    """A cell of a list in each field: it is understood, can mean several things, or is refused with a reason."""
    text = data.decode("utf-8", "replace")
    for field in FIELDS:
        read = reader_of(field)
        if read and text.strip():
            found = read(text)
            assert found.meanings or found.expected, field


def file(data: bytes) -> None:
    """A file of text of any kind: a table, or a reason."""
    if not data.startswith(BINARY):
        read_content(data, "list", Asked(), MOST_ROWS)


# With which each begins; what finds new ways through the program is kept beside them while it runs.
SEEDS = {
    "query": [
        b"?country=LT&from=2025-07-01&to=2025-07-31&q=drone&lat=55&lon=24&zoom=7",
        b"area=20,53,27,57&since=2026-10-03",
    ],
    "views": [b'views:\n- title: A\n  query: "country=LT"\n  notes: |\n    a\n    b\n', b"[]"],
    "mapping": [b"name: A\ncolumns:\n  date: Datum\n  place: [Ort]\nwords:\n  category:\n    Absturz: crash\n", b"{}"],
    "cell": [
        b"28.07.2025",
        b"9-10 Sept 2025",
        b"55\xc2\xb003'30\"N 24\xc2\xb022'E",
        b"35UMV",
        b"POINT (24 55)",
        b"1 234,5 km",
        b"45123.5",
        b"mid-June 2025",
        b"about 5",
        b"2025-07-28T04:40+03:00",
        b"Litwa",
        b"https://example.org/a; [PAP]",
        b"03/04/2025",
    ],
    "file": [
        b"sep=;\ndate;lat;lon\n28.07.2025;55,05;24,37\n",
        b'[{"date": "2025-07-28", "lat": 55.05}]',
        b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":'
        b'{"type":"Point","coordinates":[24,55]},"properties":{"a":1}}]}',
        b"<kml><Document><Placemark><name>A</name>"
        b"<Point><coordinates>24,55</coordinates></Point></Placemark></Document></kml>",
        b'<gpx><wpt lat="55" lon="24"><name>A</name></wpt></gpx>',
        b'Timestamp,Position\n1753675200,"55.05,24.37"\n',
    ],
}
TARGETS: dict[str, Callable[[bytes], None]] = {one.__name__: one for one in (query, views, mapping, cell, file)}


def main() -> None:
    """Run the target that is named first; what follows is for libFuzzer."""
    target = TARGETS[sys.argv.pop(1)]

    def run(data: bytes) -> None:
        try:
            target(data)
        except DashboardError as error:
            assert str(error).encode()

    with TemporaryDirectory() as folder:
        for number, seed in enumerate(SEEDS[target.__name__]):
            (Path(folder) / str(number)).write_bytes(seed)
        atheris.Setup([*sys.argv, folder] if all(word.startswith("-") for word in sys.argv[1:]) else sys.argv, run)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
