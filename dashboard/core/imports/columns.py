"""Columns of a list: the field that each fills, by its name, in the languages of the flank, and by its cells."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dashboard.core.imports.fields import COLUMN, FIELDS, NEW, OLD, POINT, REASON, TIME, label_of
from dashboard.core.imports.mapping import Mapping, Recognised, folded
from dashboard.core.imports.readers import reader_of
from dashboard.core.imports.values.coordinates import AXES
from dashboard.core.imports.values.meaning import Understood
from dashboard.core.incidents.columns import BY_NAME, REQUIRED
from dashboard.core.incidents.schema import is_link, parts_of
from dashboard.core.saved_views.yaml_file import read_yaml
from dashboard.language import _, listing

SAMPLES = 200  # different cells of a column that are looked at
SHOWN = 2
ENOUGH = 0.8  # of the cells that can be read as a field, for a column to be one
_OF_CORRECTIONS = (COLUMN, OLD, NEW, REASON)
_BY_CELLS = ("sources", POINT, "date", "object_type", "category", "status", "country")  # that cells alone tell
_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")
# Headings of the number of a row, folded; and those of a number that is one where it only counts the rows.
_ROW_NUMBERS = frozenset(
    [
        "lp", "l p", "s n", "sl no", "sr no", "row", "row no", "row number", "eil nr", "nr p k", "jrk nr", "nr crt",
        "p p", "no p p", "no z p", "por c", "por cislo", "p c", "ssz", "lfd nr", "lopenr", "lopenummer",
    ]
)  # fmt: skip
_COUNTING = frozenset(["", "nr", "no", "nro", "number", "num", "numer", "nomer", "cislo", "sorszam"])
SURE, LIKELY, POSSIBLE, NONE = 3, 2, 1, 0


@dataclass(frozen=True)
class Match:
    """The field that a column of a list fills.

    heading, samples
        Of the list.
    field
        One of FIELDS, or empty where the column is left out.
    sureness
        From 0 (left out) to 3.
    because
        The reason, in words.
    """

    heading: str
    samples: tuple[str, ...]
    field: str
    sureness: int
    because: str


def find_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], recognised: Recognised | None = None
) -> tuple[Match, ...]:
    """Find the field that each column fills.

    Parameters
    ----------
    rows
        Cells as texts; see :func:`dashboard.core.imports.apply.text_of`.
    recognised
        A mapping that knows the header; only the columns that it does not know are looked for.
    """
    cells = [tuple(dict.fromkeys(row[place] for row in rows if row[place]))[:SAMPLES] for place in range(len(header))]
    known = {folded(name): field for name, field in recognised.mapping.columns.items()} if recognised else {}
    corrections = {COLUMN, NEW} <= {folded(heading) for heading in header}
    taken: set[str] = {field for field in known.values() if field}
    found: list[Match | None] = [None] * len(header)
    for place, heading in enumerate(header):
        if folded(heading) in known:
            because = _("Mapping {name}").format(name=recognised.mapping.name) if recognised else ""
            field = known[folded(heading)]
            found[place] = Match(heading, cells[place][:SHOWN], field, SURE if field else NONE, because)
    for place, heading in enumerate(header):
        if found[place] is None and _is_row_number(heading, cells[place]):
            found[place] = Match(heading, cells[place][:SHOWN], "", NONE, _("Numbers the rows"))
    for finder in (_by_own_name, _by_heading, _by_part_of_heading, _by_cells):
        for place, heading in enumerate(header):
            if found[place] is None and heading and (match := finder(heading, cells[place], taken)):
                if match.field in _OF_CORRECTIONS and not corrections:
                    continue
                found[place] = match
                taken.add(match.field)
    left_out = _("Not matched")
    return tuple(
        match or Match(header[place], cells[place][:SHOWN], "", NONE, left_out) for place, match in enumerate(found)
    )


def mapping_of(matches: Iterable[Match], name: str, base: Mapping | None = None) -> Mapping:
    """The mapping that some matches make, with the rest of an earlier one."""
    columns = {match.heading: match.field for match in matches if match.heading}
    if base is None:
        return Mapping(name=name, columns=columns)
    return base.model_copy(update={"name": name, "columns": {**base.columns, **columns}})


def lacking_in_words(matches: Sequence[Match]) -> str:
    """Say in one line what no column gives, and which could be renamed to it; nothing where all is there.

    ``Missing: latitude, longitude and sources. Rename lat to latitude, and lng to longitude.``
    """
    given = {match.field for match in matches}
    if POINT in given:
        given |= {*AXES}
    lacking = [name for name in REQUIRED if name not in given]
    renamed = [
        _("{heading} to {name}").format(heading=match.heading, name=match.field)
        for match in matches
        if match.field in REQUIRED and match.heading != match.field
    ]
    missing = _("Missing: {names}.").format(names=listing(lacking)) if lacking else ""
    rename = _("Rename {headings}.").format(headings=listing(renamed)) if renamed else ""
    return " ".join(filter(None, (missing, rename)))


@cache
def _headings() -> dict[str, str]:
    """The field of each heading that is known, folded; of two fields that share one, the first."""
    text = (files("dashboard.core.imports") / "headings.yaml").read_text("utf-8")
    found = {folded(field): field for field in FIELDS}
    for field, names in read_yaml(text, "headings.yaml").items():
        for name in (label_of(field), *names.split(",")):
            found.setdefault(folded(name), field)
    return found


def _is_row_number(heading: str, cells: Sequence[str]) -> bool:
    """Tell whether a column only numbers the rows: its heading says so, or it counts from 1 under one that may."""
    name = folded(heading)
    if name in _ROW_NUMBERS:
        return True
    counted = [str(count) for count in range(1, len(cells) + 1)]
    return bool(heading) and name in _COUNTING and [cell.rstrip(".") for cell in cells] == counted


def _fits(field: str, taken: set[str]) -> bool:
    """Tell whether another column may fill a field."""
    return field not in taken or field == "sources"


def _by_own_name(heading: str, cells: tuple[str, ...], taken: set[str]) -> Match | None:
    name = folded(heading).replace(" ", "_")
    if name not in FIELDS or not _fits(name, taken) or name == TIME:  # days are called so as well: its cells tell
        return None
    return Match(heading, cells[:SHOWN], name, SURE, _("By name"))


def _by_heading(heading: str, cells: tuple[str, ...], taken: set[str]) -> Match | None:
    field = _headings().get(folded(heading), "")
    if not field or not _fits(field, taken):
        return None
    share = 1.0 if field == "sources" else _share(field, cells)
    if share < 0.5 and not (field in BY_NAME and BY_NAME[field].codes):  # words that are not known are asked
        other = _by_cells(heading, cells, taken)
        if other or share == 0:
            return other
    if share >= ENOUGH:
        return Match(heading, cells[:SHOWN], field, SURE, _("By name and values"))
    return Match(heading, cells[:SHOWN], field, LIKELY, _("By name"))


def _by_part_of_heading(heading: str, cells: tuple[str, ...], taken: set[str]) -> Match | None:
    """The field of a heading that holds a known one, such as ``Latitude (WGS84)``, if its cells can be read so."""
    words = folded(heading).split()
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            part = " ".join(words[start : start + length])
            field = _headings().get(part, "") if len(part) > 2 else ""
            if field and _fits(field, taken) and field != "id" and cells and _share(field, cells) >= ENOUGH:
                return Match(heading, cells[:SHOWN], field, LIKELY, _("By a part of its name, and values"))
    return None


def _by_cells(heading: str, cells: tuple[str, ...], taken: set[str]) -> Match | None:
    for field in _BY_CELLS:
        if cells and _fits(field, taken) and _share(field, cells) >= ENOUGH and _tell(field, cells):
            return Match(heading, cells[:SHOWN], field, POSSIBLE if len(cells) < 3 else LIKELY, _("By its values"))
    return None


def _tell(field: str, cells: Sequence[str]) -> bool:
    """Tell whether cells say by themselves what they are: a number alone can be anything."""
    return field in ("sources", POINT) or not all(_NUMBER.fullmatch(cell) for cell in cells)


def _share(field: str, cells: Sequence[str]) -> float:
    """The part of some cells that can be read as a field; 1 for a field that takes any text."""
    read = reader_of(field)
    if not cells or read is None:
        return 1.0
    if field == "sources":
        return sum(any(map(is_link, parts_of(cell))) for cell in cells) / len(cells)
    bound = {"latitude": 90, "longitude": 180}.get(field, 0)
    return sum(_is_within(read(cell), bound) for cell in cells) / len(cells)


def _is_within(understood: Understood, bound: int) -> bool:
    """Tell whether a cell can be read, and an angle is within its bound."""
    cells = (cell for meaning in understood.meanings for cell in meaning.cells.values())
    return bool(understood.meanings) and (not bound or all(abs(float(cell)) <= bound for cell in cells))
