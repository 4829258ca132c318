"""Read a file of any kind, in a process of its own: whatever it holds, the server's memory and time are not its own."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import shapely

from dashboard.core.imports.files.database import database_name
from dashboard.core.imports.files.raw import CodePage, RawFile, RawTable
from dashboard.core.incidents.columns import COLUMNS
from dashboard.core.incidents.csv_file import not_readable
from dashboard.errors import DashboardError, QueryError, UnreadableFileError
from dashboard.language import _
from dashboard.settings import Settings, settings

POLL_S = 0.1
ANSWER_TIMES = 10  # how many times as large as a file what is read of it may be
LEAST_ANSWER_MB = 50
Cancelled = Callable[[], bool]


class CancelledError(DashboardError):
    """The reader of the screen did not want to wait any longer."""


def read_file(
    source: Path | bytes,
    name: str = "",
    *,
    layer: str = "",
    code_page: str = "",
    states: Collection[str] = (),
    cancelled: Cancelled = lambda: False,
) -> RawFile:
    """Read a file of any kind that is known, by its content.

    Parameters
    ----------
    source
        Its path, or its content.
    name
        That of the file, for messages; of a path its own where it is empty.
    layer, code_page
        What to read of it, and how; empty for the likeliest.
    states
        ISO 3166-1 alpha-2 codes of the states that the list is likely to be about.
    cancelled
        Asked again and again while it is read; whether to stop.

    Raises
    ------
    UnreadableFileError
        It is not there, too large, of another kind, broken, or takes more memory or time than is allowed.
    QueryError
        There is no such layer.
    CancelledError
        ``cancelled`` said so.
    """
    limits = settings()
    content, name = _content(source, name, limits)
    asked = {"layer": layer, "code_page": code_page, "states": [*states], "known": [*COLUMNS]}
    return _asked_of_worker({"address": "", "name": name, "asked": asked}, content, name, limits, cancelled)


def read_database(address: str, query: str = "", *, table: str = "", cancelled: Cancelled = lambda: False) -> RawFile:
    """Read a table of PostgreSQL, or what a query gives; nothing can be changed by it.

    What is read goes the way of a file: ``find_mapping`` and ``report_of``, with ``database_name(address, raw.layer)``
    for its name. Whoever gives the address has the server connect to it: only who may edit is to be offered this. The
    address may hold a password, which stands in no message and is not to be kept.

    Parameters
    ----------
    address
        ``postgresql://USER@HOST/DATABASE``. What it leaves out, the password above all, comes from the environment, as
        for the programs of PostgreSQL: ``PGPASSWORD``, ``PGPASSFILE``, ``PGHOST``.
    query
        A statement of SQL that gives rows; empty to read a table.
    table
        Its name, one of the ``layers`` of what is read; it may be empty where there is only one.

    Raises
    ------
    UnreadableFileError
        The database cannot be reached, does not answer, or gives more than is allowed.
    QueryError
        The address is none of PostgreSQL; there is no such table, or none is named of several.
    CancelledError
        ``cancelled`` said so.
    """
    name = database_name(address, table)
    request = {"address": address, "query": query, "table": table}
    return _asked_of_worker(request, b"", name, settings(), cancelled)


def _content(source: Path | bytes, name: str, limits: Settings) -> tuple[bytes, str]:
    """The content of a file, and its name."""
    if isinstance(source, bytes):
        size = len(source)
    else:
        name = name or source.name
        try:
            size = source.stat().st_size
            source = source.read_bytes() if size <= limits.import_mb * 1e6 else b""
        except OSError as error:
            raise not_readable(Path(name), error) from error
    if size > limits.import_mb * 1e6:
        message = _("{path} has {size} MB, more than the {limit} MB allowed. Split it, or raise DASHBOARD_IMPORT_MB.")
        raise UnreadableFileError(message.format(path=name, size=round(size / 1e6), limit=limits.import_mb))
    return source, name


def _asked_of_worker(
    request: dict[str, Any], content: bytes, name: str, limits: Settings, cancelled: Cancelled
) -> RawFile:
    request |= {
        "rows": limits.import_rows,
        "seconds": limits.import_seconds,
        "memory_mb": limits.import_memory_mb,
    }
    command = [sys.executable, "-m", "dashboard.core.imports.files.worker"]
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as told:
        question.write(json.dumps(request).encode() + b"\n" + content)
        question.seek(0)
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
        process = subprocess.Popen(
            command, stdin=question, stdout=told, stderr=subprocess.DEVNULL, env=environment, cwd=_root()
        )
        try:
            _wait(process, name, limits, cancelled)
        finally:
            process.kill()
            process.wait()
        most = max(LEAST_ANSWER_MB * 1_000_000, ANSWER_TIMES * len(content))
        size = told.seek(0, os.SEEK_END)
        told.seek(0)
        answer = json.loads(told.read()) if 0 < size <= most and not process.returncode else {}
    return _file_of(answer, name, limits)


def _root() -> str:
    """The folder that the package lies in, so that the worker finds it wherever this process was started."""
    import dashboard

    return str(Path(dashboard.__file__).parent.parent)


def _wait(process: subprocess.Popen[bytes], name: str, limits: Settings, cancelled: Cancelled) -> None:
    deadline = time.monotonic() + limits.import_seconds
    while process.poll() is None:
        if cancelled():
            raise CancelledError(_("Reading {path} was stopped.").format(path=name))
        if time.monotonic() > deadline:
            message = _("{path} was not read within {limit} seconds. Split it, or raise DASHBOARD_IMPORT_SECONDS.")
            raise UnreadableFileError(message.format(path=name, limit=limits.import_seconds))
        try:
            process.wait(POLL_S)
        except subprocess.TimeoutExpired:
            continue


def _file_of(answer: dict[str, Any], name: str, limits: Settings) -> RawFile:
    """The file in an answer; raises the error in it."""
    if answer.get("error") and "kind" in answer:
        error = QueryError if answer["kind"] == QueryError.__name__ else UnreadableFileError
        raise error(_("{path}: {reason}").format(path=name, reason=answer["error"]))
    if "file" not in answer:
        message = _(
            "{path} takes more than {limit} MB of memory to read, or breaks what reads it. Save it anew from where it "
            "comes from, split it, or raise DASHBOARD_IMPORT_MEMORY_MB."
        )
        raise UnreadableFileError(message.format(path=name, limit=limits.import_memory_mb))
    file: dict[str, Any] = answer["file"]
    table = file.pop("table")
    rows = [tuple(row) for row in table["rows"]]
    shapes = list(shapely.from_wkb(table["shapes"])) if table["shapes"] else []
    pages = tuple(CodePage(**page) for page in file.pop("code_pages"))
    made = RawTable(tuple(table["header"]), rows, table["lines"], table["counted"], shapes)
    lists: dict[str, Any] = {one: tuple(file.pop(one)) for one in ("layers", "notes", "left_out")}
    return RawFile(table=made, code_pages=pages, **lists, **file)
