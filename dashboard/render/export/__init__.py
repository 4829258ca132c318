"""The data of a view to take away, as files for spreadsheets and geographic programs.

Each holds the incidents and flight tracks that the filter lets pass, and what the handout says of itself. The same
handout gives the same bytes. CSV, GeoJSON and GeoPackage can be read back with
:func:`dashboard.core.incidents.schema.read_incidents`; GeoParquet by the import of a list.
"""

from collections.abc import Iterable

from dashboard.errors import QueryError
from dashboard.language import _, listing
from dashboard.render.text.handout import Handout

# Kind, which is also the ending of the file, and MIME type.
EXPORTS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml",
    "json": "application/json",
    "gpkg": "application/geopackage+sqlite3",
    "parquet": "application/vnd.apache.parquet",
}


def make_export(handout: Handout, kind: str) -> bytes:
    """Make a file of data; see :func:`export_parts`."""
    return b"".join(export_parts(handout, kind))


def export_parts(handout: Handout, kind: str) -> Iterable[bytes]:
    """Make a file of data; all but Excel and GeoPackage come in parts, so that a large one is never whole in memory.

    Raises
    ------
    QueryError
        The kind is not one of ``EXPORTS``.
    SheetError
        There is more than a file of this kind can hold.
    """
    if kind not in EXPORTS:
        message = _("There is no export of the kind {kind}; expected one of {kinds}.")
        raise QueryError(message.format(kind=repr(kind), kinds=listing(list(EXPORTS))))
    from dashboard.render.export.geodata import geojson_parts, make_gpkg
    from dashboard.render.export.geoparquet import geoparquet_parts
    from dashboard.render.export.json_rows import json_parts
    from dashboard.render.export.kml import kml_parts
    from dashboard.render.export.tables import csv_parts, make_xlsx

    in_parts = {
        "csv": csv_parts,
        "geojson": geojson_parts,
        "kml": kml_parts,
        "json": json_parts,
        "parquet": geoparquet_parts,
    }
    if kind in in_parts:
        return in_parts[kind](handout)
    make = {"xlsx": make_xlsx, "gpkg": make_gpkg}
    return [make[kind](handout)]


def make_notes(handout: Handout) -> bytes:
    """The text beside a CSV file: what other kinds of file say of themselves, each on a line, in UTF-8."""
    from dashboard.render.export.records import about

    lines = [_("{label}: {words}").format(label=label, words=words) for label, words in about(handout, tracks=False)]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")
