"""Imports under way, kept by the server for some hours: who has lost the connection goes on at the page's address."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

from dashboard.ui.imports import KEPT, ListImport
from dashboard.ui.session import session

MOST_KEPT, MOST_MB = 20, 200  # imports, and megabytes of their files in all; the oldest goes first
KEPT_HOURS = 12


@dataclass(frozen=True)
class _Draft:
    """A copy of an import as it was at an instant."""

    made: ListImport
    at: datetime


class Drafts:
    """Imports by their tokens. Only who has the token, which is in the address of the page, finds one."""

    def __init__(self) -> None:
        self._kept: dict[str, _Draft] = {}
        self._lock = Lock()

    def keep(self, made: ListImport, now: datetime | None = None) -> None:
        """Keep an import as it is now: its file and what was chosen, but nothing that is worked out of them."""
        now = now or datetime.now(UTC)
        with self._lock:
            self._kept.pop(made.token, None)
            self._kept[made.token] = _Draft(made.copy(), now)
            self._forget(now)

    def find(self, token: str, now: datetime | None = None) -> ListImport | None:
        """Find an import by its token, to be gone on with; None where none is kept."""
        with self._lock:
            self._forget(now or datetime.now(UTC))
            draft = self._kept.get(token)
        return draft.made.copy() if draft else None

    def drop(self, token: str) -> None:
        """Forget an import that was accepted or thrown away."""
        with self._lock:
            self._kept.pop(token, None)

    def _forget(self, now: datetime) -> None:
        oldest = now - timedelta(hours=KEPT_HOURS)
        self._kept = {token: draft for token, draft in self._kept.items() if draft.at > oldest}
        while len(self._kept) > MOST_KEPT or self._megabytes() > MOST_MB:
            del self._kept[next(iter(self._kept))]

    def _megabytes(self) -> float:
        return sum(draft.made.size for draft in self._kept.values()) / 1e6


DRAFTS = Drafts()


def under_way() -> ListImport:
    """The import of this session, or the one that its address names."""
    found = session().kept.get(KEPT)
    if not isinstance(found, ListImport):
        found = DRAFTS.find(session().draft)
        if found:
            found.go_on()
        else:
            found = ListImport()
            session().draft = ""
        session().kept[KEPT] = found
    return found


def keep(made: ListImport) -> None:
    """Keep the import of this session, if it has a file, under the token in its address."""
    if made.content:
        session().draft = made.token
        DRAFTS.keep(made)


def drop(made: ListImport) -> None:
    """Forget the import of this session."""
    DRAFTS.drop(made.token)
    session().draft = ""
    session().kept.pop(KEPT, None)
