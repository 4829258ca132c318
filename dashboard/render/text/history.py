"""Changes of the record in words."""

from collections.abc import Mapping

from dashboard.core.query.as_of import is_release, release_in_words
from dashboard.core.record.counting import ADDED, CHANGED, OWN_SIDE, REMOVED
from dashboard.core.record.record import (
    ABOUT,
    EVENT,
    IMPORTED,
    INCIDENT,
    RELEASED,
    SAVED_VIEW,
    TAKEN_IN,
    TRACK,
    UNDONE,
    Change,
)
from dashboard.core.saved_views.changes import KINDS, change_of_views
from dashboard.language import _, day, listing, ngettext, number

Counts = Mapping[str, Mapping[str, int]]  # by kind of thing: how many were added, changed and removed


def change_in_words(change: Change) -> str:
    """A change on one line: number, time, what it was, how much of what it changed, and its note."""
    when = _("{day}, {time} UTC").format(day=day(change.at.date()), time=f"{change.at:%H:%M}")
    what = change_of_views(change) if change.kind in KINDS else _what(change)
    if change.kind not in KINDS and (change.kind != RELEASED or change.facts.get("counts")):
        what = _("{what}: {counts}").format(what=what, counts=_counts(change))  # the others need not change anything
    words = _("{number}  {when}  {what}").format(number=number(change.number), when=when, what=what)
    return _("{words}; {note}").format(words=words, note=change.note) if change.note else words


def title_of_change(change: Change) -> str:
    """A change as the heading of a list has it: ``One incident corrected: Šumskas``."""
    if change.kind in KINDS:
        return change_of_views(change)
    if change.kind == RELEASED and is_release(change.name):
        words = release_in_words(change.name)
        return words[:1].upper() + words[1:]
    if change.kind in (UNDONE, TAKEN_IN, RELEASED):
        return _what(change)
    if change.kind == IMPORTED:
        return _("{what}: {counts}").format(what=_what(change), counts=_counts(change))
    counts: Counts = change.facts.get("counts", {})
    incidents = counts.get(INCIDENT, {})
    if not incidents:
        parts = [*_tracks(counts.get(TRACK, {})), *_events(counts.get(EVENT, {})), *_views(counts.get(SAVED_VIEW, {}))]
        return _("Edited: {things}").format(things=listing(parts)) if parts else _("Edited")
    words = listing(_incidents(incidents)) or _("Edited")
    places = [place for place in change.facts.get("places", ()) if place]
    return _("{counts}: {places}").format(counts=words, places=listing(places)) if places else words


def source_of_change(change: Change) -> str:
    """The source of a change and its note, and what it changed beside incidents."""
    counts: Counts = change.facts.get("counts", {})
    origin = {
        RELEASED: _("release"),
        TAKEN_IN: _("files of the data folder"),
        IMPORTED: _("import"),
        UNDONE: "",
    }.get(change.kind, _("by hand"))
    beside = [*_tracks(counts.get(TRACK, {})), *_events(counts.get(EVENT, {}))] if counts.get(INCIDENT) else []
    beside += [_("what the keeper states")] if ABOUT in counts else []
    beside += _own_side(counts.get(INCIDENT, {}))  # which has no column of its own
    known = change.source if change.kind not in (TAKEN_IN, IMPORTED, RELEASED, UNDONE, *KINDS) else ""
    also = _("also {things}").format(things=listing(beside)) if beside else ""
    return _("; ").join(part for part in (origin, known, change.note, also) if part)


def undoing_in_words(counts: Counts) -> str:
    """The result of undoing a change, as a phrase: ``takes 38 incidents out again``."""
    incidents = counts.get(INCIDENT, {})
    added, changed, removed, own_side = (incidents.get(what, 0) for what in (ADDED, CHANGED, REMOVED, OWN_SIDE))
    words = (
        (removed, ngettext("takes {count} incident out again", "takes {count} incidents out again", removed)),
        (
            changed,
            ngettext("puts {count} incident back as it was", "puts {count} incidents back as they were", changed),
        ),
        (added, ngettext("brings {count} incident back", "brings {count} incidents back", added)),
        (
            own_side,
            ngettext(
                "makes {count} incident an own-side object again",
                "makes {count} incidents own-side objects again",
                own_side,
            ),
        ),
    )
    parts = [phrase.format(count=number(count)) for count, phrase in words if count]
    others = [
        *_tracks(counts.get(TRACK, {})),
        *_events(counts.get(EVENT, {})),
        *_views(counts.get(SAVED_VIEW, {})),
        *([_("what the keeper states")] if ABOUT in counts else []),
    ]
    if others:
        parts.append(_("puts {things} back").format(things=listing(others)))
    return listing(parts) or _("puts it back as it was")


def _what(change: Change) -> str:
    if change.kind == RELEASED:
        return _("Release {name}").format(name=change.name)
    if change.kind == UNDONE:
        return _("Change {number} undone").format(number=number(change.undoes or 0))
    if change.kind == IMPORTED:
        return _("Import of {source}").format(source=change.source)
    return _("Data folder changed") if change.kind == TAKEN_IN else _("Edited")


def _counts(change: Change) -> str:
    counts = change.facts.get("counts", {})
    parts = [
        phrase
        for noun, phrases in (
            (INCIDENT, _incidents),
            (TRACK, _tracks),
            (EVENT, _events),
            (SAVED_VIEW, _views),
        )
        for phrase in phrases(counts.get(noun, {}))
    ]
    if not parts and change.kind == IMPORTED:
        return _("nothing changed")
    return listing(parts) or _("what the keeper states")


def _incidents(counts: Mapping[str, int]) -> list[str]:
    added, changed, removed = (counts.get(what, 0) for what in (ADDED, CHANGED, REMOVED))
    words = (
        (added, ngettext("{count} incident added", "{count} incidents added", added)),
        (changed, ngettext("{count} incident corrected", "{count} incidents corrected", changed)),
        (removed, ngettext("{count} incident withdrawn", "{count} incidents withdrawn", removed)),
    )
    return [*(phrase.format(count=number(count)) for count, phrase in words if count), *_own_side(counts)]


def _own_side(counts: Mapping[str, int]) -> list[str]:
    """Say how many incidents became objects of one's own side, if any."""
    count = counts.get(OWN_SIDE, 0)
    words = ngettext("{count} incident now an own-side object", "{count} incidents now own-side objects", count)
    return [words.format(count=number(count))] if count else []


def _tracks(counts: Mapping[str, int]) -> list[str]:
    count = sum(counts.values())
    words = ngettext("{count} flight track", "{count} flight tracks", count)
    return [words.format(count=number(count))] if count else []


def _events(counts: Mapping[str, int]) -> list[str]:
    count = sum(counts.values())
    words = ngettext("{count} event", "{count} events", count)
    return [words.format(count=number(count))] if count else []


def _views(counts: Mapping[str, int]) -> list[str]:
    count = sum(counts.values())
    words = ngettext("{count} saved view", "{count} saved views", count)
    return [words.format(count=number(count))] if count else []
