"""The undo history of the saved views: each change can be undone without touching the later ones.

A change is undone on the list as it is now, by the keys of its entries: what somebody else has changed since stays.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.core.data.atomic_file import write_atomic
from dashboard.core.data.named_values import Count, NamedValues, Text, read_json
from dashboard.core.saved_views.saved_view import SavedView, keyed, named_views
from dashboard.errors import ConflictError, QueryError
from dashboard.language import _, ngettext, number

MOST_CHANGES = 20
MOST_BYTES = 4_000_000  # of all changes but the newest
SAVED, EDITED, MOVED, DELETED, REPLACED = "saved", "edited", "moved", "deleted", "replaced"


@dataclass(frozen=True)
class Change:
    """One change of the list.

    kind
        One of the five above.
    name
        Of the view that was changed, as people read it.
    before, after
        The entries that it changed, as they were and as they became.
    place, behind
        Where the entry stood: its position from 0, and the key of the one before it, empty for the first.
    """

    kind: str
    name: str = ""
    before: tuple[SavedView, ...] = ()
    after: tuple[SavedView, ...] = ()
    place: int = 0
    behind: str = ""
    id: str = field(default_factory=lambda: secrets.token_hex(6))

    def in_words(self) -> str:
        """The change that is undone, as a phrase."""
        phrases = {
            SAVED: _("saving “{name}”"),
            EDITED: _("the edit of “{name}”"),
            MOVED: _("moving “{name}”"),
            DELETED: _("deleting “{name}”"),
        }
        if self.kind in phrases:
            return phrases[self.kind].format(name=self.name)
        count = len(self.before)
        message = ngettext("the upload that replaced {count} view", "the upload that replaced {count} views", count)
        return message.format(count=number(count))


def undone(change: Change, views: Sequence[SavedView]) -> tuple[SavedView, ...]:
    """The list without a change; whatever was done to it since stays.

    Raises
    ------
    ConflictError
        Nothing of it can be undone any more, because somebody has changed the same since; the text says so.
    """
    if change.kind == REPLACED:
        found = _without_upload(change, views)
    elif change.kind == SAVED:
        found = [saved for saved in views if saved.entry() != change.after[0].entry()]
        if len(found) == len(views):
            raise _changed_since(change)
    elif change.kind == DELETED:
        if change.before[0].key in {saved.key for saved in views}:
            raise _changed_since(change)
        found = put_back(change.before[0], list(views), change)
    else:
        found = _without_edit(change, views)
    return tuple(found)


def _without_edit(change: Change, views: Sequence[SavedView]) -> list[SavedView]:
    """The list with an entry as it was, or where it was."""
    key = change.before[0].key
    now = next((saved for saved in views if saved.key == key), None)
    if now is None:
        raise _changed_since(change)
    if change.kind == MOVED:
        return put_back(now, [saved for saved in views if saved.key != key], change)
    before, after, entry = (saved.entry() for saved in (change.before[0], change.after[0], now))
    edited = [name for name in {**before, **after} if before.get(name, "") != after.get(name, "")]
    back = {name: before.get(name, "") for name in edited if entry.get(name, "") == after.get(name, "")}
    if not back:
        raise _changed_since(change)
    return [restored(entry | back) if saved is now else saved for saved in views]


def _without_upload(change: Change, views: Sequence[SavedView]) -> list[SavedView]:
    """The list before an upload, with what was added or changed since."""
    uploaded = [saved.entry() for saved in change.after]
    changed = {saved.key: saved for saved in views if saved.entry() not in uploaded}
    old = [changed.pop(saved.key, saved) for saved in change.before]
    return [*old, *changed.values()]


def put_back(saved: SavedView, views: list[SavedView], change: Change) -> list[SavedView]:
    """Put an entry back behind the one that it stood behind, or else at its old position."""
    places = [place + 1 for place, other in enumerate(views) if other.key == change.behind]
    place = next(iter(places), min(change.place, len(views)) if change.behind else 0)
    return [*views[:place], saved, *views[place:]]


def restored(entry: Mapping[str, str]) -> SavedView:
    """An entry from its texts.

    Raises
    ------
    QueryError
        A text is too long.
    """
    (saved,) = named_views([dict(entry)], _("The view"))
    return saved


def _changed_since(change: Change) -> ConflictError:
    return ConflictError(
        _("Someone else has changed it since: {what} can no longer be undone. Nothing was changed.").format(
            what=change.in_words()
        )
    )


def history_file(path: Path) -> Path:
    """The file beside a list of views that keeps its changes."""
    return path.with_name(f"{path.name}.undo")


def read_changes(path: Path) -> tuple[Change, ...]:
    """The last changes of the list in a file, newest last; none where they are not kept or cannot be read."""
    try:
        return _changes(history_file(path).read_bytes())
    except OSError:
        return ()


@lru_cache(maxsize=4)
def _changes(content: bytes) -> tuple[Change, ...]:
    try:
        return tuple(_change(line) for line in content.split(b"\n") if line)
    except (ValueError, KeyError, QueryError):
        return ()


class _Line(NamedValues):
    """A change as a line of the file."""

    kind: Text
    name: Text
    before: list[Any]
    after: list[Any]
    place: Count
    behind: Text
    id: Text


def _change(line: bytes) -> Change:
    record = read_json(line, _Line)
    before, after = (keyed(named_views(entries, "")) for entries in (record.before, record.after))
    found = Change(record.kind, record.name, before, after, record.place, record.behind, record.id)
    needed = {SAVED: (0, 1), EDITED: (1, 1), MOVED: (1, 0), DELETED: (1, 0)}
    if found.kind != REPLACED and (len(found.before), len(found.after)) != needed[found.kind]:
        raise ValueError(found.kind)
    return found


def write_changes(path: Path, changes: Sequence[Change]) -> None:
    """Keep the last changes of the list in a file; only within :func:`dashboard.core.data.atomic_file.locked`.

    Raises
    ------
    StorageError
        They cannot be written.
    """
    kept: list[bytes] = []
    for change in reversed(changes[-MOST_CHANGES:]):
        record = asdict(replace(change, before=(), after=()))
        record |= {name: [saved.entry() for saved in getattr(change, name)] for name in ("before", "after")}
        line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
        if kept and sum(map(len, kept)) + len(line) > MOST_BYTES:
            break
        kept.insert(0, line)
    write_atomic(history_file(path), b"".join(kept))
