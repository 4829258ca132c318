"""Sources by number: a second file that lists them, beside a list that only gives their numbers."""

from collections.abc import Mapping, Sequence

from dashboard.core.imports.applied import LEAVE_OUT, Answer
from dashboard.core.imports.asking import Asked, Asking
from dashboard.core.imports.cells import Fault, LeftOut, Open, Outcome
from dashboard.core.imports.fields import SOURCE_NUMBERS
from dashboard.core.imports.files.raw import RawFile
from dashboard.core.imports.lines import Line
from dashboard.core.imports.mapping import folded
from dashboard.core.imports.values.sources import read_sources
from dashboard.errors import UnreadableFileError
from dashboard.language import _, listing

_NUMBERS = ("key", "id", "number", "no", "nr", "source id")
_ADDRESSES = ("url", "link", "address", "source", "href")
_NAMES = ("publisher", "name", "title")
THE_LIST = "the list"  # the answer that takes the list itself as the source


def sources_in(beside: RawFile) -> dict[str, str]:
    """The sources by their numbers in a file that lists them; see :func:`numbered_sources`.

    Raises
    ------
    UnreadableFileError
        It lists none.
    """
    found = numbered_sources(beside.table.header, beside.table.rows)
    if not found:
        message = _(
            "The second file lists no sources: expected a column of their numbers, such as id, and one of their "
            "addresses or names, such as url or publisher. It has {columns}."
        )
        raise UnreadableFileError(message.format(columns=listing([*beside.table.header][:10])))
    return found


def name_sources(
    rows: Sequence[Line], column: Sequence[str], heading: str, numbered: Mapping[str, str], default: str, asking: Asking
) -> None:
    """Put sources in the place of their numbers; without the file that lists them, that is asked.

    Parameters
    ----------
    default
        The source where the list itself is to be it.
    """
    instead = {} if numbered else _without_file(column, heading, asking)
    for row, text in zip(rows, column, strict=True):
        numbers = text.replace("[", " ").replace("]", " ").replace(",", " ").replace(";", " ").split()
        if not numbers:
            continue
        if not numbered:
            row.take(instead, heading, text)
            row.assume("sources", default)
        elif unknown := [each for each in numbers if each not in numbered]:
            expected = _("no source has the number {numbers}").format(numbers=listing(unknown))
            row.take(Fault(expected, _("Add it to the file of the sources")), heading, text)
        else:
            sources = " ".join(dict.fromkeys(numbered[each] for each in numbers))
            row.take({"sources": sources}, heading, text, joins="sources")


def _without_file(column: Sequence[str], heading: str, asking: Asking) -> Outcome:
    """Ask for the file of the sources, or whether the list itself is to be the source."""
    first = next((text for text in column if text), "")
    if not first:
        return {}
    wording = _(
        "The list gives its sources by number, such as {cell}. Import it with the file that lists them (on the command "
        "line: --beside FILE), or is the list itself to be the source?"
    )
    question = Asked(
        id="sources by number",
        column=heading,
        field=SOURCE_NUMBERS,
        cell=first,
        text=wording.format(cell=first),
        answers=(
            Answer(THE_LIST, _("The list itself is the source")),
            Answer(LEAVE_OUT, _("Leave the rows out")),
        ),
    )
    answer = asking.answer(question)
    if answer == LEAVE_OUT:
        return LeftOut()
    return {} if answer == THE_LIST else Open(question.id)


def numbered_sources(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """The sources of a list by their numbers, as our files have them: an address, or else a name.

    Parameters
    ----------
    header, rows
        A table with a column of numbers and one of addresses or names; or, as of JSON whose names are the numbers, one
        row with columns such as ``S01.url``.
    """
    folded_header = [folded(heading) for heading in header]
    places = {name: folded_header.index(name) for name in (*_NUMBERS, *_ADDRESSES, *_NAMES) if name in folded_header}
    number = next((places[name] for name in _NUMBERS if name in places), None)
    if number is not None:
        records = {row[number]: {name: row[place] for name, place in places.items()} for row in rows}
    else:
        records = _by_prefix(header, rows)
    found = {key: _source(record) for key, record in records.items() if key}
    return {key: source for key, source in found.items() if source}


def _by_prefix(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        for heading, cell in zip(header, row, strict=True):
            key, _dot, name = heading.partition(".")
            if name:
                found.setdefault(key, {})[folded(name)] = cell
    return found


def _source(record: dict[str, str]) -> str:
    text = next((record[name] for name in (*_ADDRESSES, *_NAMES) if record.get(name)), "")
    meanings = read_sources(text).meanings
    return meanings[0].cells.get("sources", "") if meanings else ""
