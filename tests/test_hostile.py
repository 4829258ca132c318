"""Texts that are not ours do nothing but be read: in every field, on every page and in every kind of file."""

import ast
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import jinja2
import openpyxl
import pptx
import pytest
import yaml
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from dashboard.core.analysis.counting import Tally
from dashboard.core.data.dataset import MAP_FILES
from dashboard.core.incidents.columns import COLUMNS, FREE_TEXT
from dashboard.core.query.view import NAMES, View
from dashboard.render.charts import QUESTIONS
from dashboard.render.charts.picture import save
from dashboard.render.deck import make_deck
from dashboard.render.export import EXPORTS, make_export
from dashboard.render.sheet import make_sheet
from dashboard.render.sheet.layout import Format
from dashboard.render.text.brief import BRIEFS, make_brief
from dashboard.render.text.handout import Handout, make_handout
from dashboard.render.web.webpage import make_webpage
from dashboard.settings import settings
from dashboard.ui import data
from dashboard.ui.escaping import for_visitors
from tests.browser import Screen
from tests.conftest import csv_text
from tests.page import PAGE, html_of
from tests.settled_data import DATA

pytestmark = pytest.mark.slow

SIGN = "Zq7"  # stands in every text, so that it is found again
HOSTILE = [
    f"{SIGN} {text}"
    for text in (
        "{{ 6 * 7 }}",
        "Base {{ (camp)",
        "{% for",
        "{# remark",
        "}}",
        "${6 * 7}",
        "$title",
        "`",
        "{0.__class__}",
        "{",
        "%(x)s %d",
        "$x^2$",
        "$\\frac{",
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "&amp; ]]>",
        "\\",
        "\"';--",
        "**b** [x](http://evil.example)",
        "http://evil.example",
        ":material/info: :red[x]",
        "\u2028\u202e",
    )
]
ALL = " ".join(text.removeprefix(f"{SIGN} ") for text in HOSTILE)
VIEWS = [" ".join(HOSTILE[first : first + 4]) for first in range(0, len(HOSTILE), 4)]
ADDRESS = "http://evil.example"
UI = Path(PAGE).parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder and saved views with the texts in every field that takes one."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in MAP_FILES:
        (folder / name).symlink_to(DATA / name)
    rows = [
        dict.fromkeys((*FREE_TEXT, "event", "note {{ x"), text)
        | {
            "id": f"LT-{place}-{quote(text, safe='{}%$#`')}"[:100],
            "latitude": str(54.2 + place / 20),
            "sources": f"https://example.org/{quote(text, safe='{}$')} javascript:{SIGN}",
            "date": f"2025-{place % 12 + 1:02}-28",
        }
        for place, text in enumerate(HOSTILE)
    ]
    rows += [{"id": "LT-gone", "withdrawn": ALL}, {"id": "LT-wrong", "place": ALL, "latitude": ALL}]
    (folder / "incidents.csv").write_text(csv_text(*rows, columns=(*COLUMNS, "withdrawn", "note {{ x")), "utf-8")
    track = {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": [[26, 54], [24.4, 54.2]]},
        "properties": {
            "incident_id": rows[0]["id"],
            "basis": ALL,
            "accuracy_km": 5,
            "sources": ["https://example.org"],
        },
    }
    tracks = {"type": "FeatureCollection", "features": [track]}
    (folder / "tracks.geojson").write_text(json.dumps(tracks), "utf-8")
    about = f"cutoff = 2026-01-01T00:00:00Z\ncompleteness = {json.dumps(ALL)}\ncredit = {json.dumps(ALL)}\n"
    (folder / "about.toml").write_text(about, "utf-8")
    views = [{"query": "country=LT"} | dict.fromkeys(("title", "finding", "notes", "marking"), text) for text in VIEWS]
    (folder / "views.yaml").write_text(yaml.safe_dump(views), "utf-8")
    return folder


@pytest.fixture(scope="module")
def store() -> data._Store:
    """The data as the first page reads them, for all pages."""
    return data._Store()


@pytest.fixture
def hostile(folder: Path, store: data._Store, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder as that of the page, and the texts in every setting that takes one."""
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    monkeypatch.setenv("DASHBOARD_DATABASE", f"sqlite:///{folder / 'record.sqlite'}")
    monkeypatch.setattr(data, "_STORE", store)
    monkeypatch.setenv("DASHBOARD_VIEWS", str(folder / "views.yaml"))
    for name in ("marking", "producer", "disclaimer"):
        monkeypatch.setenv(f"DASHBOARD_{name.upper()}", ALL[:80])
    settings.cache_clear()
    return folder


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every template that is compiled; at the end none of them holds a text that is not ours."""
    sources: list[str] = []
    compile_ = jinja2.Environment.compile

    def note(environment: jinja2.Environment, source: str, *args: Any, **options: Any) -> Any:
        sources.append(str(source))
        return compile_(environment, source, *args, **options)

    monkeypatch.setattr(jinja2.Environment, "compile", note)
    yield sources
    assert [source for source in sources if SIGN in source] == []


def open_(**query: str) -> AppTest:
    """Open the page at an address; nothing on it fails, and nothing in its texts is more than text."""
    app = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    check_page(app.run())
    return app


def check_page(app: AppTest) -> None:
    assert not app.exception
    assert not [error.value for error in app.error]
    assert "<script>alert" not in html_of(app)
    assert "<img src=x" not in html_of(app)
    for text in (*app.markdown, *app.toast, *app.caption, *app.warning):
        assert "](http" not in text.value
        assert "http://" not in text.value


def test_every_page_shows_them(hostile: Path, compiled: list[object]) -> None:
    asked = {"title": ALL[:120], "finding": ALL[:200], "q": SIGN, "compare": "previous", "symbols": "app6"}
    for page in ("map", "trends", "states", "data", "history", "problems"):
        app = open_(page=page, **asked)
        assert SIGN in html_of(app)
        if page == "map":
            check_page(app.toggle(key="table-open").set_value(True).run())
    assert compiled


def test_address_does_no_more_than_be_read(hostile: Path, compiled: list[object]) -> None:
    for text in (HOSTILE[0], HOSTILE[1], HOSTILE[-4], ALL[:200]):
        open_(**dict.fromkeys((*NAMES, "page", "look", "sheet", "step"), text))


def test_briefing_shows_every_saved_view(hostile: Path, compiled: list[object]) -> None:
    for step in range(2, len(VIEWS) + 1, 3):  # each with the one before and the one after
        open_(present="1", step=str(step))
    open_(present="1", title=ALL[:120], finding=ALL[:200], marking=ALL[:40])
    assert compiled


@pytest.fixture
def handout(hostile: Path, compiled: list[object]) -> Handout:
    view = View(title=HOSTILE[1], finding=ALL[:200], marking=HOSTILE[0])
    return make_handout(data.dataset(), view, datetime(2026, 1, 2, tzinfo=UTC))


def text_of_xml(content: bytes) -> str:
    return " ".join(ET.fromstring(content).itertext())


def test_every_kind_of_file_holds_them(handout: Handout) -> None:
    title = handout.title
    sheets = {kind: make_sheet(handout, Format(kind)) for kind in ("svg", "pdf")}
    assert title in text_of_xml(sheets["svg"])
    assert title in PdfReader(io.BytesIO(sheets["pdf"])).pages[0].extract_text()
    briefs = {kind: make_brief([handout], kind).decode() for kind in BRIEFS}
    assert title in " ".join(briefs["txt"].split())
    assert "](http://" not in briefs["md"]
    exports = {kind: make_export(handout, kind) for kind in EXPORTS}
    assert [text for text in HOSTILE[:-1] if text not in text_of_xml(exports["kml"])] == []
    places = {feature["properties"].get("place") for feature in json.loads(exports["geojson"])["features"]}
    assert places.issuperset(HOSTILE[:-1])
    book = openpyxl.load_workbook(io.BytesIO(exports["xlsx"]))
    assert "f" not in {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}  # no formulas
    slides = pptx.Presentation(io.BytesIO(make_deck([handout])))
    texts = [shape.text_frame.text for slide in slides.slides for shape in slide.shapes if shape.has_text_frame]
    assert title in texts
    page = make_webpage(handout).decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_charts_hold_them(handout: Handout) -> None:
    tally = Tally(handout.incidents, "incidents", handout.dataset.known)
    charts = [question(tally) for question in QUESTIONS.values()]
    shown = [chart for chart in charts if chart.in_words]
    assert handout.title in text_of_xml(save(shown[0], handout, tally, "svg"))


def test_notice_is_plain_text_in_the_browser(screen: Screen) -> None:
    attack = f"**Over.** [Sign in]({ADDRESS}/login) {ADDRESS} www.evil.example me@evil.example :material/info: ->"
    screen.page.goto(f"{screen.address}/?id={quote(attack)}")
    toast = screen.page.get_by_test_id("stToastText").first
    toast.wait_for(timeout=60_000)
    assert attack in toast.inner_text().replace("\u2060", "")
    assert toast.locator("a, img, strong, [role=img]").count() == 0


# Streamlit reads these as Markdown.
MESSAGES = {"toast", "error", "warning", "info", "success", "caption", "markdown", "metric", "write"}


def is_ours(text: ast.expr) -> bool:
    """Whether a text is one of our own words, with nothing but numbers in it, or is escaped."""
    match text:
        case ast.Call(func=ast.Name(id="escaped" | "_" | "ngettext" | "number")):
            return True
        case ast.Call(func=ast.Attribute(value=words, attr="format"), keywords=filled):
            return is_ours(words) and all(is_ours(one.value) for one in filled)
    return False


@pytest.mark.parametrize("file", sorted(UI.glob("*.py")), ids=lambda file: file.name)
def test_message_is_our_own_words_or_escaped(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="st"), attr=name), args=[text, *_]) if name in MESSAGES:
                assert is_ours(text), f"line {node.lineno}"


def test_errors_name_files_and_not_where_they_lie(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data_folder / "incidents.csv").write_bytes(b"")
    (data_folder / "views.yaml").write_bytes(b"\xff")
    monkeypatch.setenv("DASHBOARD_VIEWS", str(data_folder / "views.yaml"))
    settings.cache_clear()
    app = AppTest.from_file(PAGE, default_timeout=60).run()
    texts = [element.value for element in (*app.error, *app.warning, *app.markdown)]
    assert any("incidents" in text for text in texts)
    assert not [text for text in texts if data_folder.name in text or "/" in text]
    for file in ("incidents.csv", "views.yaml"):
        assert for_visitors(f"'{data_folder / file}' is empty, https://example.org{data_folder}/x") == (
            f"'{file}' is empty, https://example.org{data_folder}/x"
        )
    assert for_visitors(f"The record ({settings().record}) is full") == "The record (record.sqlite) is full"
