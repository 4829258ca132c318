"""The track of one flight as a CSV file of positions, as services that follow aircraft give it."""

from dataclasses import replace

from shapely import LineString

from dashboard.core.imports.files.raw import RawFile, RawTable
from dashboard.language import _

_POSITION, _TIMES = "position", ("utc", "timestamp", "time")


def as_track(file: RawFile) -> RawFile:
    """A list whose rows are the positions of one flight as a table of one row, a line; any other file as it is."""
    header = [name.casefold() for name in file.table.header]
    times = [name for name in _TIMES if name in header]
    if _POSITION not in header or not times or "callsign" not in header:
        return file
    position, time, callsign = (header.index(name) for name in (_POSITION, times[0], "callsign"))
    found = [(row[time], pair) for row in file.table.rows if (pair := _pair(row[position]))]
    if len(found) < 2 or len({row[callsign] for row in file.table.rows}) > 1:
        return file
    found.sort(key=lambda one: one[0])
    cells = (file.table.rows[0][callsign], found[0][0], found[-1][0])
    shape = LineString([pair for _time, pair in found])
    table = RawTable(("callsign", "begin", "end"), [cells], [file.table.lines[0]], file.table.counted, [shape])
    return replace(file, kind=_("flight track (CSV)"), table=table)


def _pair(text: str) -> tuple[float, float] | None:
    """Longitude and latitude of ``latitude,longitude``."""
    try:
        latitude, longitude = map(float, text.split(","))
    except ValueError:
        return None
    return longitude, latitude
