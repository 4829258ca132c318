"""Incidents: the schema of their columns, and reading a file against it.

``read_incidents`` gives every row that can be used and every problem of the file at once. A row with a severe problem
is set aside; a warning lets it pass. Coordinates are WGS 84 (EPSG:4326) in decimal degrees.
"""

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import geopandas as gpd
import numpy as np
import pandas as pd
import pandera.pandas as pa

from dashboard.core.incidents.columns import (
    DAYS,
    FREE_TEXT,
    GIVEN,
    INSTANTS,
    NUMBERS,
    REQUIRED,
    Column,
)
from dashboard.core.incidents.csv_file import UNUSABLE, Table, read_table
from dashboard.core.incidents.draft import Draft, draft_of
from dashboard.core.incidents.geo_file import ENDINGS, read_geofile
from dashboard.core.incidents.problems import WITHDRAWN, Reading, parted
from dashboard.language import _

FIRST_DAY, LAST_DAY = date(1945, 1, 1), date(2099, 12, 31)
LONGEST_TEXT = 5_000  # characters
DTYPES = {"day": "datetime64[s]", "instant": "datetime64[s, UTC]", "number": "float"}  # of what is not text
# An address may hold commas and semicolons itself, but not before white space, another address or a name.
_BETWEEN_SOURCES = re.compile(r"[;,|]*(?:\s+|$)|[;,|]+(?=\[|[A-Za-z][A-Za-z+.-]*://)")
# An address as nearly all are, for which nothing slower need be asked.
_PLAIN_LINK = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:[/?#][^\s\"'<>`\\\x00-\x1f]*)?")
_NO_BRACKETS = str.maketrans("[]", "()")
_NAMED_SOURCE = re.compile(r"(?:(?<=^)|(?<=[\s;,|]))\[([^\[\]]+)\](?=[\s;,|]|$)")


def _declared(column: Column) -> pa.Column:
    """A column as pandera checks it.

    Cells that hold no date or number at all are reported before that and are missing; for that reason dates and numbers
    are nullable here although most of them must be given.
    """
    if column.kind == "day":
        expected = _("expected a day from {first} to {last}").format(first=FIRST_DAY, last=LAST_DAY)
        within = pa.Check.in_range(pd.Timestamp(FIRST_DAY), pd.Timestamp(LAST_DAY), error=expected)
        return pa.Column(DTYPES["day"], within, nullable=True)
    if column.kind == "number" and column.bounds:
        checks = [pa.Check.in_range(*column.bounds, error=column.expected)]
        if column.whole:
            checks.append(pa.Check(lambda numbers: numbers % 1 == 0, error=column.expected))
        return pa.Column(float, checks, nullable=True)
    if column.kind != "text":
        return pa.Column(DTYPES[column.kind], nullable=True)
    if column.name == "id":
        well_formed = pa.Check.str_matches(r"^\S{1,100}$", error=column.expected)
        return pa.Column(str, well_formed, unique=True, report_duplicates="exclude_first")
    return pa.Column(str, _checks_of_text(column))


def _checks_of_text(column: Column) -> list[pa.Check]:
    if column.codes:
        expected = column.expected or _("expected one of {values}").format(values=", ".join(column.codes))
        if column.several:
            codes = frozenset(column.codes)
            return [pa.Check(lambda cells: cells.map(lambda cell: codes.issuperset(cell.split())), error=expected)]
        return [pa.Check.isin([*column.codes, *([] if column.required else [""])], error=expected)]
    too_long = _("expected at most {limit} characters").format(limit=LONGEST_TEXT)
    checks = [pa.Check.str_length(max_value=LONGEST_TEXT, error=too_long)]
    if column.required:
        checks.append(pa.Check.str_length(min_value=1, error=_("the cell is empty; expected a value")))
    return checks


SCHEMA = pa.DataFrameSchema({column.name: _declared(column) for column in GIVEN})


@lru_cache(maxsize=16)
def _schema_of(columns: tuple[str, ...]) -> pa.DataFrameSchema:
    """The schema of some of the columns."""
    return pa.DataFrameSchema({name: SCHEMA.columns[name] for name in columns})


def read_incidents(path: Path, max_file_mb: int = 200) -> Reading:
    """Read incidents from a CSV file, or by its ending GeoJSON or GeoPackage, and check them against ``SCHEMA``.

    Raises
    ------
    MissingFileError, UnreadableFileError
        There is no such file, or no table could be read from it.
    """
    return check_table(read_rows(path, max_file_mb))


def read_rows(path: Path, max_file_mb: int) -> Table:
    """Read the rows of a file of incidents as text; raises as :func:`read_incidents` does."""
    if path.suffix.lower() in ENDINGS:
        return read_geofile(path, max_file_mb)
    return read_table(path, max_file_mb, SCHEMA.columns)


def check_table(table: Table) -> Reading:
    """Check the rows of a table against ``SCHEMA``."""
    rows = len(table.rows) + table.unread
    draft = draft_of(table)
    if draft.text.empty or not all(column in draft.text for column in REQUIRED):
        none = parted(_frame(draft, draft.text.index[:0]))
        return Reading(*none, frozenset(draft.text.get("id", ())), tuple(draft.problems), rows)
    _read_days(draft)
    _read_instants(draft)
    _read_numbers(draft)
    _read_sources(draft)
    _check_schema(draft)
    _check_rows(draft)
    bad = {problem.line for problem in draft.problems if problem.severe}
    good = ~draft.text.index.isin(list(bad))
    incidents, withdrawn = parted(_frame(draft, draft.text.index[good]))
    unusable = frozenset(draft.text["id"][~good]) - {*incidents["id"], *withdrawn["id"]}
    problems = tuple(sorted(draft.problems, key=lambda problem: problem.line))
    return Reading(incidents, withdrawn, unusable, problems, rows)


def _read_days(draft: Draft) -> None:
    for column in DAYS:
        text = draft.text[column]
        days = pd.to_datetime(text.where(text.str.fullmatch(r"\d{4}-\d{2}-\d{2}")), format="%Y-%m-%d", errors="coerce")
        wrong = days.isna() & ((text != "") | (column in REQUIRED))
        draft.report(wrong, column, _("expected a day such as 2025-07-28"), _("Write year, month and day with hyphens"))
        draft.typed[column] = days.astype(DTYPES["day"])


def _read_instants(draft: Draft) -> None:
    for column in INSTANTS:
        text = draft.text[column]
        zoned = text.str.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")
        instants = pd.to_datetime(text.where(zoned), format="ISO8601", utc=True, errors="coerce")
        instants = instants.where(instants.dt.year.between(FIRST_DAY.year, LAST_DAY.year))
        expected = _("expected an instant with its time zone, such as 2025-07-28T04:40Z")
        draft.report(instants.isna() & (text != ""), column, expected, _("Write it in UTC, with Z at its end"))
        draft.typed[column] = instants.astype(DTYPES["instant"])


def _read_numbers(draft: Draft) -> None:
    for column in NUMBERS:
        text = draft.text[column]
        if draft.is_blank(column):
            draft.typed[column] = np.nan
            continue
        comma = text.str.fullmatch(r"[+-]?\d+,\d+")
        assumed = _("the decimal comma was read as a point")
        draft.report(comma, column, assumed, _("Write a decimal point"), severe=False)
        points = text.where(~comma, text.str.replace(",", ".", regex=False))
        number = points.str.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
        values = pd.to_numeric(points.where(number), errors="coerce").astype(float)
        wrong = ~np.isfinite(values) & ((text != "") | (column in REQUIRED))
        draft.report(wrong, column, _("expected a number such as 54.6341"), _("Write digits with a decimal point"))
        draft.typed[column] = values.where(~wrong)


def _read_sources(draft: Draft) -> None:
    """Sources as tuples of http(s) addresses and of names in brackets; others are left out with a warning."""
    text = draft.text["sources"]
    parts = text.map(parts_of)
    sources = parts.map(lambda cell: tuple(part for part in cell if is_source(part)))
    partly = (sources.str.len() > 0) & (sources.str.len() < parts.str.len())
    left_out = _("a source that is neither an http or https address nor a name in square brackets is left out")
    remedy = _("Write addresses that begin with http, and names as [Name], separated by spaces")
    draft.report(partly, "sources", left_out, remedy, severe=False)
    none = (sources.str.len() == 0) & (text != "")
    expected = _("none of the sources is an http or https address or a name in square brackets")
    draft.report(none, "sources", expected, _("Give at least one"))
    draft.typed["sources"] = sources


def parts_of(sources: str) -> list[str]:
    """The sources of a cell one by one, parted by white space, or by a sign that white space or another follows.

    A name in square brackets is one, with the spaces in it.
    """
    parts: list[str] = []
    end = 0
    for named in _NAMED_SOURCE.finditer(sources) if "[" in sources else ():
        parts += _BETWEEN_SOURCES.split(sources[end : named.start()])
        parts.append(named[0])
        end = named.end()
    parts += _BETWEEN_SOURCES.split(sources[end:])
    return [part for part in parts if part.strip(";,|")]


def named_source(name: str) -> str:
    """A source of which only the name is known, as files and tuples of sources have it: ``[PAP]``."""
    return f"[{' '.join(name.translate(_NO_BRACKETS).split())}]"


def name_of_source(source: str) -> str:
    """The name of a source that is only a name; empty for an address."""
    found = _NAMED_SOURCE.fullmatch(source)
    return found[1].strip() if found and not UNUSABLE.search(source) else ""


def is_source(text: str) -> bool:
    """Tell whether a text is an http or https address, or a name in square brackets."""
    return bool(name_of_source(text)) or is_link(text)


def is_link(text: str) -> bool:
    """Tell whether a text is an http or https address that cannot break out of an attribute."""
    if _PLAIN_LINK.fullmatch(text):
        return True
    try:
        parts = urlsplit(text)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s\"'<>`\\\x00-\x1f]", text)
        )
    except ValueError:
        return False


def _check_schema(draft: Draft) -> None:
    """Check each column that any row fills; a cell may be empty where it need not be given."""
    filled = tuple(name for name in SCHEMA.columns if not draft.is_blank(name))
    typed = draft.typed.assign(sources=draft.text["sources"])[list(filled)]
    try:
        _schema_of(filled).validate(typed.reset_index(drop=True), lazy=True)
    except pa.errors.SchemaErrors as errors:
        for (column, check), failed in errors.failure_cases.groupby(["column", "check"], sort=False):
            rows = pd.Series(data=False, index=draft.text.index)
            rows.iloc[failed["index"].astype(int)] = True
            twice = check == "field_uniqueness"
            expected = _("the id is there already, higher up in the file") if twice else check
            remedy = _("Give each incident an id of its own") if twice else _("Correct the cell")
            draft.report(rows, column, expected, remedy)


def _check_rows(draft: Draft) -> None:
    typed = draft.typed
    backwards = typed["end_date"] < typed["date"]
    draft.report(
        backwards, "end_date", _("the end lies before the date"), _("Exchange the two, or leave the end empty")
    )
    over = typed["ended_at"] < typed["started_at"]
    draft.report(over, "ended_at", _("the end lies before the start"), _("Exchange the two, or leave the end empty"))
    future = typed["date"] > pd.Timestamp.now() + pd.Timedelta(days=1)  # somewhere on Earth it is tomorrow already
    draft.report(future, "date", _("the day has not come yet"), _("Check the year"), severe=False)
    # A local day begins and ends within 14 hours of the same day in UTC.
    midday = typed["date"].dt.tz_localize("UTC") + pd.Timedelta(hours=12)
    far = (typed["started_at"] - midday).abs() > pd.Timedelta(hours=26)
    draft.report(far, "started_at", _("the instant is not on the date of the row"), _("Check both"), severe=False)
    for column in (*FREE_TEXT, WITHDRAWN):
        if draft.is_blank(column):
            continue
        tag = draft.text[column].str.contains(r"<[A-Za-z/!]", regex=True)
        draft.report(tag, column, _("the text holds HTML, which is shown as text"), _("Remove the tags"), severe=False)


def _frame(draft: Draft, lines: pd.Index) -> gpd.GeoDataFrame:
    typed = draft.typed.loc[lines].reset_index()
    if "latitude" not in typed or "longitude" not in typed or typed.empty:
        points = gpd.points_from_xy([], [], crs=4326)
        dtypes = {column.name: DTYPES.get(column.kind, "object") for column in GIVEN}
        none = typed.iloc[:0].reindex(columns=["line", *SCHEMA.columns])
        return gpd.GeoDataFrame(none.astype(dtypes), geometry=points)
    return gpd.GeoDataFrame(typed, geometry=gpd.points_from_xy(typed["longitude"], typed["latitude"], crs=4326))
