"""Codes of a selection: which the columns have that a filter asks about, and how many incidents each has."""

from collections import Counter
from collections.abc import Sequence

from dashboard.core.engine.selection import Selection
from dashboard.core.incidents.columns import BY_NAME
from dashboard.core.query.filter import GROUPS


def count_codes(selection: Selection, columns: Sequence[str]) -> dict[str, dict[str, int]]:
    """Count the incidents with each code, by column; of an empty cell the code is empty.

    The most frequent come first. An incident whose cell holds several codes counts for each.
    """
    if not columns:
        return {}
    names = ", ".join(columns)
    sets = ", ".join(f"({column})" for column in columns)
    question = f"SELECT grouping({names}), count(*), {names} FROM {{selection}} GROUP BY GROUPING SETS ({sets})"
    # Of each row all bits are set but that of the column which it counts; the first column has the highest.
    places = {2 ** len(columns) - 1 - 2 ** (len(columns) - 1 - place): place for place in range(len(columns))}
    counts: dict[str, Counter[str]] = {column: Counter() for column in columns}
    for grouped, count, *cells in selection.ask(question):
        column, cell = columns[places[grouped]], cells[places[grouped]]
        for code in cell.split(" ") if BY_NAME[column].several else [cell]:
            counts[column][code] += count
    return {column: _most_frequent_first(found) for column, found in counts.items()}


def codes_of(selection: Selection) -> dict[str, dict[str, int]]:
    """Count the incidents with each code, by the group of the filter that asks for it."""
    counts = count_codes(selection, list(GROUPS.values()))
    return {group: counts[column] for group, column in GROUPS.items()}


def _most_frequent_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda code: (-code[1], code[0])))
