"""Undo a change of the record under the later ones: what somebody has done since stays."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.core.record.counting import counts_of
from dashboard.core.record.merge import WHOLE, Content, merge
from dashboard.core.record.record import (
    EVENT,
    INCIDENT,
    MAPPING,
    SAVED_VIEW,
    SOURCE_ROW,
    TRACK,
    UNDONE,
    Draft,
    Record,
)
from dashboard.core.record.states import Version
from dashboard.errors import ConflictError
from dashboard.language import _, listing, number

MOST_NAMED = 5  # things in a message


@dataclass(frozen=True)
class Plan:
    """The result that undoing a change would have.

    counts
        How many things of each kind it would bring back, put back and take out, as a change counts them.
    kept
        Things that have been changed again since, with the fields: these would stay as they are.
    later
        The changes that changed them again.
    """

    counts: Mapping[str, Mapping[str, int]]
    kept: Mapping[tuple[str, str], list[str]]
    later: tuple[int, ...]


def undo(record: Record, change: int, *, who: str = "", note: str = "", partly: bool = False) -> int:
    """Undo a change, and give the number of the change that does so.

    Parameters
    ----------
    partly
        Undo what nobody has changed since, and leave the rest as it is.

    Raises
    ------
    QueryError
        There is no such change.
    ConflictError
        Something of it has been changed again since, and ``partly`` was not asked for; or nothing of it is left.
    """
    undone = record.change(change)
    with record.edit(UNDONE, who=who, source=undone.source, note=note) as draft:
        draft.undoes = change
        kept = put_back(draft, draft.versions(change))
        if kept and not partly:
            names = listing([_in_words(draft, noun, key) for noun, key in list(kept)[:MOST_NAMED]])
            raise ConflictError(
                _("Change {number} is not undone: {things} changed again since.").format(
                    number=number(change), things=names
                )
            )
        if kept:
            draft.facts["kept"] = [[noun, key, fields] for (noun, key), fields in kept.items()]
    if draft.number is None:
        raise ConflictError(_("Nothing of change {number} is left to undo.").format(number=number(change)))
    return draft.number


def plan_of(record: Record, change: int) -> Plan:
    """Find out what undoing a change would do, without doing it.

    Raises
    ------
    QueryError
        There is no such change.
    """
    record.change(change)
    versions = [one for one in record.versions(change) if one.noun != MAPPING]
    states = {noun: record.state(noun) for noun in {one.noun for one in versions}}
    put: list[tuple[str, Content | None, Content | None]] = []
    kept: dict[tuple[str, str], list[str]] = {}
    for one in versions:
        now = states[one.noun].get(one.key)
        content, conflicts = merge(one.after, one.before, now)
        if content != now:
            put.append((one.noun, now, content))
        if conflicts and one.noun != SOURCE_ROW:
            kept[one.noun, one.key] = conflicts
    return Plan(counts_of(put), kept, _later(record, change, versions, kept) if kept else ())


def _later(
    record: Record, change: int, versions: list[Version], kept: Mapping[tuple[str, str], list[str]]
) -> tuple[int, ...]:
    """The changes after one that changed the same fields."""
    was = {(one.noun, one.key): one.after for one in versions}
    newest = record.newest()
    numbers: set[int] = set()
    for noun in {noun for noun, _key in kept}:
        for number_, key, content in record.written(noun, change, newest):
            fields = kept.get((noun, key), [])
            before = was.get((noun, key))
            if WHOLE in fields or any((before or {}).get(name) != (content or {}).get(name) for name in fields):
                numbers.add(number_)
            was[noun, key] = content
    return tuple(sorted(numbers))


def put_back(draft: Draft, versions: list[Version]) -> dict[tuple[str, str], list[str]]:
    """Put things back to what they were before a change; gives the fields that have changed again since, by thing."""
    kept: dict[tuple[str, str], list[str]] = {}
    for one in versions:
        if one.noun == MAPPING:
            continue
        now: Content | None = draft.state(one.noun).get(one.key)
        content, conflicts = merge(one.after, one.before, now)
        draft.put(one.noun, one.key, content)
        if conflicts and one.noun != SOURCE_ROW:  # what a source has said since stands in nobody's way
            kept[one.noun, one.key] = conflicts
    return kept


def _in_words(draft: Draft, noun: str, key: str) -> str:
    if noun == SAVED_VIEW:
        return _("the saved view “{name}”").format(name=draft.state(noun).get(key, {}).get("title") or key)
    phrases = {
        INCIDENT: _("incident {key}"),
        TRACK: _("flight track {key}"),
        EVENT: _("event {key}"),
    }
    return phrases.get(noun, "{key}").format(key=key)
