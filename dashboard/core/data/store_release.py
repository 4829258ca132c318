"""Storing of a release: whole, or not at all."""

import json
import shutil
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from dashboard.core.data.dataset import read_dataset
from dashboard.core.data.releases import FILES, FOLDER, INCIDENTS, LONGEST_NOTE, RECORD, Release, fingerprint_of
from dashboard.core.query.view import one_line
from dashboard.errors import ConflictError, QueryError, StorageError, UnreadableFileError
from dashboard.language import _, number

DRAFT = ".new-"  # begins the name of a folder that is being filled
DRAFT_S = 3600  # one that is older was left by a process that was killed


def make_release(folder: Path, now: datetime, note: str = "", max_file_mb: int = 200) -> Release:
    """Store the data of a folder as a release.

    Rows with a fault are stored as they are; they are counted as set aside.

    Parameters
    ----------
    now
        When it is stored, with its time zone.
    note
        A word on it, at most ``LONGEST_NOTE`` characters.

    Raises
    ------
    DataError
        The data cannot be read, or have no incident that could be used.
    QueryError
        The same data are stored already, or the note is too long.
    StorageError
        The folder cannot be written to.
    ConflictError
        The data changed while they were being stored.
    """
    note = one_line(note)
    if len(note) > LONGEST_NOTE:
        message = _("The note has {length} characters, more than {longest}.")
        raise QueryError(message.format(length=number(len(note)), longest=number(LONGEST_NOTE)))
    data = read_dataset(folder, max_file_mb)
    if data.incidents.empty:
        path = folder / INCIDENTS
        raise UnreadableFileError(_("{path} has no incident that could be stored; check it first.").format(path=path))
    for stored in data.releases:
        if stored.fingerprint == data.fingerprint:
            raise QueryError(_("The same data are stored already, as release {name}.").format(name=stored.name))
    release = Release(
        folder=folder,
        created=now.astimezone(UTC).replace(microsecond=0),
        fingerprint=data.fingerprint,
        rows=data.rows,
        incidents=len(data.incidents),
        withdrawn=len(data.withdrawn),
        cutoff=data.about.cutoff,
        note=note,
        friendly=len(data.friendly),
    )
    release = replace(release, folder=folder / FOLDER / release.name)
    try:
        _store(folder, release)
    except OSError as error:
        message = _("Release {name} cannot be stored in {folder}: {error}.")
        message = message.format(name=release.name, folder=release.folder.parent, error=error.strerror)
        raise StorageError(message) from error
    return release


def _store(folder: Path, release: Release) -> None:
    """Copy the files into a folder of another name, which gets its own when all is there."""
    place = release.folder
    place.parent.mkdir(exist_ok=True)
    _remove_old_drafts(place.parent)
    draft = Path(mkdtemp(dir=place.parent, prefix=DRAFT))
    try:
        for name in FILES:
            if (folder / name).is_file():
                shutil.copyfile(folder / name, draft / name)
        if fingerprint_of(draft) != release.fingerprint:
            raise ConflictError(_("The data changed while they were being stored; try again."))
        (draft / RECORD).write_text(_record(release), "utf-8")
        draft.chmod(0o755)  # as any other folder; a temporary one is for its owner alone
        draft.rename(place)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _remove_old_drafts(folder: Path) -> None:
    """Remove what processes that were killed while they stored a release have left behind."""
    for draft in folder.glob(f"{DRAFT}*"):
        if time.time() - draft.stat().st_mtime > DRAFT_S:
            shutil.rmtree(draft, ignore_errors=True)


def _record(release: Release) -> str:
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
    )
