"""A file of incidents on its way to be checked: its cells as text, and what has been read from them so far."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from dashboard.core.incidents.columns import ADDED, DEFAULTS, GIVEN, REQUIRED, TAKEN
from dashboard.core.incidents.csv_file import Table
from dashboard.core.incidents.problems import Problem
from dashboard.language import _, listing, ngettext


@dataclass
class Draft:
    """A file on its way to a Reading: text, the columns read from it so far, and the problems found."""

    path: Path
    text: pd.DataFrame
    typed: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)

    def is_blank(self, column: str) -> bool:
        """Tell whether a column that may be empty is so in every row."""
        return column not in REQUIRED and bool(self.text[column].isin(["", DEFAULTS.get(column, "")]).all())

    def report(self, rows: pd.Series, column: str, expected: str, remedy: str = "", *, severe: bool = True) -> None:
        """A problem for each row that is True in ``rows``."""
        values = self.text[column] if column in self.text else pd.Series("", index=self.text.index)
        self.problems += [
            Problem(self.path, int(line), column, value, expected, remedy, severe)
            for line, value in values[rows].items()
        ]


def draft_of(table: Table) -> Draft:
    """The cells as text, indexed by line, with the known columns and whatever else the file has."""
    names = [column.name for column in GIVEN]
    path, header, line = table.path, table.header, table.header_line
    missing = [name for name in REQUIRED if name not in header]
    lacking = ngettext(
        "the column is missing; the file has {columns}", "the columns are missing; the file has {columns}", len(missing)
    ).format(columns=listing(header))
    add = ngettext("Add it; no row can be read without it", "Add them; no row can be read without them", len(missing))
    unknown = _("the column is not known and is kept as text")
    taken = _("the map uses this name for something else, and the column is left out")
    twice = sorted({name for name in header if header.count(name) > 1})
    problems = [
        *table.problems,
        *(Problem(path, line, name, "", _("the column is there twice"), _("Keep one of them")) for name in twice),
        *([Problem(path, line, listing(missing), "", lacking, add)] if missing else []),
        *(
            Problem(path, line, name, "", unknown, _("Check its spelling"), severe=False)
            for name in dict.fromkeys(header)
            if name not in (*names, *ADDED, *TAKEN)
        ),
        *(Problem(path, line, name, "", taken, _("Rename it"), severe=False) for name in TAKEN if name in header),
    ]
    text = pd.DataFrame(table.rows, columns=header, index=pd.Index(table.lines, name="line"), dtype=object)
    text = text.loc[:, ~text.columns.duplicated() & ~text.columns.isin([*ADDED, *TAKEN])].copy()
    for column in names:
        if column not in text and column not in REQUIRED:
            text[column] = pd.Series(DEFAULTS.get(column, ""), index=text.index, dtype=object)
    for column, default in DEFAULTS.items():
        text[column] = text[column].replace("", default)
    return Draft(path, text, text.copy(), problems)
