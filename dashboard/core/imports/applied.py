"""Results of a mapping that was applied to a list: incidents, what was refused and why, and what is to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.core.geo.borders import Borders
from dashboard.core.geo.gazetteer import Gazetteer
from dashboard.core.incidents.problems import Problem

LEAVE_OUT = "leave out"  # the answer that leaves the rows of a question out
LEAVE_EMPTY = "leave empty"  # the answer that leaves their cells empty


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The world beside a list, as far as it is known."""

    borders: Borders
    gazetteer: Gazetteer


@dataclass(frozen=True)
class Row:
    """A row of a list, or for a list of corrections all its rows of one incident, as what it says of an incident.

    line, others
        In the file; of corrections the first, and the lines of the others.
    cells
        Texts of our columns. Of an incident that is recorded they are only those that the list gives: a column that is
        not among them stays as it is. An empty text, which only corrections have, empties the cell.
    assumed
        Columns whose text is a default for the whole list, or was worked out: it never replaces a recorded one.
    before, reasons
        Of corrections, by column: the value that the list says was there before, and the reason that it gives.
    """

    line: int
    cells: Mapping[str, str]
    assumed: frozenset[str] = frozenset()
    before: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    others: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[int, ...]:
        """All its lines."""
        return (self.line, *self.others)


@dataclass(frozen=True)
class Answer:
    """A possible answer: its text in ``answers``, it in words, and what speaks for it in words, or nothing.

    ``accuracy_km`` is that of a place; else 0.
    """

    key: str
    label: str
    because: str = ""
    accuracy_km: float = 0


@dataclass(frozen=True)
class Question:
    """Something that the list leaves open.

    id
        The same for the same question to the same list, however often it is read.
    column, field
        The heading in the list, and the field of ours.
    cell
        As it stands in the list.
    lines
        Of all rows that wait for the answer.
    row
        The first of them, by heading.
    text
        The question in words.
    answers
        The possible ones; none is chosen beforehand.
    typed
        Whether an answer can also be typed: coordinates for a place, a number, a text.
    """

    id: str
    column: str
    field: str
    cell: str
    lines: tuple[int, ...]
    row: Mapping[str, str]
    text: str
    answers: tuple[Answer, ...] = ()
    typed: bool = False


@dataclass(frozen=True)
class Applied:
    """A list as a mapping has made it. Every row of it is in ``rows``, ``refused``, ``waiting`` or ``left_out``.

    rows
        Those that can be taken in.
    refused
        A problem for each fault of the rows that cannot.
    waiting, left_out
        Lines of the rows that wait for an answer, and of those that an answer leaves out.
    questions
        The open ones.
    notes, doubts
        What was understood in a way that is worth saying, in sentences; and warnings of the checks, about rows that can
        be taken in.
    named
        The IDs of all rows that have one, also of those that cannot be taken in.
    missing
        What the list lacks as a whole, in one sentence, or empty: then no row could be taken.
    """

    rows: tuple[Row, ...] = ()
    refused: tuple[Problem, ...] = ()
    waiting: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    missing: str = ""
    doubts: tuple[Problem, ...] = ()
    named: frozenset[str] = frozenset()
