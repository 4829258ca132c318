"""Taking in a data folder: what it says becomes a change of the record, whole or not at all.

Of what somebody has edited here only those fields change that the folder has changed since it was last taken in; where
both have changed the same field, it stays as it is here, and is listed.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard.core.incidents.problems import Problem
from dashboard.core.incidents.single_file import file_in
from dashboard.core.record.files import FolderContents
from dashboard.core.record.merge import Content, merge
from dashboard.core.record.record import EVENT, NOUNS_OF_DATA, TAKEN_IN, TRACK, Change, Draft, Record

FOLDER = "folder"  # the source of what is taken in from the data folder, wherever that lies


@dataclass(frozen=True)
class Question:
    """A field that was changed here and in the folder; it stays as it is here."""

    noun: str
    key: str
    field: str


def take_in(
    record: Record,
    contents: FolderContents,
    *,
    kind: str = TAKEN_IN,
    name: str = "",
    note: str = "",
    at: datetime | None = None,
    facts: dict[str, Any] | None = None,
) -> int | None:
    """Take in what a data folder says now, and give the number of the change, or None where nothing has changed.

    Parameters
    ----------
    kind, name, note, at, facts
        Of the change, as :meth:`dashboard.core.record.record.Record.edit` has them.
    """
    with record.edit(kind, source=FOLDER, name=name, note=note, at=at) as draft:
        questions, same = [], True
        for noun in NOUNS_OF_DATA:
            theirs = contents.things.get(noun, {})
            same &= _same_here(draft, noun, theirs)
            questions += [Question(noun, key, field) for key, field in _take_in(draft, noun, theirs)]
        draft.facts |= {
            "header": contents.header,
            "orders": {noun: list(contents.things.get(noun, {})) for noun in (TRACK, EVENT)},
            "unread": contents.unread,
            "problems": [_as_json(problem) for problem in contents.problems],
            "questions": [asdict(question) for question in questions],
            **(facts or {}),
        }
        if not same:  # something was edited here: the data are not those of the folder's files
            draft.facts.pop("fingerprint", None)
        for noun in NOUNS_OF_DATA:
            draft.say(FOLDER, noun, contents.things.get(noun, {}))
    return draft.number


def _same_here(draft: Draft, noun: str, theirs: dict[str, Content]) -> bool:
    """Tell whether the things of a kind will be those of the folder, since nobody has edited them here."""
    base, ours = draft.said(FOLDER, noun), draft.state(noun)
    return all(ours.get(key) in (base.get(key), theirs.get(key)) for key in {**base, **theirs, **ours})


def _take_in(draft: Draft, noun: str, theirs: dict[str, Content]) -> list[tuple[str, str]]:
    """Put what the folder says of things of a kind; gives the fields that were changed here as well."""
    base, ours = draft.said(FOLDER, noun), draft.state(noun)
    kept: list[tuple[str, str]] = []
    for key in {**base, **theirs}:
        content, conflicts = merge(base.get(key), theirs.get(key), ours.get(key))
        draft.put(noun, key, content)
        kept += [(key, field) for field in conflicts]
    return kept


def problems_of(change: Change, folder: Path) -> tuple[Problem, ...]:
    """Problems with the files of a change: what had to be assumed to read them, and what could not be read."""
    return tuple(
        Problem(file_in(folder, problem["file"]), *(problem[name] for name in _FIELDS))
        for problem in change.facts.get("problems", ())
    )


_FIELDS = ("line", "column", "value", "expected", "remedy", "severe")


def _as_json(problem: Problem) -> dict[str, Any]:
    return {"file": problem.file.name} | {name: getattr(problem, name) for name in _FIELDS}
