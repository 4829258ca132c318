"""The second file of an import, which lists the sources whose numbers the list gives."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.core.imports.files.raw import RawFile
from dashboard.core.imports.files.reading import read_file


@dataclass(eq=False)
class Beside:
    """A file beside the list: its name and content, and what was read of it, once that was needed."""

    name: str
    content: bytes
    raw: RawFile | None = None

    def read(self, cancelled: Callable[[], bool]) -> RawFile:
        """Read it, once; see :func:`dashboard.core.imports.files.reading.read_file`."""
        if self.raw is None:
            self.raw = read_file(self.content, self.name, cancelled=cancelled)
        return self.raw
