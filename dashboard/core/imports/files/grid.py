"""Rows of cells, as a text or a sheet has them, made into a table: where the headings are, and what lies above them."""

from collections.abc import Collection, Iterable, Sequence

from dashboard.core.imports.files.raw import RawTable, places_in_words
from dashboard.core.incidents.csv_file import LONGEST_FIELD
from dashboard.errors import UnreadableFileError
from dashboard.language import _, ngettext, number

MOST_ABOVE = 25  # rows in which the headings are looked for
FILLED = 0.6  # of the fullest row's cells, that a row of headings has at least

Record = tuple[int, Sequence[str]]


def table_of(
    records: Iterable[Record], *, counted: str, known: Collection[str], most_rows: int, notes: list[str]
) -> tuple[RawTable, tuple[int, ...]]:
    """Make a table of rows of cells; what lies above the headings, and rows that do not fit them, is left out and said.

    Parameters
    ----------
    records
        The place of each row that holds any text, and its cells.
    known
        Names of columns: a row with more of them than an earlier one is that of the headings.

    Returns
    -------
    The table, and the places of the rows that do not fit.

    Raises
    ------
    UnreadableFileError
        There are no rows, or more than are allowed.
    """
    rows = [(line, [cell.strip() for cell in cells]) for line, cells in records]
    rows = [(line, cells) for line, cells in rows if any(cells)]
    if not rows:
        raise UnreadableFileError(_("There is no text in it."))
    head = _place_of_headings([cells for _line, cells in rows[:MOST_ABOVE]], known)
    if head:
        message = ngettext(
            "{count} row above the headings was left out: “{text}”.",
            "{count} rows above the headings were left out: “{text}”.",
            head,
        )
        text = " ".join(cell for _line, cells in rows[:head] for cell in cells if cell)
        notes.append(message.format(count=head, text=text if len(text) <= 80 else f"{text[:79]}…"))
    _line, header = rows[head]
    body = rows[head + 1 :]
    if not body:
        raise UnreadableFileError(_("There are headings and no rows below them."))
    check_rows(len(body), most_rows)
    width = max(place for place, name in enumerate(header, start=1) if name)
    width = max([width, *_usual_width(body)])
    kept = [place for place in range(width) if _is_used(place, header, body)]
    names = [_cell(header, place) for place in kept]
    fitting = [(line, cells) for line, cells in body if not any(cells[width:]) and _is_short(cells)]
    left_out = tuple(sorted({line for line, _cells in body} - {line for line, _cells in fitting}))
    if left_out:
        message = ngettext(
            "{count} row has more cells than headings, or a text of over {limit} characters; left out: {lines}.",
            "{count} rows have more cells than headings, or a text of over {limit} characters; left out: {lines}.",
            len(left_out),
        )
        lines = places_in_words(left_out, counted)
        notes.append(message.format(count=number(len(left_out)), limit=number(LONGEST_FIELD), lines=lines))
    cells = [tuple(_cell(row, place) for place in kept) for _line, row in fitting]
    return RawTable(tuple(names), cells, [line for line, _row in fitting], counted), left_out


def check_rows(count: int, most_rows: int) -> None:
    """Raise UnreadableFileError where there are more rows than are allowed."""
    if count > most_rows:
        message = _("It has {count} rows, more than the {limit} allowed. Split it, or raise DASHBOARD_IMPORT_ROWS.")
        raise UnreadableFileError(message.format(count=number(count), limit=number(most_rows)))


def _place_of_headings(rows: Sequence[Sequence[str]], known: Collection[str]) -> int:
    """The first row that is about as full as the fullest and mostly words, or that has the most known names."""
    names = [len({cell.casefold() for cell in row} & {*known}) for row in rows]
    if max(names) > 1:
        return names.index(max(names))
    filled = [sum(map(bool, row)) for row in rows]
    enough = max(filled) * FILLED
    for place, row in enumerate(rows):
        words = sum(not _is_number(cell) for cell in row if cell)
        if filled[place] >= enough and words * 2 > filled[place]:
            return place
    return filled.index(max(filled))


def _usual_width(body: Sequence[Record]) -> list[int]:
    """The width that more than half of the rows have, where that is more than the headings'."""
    widths = sorted(max((place for place, cell in enumerate(cells, start=1) if cell), default=0) for _, cells in body)
    return [widths[len(widths) // 2]]


def _is_used(place: int, header: Sequence[str], body: Sequence[Record]) -> bool:
    return bool(_cell(header, place)) or any(_cell(cells, place) for _line, cells in body)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _is_short(cells: Sequence[str]) -> bool:
    return all(len(cell) <= LONGEST_FIELD for cell in cells)


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True
