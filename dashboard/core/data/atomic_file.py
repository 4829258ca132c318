"""Files written whole or not at all, and by one process at a time."""

import glob
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from dashboard.errors import StorageError
from dashboard.language import _

PATIENCE_S = 10.0  # so long one waits for another's change, which takes milliseconds
MOST_COPIES = 240  # of a file, an hour each
DRAFT = ".new"  # ends the name of a file that is being written
USUAL = 0o666  # permissions of a new file, less what the process keeps back


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep everyone else, in this process or another, from changing a file meanwhile.

    Raises
    ------
    StorageError
        The file's folder cannot be written to, or somebody else does not come to an end.
    """
    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=PATIENCE_S, preserve_lock_file=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise StorageError(
            _("Another process is writing to {path} and has not finished. Try again.").format(path=path)
        ) from error
    except OSError as error:
        raise not_written(path, error) from error
    try:
        yield
    finally:
        lock.release()


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file so that a reader finds the old or the new one, whole; only within ``locked``.

    Raises
    ------
    StorageError
        It cannot be written; what was there is still there.
    """
    try:
        write_whole(path, content, path.with_name(f"{path.name}{DRAFT}"))  # one that was cut off is written over
    except OSError as error:
        raise not_written(path, error) from error


def write_output(path: Path, content: bytes) -> None:
    """Write a file that somebody asked for whole or not at all; what is no file, such as a pipe, takes it as it comes.

    Raises
    ------
    StorageError
        It cannot be written; what was there is still there.
    """
    file = path
    try:
        file = path.resolve()  # a link stays a link
        if file.exists() and not file.is_file():
            file.write_bytes(content)
        else:
            write_whole(file, content, file.with_name(f".{secrets.token_hex(4)}{DRAFT}"))
    except (OSError, RuntimeError) as error:  # a link that leads to itself is a RuntimeError
        raise not_written(file, error) from error


def write_whole(path: Path, content: bytes, new: Path) -> None:
    """Write another file beside a file, and give it the place of that once it is whole.

    Raises
    ------
    OSError
        It cannot be written; what was there is still there, and nothing beside it.
    """
    try:
        with open(new, "wb", opener=lambda name, flags: os.open(name, flags, USUAL)) as file:
            if path.exists():
                new.chmod(stat.S_IMODE(path.stat().st_mode))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        with suppress(OSError):  # some file systems cannot do this with a folder
            _settle(path.parent)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise


def keep_copy(path: Path, now: datetime) -> None:
    """Keep a file as it is before the first change of an hour, beside it; only within ``locked``.

    The copy is named by the hour in UTC, such as ``views.yaml.2026-11-26T17Z``. The oldest of more than MOST_COPIES are
    removed.

    Raises
    ------
    StorageError
        The copy cannot be written.
    """
    copy = path.with_name(f"{path.name}.{now.astimezone(UTC):%Y-%m-%dT%HZ}")
    if not path.is_file() or copy.exists():
        return
    write_atomic(copy, path.read_bytes())
    copies = sorted(path.parent.glob(f"{glob.escape(path.name)}.[0-9]*-[0-9]*-[0-9]*T[0-9]*Z"))
    for old in copies[:-MOST_COPIES]:
        old.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def not_written(path: Path, error: Exception) -> StorageError:
    """The error for a file that cannot be written."""
    reason = getattr(error, "strerror", None) or str(error)
    return StorageError(_("{path} cannot be written: {error}.").format(path=path, error=reason))
