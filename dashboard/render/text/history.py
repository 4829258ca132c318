"""Changes of the record in words."""

from dashboard.core.record.record import EVENT, INCIDENT, RELEASED, SAVED_VIEW, TAKEN_IN, TRACK, UNDONE, Change
from dashboard.core.saved_views.changes import KINDS, change_of_views
from dashboard.language import _, day, listing, ngettext, number


def change_in_words(change: Change) -> str:
    """A change on one line: number, time, what it was, how much of what it changed, and its note."""
    when = _("{day}, {time} UTC").format(day=day(change.at.date()), time=f"{change.at:%H:%M}")
    what = change_of_views(change) if change.kind in KINDS else _what(change)
    if change.kind not in KINDS and (change.kind != RELEASED or change.facts.get("counts")):
        what = _("{what}: {counts}").format(what=what, counts=_counts(change))  # the others need not change anything
    words = _("{number}  {when}  {what}").format(number=number(change.number), when=when, what=what)
    return _("{words}; {note}").format(words=words, note=change.note) if change.note else words


def _what(change: Change) -> str:
    if change.kind == RELEASED:
        return _("Release {name}").format(name=change.name)
    if change.kind == UNDONE:
        return _("Change {number} undone").format(number=number(change.undoes or 0))
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
    return listing(parts) or _("what the keeper states")


def _incidents(counts: dict[str, int]) -> list[str]:
    added, changed, removed = (counts.get(what, 0) for what in ("added", "changed", "removed"))
    words = (
        (added, ngettext("{count} incident added", "{count} incidents added", added)),
        (changed, ngettext("{count} incident changed", "{count} incidents changed", changed)),
        (removed, ngettext("{count} incident removed", "{count} incidents removed", removed)),
    )
    return [phrase.format(count=number(count)) for count, phrase in words if count]


def _tracks(counts: dict[str, int]) -> list[str]:
    count = sum(counts.values())
    words = ngettext("{count} flight track", "{count} flight tracks", count)
    return [words.format(count=number(count))] if count else []


def _events(counts: dict[str, int]) -> list[str]:
    count = sum(counts.values())
    words = ngettext("{count} event", "{count} events", count)
    return [words.format(count=number(count))] if count else []


def _views(counts: dict[str, int]) -> list[str]:
    count = sum(counts.values())
    words = ngettext("{count} saved view", "{count} saved views", count)
    return [words.format(count=number(count))] if count else []
