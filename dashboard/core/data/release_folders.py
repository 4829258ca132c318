"""Folders of the data as they were: the releases shipped with the data, and any state written as such a folder.

A release is a folder ``releases/2026-10-03-ab12cd34`` in the data folder. It holds plain files, and ``release.toml``
with what is known of them. A first start takes all of them in, and from then on the record knows them.
"""

import json
import re
import shutil
from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from tempfile import mkdtemp

from dashboard.core.data.named_values import Count, Instant, NamedValues, Text, read_toml
from dashboard.core.data.releases import LONGEST_NOTE, Release, fingerprint_of, name_of
from dashboard.core.incidents.csv_file import not_readable
from dashboard.core.incidents.problems import Problem
from dashboard.core.query.as_of import is_release
from dashboard.core.query.view import one_line
from dashboard.errors import DataError, QueryError, StorageError
from dashboard.language import _

FOLDER = "releases"
RECORD = "release.toml"


class _Record(NamedValues):
    """The values of ``release.toml``."""

    created: Instant
    fingerprint: Text
    rows: Count
    incidents: Count
    withdrawn: Count
    cutoff: Instant
    note: Text = ""
    friendly: Count = 0


def shipped_releases(folder: Path) -> tuple[list[tuple[Path, Release]], list[Problem]]:
    """The releases shipped in a data folder, the oldest first, each with its folder.

    Returns
    -------
    The releases, and a problem for each folder that bears the name of one and is none, or was changed since.
    """
    found: list[tuple[Path, Release]] = []
    problems: list[Problem] = []
    try:
        there = sorted((folder / FOLDER).iterdir()) if (folder / FOLDER).is_dir() else []
    except OSError as error:
        there = []
        problems.append(_left_out(folder / FOLDER, str(not_readable(folder / FOLDER, error)).rstrip(".")))
    for place in there:
        if not is_release(place.name):
            continue
        try:
            found.append((place, _read(place)))
        except (OSError, ValueError, DataError) as error:
            message = _("release {name} is left out, because it cannot be read: {error}")
            problems.append(_left_out(place / RECORD, message.format(name=place.name, error=error)))
    return sorted(found, key=lambda each: (each[1].created, each[1].name)), problems


def _left_out(path: Path, message: str) -> Problem:
    return Problem(path, 0, _("release"), "", message, _("Restore the folder, or remove it"), severe=False)


def _read(place: Path) -> Release:
    values = read_toml((place / RECORD).read_bytes(), _Record)
    name = name_of(values.created, values.fingerprint)
    if not re.fullmatch(r"[0-9a-f]{64}", values.fingerprint) or name != place.name:
        raise ValueError(_("created and fingerprint do not make the name of the folder"))
    release = Release(name, **values.model_dump(include=set(_Record.model_fields)))
    if release.set_aside < 0:
        raise ValueError(_("it has more incidents and withdrawn rows than rows"))
    if len(release.note) > LONGEST_NOTE or release.note != one_line(release.note):
        raise ValueError(_("the note is not one line of at most {longest} characters").format(longest=LONGEST_NOTE))
    if (found := fingerprint_of(place)) != release.fingerprint:
        message = _("it was changed after it was made: SHA-256 of its files is {found}, not {made}")
        raise ValueError(message.format(found=found[:12], made=release.fingerprint[:12]))
    return release


def write_folder(place: Path, contents: Mapping[str, bytes], release: Release | None = None) -> None:
    """Write files into a folder of their own, all of them or none; and where they are those of a release, its record.

    Raises
    ------
    QueryError
        There is something in its place.
    StorageError
        It cannot be written.
    """
    if place.exists() and not (place.is_dir() and not any(place.iterdir())):
        message = _("{folder} is there already. A folder is written whole, so give the name of a new one.")
        raise QueryError(message.format(folder=place))
    files = dict(contents) | ({RECORD: _record(release)} if release else {})
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(mkdtemp(dir=place.parent, prefix=".new-"))
        try:
            for name, content in files.items():
                (draft / name).write_bytes(content)
            draft.chmod(0o755)  # as any other folder; a temporary one is for its owner alone
            draft.rename(place)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    except OSError as error:
        message = _("{folder} cannot be written: {error}.")
        raise StorageError(message.format(folder=place, error=error.strerror)) from error


def _record(release: Release) -> bytes:
    """``release.toml``; a text on one line is written in TOML as in JSON."""
    return (
        f"created = {release.created:%Y-%m-%dT%H:%M:%SZ}\n"
        f'fingerprint = "{release.fingerprint}"\n'
        f"rows = {release.rows}\n"
        f"incidents = {release.incidents}\n"
        f"friendly = {release.friendly}\n"
        f"withdrawn = {release.withdrawn}\n"
        f"cutoff = {release.cutoff.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n"
        f"note = {json.dumps(release.note, ensure_ascii=False)}\n"
    ).encode()
