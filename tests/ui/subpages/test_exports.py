"""The page of the exports, and the files from the page that stand in it."""

import hashlib
import io
from pathlib import Path

import pypdf
import pytest

from dashboard.core.data.export_log import Export, ExportLog, Sheet
from dashboard.core.query.view import parse_query_string
from dashboard.errors import StorageError
from dashboard.settings import settings
from dashboard.ui.subpages import exports
from tests.page import html_of, open_page
from tests.takeaway import Offers


def text_of(pdf: bytes) -> str:
    return " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


def logged() -> list[Export]:
    return ExportLog(settings().record).exports(10)


def test_file_is_noted_with_name_view_and_hash(keeper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offers = Offers(monkeypatch, {"country": "LT"})
    assert logged() == []
    content = offers.content("take-csv-")
    (row,) = logged()
    assert (row.who, row.file) == ("anna", offers.name("take-csv-"))
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert row.sheet_id in offers.name("take-csv-")
    assert "country=LT" in row.query


@pytest.mark.parametrize("is_wanted", [True, False])
def test_name_stands_in_the_file_where_that_is_wanted(
    keeper: Path, monkeypatch: pytest.MonkeyPatch, is_wanted: bool
) -> None:
    monkeypatch.setenv("DASHBOARD_SHEET_NAMES", str(is_wanted))
    settings.cache_clear()
    offers = Offers(monkeypatch, {"country": "LT"})
    assert ("Made by: anna" in offers.content("take-txt-about").decode()) is is_wanted
    assert ("Made by anna." in text_of(offers.content("take-pdf-A4"))) is is_wanted


def test_file_that_cannot_be_noted_is_not_handed_over_where_people_sign_in(
    keeper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageError("The disk is full.")

    offers = Offers(monkeypatch, {})
    monkeypatch.setattr(ExportLog, "add", full)
    with pytest.raises(StorageError):
        offers.content("take-csv-")
    monkeypatch.delenv("DASHBOARD_ACCESS")
    settings.cache_clear()
    assert offers.content("take-csv-")


def test_keeper_reads_who_took_away_what(keeper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "ON_A_PAGE", 2)
    log = ExportLog(settings().record)
    lithuania = Sheet(parse_query_string("country=LT&from=2025-07-01&to=2025-07-31")[0], "7F3K-Q2XD")
    log.add("ben", "all.csv", "a" * 64)
    log.add("", "lt.csv", "b" * 64, [lithuania])
    log.add("=cmd()", "lt.pdf", "c" * 64, [lithuania])
    app = open_page({"page": "exports"})
    assert not app.exception
    assert "3 views were exported." in html_of(app)
    table = app.dataframe[0].value
    assert table["Who"].fillna("").tolist() == ["=cmd()", ""]
    assert table["Filter"].tolist() == ["Lithuania, 28–31 July 2025"] * 2
    assert table["Sheet"].tolist() == ["7F3K-Q2XD"] * 2
    assert table["SHA-256"].tolist() == ["c" * 64, "b" * 64]
    app.button("exports-earlier").click().run()
    assert app.dataframe[0].value["File"].tolist() == ["all.csv"]
    assert app.dataframe[0].value["Filter"].tolist() == ["All the data"]
    app.button("exports-later").click().run()
    assert len(app.dataframe[0].value) == 2


def test_nobody_else_sees_it(keeper: Path) -> None:
    ExportLog(settings().record).add("ben", "all.csv", "a" * 64)
    assert "part-exports" in {button.key for button in open_page({"page": "data"}).button}
    keeper.write_text('[editor]\nnames = ["anna"]\n', "utf-8")
    app = open_page({"page": "exports"})
    assert "part-exports" not in {button.key for button in app.button}
    assert not app.dataframe
    assert "Your role does not allow this" in app.info[0].value
    assert "exported" not in html_of(app)
