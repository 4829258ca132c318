"""Sources by number: a second file that lists them, beside a list that only gives their numbers."""

from collections.abc import Sequence

from dashboard.core.imports.mapping import folded
from dashboard.core.imports.values.sources import read_sources

_NUMBERS = ("key", "id", "number", "no", "nr", "source id")
_ADDRESSES = ("url", "link", "address", "source", "href")
_NAMES = ("publisher", "name", "title")


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
