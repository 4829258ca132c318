"""Files packed in a zip: KMZ, and a Shapefile with what belongs to it."""

import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyogrio

from dashboard.core.imports.files.geometry import as_wgs84, crs_of
from dashboard.core.imports.files.layers import chosen_layer
from dashboard.core.imports.files.raw import FEATURE, RawFile
from dashboard.core.imports.files.records import table_of_records
from dashboard.errors import UnreadableFileError
from dashboard.language import _

MOST_UNPACKED = 500_000_000  # bytes
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def unpack(content: bytes, endings: tuple[str, ...]) -> dict[str, bytes]:
    """The files of a zip with one of the endings, by name.

    Raises
    ------
    UnreadableFileError
        It is broken, locked by a password, or unpacks to more than can be read.
    """
    with _opened(content) as archive:
        members = [one for one in archive.infolist() if one.filename.lower().endswith(endings)]
        if sum(one.file_size for one in members) > MOST_UNPACKED:
            message = _("It unpacks to more than {limit} MB.")
            raise UnreadableFileError(message.format(limit=MOST_UNPACKED // 1_000_000))
        return {one.filename: archive.read(one) for one in members}


def names_in(content: bytes) -> list[str]:
    """The names of the files of a zip; raises as ``unpack`` does."""
    with _opened(content) as archive:
        return archive.namelist()


@contextmanager
def _opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        message = _("It is a zip that cannot be unpacked: {error}. Pack it anew, without a password.")
        raise UnreadableFileError(message.format(error=error)) from error


def read_shapefile(content: bytes, *, layer: str, code_page: str, most_rows: int) -> RawFile:
    """Read a Shapefile in a zip: the one that ``layer`` names, or else the first.

    Raises
    ------
    UnreadableFileError
        It is broken, has no rows, or says nothing of its coordinate reference system.
    """
    parts = unpack(content, _PARTS)
    names = sorted(Path(name).stem for name in parts if name.lower().endswith(".shp"))
    layer = chosen_layer(names, layer)
    with tempfile.TemporaryDirectory() as folder:
        for name, part in parts.items():
            if Path(name).stem == layer:
                (Path(folder) / f"layer{Path(name).suffix.lower()}").write_bytes(part)
        return _read(Path(folder) / "layer.shp", tuple(names), layer, code_page, most_rows)


def _read(file: Path, names: tuple[str, ...], layer: str, code_page: str, most_rows: int) -> RawFile:
    try:
        frame = pyogrio.read_dataframe(file, encoding=code_page or None, max_features=most_rows + 1)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeError, ValueError) as error:
        message = _("Its Shapefile cannot be read: {error}.")
        raise UnreadableFileError(message.format(error=str(error).replace(str(file), layer))) from error
    if frame.crs is None:
        message = _("It does not say in which coordinates it is: the file {name}.prj is missing.")
        raise UnreadableFileError(message.format(name=layer))
    notes: list[str] = []
    shapes = as_wgs84(list(frame.geometry), crs_of(frame.crs), notes)
    records = frame.drop(columns=frame.geometry.name).to_dict("records")
    table = table_of_records(records, shapes, counted=FEATURE, most_rows=most_rows)
    return RawFile("Shapefile", table, names, layer, notes=tuple(notes))
