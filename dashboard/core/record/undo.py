"""Undo a change of the record under the later ones: what somebody has done since stays."""

from dashboard.core.record.merge import Content, merge
from dashboard.core.record.record import UNDONE, Draft, Record, Version
from dashboard.errors import ConflictError
from dashboard.language import _, listing, number

MOST_NAMED = 5  # things in a message


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
            names = listing([_in_words(noun, key) for noun, key in list(kept)[:MOST_NAMED]])
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


def put_back(draft: Draft, versions: list[Version]) -> dict[tuple[str, str], list[str]]:
    """Put things back to what they were before a change; gives the fields that have changed again since, by thing."""
    kept: dict[tuple[str, str], list[str]] = {}
    for one in versions:
        now: Content | None = draft.state(one.noun).get(one.key)
        content, conflicts = merge(one.after, one.before, now)
        draft.put(one.noun, one.key, content)
        if conflicts:
            kept[one.noun, one.key] = conflicts
    return kept


def _in_words(noun: str, key: str) -> str:
    return f"{noun} {key}"
