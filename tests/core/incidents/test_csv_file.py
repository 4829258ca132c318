"""CSV files of incidents as people write them: encodings, separators, broken rows, and what is no table."""

import codecs
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.core.incidents.columns import COLUMNS
from dashboard.core.incidents.schema import read_incidents
from dashboard.errors import MissingFileError, UnreadableFileError
from tests.conftest import csv_text

GOOD = csv_text({}, {"id": "LT-2"})
ENCODINGS = [
    ("UTF-8", GOOD.encode(), None),
    ("byte-order mark", codecs.BOM_UTF8 + GOOD.encode(), None),
    ("CRLF", GOOD.replace("\n", "\r\n").encode(), None),
    ("CR", GOOD.replace("\n", "\r").encode(), None),
    ("UTF-16", GOOD.encode("utf-16"), "the file is in UTF-16"),
    ("UTF-16 without its mark", GOOD.encode("utf-16-le"), "the file is in UTF-16"),
    ("Windows-1257", GOOD.encode("cp1257"), "not UTF-8 and was read as Windows-1257"),
    ("semicolons", csv_text({}, {"id": "LT-2"}, delimiter=";").encode(), "separated by semicolons"),
    ("tabs", csv_text({}, {"id": "LT-2"}, delimiter="\t").encode(), "separated by tabs"),
    ("leading blank lines", b"\n\n" + GOOD.encode(), None),
    ("leading empty rows", b",,,,\n;\n" + GOOD.encode(), None),
    ("two byte-order marks", 2 * codecs.BOM_UTF8 + GOOD.encode(), None),
    ("UTF-16 with two byte-order marks", ("\ufeff" + GOOD).encode("utf-16"), "the file is in UTF-16"),
    ("Excel's first line", codecs.BOM_UTF8 + b"sep=;\r\n" + csv_text({}, {"id": "LT-2"}, delimiter=";").encode(), None),
    ("Excel's first line with a bar", b'"sep=|"\n' + csv_text({}, {"id": "LT-2"}, delimiter="|").encode(), None),
    ("a header marked as a comment", b"# made by hand\n#" + GOOD.encode(), None),
    ("names of columns in a comment", b"# columns: id, date, country\n" + GOOD.encode(), None),
]


@pytest.mark.parametrize(("content", "warning"), [case[1:] for case in ENCODINGS], ids=[case[0] for case in ENCODINGS])
def test_every_way_of_writing_loads_the_same_rows(
    incidents_file: Callable[..., Any], content: bytes, warning: str | None
) -> None:
    reading = read_incidents(incidents_file(content=content))
    assert list(reading.incidents["id"]) == ["LT-1", "LT-2"]
    assert [problem.severe for problem in reading.problems] == ([False] if warning else [])
    assert not warning or warning.lower() in str(reading.problems[0]).lower()


def test_comments_above_the_header_are_passed_over_and_lines_keep_their_numbers(
    incidents_file: Callable[..., Any],
) -> None:
    comments = '# Marking:,TLP:AMBER\n\n"# Title: a; ""b"", =1"\n#\n'
    for separator in (",", ";"):
        text = csv_text({}, {"id": "LT-2", "date": "x"}, {"id": "#3"}, columns=(*COLUMNS, "a"), delimiter=separator)
        reading = read_incidents(incidents_file(content=(comments + text).encode("utf-8-sig")))
        assert list(reading.incidents["id"]) == ["LT-1", "#3"]
        assert list(reading.incidents["line"]) == [6, 8]
        assert {(problem.line, problem.column) for problem in reading.problems} >= {(5, "a"), (7, "date")}


def test_first_column_may_be_called_by_the_number_sign(incidents_file: Callable[..., Any]) -> None:
    header, *rows = GOOD.splitlines()
    numbered = [f"#,{header}", *(f"{number},{row}" for number, row in enumerate(rows, 1))]
    reading = read_incidents(incidents_file(content="\n".join(["# a comment", *numbered]).encode()))
    assert list(reading.incidents["id"]) == ["LT-1", "LT-2"]
    assert list(reading.incidents["line"]) == [3, 4]


def test_empty_rows_and_nameless_empty_columns_are_passed_over(incidents_file: Callable[..., Any]) -> None:
    header, first, second = GOOD.splitlines()
    cells = "," * header.count(",")
    lines = [f"{header},, ", f"{first},,", f"{cells},,", cells, f" {cells}\t,,", "", second, ",", f"{cells},,,,"]
    reading = read_incidents(incidents_file(content="\n".join(lines).encode()))
    assert list(reading.incidents["line"]) == [2, 7]
    assert (reading.rows, reading.set_aside, reading.problems) == (2, 0, ())
    assert "" not in reading.incidents


def test_nameless_column_with_text_is_kept_and_said(incidents_file: Callable[..., Any]) -> None:
    header, first, second = GOOD.splitlines()
    reading = read_incidents(incidents_file(content=f"{header},\n{first},note\n{second},".encode()))
    assert list(reading.incidents[""]) == ["note", ""]
    assert [(problem.line, problem.severe) for problem in reading.problems] == [(1, False)]


UNREADABLE = [
    (b"", "is empty"),
    (b"\xef\xbb\xbf\r\n \r\n", "is empty"),
    (bytes(range(256)) * 8, "is not text"),
    (GOOD.splitlines()[0].encode(), "has a header and no rows"),
    (b",,,\n,,,\n", "holds no names of columns"),
    (b"# only\n# comments\n", "holds no names of columns"),
    (b"x" * 2_000_000, "2,000,000 characters"),
]


@pytest.mark.parametrize(("content", "message"), UNREADABLE, ids=[message for _, message in UNREADABLE])
def test_file_without_a_table_is_refused(incidents_file: Callable[..., Any], content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        read_incidents(incidents_file(content=content))


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="There is no file"):
        read_incidents(tmp_path / "none.csv")
    with pytest.raises(MissingFileError, match="is a folder"):
        read_incidents(tmp_path)


def test_file_that_is_too_large(incidents_file: Callable[..., Any]) -> None:
    path = incidents_file(content=b"x" * 2_000_000)
    with pytest.raises(UnreadableFileError, match="2 MB, more than the 1 MB allowed"):
        read_incidents(path, max_file_mb=1)


def test_endless_line_loses_only_itself(incidents_file: Callable[..., Any]) -> None:
    first, second, third = GOOD.splitlines()
    content = "\n".join([first, second, "x" * 199_000_000, third]).encode()
    reading = read_incidents(incidents_file(content=content), max_file_mb=200)
    assert list(reading.incidents["line"]) == [2, 4]
    assert (reading.rows, reading.set_aside) == (3, 1)
    assert "3: row: The line has 199,000,000 characters" in str(reading.problems[0])


BROKEN_ROWS = [
    ('LT-3,"never closed', "the quotes of this row are broken"),
    ('LT-3,"a"b', "the quotes of this row are broken"),
    ("LT-3,too,few", f"expected {len(COLUMNS)} cells as in the header, found 3"),
    ('"' + "x" * 150_000 + '"', "the quotes of this row are broken"),
]


@pytest.mark.parametrize(("row", "message"), BROKEN_ROWS, ids=[message for _, message in BROKEN_ROWS])
def test_broken_row_loses_only_itself(incidents_file: Callable[..., Any], row: str, message: str) -> None:
    first, second, third = GOOD.splitlines()
    reading = read_incidents(incidents_file(content="\n".join([first, second, row, third]).encode()))
    assert list(reading.incidents["line"]) == [2, 4]
    assert (reading.rows, reading.set_aside) == (3, 1)
    assert message.lower() in str(reading.problems[0]).lower()


def test_quoted_line_break_keeps_lines_counted(incidents_file: Callable[..., Any]) -> None:
    reading = read_incidents(incidents_file({"summary": "one\ntwo"}, {"id": "LT-2", "date": "x"}))
    assert reading.incidents["summary"][0] == "one\ntwo"
    assert reading.problems[0].line == 4


def test_after_many_broken_rows_the_rest_is_counted(incidents_file: Callable[..., Any]) -> None:
    first, second, _third = GOOD.splitlines()
    reading = read_incidents(incidents_file(content="\n".join([first, second, *['"a"b'] * 150]).encode()))
    assert (len(reading.incidents), reading.rows) == (1, 151)
    assert "after 100 rows with broken quotes the rest, 50 lines, was not read" in str(reading.problems[-1]).lower()
