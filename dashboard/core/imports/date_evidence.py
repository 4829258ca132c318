"""Evidence for each reading of a day that could be two: the cells of its column, the rows beside it, and today."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from dashboard.core.imports.applied import LEAVE_OUT, Question
from dashboard.core.imports.cells import ORDERS
from dashboard.core.imports.files.raw import RawTable
from dashboard.core.imports.values.dates import orders_of, read_date
from dashboard.core.incidents.columns import DAYS, INSTANTS
from dashboard.language import _, day, listing, ngettext, number

NEAR_DAYS = 31  # within which the day of a row is near those of the rows beside it
DAY_FIRST, MONTH_FIRST = ORDERS
_WITH_STOPS = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}\.?")


def evidence_of(question: Question, table: RawTable, today: date) -> list[tuple[str, str]]:
    """Find what speaks for each reading of a day whose order of day and month is asked.

    Parameters
    ----------
    table
        The list, with the column of the question.

    Returns
    -------
    Pairs of the key of an answer and a reason in words; none for a question about anything else.
    """
    offered = [answer.key for answer in question.answers if answer.key != LEAVE_OUT]
    if question.field not in DAYS + INSTANTS or len(offered) != 2 or question.column not in table.header:
        return []
    column = table.header.index(question.column)
    texts = [row[column] for row in table.rows]
    keys = {DAY_FIRST: offered[0], MONTH_FIRST: offered[1]}
    read = {order: _day(question.cell, order) for order in ORDERS}
    found = [*_of_column(texts), *_of_rows(texts, table.lines, question, read), *_of_today(read, today)]
    return [(keys[order], words) for order, words in found]


def _of_column(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Tell which order the certain cells of the column have."""
    counts: Counter[str] = Counter()
    for text, count in Counter(texts).items():
        for order in orders_of([text]):
            counts[order] += count
        if _WITH_STOPS.fullmatch(text) and _day(text):
            counts["stops"] += count
    if count := counts[DAY_FIRST]:
        words = ngettext(
            "{count} other cell of the column can only have the day first",
            "{count} other cells of the column can only have the day first",
            count,
        )
        yield DAY_FIRST, words.format(count=number(count))
    if count := counts[MONTH_FIRST]:
        words = ngettext(
            "{count} other cell of the column can only have the month first",
            "{count} other cells of the column can only have the month first",
            count,
        )
        yield MONTH_FIRST, words.format(count=number(count))
    if count := counts["stops"]:
        words = ngettext(
            "{count} other cell of the column is written with full stops, day first",
            "{count} other cells of the column are written with full stops, day first",
            count,
        )
        yield DAY_FIRST, words.format(count=number(count))


def _of_rows(
    texts: Sequence[str], lines: Sequence[int], question: Question, read: dict[str, date | None]
) -> Iterator[tuple[str, str]]:
    """Tell which reading is near the days of the rows before and after the first one that asks."""
    at = lines.index(question.lines[0])
    beside = [certain for place in (at - 1, at + 1) if 0 <= place < len(texts) and (certain := _day(texts[place]))]
    near = {
        order
        for order, one in read.items()
        if one and beside and all(abs((one - other).days) <= NEAR_DAYS for other in beside)
    }
    if len(near) == 1:
        words = ngettext("the row beside it is of {days}", "the rows beside it are of {days}", len(beside))
        yield near.pop(), words.format(days=listing([day(one) for one in beside]))


def _of_today(read: dict[str, date | None], today: date) -> Iterator[tuple[str, str]]:
    """Tell of which reading the other one is still to come."""
    one, other = read[DAY_FIRST], read[MONTH_FIRST]
    if one and other and (one > today) != (other > today):
        yield (MONTH_FIRST if one > today else DAY_FIRST), _("the other day is still to come")


def _day(text: str, order: str = "") -> date | None:
    """The day of a cell, or None where it is none, or could be several."""
    meanings = read_date(text, ORDERS.get(order, "")).meanings
    if len(meanings) != 1:
        return None
    cells = meanings[0].cells
    found = cells.get("date") or cells.get("started_at", "")[:10]
    return date.fromisoformat(found) if found else None
