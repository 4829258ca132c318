"""The kind of a file, by its content and never by its name."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from dashboard.core.imports.files import archive
from dashboard.core.imports.files.delimited import read_delimited
from dashboard.core.imports.files.flight_track import as_track
from dashboard.core.imports.files.geopackage import read_geopackage
from dashboard.core.imports.files.geoparquet import read_geoparquet
from dashboard.core.imports.files.json_records import read_json
from dashboard.core.imports.files.raw import RawFile
from dashboard.core.imports.files.spreadsheet import read_spreadsheet
from dashboard.core.imports.files.xml_places import read_xml
from dashboard.errors import UnreadableFileError
from dashboard.language import _

# What cannot be read, by how it begins.
_OTHERS = {
    b"%PDF": _("This is a PDF. Ask for the list as Excel or CSV: a PDF has no cells."),
    b"\x89PNG": _("This is a picture; expected a list."),
    b"\xff\xd8\xff": _("This is a picture; expected a list."),
    b"{\\rtf": _("This is a text document (RTF). Save its table as Excel or CSV."),
    b"\x1f\x8b": _("This is packed with gzip. Unpack it first."),
    b"Rar!": _("This is packed as RAR. Unpack it first."),
    b"7z\xbc\xaf": _("This is packed as 7z. Unpack it first."),
}


@dataclass(frozen=True)
class Asked:
    """The way in which a file is to be read.

    layer
        The sheet, layer or table; empty for the likeliest.
    code_page
        That of a text that is not Unicode; empty for the likeliest.
    states
        ISO 3166-1 alpha-2 codes of the states that the list is likely to be about.
    known
        Names of columns, in small letters, by which headings are told from what lies above them.
    """

    layer: str = ""
    code_page: str = ""
    states: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


def read_content(content: bytes, name: str, asked: Asked, most_rows: int) -> RawFile:
    """Read a file of any kind that is known.

    Parameters
    ----------
    name
        That of the file, for messages.

    Raises
    ------
    UnreadableFileError
        It is of another kind, broken, or has no rows.
    QueryError
        There is no such layer.
    """
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise UnreadableFileError(_("It is empty."))
    for begin, message in _OTHERS.items():
        if content.startswith(begin):
            raise UnreadableFileError(message)
    begin = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, read in _BY_MAGIC.items():
        if content.startswith(magic):
            return read(content, asked, most_rows)
    if begin.startswith(b"<"):
        return read_xml(begin, most_rows=most_rows)
    if begin.startswith((b"{", b"[")):
        return read_json(begin, layer=asked.layer, most_rows=most_rows)
    return as_track(read_delimited(content, name, asked.states, asked.code_page, asked.known, most_rows))


def _read_sheet(content: bytes, kind: str, asked: Asked, most_rows: int) -> RawFile:
    return read_spreadsheet(content, kind, layer=asked.layer, known=asked.known, most_rows=most_rows)


def _read_zip(content: bytes, asked: Asked, most_rows: int) -> RawFile:
    """Read what a zip is: a workbook, a KMZ, a Shapefile."""
    names = archive.names_in(content)
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return _read_sheet(content, "Excel (XLSX)", asked, most_rows)
    if "content.xml" in names:
        return _read_sheet(content, "OpenDocument (ODS)", asked, most_rows)
    if documents := [name for name in names if name.lower().endswith(".kml")]:
        first = "doc.kml" if "doc.kml" in documents else documents[0]
        unpacked = archive.unpack(content, (".kml",))[first]
        return replace(read_xml(unpacked.lstrip(b"\xef\xbb\xbf \t\r\n"), most_rows=most_rows), kind="KMZ")
    if any(name.lower().endswith(".shp") for name in names):
        return archive.read_shapefile(content, layer=asked.layer, code_page=asked.code_page, most_rows=most_rows)
    message = _("This is a zip without a workbook, a KML or a Shapefile in it. Unpack it and import what is inside.")
    raise UnreadableFileError(message)


_BY_MAGIC: dict[bytes, Callable[[bytes, Asked, int], RawFile]] = {
    b"PK\x03\x04": _read_zip,
    b"\xd0\xcf\x11\xe0": lambda content, asked, rows: _read_sheet(content, "Excel (XLS)", asked, rows),
    b"SQLite format 3\0": lambda content, asked, rows: read_geopackage(content, layer=asked.layer, most_rows=rows),
    b"PAR1": lambda content, _asked, rows: read_geoparquet(content, most_rows=rows),
}
