"""The progress of a command that takes long."""

import sys
import time

QUIET_S = 1.0  # work that is done within this time says nothing of its progress


class Progress:
    """Progress of the work on standard error, once it takes longer than QUIET_S."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def __call__(self, line: str) -> None:
        """Say a line."""
        if time.monotonic() - self.began > QUIET_S:
            print(line, file=sys.stderr, flush=True)
