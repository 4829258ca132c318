"""Lists to be applied in tests: headings, rows, and a mapping that is found by itself."""

from collections.abc import Mapping as Cells
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.core.imports.applied import Applied, Surroundings
from dashboard.core.imports.apply import apply_mapping, text_of
from dashboard.core.imports.columns import find_columns, mapping_of
from dashboard.core.imports.mapping import Mapping, ready_mappings, recognise

TODAY = date(2026, 11, 27)
OWN = {
    "id": "LT-1", "date": "2025-07-28", "country": "LT", "place": "Gaižiūnai", "latitude": "55.05",
    "longitude": "24.37",
    "location_accuracy_km": "5", "category": "crash", "object_type": "uav", "status": "confirmed",
    "sources": "https://example.org/a",
}  # fmt: skip


def mapping_for(header: Sequence[str], rows: Sequence[Sequence[Any]], **changes: Any) -> Mapping:
    """The mapping that the dashboard finds for a list, with changes."""
    texts = [[text_of(cell) for cell in row] for row in rows]
    recognised = recognise(header, ready_mappings())
    base = recognised.mapping if recognised else None
    found = mapping_of(find_columns(header, texts, recognised), "list", base)
    return found.model_copy(update=changes)


def applied(
    around: Surroundings,
    rows: Sequence[Cells[str, Any]],
    *,
    answers: Cells[str, str] | None = None,
    known: Cells[str, Cells[str, str]] | None = None,
    changes: Cells[str, Any] | None = None,
    **options: Any,
) -> Applied:
    """What the dashboard makes of rows that are given by their headings; the first is on line 2."""
    header = list(rows[0])
    cells = [[row.get(name, "") for name in header] for row in rows]
    mapping = mapping_for(header, cells, **(changes or {}))
    return apply_mapping(
        header, cells, range(2, len(rows) + 2), mapping, answers or {}, around,
        file=Path("list.csv"), source=options.pop("source", "list"), known=known or {}, today=TODAY, **options,
    )  # fmt: skip
