"""Questions while a list is read: each is asked once, and gathers the rows that wait for its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.core.imports.applied import Answer, Question


@dataclass(frozen=True)
class Asked:
    """A question before it is known which rows wait for it; see :class:`dashboard.core.imports.applied.Question`."""

    id: str
    column: str
    field: str
    cell: str
    text: str
    answers: tuple[Answer, ...] = ()
    typed: bool = False


@dataclass
class Asking:
    """The questions of one list, and the answers given to them, by the ID of the question.

    lines
        Of the rows that wait, by question; ``first`` is the position of the first of them.
    """

    answers: Mapping[str, str]
    asked: dict[str, Asked] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)

    def answer(self, question: Asked) -> str:
        """The answer to a question, empty while there is none; then the question is open."""
        if answer := self.answers.get(question.id, ""):
            return answer
        self.asked.setdefault(question.id, question)
        return ""

    def wait(self, question: str, position: int, line: int) -> None:
        """Let a row wait for the answer to a question."""
        self.first.setdefault(question, position)
        self.lines.setdefault(question, []).append(line)

    def questions(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Question, ...]:
        """The open questions for which a row waits, each with the first of its rows, in the order of these."""
        waiting = sorted(self.first, key=self.first.__getitem__)
        return tuple(self._question(name, header, rows[self.first[name]]) for name in waiting)

    def _question(self, name: str, header: Sequence[str], row: Sequence[str]) -> Question:
        asked = self.asked[name]
        return Question(
            id=asked.id,
            column=asked.column,
            field=asked.field,
            cell=asked.cell,
            lines=tuple(self.lines[name]),
            row={heading: cell for heading, cell in zip(header, row, strict=True) if heading and cell},
            text=asked.text,
            answers=asked.answers,
            typed=asked.typed,
        )
