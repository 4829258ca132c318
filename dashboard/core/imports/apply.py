"""Applying of a mapping to a list: its rows become texts of our columns; the rest is asked about or refused."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Cells
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dashboard.core.imports.applied import Applied, Row, Surroundings
from dashboard.core.imports.asking import Asking
from dashboard.core.imports.cells import Reader
from dashboard.core.imports.checking import Checked, check_rows
from dashboard.core.imports.corrections import apply_corrections
from dashboard.core.imports.fields import FIELDS, POINT, SOURCE_NUMBERS, label_of
from dashboard.core.imports.identity import Identity
from dashboard.core.imports.lines import Line, tell_who_waits
from dashboard.core.imports.mapping import Mapping
from dashboard.core.imports.numbered import name_sources
from dashboard.core.imports.times import Times
from dashboard.core.imports.whereabouts import Whereabouts, shape_outcome
from dashboard.core.incidents.columns import REQUIRED
from dashboard.core.incidents.csv_file import clean
from dashboard.core.incidents.problems import WITHDRAWN, Problem
from dashboard.core.incidents.schema import named_source
from dashboard.language import _, listing

Progress = Callable[[float], None]
# The order in which fields are read: what is said apart overrides what is said beside something else.
_IN_ORDER = (POINT, *(field for field in FIELDS if field != POINT))
_WORKED_OUT = ("id", "country", "place", "latitude", "longitude")  # where a list does not give them itself


def apply_mapping(
    header: Sequence[str],
    rows: Sequence[Sequence[Any]],
    lines: Sequence[int],
    mapping: Mapping,
    answers: Cells[str, str],
    surroundings: Surroundings,
    *,
    file: Path,
    source: str = "",
    shapes: Sequence[Any] | None = None,
    known: Cells[str, Cells[str, str]] | None = None,
    numbered: Cells[str, str] | None = None,
    today: date,
    progress: Progress = lambda part: None,
) -> Applied:
    """Apply a mapping to a list.

    Parameters
    ----------
    header, rows, lines
        The headings, the cells, which may be texts, numbers, days and times, and the line of each row in its file.
    answers
        To questions, by their IDs; see :class:`dashboard.core.imports.applied.Question`.
    file
        Its name, for the messages.
    source
        The name of the list, for IDs of rows that have none of their own: the same whenever the list comes again.
    shapes
        The geometry of each row in EPSG:4326, or None.
    known
        The incidents that are recorded: their cells by ID. A row with one of their IDs changes it, and may give only
        some columns.
    numbered
        The source that each number stands for, from a second file.
    today
        Where a year has two digits.
    progress
        Called with the part that is done, from 0 to 1; what it raises ends the work.
    """
    known = known or {}
    texts = [[*map(text_of, row)] for row in rows]
    if mapping.is_of_corrections:
        return apply_corrections(header, texts, lines, mapping, known, file)
    if missing := _missing(mapping, header, texts, has_shapes=any(shapes or ()), known=known):
        return Applied(missing=missing)
    asking = Asking(answers)
    reader = Reader(mapping, asking, today)
    found = [Line() for _line in lines]
    _read_columns(found, header, texts, mapping, reader, asking, numbered or {}, source, progress)
    progress(0.5)
    notes = _complete(found, header, mapping, asking, surroundings, shapes, known, source)
    progress(0.75)
    checked = check_rows(found, lines, known, file)
    progress(1.0)
    tell_who_waits(found, lines, asking)
    return _applied(found, lines, checked, asking, header, texts, (*reader.notes, *notes), file)


def text_of(cell: Any) -> str:
    """A cell as text: what a spreadsheet or a database has as a number, a day or a time."""
    if isinstance(cell, str):
        return cell.strip() if cell.isprintable() else clean(cell.strip())
    if cell is None or cell != cell:  # noqa: PLR0124 - a number that is none is not itself
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def _missing(
    mapping: Mapping, header: Sequence[str], texts: Sequence[Sequence[str]], *, has_shapes: bool, known: Cells[str, Any]
) -> str:
    """Say in a sentence what a list lacks as a whole; nothing where its rows change known incidents."""
    places = mapping.places_of(header)
    given = {*places} | {field for field, text in mapping.defaults.items() if text}
    if POINT in given or has_shapes or {"latitude", "longitude"} <= given or "place" in given:
        given |= {"latitude", "longitude"}
        given |= {"country", "place"}
    if SOURCE_NUMBERS in given:
        given.add("sources")
    lacking = [field for field in REQUIRED if field not in {*given, "id"}]
    if "id" in places and (WITHDRAWN in given or any(row[places["id"][0]] in known for row in texts)):
        return ""
    if not lacking:
        return ""
    names = listing([label_of(field) for field in lacking])
    return _("Nothing in the list says {fields}. Choose the column of each, or a value for the whole list.").format(
        fields=names
    )


def _read_columns(
    found: list[Line],
    header: Sequence[str],
    texts: Sequence[Sequence[str]],
    mapping: Mapping,
    reader: Reader,
    asking: Asking,
    numbered: Cells[str, str],
    source: str,
    progress: Progress,
) -> None:
    """Read the list column by column, each different text once."""
    places = mapping.places_of(header)
    default = mapping.defaults.get("sources") or named_source(source or mapping.name)
    fields = [field for field in _IN_ORDER if field in places]
    for done, field in enumerate(fields):
        for turn, place in enumerate(places[field]):
            column = [row[place] for row in texts]
            if field == SOURCE_NUMBERS:
                name_sources(found, column, header[place], numbered, default, asking)
                continue
            outcomes = reader.outcomes(field, header[place], column)
            joins = field if turn else ""
            for row, text in zip(found, column, strict=True):
                outcome = outcomes[text]
                if not joins and type(outcome) is dict:  # most cells by far
                    row.cells.update(outcome)
                elif outcome:
                    row.take(outcome, header[place], text, joins=joins)
        progress(0.5 * (done + 1) / len(fields))


def _complete(
    found: list[Line],
    header: Sequence[str],
    mapping: Mapping,
    asking: Asking,
    surroundings: Surroundings,
    shapes: Sequence[Any] | None,
    known: Cells[str, Cells[str, str]],
    source: str,
) -> list[str]:
    """Fill in what the cells of a row do not say themselves; returns what is worth saying."""
    whereabouts = Whereabouts(surroundings, asking)
    times = Times(mapping.times, asking)
    identity = Identity(known, mapping, source)
    place = next((header[at[0]] for field, at in mapping.places_of(header).items() if field == "place"), "")
    for row, shape in zip(found, shapes or [None] * len(found), strict=True):
        if shape is not None and not row.cells.get("latitude"):
            row.take(shape_outcome(shape, asking), "", "")
    for row in found:
        identity.find(row)
    identity.part(found)
    for row in found:
        whereabouts.put_axes_right(row)
        if row.cells.get("id", "") in known:
            continue
        row.assume("country", mapping.defaults.get("country", ""))
        whereabouts.find_town(row, place)
        for field, text in mapping.defaults.items():
            row.assume(field, text)
    unknown = [row for row in found if row.cells.get("id", "") not in known]
    whereabouts.settle_states(unknown)
    whereabouts.name_states(unknown)
    whereabouts.name_places(unknown)
    for row in found:
        times.put_right(row, known.get(row.cells.get("id", ""), {}))
    identity.make(found)
    return whereabouts.notes


def _applied(
    found: Sequence[Line],
    lines: Sequence[int],
    checked: Checked,
    asking: Asking,
    header: Sequence[str],
    texts: Sequence[Sequence[str]],
    notes: tuple[str, ...],
    file: Path,
) -> Applied:
    rows, waiting, left_out, refused = [], [], [], []
    for row, line in zip(found, lines, strict=True):
        if row.is_left_out:
            left_out.append(line)
        elif row.faults:
            refused += [
                Problem(file, line, column, value, fault.expected, fault.remedy) for column, value, fault in row.faults
            ]
        elif row.open:
            waiting.append(line)
        elif line not in checked.bad:
            rows.append(Row(line, row.cells, frozenset(row.assumed & {*row.cells})))
    refused = sorted((*refused, *checked.refused), key=lambda problem: problem.line)
    questions = asking.questions(header, texts)
    named = frozenset(row.cells["id"] for row in found if row.cells.get("id"))
    made = Applied(tuple(rows), tuple(refused), tuple(waiting), tuple(left_out), questions, notes)
    return replace(made, doubts=checked.doubts, named=named)
