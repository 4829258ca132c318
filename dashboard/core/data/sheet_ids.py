"""The register of sheets: what the ID of each sheet stands for, so that typing it brings the view back.

An ID is made from the view and the data alone: the same view of the same data always has the same one, whoever asks.
It is too short to hold the view, so each is noted in a folder, one small file an ID; the link of a sheet holds all of
it and needs no register.
"""

import hashlib
import json
import os
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from dashboard.core.data.atomic_file import DRAFT, write_whole
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.named_values import Count, NamedValues, Text, read_json
from dashboard.core.query.view import View, parse_query_string
from dashboard.errors import DashboardError, QueryError, StorageError
from dashboard.language import _, ngettext, number

# Crockford's base 32 has no letter that is read as another or as a digit: crockford.com/base32.html
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
LENGTH = 8
_BITS = 5  # of a sign
MOST_NOTES = 50_000  # in a folder, at most a few kilobytes each
DRAFT_S = 3600  # the draft of a note that is older was left by a process that was killed


@dataclass(frozen=True)
class Entry:
    """The view and data of a sheet.

    fingerprint
        Of the data at the time, as :class:`dashboard.core.data.dataset.Dataset` has it.
    incidents
        The number of incidents that the view showed.
    """

    view: View
    fingerprint: str
    incidents: int


class _Note(NamedValues):
    """The note on a sheet: an entry as JSON."""

    query: Text
    data: Text
    incidents: Count


def sheet_id(view: View, fingerprint: str) -> str:
    """The ID of a view of the data with this fingerprint: ``7F3K-Q2XD``."""
    digest = hashlib.sha256(f"{view.query_string()}\n{fingerprint}".encode()).digest()
    value = int.from_bytes(digest) >> (8 * len(digest) - _BITS * LENGTH)
    signs = "".join(SIGNS[value >> _BITS * place & 31] for place in reversed(range(LENGTH)))
    return f"{signs[:4]}-{signs[4:]}"


def read_id(text: str) -> str:
    """An ID as somebody typed it, in its own spelling.

    Raises
    ------
    QueryError
        It cannot be an ID.
    """
    signs = re.sub(r"[\s-]", "", text).upper().translate(_MISREAD)
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
        raise QueryError(
            _("{text!r} is not the ID of a sheet; expected eight letters and digits such as 7F3K-Q2XD.").format(
                text=text[:40]
            )
        )
    return f"{signs[:4]}-{signs[4:]}"


def remember(folder: Path, view: View, fingerprint: str, incidents: int) -> None:
    """Note what the ID of a view stands for.

    Raises
    ------
    StorageError
        The folder cannot be written to, or has MOST_NOTES notes.
    """
    file = folder / f"{sheet_id(view, fingerprint)}.json"
    if file.is_file():
        return
    if problem := why_not_noted(folder):
        raise StorageError(problem)
    entry = {"query": view.query_string(), "data": fingerprint, "incidents": incidents}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps(entry, ensure_ascii=False).encode(), folder / f"{secrets.token_hex(4)}{DRAFT}")
    except OSError as error:
        raise StorageError(_cannot_be_noted(error.strerror or str(error))) from error


def why_not_noted(folder: Path) -> str:
    """The reason why no sheet can be noted in the folder, or empty; drafts of killed processes are removed."""
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        return _cannot_be_noted(_("the folder cannot be written to"))
    if there != folder:
        return ""
    notes = 0
    with os.scandir(folder) as files:
        for file in files:
            notes += file.name.endswith(".json")
            if file.name.endswith(DRAFT) and time.time() - file.stat().st_mtime > DRAFT_S:
                Path(file.path).unlink(missing_ok=True)
    if notes < MOST_NOTES:
        return ""
    return _cannot_be_noted(_("there are {count} already; move old ones elsewhere").format(count=number(notes)))


def _cannot_be_noted(reason: str) -> str:
    return _(
        "Sheets cannot be noted: {reason}. Their IDs will not bring the view back, the links in their files will. "
        "The setting DASHBOARD_SHEETS names the folder."
    ).format(reason=reason)


def recall(folder: Path, text: str) -> Entry:
    """Find what the sheet with an ID showed.

    Raises
    ------
    QueryError
        It is not an ID, or no such sheet is noted here.
    """
    id_ = read_id(text)
    try:
        note = read_json((folder / f"{id_}.json").read_bytes(), _Note)
        view, _notices = parse_query_string(note.query)
    except OSError as error:
        raise QueryError(
            _(
                "No sheet {id} was made here. Check its letters, or open the link that is in the file's properties."
            ).format(id=id_)
        ) from error
    except ValueError as error:
        raise QueryError(_("The note on sheet {id} cannot be read.").format(id=id_)) from error
    return Entry(view, note.data, note.incidents)


def what_changed(entry: Entry, dataset: Dataset) -> str:
    """A warning that the data have changed since a sheet was made, or empty."""
    try:
        dataset = dataset.at(entry.view)
        if entry.fingerprint == dataset.fingerprint:
            return ""
        now = len(dataset.select(entry.view))
    except DashboardError as error:  # the release since which it showed changes is not here any more
        message = ngettext(
            "The data have changed since this sheet was made: it showed {then} incident. {error}",
            "The data have changed since this sheet was made: it showed {then} incidents. {error}",
            entry.incidents,
        )
        return message.format(then=number(entry.incidents), error=error)
    return ngettext(
        "The data have changed since this sheet was made: it showed {then} incident, the same view now shows {now}.",
        "The data have changed since this sheet was made: it showed {then} incidents, the same view now shows {now}.",
        entry.incidents,
    ).format(then=number(entry.incidents), now=number(now))
