"""Work of an import that may take long: in a thread of its own, with progress, to be left at any time."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from dashboard.core.imports.files.reading import CancelledError
from dashboard.errors import DashboardError
from dashboard.language import _

Result = TypeVar("Result")
PATIENCE_S = 0.6  # for which a page waits before it shows progress: most lists are done by then


class Work(threading.Thread, Generic[Result]):
    """A piece of work.

    words
        What is being done.
    part
        How much of it is done, from 0 to 1.
    result
        What came of it, once it has ended well.
    error
        Why it has not.
    """

    def __init__(self, words: str, do: Callable[["Work[Result]"], Result]) -> None:
        super().__init__(daemon=True)
        self.words, self._do = words, do
        self.part = 0.0
        self.result: Result | None = None
        self.error: Exception | None = None
        self._left = threading.Event()
        self.start()

    def run(self) -> None:
        """Do the work."""
        try:
            self.result = self._do(self)
        except Exception as error:  # the page tells it
            self.error = error

    def leave(self) -> None:
        """Let it end as soon as it can."""
        self._left.set()

    def is_left(self) -> bool:
        """Tell whether nobody waits for it any more."""
        return self._left.is_set()

    def progress(self, part: float) -> None:
        """Note how much is done; raises CancelledError where nobody waits any more."""
        self.part = part
        if self.is_left():
            raise CancelledError(_("The import was stopped."))

    def is_done(self) -> bool:
        """Wait a little, and tell whether it has ended.

        Raises
        ------
        Exception
            That which ended the work, where it is none of ours.
        """
        self.join(PATIENCE_S)
        if self.error and not isinstance(self.error, DashboardError):
            raise self.error
        return not self.is_alive()
