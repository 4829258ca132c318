"""The store of saved views: one YAML file, which several people may change at once.

Every change is made on the newest state of the file, by the key of its entry, so that what somebody else has done
meanwhile stays. It is the file that ``--views`` takes: see :mod:`dashboard.core.saved_views.saved_view`.
"""

import hashlib
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from textwrap import shorten

from dashboard.core.data.atomic_file import keep_copy, locked, write_atomic
from dashboard.core.query.filter import dates_in_words
from dashboard.core.query.view import CHARTS, HEADINGS, View, one_line
from dashboard.core.saved_views.saved_view import (
    LARGEST_FILE,
    MOST_VIEWS,
    SavedView,
    decoded,
    keyed,
    parse_views,
    read_content,
    too_large,
    views_text,
)  # fmt: skip
from dashboard.core.saved_views.undo import (
    DELETED,
    EDITED,
    MOVED,
    REPLACED,
    SAVED,
    Change,
    read_changes,
    restored,
    undone,
    write_changes,
)
from dashboard.core.saved_views.yaml_file import opening_comment
from dashboard.errors import ConflictError, DashboardError, QueryError, StorageError
from dashboard.language import _, listing


@dataclass(frozen=True)
class SavedViews:
    """The saved views in their order, each with a key; and what tells this state of the file from others."""

    views: tuple[SavedView, ...] = ()
    version: str = ""

    def of(self, key: str) -> SavedView | None:
        """The view with a key, or None."""
        return next((saved for saved in self.views if saved.key == key), None)


def load(path: Path) -> SavedViews:
    """The saved views as they are now; none where there is no file. Quick while the file stays the same.

    Raises
    ------
    QueryError
        The file cannot be read or used.
    """
    try:
        path.stat()
    except FileNotFoundError:
        return SavedViews()
    except OSError:
        pass  # the reader says why
    found = _parsed(read_content(path), one_line(str(path)))
    if isinstance(found, QueryError):
        raise QueryError(str(found))
    return found


@lru_cache(maxsize=8)
def _parsed(content: bytes, name: str) -> SavedViews | QueryError:
    try:
        views = keyed(parse_views(content, name, may_be_empty=True))
    except QueryError as error:
        return error
    return SavedViews(views, hashlib.sha256(content).hexdigest())


def save(path: Path, view: View, notes: str = "") -> str:
    """Append a view, whose title is its name, and say its key.

    Raises
    ------
    QueryError
        As for every change here: the file cannot be read, or there are too many views. Nothing was changed.
    StorageError
        As for every change here: the file cannot be written. Nothing was changed.
    """
    saved = restored(SavedView(view, notes, "v" + secrets.token_hex(4)).entry())
    with locked(path):
        _write(path, [*load(path).views, saved], Change(SAVED, name_of(saved.view), after=(saved,)))
    return saved.key


def edit(path: Path, seen: SavedView, edited: SavedView) -> str:
    """Change an entry from what somebody saw to what they made of it, and say what else there is to know, or nothing.

    What they did not touch stays as it is now. An entry that was deleted meanwhile comes back at the end.

    Raises
    ------
    ConflictError
        Somebody else has changed the same part meanwhile, so that one of the two would be lost.
    """
    before, after = seen.entry(), restored(edited.entry()).entry()
    touched = [name for name in {**before, **after} if before.get(name, "") != after.get(name, "")]
    if not touched:
        return ""
    with locked(path):
        views = list(load(path).views)
        now = next((saved for saved in views if saved.key == seen.key), None)
        if now is None:
            saved = replace(edited, key="v" + secrets.token_hex(4))
            _write(path, [*views, saved], Change(SAVED, name_of(saved.view), after=(saved,)))
            return _("Someone else has deleted this view in the meantime. It is saved again with your changes, last.")
        entry = now.entry()
        theirs = [name for name in touched if entry.get(name, "") not in (before.get(name, ""), after.get(name, ""))]
        if theirs:
            raise _conflict(theirs, entry)
        saved = restored(entry | {name: after.get(name, "") for name in touched})
        new = [saved if other is now else other for other in views]
        _write(path, new, Change(EDITED, name_of(now.view), (now,), (saved,)))
    return ""


def seen_again(seen: SavedView, edited: SavedView, now: SavedView) -> SavedView:
    """An entry as somebody has seen it once they were told what it is now in the parts that they edited."""
    before, after, entry = seen.entry(), edited.entry(), now.entry()
    touched = [name for name in {**before, **after} if before.get(name, "") != after.get(name, "")]
    return restored(before | {name: entry.get(name, "") for name in touched})


def _conflict(names: Sequence[str], entry: dict[str, str]) -> ConflictError:
    words = {"query": _("the map"), "title": _("name"), "finding": _("key message"), "marking": _("marking")}
    texts = [
        _("{what}: “{text}”").format(what=words.get(name, _("notes")), text=one_line(entry.get(name, "")))
        for name in names
    ]
    return ConflictError(
        _(
            "Someone else has changed this in the meantime, to {texts}. Yours is not saved yet; save again to keep it."
        ).format(texts=listing(texts))
    )


def move(path: Path, key: str, by: int) -> None:
    """Move an entry by so many places, down if more than 0, as far as there are any.

    Raises
    ------
    ConflictError
        It was deleted meanwhile; or other errors as for :func:`save`.
    """
    with locked(path):
        views = list(load(path).views)
        change = _taken_out(views, key, MOVED)
        views.insert(min(len(views), max(0, change.place + by)), *change.before)
        _write(path, views, change)


def delete(path: Path, key: str) -> None:
    """Delete an entry.

    Raises
    ------
    ConflictError
        It was deleted already; or other errors as for :func:`save`.
    """
    with locked(path):
        views = list(load(path).views)
        change = _taken_out(views, key, DELETED)
        _write(path, views, change)


def replace_all(path: Path, content: bytes, name: str) -> None:
    """Put the views of another file, whose name is given for messages, in the place of all.

    Raises
    ------
    QueryError
        The other file cannot be used; or as for :func:`save`.
    """
    views = keyed(parse_views(content, name))
    with locked(path):
        _write(path, views, Change(REPLACED, "", load(path).views, views))


def last_change(path: Path) -> Change | None:
    """The last change that can be undone, or None."""
    return next(reversed(read_changes(path)), None)


def undo(path: Path, change: str) -> None:
    """Undo the change with an ID on the list as it is now; what was done since by anyone stays.

    Raises
    ------
    ConflictError
        It is undone already, or cannot be any more; or other errors as for :func:`save`.
    """
    with locked(path):
        changes = read_changes(path)
        wanted = next((one for one in changes if one.id == change), None)
        if wanted is None:
            raise ConflictError(_("This change is undone already, or too long ago. Nothing was changed."))
        others = [one for one in changes if one is not wanted]
        try:
            views = undone(wanted, load(path).views)
        except ConflictError:  # it never will be
            write_changes(path, others)
            raise
        _store(path, views)
        write_changes(path, others)


def name_of(view: View) -> str:
    """The name of a view: its title, or its states and days."""
    if view.title:
        return view.title
    days = dates_in_words(view.filter.start, view.filter.end)
    states = view.filter.states_in_words()
    name = _("{states}, {days}").format(states=states, days=days) if days else states
    if view.chart:
        name = _("{chart}: {asked}").format(chart=CHARTS[view.chart], asked=name)
    return shorten(name, HEADINGS["title"], placeholder=" …")


def _taken_out(views: list[SavedView], key: str, kind: str) -> Change:
    """Take an entry out of a list, and give the change that puts it back where it was."""
    place = next((place for place, saved in enumerate(views) if saved.key == key), None)
    if place is None:
        raise ConflictError(_("Someone else has deleted this view in the meantime. Nothing was changed."))
    saved = views.pop(place)
    behind = views[place - 1].key if place else ""
    return Change(kind, name_of(saved.view), (saved,), (), place, behind)


def _write(path: Path, views: Sequence[SavedView], change: Change) -> None:
    """Write the list and note the change; neither without the other."""
    if tuple(views) == load(path).views:
        return
    changes = read_changes(path)
    write_changes(path, [*changes, change])
    try:
        _store(path, views)
    except DashboardError:
        with suppress(StorageError):
            write_changes(path, changes)
        raise


def _store(path: Path, views: Sequence[SavedView]) -> None:
    """Write the list, once it is known that it can be read again and says the same."""
    if len(views) > MOST_VIEWS:
        raise QueryError(
            _("There can be {limit} saved views at most. Delete one first, or upload a shorter list.").format(
                limit=MOST_VIEWS
            )
        )
    comment = opening_comment(decoded(read_content(path))) if path.exists() else ""
    content = (comment + views_text(views)).encode()
    if len(content) > LARGEST_FILE:
        raise too_large(len(content), one_line(str(path)))
    again = parse_views(content, one_line(str(path)), may_be_empty=True)
    if [saved.entry() for saved in again] != [saved.entry() for saved in views]:
        raise QueryError(_("The views cannot be written so that they read the same again. Nothing was changed."))
    keep_copy(path, datetime.now(UTC))
    write_atomic(path, content)
