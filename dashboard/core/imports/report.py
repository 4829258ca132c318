"""The report on a list before anything changes: the record as each of its rows would make it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.core.editing.alike import Alike, find_alike, located_cells
from dashboard.core.geo.borders import Borders
from dashboard.core.imports.applied import Answer, Applied, Question, Row
from dashboard.core.imports.faults import faults_of
from dashboard.core.imports.outcomes import FieldChange, Outcome, Said, added, completed, left_alone, updated
from dashboard.core.imports.tracks import CHANGED, NEW, UNCHANGED, TrackOutcome, TracksReport
from dashboard.core.incidents.problems import WITHDRAWN, Problem
from dashboard.core.record.merge import Content
from dashboard.language import _, ngettext, number

DUPLICATE = "duplicate"  # the questions about probable duplicates
SAME, DIFFERENT, MERGE = "same", "different", "merge"  # same leaves ours as it is; merge gives ours what it lacks


@dataclass(frozen=True)
class Duplicate:
    """A row that may be an incident that is recorded already.

    key
        The ID that it has as an incident of its own.
    alike
        The incidents that it may be, the nearest first.
    question
        Its answers are about the nearest, or name another one after a space.
    answer
        The one that was given, or empty.
    gains
        What merging would give to the nearest.
    """

    row: Row
    key: str
    alike: tuple[Alike, ...]
    question: Question
    answer: str = ""
    gains: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Report:
    """The record as a list would make it; each of the list's rows is counted once in ``figures``.

    new, changed, unchanged
        Rows with what they make of incidents. Those of duplicates are among them once they are answered.
    open
        Rows of which nothing but a field that is open would change anything.
    refused
        A problem for each fault of the rows that cannot be taken in.
    duplicates
        Probable ones, answered or not.
    gone
        Incidents that the source named before and now does not. This is proposed, and never done.
    questions
        The open ones: about values, about duplicates, and about fields that were edited here and in the source.
    waiting, left_out
        Lines of rows whose values wait for an answer, and of those that an answer leaves out.
    notes, doubts
        What is worth saying of the list, in sentences, and warnings about rows that can be taken in.
    missing
        What the list lacks as a whole, in a sentence, or empty.
    tracks
        Flight tracks of the list.
    """

    new: tuple[Outcome, ...] = ()
    changed: tuple[Outcome, ...] = ()
    unchanged: tuple[Outcome, ...] = ()
    open: tuple[Outcome, ...] = ()
    refused: tuple[Problem, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    gone: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    waiting: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[Problem, ...] = ()
    missing: str = ""
    tracks: tuple[TrackOutcome, ...] = ()

    @property
    def figures(self) -> dict[str, int]:
        """Counts of the rows of each kind, which add up to those of the list; and how many incidents are gone."""
        return {
            "new": _rows(self.new) + self._tracks(NEW),
            "changed": _rows(self.changed) + self._tracks(CHANGED),
            "unchanged": _rows(self.unchanged) + self._tracks(UNCHANGED),
            "refused": len({problem.line for problem in self.refused}),
            "duplicates": sum(not duplicate.answer for duplicate in self.duplicates),
            "waiting": len(self.waiting) + _rows(self.open),
            "left_out": len(self.left_out),
            "gone": len(self.gone),
        }

    def _tracks(self, kind: str) -> int:
        return sum(track.kind == kind for track in self.tracks)

    def with_tracks(self, tracks: TracksReport) -> "Report":
        """Add the flight tracks of the list."""
        return replace(
            self,
            tracks=tracks.outcomes,
            refused=(*self.refused, *tracks.refused),
            questions=(*self.questions, *tracks.questions),
            waiting=(*self.waiting, *tracks.waiting),
            left_out=(*self.left_out, *tracks.left_out),
        )

    @property
    def is_clean(self) -> bool:
        """Tell whether every row can be taken in."""
        return not (self.refused or self.questions or self.missing)


def _rows(outcomes: Iterable[Outcome]) -> int:
    """Count the rows of outcomes; corrections of one incident are several."""
    return sum(len(one.row.lines) for one in outcomes)


def report_on(
    applied: Applied,
    recorded: Mapping[str, Content],
    said: Mapping[str, Said],
    *,
    borders: Borders,
    file: Path,
    answers: Mapping[str, str],
    is_full: bool = False,
) -> Report:
    """Find out what a list would make of the record.

    Parameters
    ----------
    applied
        The list as its mapping has made it.
    recorded
        The cells of the incidents that are recorded, by ID.
    said
        What the source of the list said when it was last taken in, by the source's IDs.
    file
        The list's name, for the messages.
    answers
        To the questions of an earlier report, by their IDs.
    is_full
        Whether the list is said to be the source's full list, so that what it does not name is gone.
    """
    outcomes, duplicates = _outcomes(applied, recorded, said, answers)
    refused = faults_of([one for one in outcomes if one.changes], recorded, borders, file)
    bad = {problem.line for problem in refused}
    good = [one for one in outcomes if one.row.line not in bad]
    questions = [*applied.questions, *(question for one in good for question in one.open)]
    return Report(
        new=tuple(one for one in good if one.is_new),
        changed=tuple(one for one in good if one.changes),
        unchanged=tuple(one for one in good if not (one.is_new or one.changes or one.open)),
        open=tuple(one for one in good if one.open and not one.changes),
        refused=tuple(sorted((*applied.refused, *refused), key=lambda problem: problem.line)),
        duplicates=tuple(duplicates),
        gone=_gone(applied, recorded, said) if is_full else (),
        questions=(*questions, *(one.question for one in duplicates if not one.answer)),
        waiting=applied.waiting,
        left_out=applied.left_out,
        notes=applied.notes,
        doubts=applied.doubts,
        missing=applied.missing,
    )


def _outcomes(
    applied: Applied, recorded: Mapping[str, Content], said: Mapping[str, Said], answers: Mapping[str, str]
) -> tuple[list[Outcome], list[Duplicate]]:
    """Incidents as the rows make them, in their order, and the rows that may be duplicates."""
    outcomes: list[Outcome] = []
    duplicates: list[Duplicate] = []
    taken = {*said, *recorded}
    fresh = {row.cells["id"]: dict(row.cells) for row in applied.rows if row.cells["id"] not in taken}
    alike = find_alike(located_cells(fresh), located_cells(recorded))
    made: dict[str, Content | None] = dict(recorded)
    for row in applied.rows:
        id_ = row.cells["id"]
        outcome: Outcome | None
        if id_ in alike:
            outcome, duplicate = _duplicate(row, alike[id_], made, answers)
            duplicates.append(duplicate)
        elif id_ in fresh:
            outcome = added(row, id_)
        else:
            key = said[id_].incident if id_ in said else id_
            outcome = updated(row, key, made.get(key), said.get(id_), answers)
        if outcome:
            outcomes.append(outcome)
            made[outcome.key] = outcome.becomes  # which another row of the list may change further
    return outcomes, duplicates


def _duplicate(
    row: Row, alike: tuple[Alike, ...], made: Mapping[str, Content | None], answers: Mapping[str, str]
) -> tuple[Outcome | None, Duplicate]:
    """A probable duplicate, and the incident as it makes it by the answer that was given, if one was."""
    id_ = row.cells["id"]
    question = _question(row, alike)
    answer = answers.get(question.id, "")
    if answer not in {each.key for each in question.answers}:
        answer = ""
    what, _space, named = answer.partition(" ")
    key = named or alike[0].key
    gains = completed(row, alike[0].key, made[alike[0].key] or {}).changes
    duplicate = Duplicate(row, id_, alike, question, answer, gains)
    if what == DIFFERENT:
        return added(row, id_), duplicate
    if what == MERGE:
        return completed(row, key, made[key] or {}), duplicate
    return (left_alone(row, key, made[key] or {}) if what == SAME else None), duplicate


def _question(row: Row, alike: tuple[Alike, ...]) -> Question:
    id_ = row.cells["id"]
    nearest = alike[0]
    message = _("{id} may be {other}, {distance} km away and {days} apart. Are they the same?")
    days = ngettext("{days} day", "{days} days", nearest.apart_days).format(days=number(nearest.apart_days))
    answers = [
        Answer(SAME, _("Same"), _("ours stays as it is")),
        Answer(DIFFERENT, _("Different"), _("it is added")),
        Answer(MERGE, _("Merge"), _("ours gets what it lacks")),
    ]
    for other in alike[1:]:
        answers.append(Answer(f"{SAME} {other.key}", _("Same as {incident}").format(incident=other.key)))
        answers.append(Answer(f"{MERGE} {other.key}", _("Merge with {incident}").format(incident=other.key)))
    return Question(
        id=f"{DUPLICATE} {id_}",
        column="id",
        field="id",
        cell=id_,
        lines=(row.line,),
        row=row.cells,
        text=message.format(id=id_, other=nearest.key, distance=number(nearest.apart_km, 1), days=days),
        answers=tuple(answers),
    )


def _gone(applied: Applied, recorded: Mapping[str, Content], said: Mapping[str, Said]) -> tuple[str, ...]:
    """The incidents of the source that its list does not name, as far as they are there."""
    keys = (one.incident for id_, one in said.items() if id_ not in applied.named)
    return tuple(key for key in keys if key in recorded and not recorded[key].get(WITHDRAWN))
