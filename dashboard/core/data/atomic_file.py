"""Files written whole or not at all."""

import os
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from dashboard.errors import StorageError
from dashboard.language import _

DRAFT = ".new"  # ends the name of a file that is being written
USUAL = 0o666  # permissions of a new file, less what the process keeps back


def write_output(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file that somebody asked for whole or not at all; what is no file, such as a pipe, takes it as it comes.

    Parameters
    ----------
    content
        All of it, or parts that are made as they are written.

    Raises
    ------
    StorageError
        It cannot be written; what was there is still there.
    """
    file = path
    try:
        file = path.resolve()  # a link stays a link
        if file.exists() and not file.is_file():
            with file.open("wb") as outlet:
                outlet.writelines(_parts(content))
        else:
            write_whole(file, content, file.with_name(f".{secrets.token_hex(4)}{DRAFT}"))
    except (OSError, RuntimeError) as error:  # a link that leads to itself is a RuntimeError
        raise not_written(file, error) from error


def write_whole(path: Path, content: bytes | Iterable[bytes], new: Path) -> None:
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
            file.writelines(_parts(content))
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        with suppress(OSError):  # some file systems cannot do this with a folder
            _settle(path.parent)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise


def _parts(content: bytes | Iterable[bytes]) -> Iterable[bytes]:
    return [content] if isinstance(content, bytes) else content


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
