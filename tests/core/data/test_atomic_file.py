"""Files that somebody asked for are written whole or not at all."""

import os
import resource
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.core.data.atomic_file import write_output
from dashboard.errors import StorageError

pytestmark = pytest.mark.slow


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file can grow beyond 3000 bytes, as if there were no more room."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("command", ["export -o x.csv", "export -o x.html", "brief -o x.md", "sheet --list -o x.png"])
def test_command_that_fails_leaves_the_last_good_file(
    tmp_path: Path,
    full_disk: None,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    name, *options = command.split()
    file = tmp_path / options[-1]
    file.write_text("the last good one")
    assert main([name, "--query", "country=RO", *options]) == 2
    assert f"{file} cannot be written: File too large." in capsys.readouterr().err
    assert [other.name for other in tmp_path.iterdir()] == [file.name]
    assert file.read_text() == "the last good one"


def test_new_file_is_as_any_other_and_an_old_one_keeps_its_permissions(tmp_path: Path) -> None:
    usual, new, old = tmp_path / "usual", tmp_path / "new", tmp_path / "old"
    usual.touch()
    old.touch(mode=0o640)
    for file in (new, old):
        write_output(file, b"x")
    assert [file.stat().st_mode & 0o777 for file in (new, old)] == [usual.stat().st_mode & 0o777, 0o640]


def test_link_stays_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.touch()
    link.symlink_to(file)
    write_output(link, b"x")
    assert (link.is_symlink(), file.read_bytes()) == (True, b"x")


def test_pipe_takes_what_is_written(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_output(pipe, b"x")
    reader.join()
    assert (read, pipe.is_fifo()) == ([b"x"], True)


def test_folder_link_to_itself_and_long_name_are_told(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in (tmp_path, tmp_path / "loop", tmp_path / "none" / "x", tmp_path / ("x" * 300), Path("/proc/x/y")):
        with pytest.raises(StorageError, match="cannot be written"):
            write_output(path, b"x")
