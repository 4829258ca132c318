"""Reports on lists whose rows are as a mapping would have made them, for the tests of what becomes of them."""

from pathlib import Path

from dashboard.core.geo.borders import Borders
from dashboard.core.imports.applied import Applied, Row
from dashboard.core.imports.outcomes import Said
from dashboard.core.imports.report import Report, report_on
from dashboard.core.record.merge import Content

FILE = Path("wykaz.csv")
# In the toy borders' Lithuania; a day of its own, so that no two are alike by chance.
CELLS = {
    "date": "2025-07-28", "country": "LT", "place": "Šumskas", "latitude": "5.0", "longitude": "9.5",
    "location_accuracy_km": "5", "category": "landing", "object_type": "balloon", "status": "confirmed",
    "sources": "https://lrt.lt/1",
}  # fmt: skip


def incident(id_: str, **cells: str) -> Content:
    """The cells of a whole incident."""
    return {"id": id_} | CELLS | cells


def rows_of(*contents: Content, assumed: frozenset[str] = frozenset()) -> Applied:
    """A list with these rows, the first on line 2."""
    rows = tuple(Row(line, cells, assumed) for line, cells in enumerate(contents, start=2))
    return Applied(rows, named=frozenset(row.cells["id"] for row in rows))


def report(
    applied: Applied,
    recorded: dict[str, Content],
    borders: Borders,
    *,
    said: dict[str, Said] | None = None,
    answers: dict[str, str] | None = None,
    is_full: bool = False,
) -> Report:
    """The report on a list."""
    return report_on(applied, recorded, said or {}, borders=borders, file=FILE, answers=answers or {}, is_full=is_full)


def counted(found: Report) -> dict[str, int]:
    """The figures of a report that are not 0."""
    return {name: count for name, count in found.figures.items() if count}
