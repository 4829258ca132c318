"""The process that reads a file: it is asked on standard input, answers on standard output, and has limits.

A request is a line of JSON, followed by the file's bytes. The answer is JSON alone: nothing is ever unpickled.
"""

import json
import resource
import sys
from dataclasses import asdict
from typing import Any

import shapely

from dashboard.core.imports.files.raw import RawFile
from dashboard.core.imports.files.sniffing import Asked, read_content
from dashboard.errors import DashboardError

MEMORY = "memory"  # the answer where there was too little of it


def limit(memory_mb: int, seconds: int) -> None:
    """Keep this process from taking more memory and processor time than that."""
    most = memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(request: dict[str, Any], content: bytes) -> dict[str, Any]:
    """Read what is asked for, and give it, or the reason why not."""
    try:
        if request["address"]:
            from dashboard.core.imports.files.database import read_query  # which takes its time, and no file needs it

            asked_of = {name: request[name] for name in ("query", "table", "seconds")}
            file = read_query(request["address"], **asked_of, most_rows=request["rows"])
        else:
            asked = Asked(**{name: _tuple(value) for name, value in request["asked"].items()})
            file = read_content(content, request["name"], asked, request["rows"])
        return {"file": as_json(file)}
    except DashboardError as error:
        return {"error": str(error), "kind": type(error).__name__}
    except MemoryError:
        return {"error": MEMORY}


def as_json(file: RawFile) -> dict[str, Any]:
    """A file that was read, its geometries as well-known binary in hexadecimal."""
    shapes = [None if shape is None else shapely.to_wkb(shape, hex=True) for shape in file.table.shapes]
    about = {name: getattr(file, name) for name in ("kind", "layers", "layer", "code_page", "notes", "left_out")}
    pages = [asdict(page) for page in file.code_pages]
    table = file.table
    rows = {"header": table.header, "rows": table.rows, "lines": [*table.lines], "counted": table.counted}
    return {**about, "code_pages": pages, "table": {**rows, "shapes": shapes}}


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def main() -> None:
    """Answer one request."""
    request = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    limit(request["memory_mb"], request["seconds"])
    # What libraries print goes to standard error, else it would stand in the answer.
    told, sys.stdout = sys.stdout, sys.stderr
    json.dump(answer(request, content), told, ensure_ascii=False)


if __name__ == "__main__":
    main()
