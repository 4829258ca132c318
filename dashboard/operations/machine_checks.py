"""Checks of the machine: Python, packages, disk, memory, clock, port and fonts."""

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from platformdirs import user_cache_path

from dashboard.core.query.view import View
from dashboard.core.record.inspection import file_of, folder_of, inspect_database
from dashboard.errors import DashboardError
from dashboard.language import _, listing, ngettext, number
from dashboard.operations.findings import Finding, fault, ok, warning
from dashboard.render.text.instants import instant_in_words
from dashboard.render.typesetting.fonts import CACHE, WEIGHTS, fallback_file, font_file
from dashboard.settings import PROJECT, settings

OLDEST_PYTHON = (3, 11)
FREE_MB = 500  # below which a disk is nearly full: an export of all data and a backup need some of it
FEW = 3  # packages that are named
SLACK = timedelta(minutes=5)  # by which the clocks of two machines may differ
REQUIREMENTS = PROJECT / "requirements.txt"


def check_python() -> Iterator[Finding]:
    """Check the version of Python, and those of the packages beside requirements.txt."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        needed = ".".join(map(str, OLDEST_PYTHON))
        yield fault("Python", found, _("Python {version} or newer is needed.").format(version=needed))
        return
    others = [f"{name} {is_} ({should})" for name, should, is_ in _packages() if is_ != should]
    if others:
        words = ngettext(
            "{count} package is not of the version in requirements.txt: {names}.",
            "{count} packages are not of the versions in requirements.txt, among them {names}.",
            len(others),
        ).format(count=number(len(others)), names=listing(others[:FEW]))
        yield warning("Python", words, _("Run 'make run', or 'pip install -r requirements.txt'."))
        return
    yield ok("Python", _("{version}, with the packages of requirements.txt.").format(version=found))


def _packages() -> Iterator[tuple[str, str, str]]:
    """Name of each pinned package, its version there, and the one that is installed."""
    lines = REQUIREMENTS.read_text("utf-8").splitlines() if REQUIREMENTS.is_file() else []
    for line in lines:
        name, pinned, should = line.partition("==")
        if not pinned:
            continue
        try:
            yield name, should, version(name.partition("[")[0])
        except PackageNotFoundError:
            yield name, should, _("missing")


def check_disk() -> Iterator[Finding]:
    """Check the room on the disks of the record and of temporary files, and that these can be written."""
    part = _("Temporary files")
    try:
        with tempfile.TemporaryFile() as trial:
            trial.write(b"x")
    except OSError as error:
        words = _("Nothing can be written there: {reason}.").format(reason=error.strerror)
        yield fault(part, words, _("Set TMPDIR to a folder that can be written to."))
        return
    for name, folder in ((part, Path(tempfile.gettempdir())), *_folder_of_record()):
        free_mb = shutil.disk_usage(folder).free / 1e6
        if free_mb < FREE_MB:
            words = _("{free} MB are free in {folder}.").format(free=number(free_mb), folder=folder)
            yield warning(name, words, _("Make room, or nothing can be imported, edited or exported soon."))


def _folder_of_record() -> Iterator[tuple[str, Path]]:
    with suppress(DashboardError):  # which the check of the record tells
        if file := file_of(settings().record):
            yield _("Database"), folder_of(file)


def check_record() -> Iterator[Finding]:
    """Check the database of the record, and the clock by its newest change."""
    part = _("Database")
    try:
        found = inspect_database(settings().record)
    except DashboardError as error:
        yield fault(part, str(error), _("Mend the database, restore a backup, or set DASHBOARD_DATABASE."))
        return
    if not found.version:
        yield ok(part, _("It will be made in {place}.").format(place=found.place))
        return
    words = ngettext("{place}, {count} change.", "{place}, {count} changes.", found.changes)
    yield ok(part, words.format(place=found.place, count=number(found.changes)))
    now = datetime.now(UTC)
    if found.last_change and found.last_change > now + SLACK:
        words = _("It is {now}, but the newest change is of {change}.").format(
            now=instant_in_words(now, View()), change=instant_in_words(found.last_change, View())
        )
        yield fault(_("Clock"), words, _("Set the clock of this machine: the age of the data is reckoned by it."))


def check_port() -> Iterator[Finding]:
    """Check that the port is free, or is ours already."""
    address, port = settings().address, settings().port
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((address, port))
        except OSError as error:
            words = _("{address}:{port} cannot be listened on: {reason}.")
            remedy = _("If the dashboard runs already, all is well; else choose another by DASHBOARD_PORT.")
            reason = os.strerror(error.errno) if error.errno else error
            yield warning(_("Port"), words.format(address=address, port=port, reason=reason), remedy)
            return
    yield ok(_("Port"), _("{address}:{port} is free.").format(address=address, port=port))


def check_fonts() -> Iterator[Finding]:
    """Check that the fonts are there, and can be kept for the browser."""
    files = [file for weight in WEIGHTS for file in (font_file(weight), fallback_file(weight))]
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        words = _("{files} cannot be found.").format(files=listing(missing))
        yield fault(_("Fonts"), words, _("Run 'pip install -r requirements.txt'."))
        return
    try:
        kept = user_cache_path(CACHE, ensure_exists=True)
        writable = os.access(kept, os.W_OK)
    except OSError:
        kept, writable = user_cache_path(CACHE), False
    if not writable:
        words = _("They cannot be kept in {folder}, so that each start takes some seconds more.").format(folder=kept)
        yield warning(_("Fonts"), words, _("Let the folder be written to, or set XDG_CACHE_HOME."))
        return
    yield ok(_("Fonts"), _("All are there."))
