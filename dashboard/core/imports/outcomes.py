"""Outcomes of the rows of a list: each incident as its row makes it, field by field, and the questions left open."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.core.imports.applied import Answer, Question, Row
from dashboard.core.imports.fields import label_of
from dashboard.core.incidents.columns import DEFAULTS, GIVEN, INSTANTS, NUMBERS
from dashboard.core.incidents.schema import parts_of
from dashboard.core.record.merge import WHOLE, Content, merge
from dashboard.language import _

EDITED_HERE = "edited here"  # the questions about a field that was edited here and in the source
OURS, THEIRS = "ours", "theirs"  # their answers
SOURCES = "sources"
_SEVERAL = frozenset(column.name for column in GIVEN if column.several)  # codes, whose order says nothing
_LACKING = ("", "unknown")  # texts of a field that is lacking


@dataclass(frozen=True)
class FieldChange:
    """A field of an incident as it was and as it becomes, empty where it has no text; and the reason that is given."""

    field: str
    was: str
    becomes: str
    reason: str = ""


@dataclass(frozen=True)
class Said:
    """The last words of a source on an incident.

    incident
        The ID that it has in the record, which is not that of the source where the two were found to be the same.
    cells
        The texts of the source's row.
    """

    incident: str
    cells: Content


@dataclass(frozen=True)
class Outcome:
    """An incident as a row makes it.

    key
        The ID of the incident in the record.
    becomes
        Its cells; None where it was removed here and stays so.
    said
        What is remembered of the row once it is accepted.
    changes
        The fields that differ from what is recorded; none of a new incident.
    is_new
        Whether the incident is not there yet.
    open
        The questions that its fields leave open: these stay as they are.
    """

    row: Row
    key: str
    becomes: Content | None
    said: Said
    changes: tuple[FieldChange, ...] = ()
    is_new: bool = False
    open: tuple[Question, ...] = ()


def added(row: Row, key: str) -> Outcome:
    """Add a row as an incident of its own, with its assumed values."""
    cells = {name: text for name, text in row.cells.items() if text} | {"id": key}
    return Outcome(row, key, cells, Said(key, cells), is_new=True)


def updated(row: Row, key: str, ours: Content | None, said: Said | None, answers: Mapping[str, str]) -> Outcome:
    """Apply to a recorded incident what the source has changed since it was last taken in.

    Assumed values are left out. What was edited here as well stays, and is asked, until one of ``answers`` says what
    holds. A source that says something for the first time is compared with what it says was there before, or else with
    what is recorded.

    Parameters
    ----------
    ours
        The incident as it is recorded; None where it was removed here since the source said it.
    """
    theirs, now = _given(row), ours or {}
    if ours is not None and all(same(name, text, now.get(name, "")) for name, text in theirs.items()):
        return left_alone(row, key, ours, said)
    last = said.cells if said else {name: row.before.get(name, now.get(name, "")) for name in theirs}
    wanted = {name: _alike_of(name, text, now.get(name, "")) for name, text in theirs.items()}
    before = {name: last.get(name, row.before.get(name, "")) for name in theirs}
    before = {name: _alike_of(name, text, now.get(name, ""), wanted[name]) for name, text in before.items()}
    if ours is None:
        return _removed_here(row, key, before == wanted, said or Said(key, {}), answers)
    made, conflicts = merge(_without_empty(now | before), _without_empty(now | wanted), now)
    becomes = made or {}
    still_open = []
    for name in conflicts:
        question = _edited_here(row, key, name, now.get(name, ""), theirs[name])
        answer = answers.get(question.id)
        if answer == THEIRS:
            becomes = _without_empty(becomes | {name: theirs[name]})
        elif answer != OURS:
            still_open.append(question)
    unsettled = {question.field for question in still_open}
    settled = {name: text for name, text in theirs.items() if name not in unsettled}
    changes = changes_between(now, becomes, row.reasons)
    return Outcome(row, key, becomes, _remembered(said, key, settled), changes, open=tuple(still_open))


def left_alone(row: Row, key: str, ours: Content, said: Said | None = None) -> Outcome:
    """Leave a recorded incident as it is, and remember that the row says the same."""
    return Outcome(row, key, ours, _remembered(said, key, _given(row)))


def completed(row: Row, key: str, ours: Content) -> Outcome:
    """Give a recorded incident what it lacks: fields without a text, and sources."""
    lacking = {
        name: text for name, text in _given(row).items() if text not in _LACKING and ours.get(name, "") in _LACKING
    }
    becomes = ours | lacking
    sources = parts_of(ours.get(SOURCES, ""))
    if more := [source for source in parts_of(row.cells.get(SOURCES, "")) if source not in sources]:
        becomes[SOURCES] = " ".join([*sources, *more])
    return Outcome(row, key, becomes, Said(key, _given(row)), changes_between(ours, becomes, row.reasons))


def changes_between(was: Content, becomes: Content, reasons: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """List the fields that differ, those that were there first."""
    return tuple(
        FieldChange(name, was.get(name, ""), becomes.get(name, ""), reasons.get(name, ""))
        for name in {**was, **becomes}
        if was.get(name, "") != becomes.get(name, "")
    )


def same(name: str, text: str, other: str) -> bool:
    """Tell whether two texts of a column mean the same: 20 and 20.0, or an instant with and without seconds."""
    if text == other:
        return True
    try:
        return _meaning(name, text) == _meaning(name, other)
    except (ValueError, TypeError):  # one of them is empty or wrong, or has no time zone
        return False


def _meaning(name: str, text: str) -> object:
    """A text of a column as a value that is the same for whatever means the same."""
    text = text or DEFAULTS.get(name, "")
    if name == SOURCES:
        return parts_of(text)
    if name in _SEVERAL:
        return {*text.split()}
    if name in NUMBERS:
        return float(text)
    return datetime.fromisoformat(text) if name in INSTANTS else text


def _remembered(said: Said | None, key: str, cells: Content) -> Said:
    """The cells as what the source said last, with those that it said before and now does not."""
    return Said(key, {**(said.cells if said else {}), **cells})


def _given(row: Row) -> dict[str, str]:
    """The texts of a row that it really gives, but its ID."""
    return {name: text for name, text in row.cells.items() if name != "id" and name not in row.assumed}


def _alike_of(name: str, text: str, *others: str) -> str:
    """The first of some texts that means the same as a text, or else the text."""
    return next((other for other in others if same(name, text, other)), text)


def _without_empty(cells: Content) -> Content:
    return {name: text for name, text in cells.items() if text}


def _removed_here(row: Row, key: str, is_unchanged: bool, said: Said, answers: Mapping[str, str]) -> Outcome:
    """Leave out what was removed here; if the source has changed it since, that is asked."""
    if is_unchanged:
        return Outcome(row, key, None, said)
    question = Question(
        id=f"{EDITED_HERE} {key} {WHOLE}",
        column="id",
        field="id",
        cell=row.cells.get("id", key),
        lines=(row.line,),
        row=row.cells,
        text=_("{incident} was removed here, and the source has changed it since. Is it to come back?").format(
            incident=key
        ),
        answers=(Answer(OURS, _("It stays removed")), Answer(THEIRS, _("It comes back as the source has it"))),
    )
    answer = answers.get(question.id)
    if answer == THEIRS:
        return added(row, key)
    if answer == OURS:
        return Outcome(row, key, None, replace(said, cells=said.cells | _given(row)))
    return Outcome(row, key, None, said, open=(question,))


def _edited_here(row: Row, key: str, name: str, ours: str, theirs: str) -> Question:
    message = _("{incident}: {field} was changed here and in the source. Which of the two holds?")
    return Question(
        id=f"{EDITED_HERE} {key} {name}",
        column=name,
        field=name,
        cell=theirs,
        lines=(row.line,),
        row=row.cells,
        text=message.format(incident=key, field=label_of(name)),
        answers=(
            Answer(OURS, ours or _("nothing"), _("as it was edited here")),
            Answer(THEIRS, theirs or _("nothing"), _("as the source has it now")),
        ),
    )
