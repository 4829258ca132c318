"""Our own exports as lists: an incident comes back from any kind of file as the same cells."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.applied import Surroundings
from dashboard.core.imports.apply import apply_mapping
from dashboard.core.imports.files.sniffing import Asked, read_content
from dashboard.core.imports.prepare import find_mapping, made_of
from dashboard.core.incidents.columns import COLUMNS
from dashboard.core.query.view import parse_query_string
from dashboard.core.record.record import Record
from dashboard.render.export import make_export
from dashboard.render.text.handout import Handout, make_handout


@pytest.fixture(scope="module")
def lithuania(shipped: Dataset) -> Handout:
    return make_handout(shipped, parse_query_string("country=LT")[0], datetime(2026, 1, 31, 12, 0, 30, tzinfo=UTC))


def rows_back(handout: Handout, kind: str, surroundings: Surroundings, record: Record) -> dict[str, dict[str, str]]:
    raw = read_content(make_export(handout, kind), f"list.{kind}", Asked(known=COLUMNS), 1000)
    mapping, table = made_of(*find_mapping(raw, record)), raw.table
    applied = apply_mapping(
        table.header,
        table.rows,
        table.lines,
        mapping,
        {},
        surroundings,
        file=Path(f"list.{kind}"),
        shapes=table.shapes or None,
        source="list",
        known={},
        today=date(2026, 11, 1),
    )
    assert (applied.refused, applied.questions) == ((), ())
    return {row.cells["id"]: dict(row.cells) for row in applied.rows}


def test_geoparquet_comes_back_as_csv_does(lithuania: Handout, surroundings: Surroundings, record: Record) -> None:
    table, parquet = (rows_back(lithuania, kind, surroundings, record) for kind in ("csv", "parquet"))
    assert set(parquet) == set(lithuania.objects["id"])
    assert parquet == table
