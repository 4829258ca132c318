"""Refused rows of a list as CSV: each as it stands there with its reasons, and nothing that a spreadsheet runs."""

import csv
import io
from pathlib import Path

from dashboard.core.imports.files.raw import RawTable
from dashboard.core.incidents.problems import Problem
from dashboard.render.export.refused_rows import make_refused_rows


def test_refused_rows_are_written_once_with_all_their_reasons() -> None:
    table = RawTable(("Day", "Place"), [("31.02.2026", "=1+1"), ("1.3.2026", "Nur"), ("x", "Brok")], [2, 3, 4])
    file = Path("list.csv")
    refused = [
        Problem(file, 2, "Day", "31.02.2026", "expected a day", "Write one"),
        Problem(file, 2, "Place", "=1+1", "expected a place", "Name it"),
        Problem(file, 4, "", "", "the row says nothing", "Fill it in"),
    ]
    content = make_refused_rows(table, refused)
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        ["Day", "Place", "refused line", "refused because"],
        ["31.02.2026", "'=1+1", "2",
         "Day: '31.02.2026': expected a day. Write one. Place: '=1+1': expected a place. Name it."],
        ["x", "Brok", "4", "The row says nothing. Fill it in."],
    ]  # fmt: skip
