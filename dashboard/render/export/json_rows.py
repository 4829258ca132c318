"""JSON: the incidents as objects in a list, for programs that want neither geometries nor tracks."""

from collections.abc import Iterator

from dashboard.render.export.records import about, as_json, incident_parts
from dashboard.render.text.handout import Handout


def json_parts(handout: Handout) -> Iterator[bytes]:
    """An object with ``about``, what the file says of itself, and ``incidents``, an object on a line for each row.

    The names are those of the columns of a CSV file; a number, a flag and nothing are such in JSON.
    """
    yield f'{{"about":{as_json(dict(about(handout, tracks=False)))},"incidents":[\n'.encode()
    between = ""
    for columns in incident_parts(handout):
        names = [column.name for column in columns]
        rows = zip(*(column.values for column in columns), strict=True)
        lines = ",\n".join(as_json(dict(zip(names, row, strict=True))) for row in rows)
        yield f"{between}{lines}".encode()
        between = ",\n"
    yield b"\n]}\n"
