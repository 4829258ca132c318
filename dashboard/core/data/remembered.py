"""Answers and files that are kept, so that they are worked out and read once."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

MOST_REMEMBERED = 4  # selections, and comparisons: each may be as large as the data
MOST_FILES = 10  # files of the map that are kept: two sets, since the tables are large
Content = TypeVar("Content")
Key = TypeVar("Key")
Answer = TypeVar("Answer")


def remembered(memory: dict[Key, Answer], key: Key, work_out: Callable[[], Answer]) -> Answer:
    """Give what was worked out for a key before, or work it out; the sessions of a process share the memory."""
    answer = memory.get(key)
    if answer is None:
        answer = work_out()
        if len(memory) >= MOST_REMEMBERED:
            memory.clear()
        memory[key] = answer
    return answer  # not from the memory, which another session may have cleared


def read_once(read: Callable[[Path], Content], path: Path) -> Content:
    """Read a file of the map, or give what was read before where it is still the same: these hardly ever change."""
    try:
        file = path.resolve(strict=True)
        state = file.stat()
    except OSError:
        return read(path)  # says what is wrong
    return cast("Content", _read_in_state(read, file, state.st_mtime_ns, state.st_size))


@lru_cache(maxsize=MOST_FILES)
def _read_in_state(read: Callable[[Path], object], file: Path, _changed_ns: int, _size: int) -> object:
    return read(file)
