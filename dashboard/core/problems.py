"""What is wrong with a file of data: one value for each problem, with line, column, value, expectation and remedy."""

from dataclasses import dataclass
from pathlib import Path

from dashboard.language import _

LONGEST_VALUE = 60  # characters of a value that a message repeats


@dataclass(frozen=True)
class Problem:
    """One problem of one cell, row or file.

    line
        Line of the file, the header being line 1; 0 where it is the file as a whole.
    column
        Name of the column, or empty where it is the whole row.
    severe
        The row cannot be used and is set aside; otherwise it loads and this is a warning.
    """

    file: Path
    line: int
    column: str
    value: str
    expected: str
    remedy: str
    severe: bool = True

    @property
    def message(self) -> str:
        """Value, expectation and remedy as sentences."""
        value = self.value if len(self.value) <= LONGEST_VALUE else self.value[: LONGEST_VALUE - 1] + "…"
        if not value:
            expected = self.expected[:1].upper() + self.expected[1:]
            return _("{expected}. {remedy}.").format(expected=expected, remedy=self.remedy)
        return _("{value!r}: {expected}. {remedy}.").format(value=value, expected=self.expected, remedy=self.remedy)

    def __str__(self) -> str:
        """As compilers print it: ``FILE:LINE: COLUMN: message``."""
        kind = "" if self.severe else _("warning: ")
        return f"{self.file}:{self.line}: {self.column or _('row')}: {kind}{self.message}"
