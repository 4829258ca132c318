"""Lists of the tests, read as any file is."""

import io
import zipfile

import geopandas as gpd
from shapely import Point

from dashboard.core.imports.files.raw import RawFile
from dashboard.core.imports.files.sniffing import Asked, read_content

PLACES = gpd.GeoDataFrame(
    {"name": ["Łódź", "Šiauliai"], "count": [1, 2]}, geometry=[Point(19.46, 51.77), Point(23.31, 55.93)], crs=4326
)


def read(content: bytes | str, **asked: object) -> RawFile:
    if isinstance(content, str):
        content = content.encode()
    return read_content(content, "list", Asked(**asked), 1000)  # type: ignore[arg-type]


def zipped(**files: bytes | str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return packed.getvalue()


def rows_of(file: RawFile) -> list[dict[str, str]]:
    return [dict(zip(file.table.header, row, strict=True)) for row in file.table.rows]


def point(file: RawFile, place: int = 0) -> tuple[float, float]:
    shape = file.table.shapes[place]
    assert isinstance(shape, Point)
    return round(shape.x, 6), round(shape.y, 6)
