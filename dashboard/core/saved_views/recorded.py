"""The saved views as things of the record, which several people may change at once.

Every change is made on the newest state, by the key of its view, so that what somebody else has done meanwhile stays.
Its place is part of a view, as a rank among the others: see :mod:`dashboard.core.saved_views.ranks`.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from dashboard.core.query.view import View, one_line
from dashboard.core.record.merge import Content, merge
from dashboard.core.record.record import SAVED_VIEW, UNDONE, Change, Draft, Record
from dashboard.core.record.undo import undo as undo_change
from dashboard.core.saved_views.changes import (
    COUNT,
    DELETED,
    EDITED,
    KINDS,
    MOVED,
    NAME,
    RENAMED,
    REPLACED,
    SAVED,
    TAKEN_IN,
    change_of_views,
    undoing_in_words,
)  # fmt: skip
from dashboard.core.saved_views.ranks import RANK, Things, in_order, moved, rank_of, ranks_at_end
from dashboard.core.saved_views.saved_view import (
    ID,
    LARGEST_FILE,
    MOST_VIEWS,
    SavedView,
    keyed,
    name_of,
    parse_views,
    read_content,
    restored,
    too_large,
    views_text,
)  # fmt: skip
from dashboard.errors import ConflictError, QueryError
from dashboard.language import _, listing

LONGEST_SOURCE = 200  # characters of the name of a file
MOST_LOOKED_AT = 200  # changes, for the last that can be undone


@dataclass(frozen=True)
class SavedViews:
    """The saved views in their order, each with a key; and the number of the change that made them so, 0 for none."""

    views: tuple[SavedView, ...] = ()
    moment: int = 0

    def of(self, key: str) -> SavedView | None:
        """The view with a key, or None."""
        return next((saved for saved in self.views if saved.key == key), None)


def load(record: Record) -> SavedViews:
    """The saved views as they are now. Quick while they stay the same.

    Raises
    ------
    QueryError
        One of them asks for something that does not exist in this version of the dashboard.
    StorageError
        As for everything here: the record cannot be used. Nothing was changed.
    """
    return _at(record, _moment(record, record.newest()))


@lru_cache(maxsize=8)
def _moment(record: Record, newest: int) -> int:
    """The number of the last change of views, asked for only after another change: that of the last is quicker told."""
    return record.newest_of(SAVED_VIEW, up_to=newest)


@lru_cache(maxsize=8)
def _at(record: Record, moment: int) -> SavedViews:
    return SavedViews(_views(record.state(SAVED_VIEW, moment)), moment)


def take_in(record: Record, path: Path) -> None:
    """Take in the views of a file, where there is one, into a record that has none.

    Raises
    ------
    QueryError
        The file cannot be read or used.
    """
    try:
        path.stat()
    except FileNotFoundError:
        return
    except OSError:
        pass  # the reader says why
    views = keyed(parse_views(read_content(path), one_line(str(path)), may_be_empty=True))
    with record.edit(TAKEN_IN, source=_source(path.name)) as draft:
        if not draft.state(SAVED_VIEW):  # another process may have done it meanwhile
            _write(draft, _at_end(draft, views))


def save(record: Record, view: View, notes: str = "") -> str:
    """Append a view, whose title is its name, and say its key.

    Raises
    ------
    QueryError
        There are too many views. Nothing was changed.
    """
    saved = restored(SavedView(view, notes, "v" + secrets.token_hex(4)).entry())
    with record.edit(SAVED) as draft:
        things = draft.state(SAVED_VIEW)
        _write(draft, {**things, **_at_end(draft, [saved])})
        draft.facts[NAME] = name_of(saved.view)
    return saved.key


def edit(record: Record, seen: SavedView, edited: SavedView) -> str:
    """Change a view from what somebody saw to what they made of it, and say what else there is to know, or nothing.

    What they did not touch stays as it is now. A view that was deleted meanwhile comes back at the end.

    Raises
    ------
    ConflictError
        Somebody else has changed the same part meanwhile, so that one of the two would be lost.
    """
    if not (touched := _touched(seen, edited)):
        return ""
    if seen.key not in record.state(SAVED_VIEW):
        save(record, edited.view, edited.notes)
        return _("Someone else has deleted this view in the meantime. It is saved again with your changes, last.")
    before, after = seen.entry(), restored(edited.entry()).entry()
    with record.edit(EDITED) as draft:
        things = draft.state(SAVED_VIEW)
        now = _view(seen.key, _there(things, seen.key))
        entry = now.entry()
        theirs = [name for name in touched if entry.get(name, "") not in (before.get(name, ""), after.get(name, ""))]
        if theirs:
            raise _conflict(theirs, entry)
        made = restored(entry | {name: after.get(name, "") for name in touched})
        _write(draft, {**things, now.key: _content(made, rank_of(things[now.key]))})
        draft.facts[NAME] = name_of(now.view)
        if name_of(made.view) != name_of(now.view):
            draft.facts[RENAMED] = name_of(made.view)
    return ""


def seen_again(seen: SavedView, edited: SavedView, now: SavedView) -> SavedView:
    """A view as somebody has seen it once they were told what it is now in the parts that they edited."""
    entry = now.entry()
    return restored(seen.entry() | {name: entry.get(name, "") for name in _touched(seen, edited)})


def _touched(seen: SavedView, edited: SavedView) -> list[str]:
    before, after = seen.entry(), restored(edited.entry()).entry()
    return [name for name in {**before, **after} if before.get(name, "") != after.get(name, "")]


def _conflict(names: Sequence[str], entry: Mapping[str, str]) -> ConflictError:
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


def move(record: Record, key: str, by: int) -> None:
    """Move a view by so many places, down if more than 0, as far as there are any.

    Raises
    ------
    ConflictError
        It was deleted meanwhile.
    """
    with record.edit(MOVED) as draft:
        things = draft.state(SAVED_VIEW)
        name = name_of(_view(key, _there(things, key)).view)
        order = in_order(things)
        place = order.index(key) + by
        order.remove(key)
        order.insert(max(0, place), key)
        if order != in_order(things):
            _write(draft, moved(things, order, key, ranks_at_end(draft.next_number())))
        draft.facts[NAME] = name


def delete(record: Record, key: str) -> None:
    """Delete a view.

    Raises
    ------
    ConflictError
        It was deleted already.
    """
    with record.edit(DELETED) as draft:
        things = draft.state(SAVED_VIEW)
        draft.facts[NAME] = name_of(_view(key, _there(things, key)).view)
        _write(draft, {other: content for other, content in things.items() if other != key})


def replace_all(record: Record, content: bytes, name: str) -> None:
    """Put the views of a file, whose name is given for messages, in the place of all.

    Raises
    ------
    QueryError
        The file cannot be used. Nothing was changed.
    """
    views = keyed(parse_views(content, name))
    with record.edit(REPLACED, source=_source(name)) as draft:
        draft.facts[COUNT] = len(draft.state(SAVED_VIEW))
        _write(draft, _at_end(draft, views))


def last_change(record: Record) -> Change | None:
    """The last change of the views that is not undone, or None. Quick while they stay the same."""
    return _last_change(record, load(record).moment)


@lru_cache(maxsize=8)
def _last_change(record: Record, moment: int) -> Change | None:
    undone: set[int | None] = set()
    for change in record.changes(most=MOST_LOOKED_AT, before=moment + 1, nouns=(SAVED_VIEW,)):
        if change.number in undone:
            continue
        if change.kind == UNDONE:
            undone.add(change.undoes)
        elif change.kind in KINDS and change.kind != TAKEN_IN:
            return change
    return None


def undo(record: Record, change: Change) -> None:
    """Undo a change on the views as they are now; what was done since by anyone stays.

    Raises
    ------
    ConflictError
        It is undone already, or all of it was changed again.
    QueryError
        There would be too many views.
    """
    things = record.state(SAVED_VIEW)
    for one in record.versions(change.number):
        content, _kept = merge(one.after, one.before, things.get(one.key))
        things = {key: thing for key, thing in {**things, one.key: content}.items() if thing is not None}
    _check(things)
    try:
        undo_change(record, change.number, note=change_of_views(change), partly=True)
    except ConflictError as error:
        message = _("Someone else has changed it since: {what} can no longer be undone. Nothing was changed.")
        raise ConflictError(message.format(what=undoing_in_words(change))) from error


def _there(things: Things, key: str) -> Content:
    if key not in things:
        raise ConflictError(_("Someone else has deleted this view in the meantime. Nothing was changed."))
    return things[key]


def _write(draft: Draft, after: Things) -> None:
    """Make the views what they are to be, once it is known that they can be taken away as a file and read again."""
    _check(after)
    for key in {**draft.state(SAVED_VIEW), **after}:
        draft.put(SAVED_VIEW, key, after.get(key))


def _check(things: Things) -> None:
    if len(things) > MOST_VIEWS:
        raise QueryError(
            _("There can be {limit} saved views at most. Delete one first, or upload a shorter list.").format(
                limit=MOST_VIEWS
            )
        )
    size = len(views_text(_views(things)).encode())
    if size > LARGEST_FILE:
        raise too_large(size, _("The list of saved views"))


def _views(things: Things) -> tuple[SavedView, ...]:
    return tuple(_view(key, things[key]) for key in in_order(things))


def _view(key: str, content: Content) -> SavedView:
    return restored({"query": ""} | {name: text for name, text in content.items() if name != RANK} | {ID: key})


def _content(saved: SavedView, rank: Fraction) -> Content:
    texts = {name: text for name, text in saved.entry().items() if text and name != ID}
    return texts | {RANK: str(rank)}


def _at_end(draft: Draft, views: Sequence[SavedView]) -> Things:
    """The contents of views behind all others, in their order."""
    ranks = ranks_at_end(draft.next_number())
    return {saved.key: _content(saved, rank) for saved, rank in zip(views, ranks, strict=False)}


def _source(name: str) -> str:
    return one_line(name)[:LONGEST_SOURCE]
