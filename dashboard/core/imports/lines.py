"""Rows of a list on their way to incidents: their cells so far, and what is the matter with each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dashboard.core.imports.asking import Asking
from dashboard.core.imports.cells import Fault, LeftOut, Open, Outcome

_BETWEEN = {"place": ", ", "sources": " ", "noticed_by": " "}  # texts of several columns in one field; else a space


@dataclass(slots=True)
class Line:
    """A row of a list.

    cells
        Texts of our columns, and of the fields that become several of them.
    open
        IDs of the questions that it waits for.
    faults
        Columns, values, and what was expected.
    """

    cells: dict[str, str] = field(default_factory=dict)
    assumed: set[str] = field(default_factory=set)
    open: list[str] = field(default_factory=list)
    faults: list[tuple[str, str, Fault]] = field(default_factory=list)
    is_left_out: bool = False

    @property
    def is_usable(self) -> bool:
        """True while the row can become an incident, as far as is known."""
        return not (self.open or self.faults or self.is_left_out)

    def take(self, outcome: Outcome, column: str, text: str, *, joins: str = "") -> None:
        """Take what a cell gave; ``joins`` is the field in which it follows what an earlier column gave."""
        if isinstance(outcome, Open):
            if outcome.question not in self.open:
                self.open.append(outcome.question)
        elif isinstance(outcome, Fault):
            self.faults.append((column, text, outcome))
        elif isinstance(outcome, LeftOut):
            self.is_left_out = True
        elif joins and joins in outcome and self.cells.get(joins):
            if outcome[joins] not in self.cells[joins].split(_BETWEEN.get(joins, "\n")):
                self.cells[joins] += _BETWEEN.get(joins, " ") + outcome[joins]
        else:
            self.cells.update(outcome)

    def assume(self, name: str, text: str) -> None:
        """Fill a cell that is empty with a value that the list does not give."""
        if text and not self.cells.get(name):
            self.cells[name] = text
            self.assumed.add(name)


def tell_who_waits(rows: Iterable[Line], lines: Sequence[int], asking: Asking) -> None:
    """Gather the rows of each open question; one with a fault, or left out, waits for nothing."""
    for position, (row, line) in enumerate(zip(rows, lines, strict=True)):
        if row.open and not row.faults and not row.is_left_out:
            for question in row.open:
                asking.wait(question, position, line)
