"""Charts: what is in their specifications, and the pictures that are saved of them."""

import re
import struct
import zlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from dashboard.core.analysis.counting import COUNTS, Count, Tally, span_of
from dashboard.core.analysis.trends import monthly
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.periods import Period
from dashboard.core.query.view import parse_query_string
from dashboard.errors import SheetError
from dashboard.render.charts import HEIGHTS, QUESTIONS, Canvas, save
from dashboard.render.charts.picture import HEIGHT, SCALE, WIDTH
from dashboard.render.charts.style import vega_shape
from dashboard.render.charts.words import result_in_words, shown_in_words
from dashboard.render.symbols.palettes import DARK, LIGHT, PALETTES
from dashboard.render.symbols.shapes import SHAPES
from dashboard.render.text.handout import Handout, make_handout
from tests.counted import of_year

pytestmark = pytest.mark.slow

PRODUCED = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"
CANVAS = Canvas()


def handed(shipped: Dataset, query: str = "", count: Count = "incidents") -> tuple[Handout, Tally]:
    handout = make_handout(shipped, parse_query_string(query)[0], PRODUCED)
    return handout, Tally(handout.incidents, count, span_of(shipped, handout.view, handout.incidents))


def spec_of(tally: Tally, key: str, canvas: Canvas = CANVAS) -> dict[str, Any]:
    return QUESTIONS[key](tally).draw(canvas).to_dict()


def rows_of(spec: dict[str, Any], *columns: str) -> list[dict[str, Any]]:
    """The rows of all data in a specification that have these columns."""
    return [row for rows in spec["datasets"].values() for row in rows if set(columns) <= set(row)]


def words_of(svg: bytes) -> str:
    return " ".join("".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize(
    ("key", "column"), [("categories", "category"), ("objects", "object_type"), ("states", "country")]
)
def test_bars_of_months_are_the_counts(shipped: Dataset, key: str, column: str, count: Count) -> None:
    _handout, tally = handed(shipped, count=count)
    table = monthly(tally, column, 7)
    spec = spec_of(tally, key)
    bars = rows_of(spec, "from", "to", "count", "when")
    assert sum(bar["count"] for bar in bars if bar["name"] == "All") == tally.total
    assert sum(bar["count"] for bar in bars if bar["name"] != "All") == table.sum_of_parts
    steps = {round((bar["floor"] - bar["top"]) / bar["count"], 6) for bar in bars}
    assert len(steps) == 1, "all rows have one scale"


def test_categories_have_the_colours_and_symbols_of_the_map(shipped: Dataset) -> None:
    _handout, tally = handed(shipped)
    for palette in PALETTES.values():
        spec = spec_of(tally, "categories", Canvas(palette))
        colours = {bar["name"]: bar["colour"] for bar in rows_of(spec, "from", "to", "count", "when")}
        assert colours["Crash"] == palette.categories["crash"]
        assert colours["All"] == palette.muted
        shapes = {one["mark"]["shape"] for one in spec["layer"] if one["mark"]["type"] == "point"}
        assert shapes == {vega_shape(category) for category in SHAPES}


@pytest.mark.parametrize("key", [key for key in QUESTIONS if key not in ("categories", "statuses", "crashes")])
def test_what_is_no_category_has_no_colour_of_one(shipped: Dataset, key: str) -> None:
    _handout, tally = handed(shipped)
    for palette in (LIGHT, DARK):
        text = str(QUESTIONS[key](tally).draw(Canvas(palette)).to_dict())
        ink = palette.ink
        assert not [colour for colour in palette.categories.values() if colour in text and colour != ink]


def test_symbol_of_vega_is_that_of_the_map_in_a_box_of_its_own() -> None:
    for category, shape in SHAPES.items():
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", vega_shape(category))]
        assert max(map(abs, numbers)) <= 1
        assert np.allclose(np.array(numbers) * 11, [float(n) for n in re.findall(r"-?[\d.]+", shape)], atol=0.01)


def test_status_is_filled_hollow_and_dashed(shipped: Dataset) -> None:
    _handout, tally = handed(shipped)
    bars = [one["mark"] for one in spec_of(tally, "statuses")["layer"] if one["mark"]["type"] == "rect"][:3]
    assert [bar["fillOpacity"] for bar in bars] == [1, 0, 0]
    assert ["strokeDash" in bar for bar in bars] == [False, False, True]


def test_names_of_years_keep_clear_of_each_other(shipped: Dataset) -> None:
    _handout, tally = handed(shipped)
    spec = spec_of(tally, "years", Canvas(height=300))
    labels = {row["text"]: row["place"] for row in rows_of(spec, "place")}
    top = next(one for one in spec["layer"] if one["mark"]["type"] == "line")["encoding"]["y"]["scale"]["domain"][1]
    apart = np.diff(sorted(labels.values())) / top * spec["height"]
    assert len(labels) == 5
    assert apart.min() >= 13
    assert labels.keys() >= {f"{year}: {of_year(year)}" for year in (2025, 2026)}


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("key", QUESTIONS)
def test_every_chart_says_what_it_counts_and_has_a_table(shipped: Dataset, key: str, count: Count) -> None:
    _handout, tally = handed(shipped, "country=LT&country=PL", count)
    chart = QUESTIONS[key](tally)
    assert chart.question.endswith("?")
    assert chart.in_words and chart.notes
    assert 0 < chart.shown <= tally.total
    assert ("event" if count == "events" else "incident") in shown_in_words(tally, chart.shown)
    table = chart.table()
    assert len(table) and table.columns.is_unique
    assert HEIGHTS[key]


def test_table_of_the_years_adds_up(shipped: Dataset) -> None:
    _handout, tally = handed(shipped)
    table = QUESTIONS["years"](tally).table()
    assert table[["2022", "2023", "2024", "2025"]].iloc[-1].tolist() == [of_year(year) for year in range(2022, 2026)]
    assert table["2026"].isna().tolist() == [False] * 10 + [True] * 2


def test_parts_that_add_up_to_more_are_explained(shipped: Dataset) -> None:
    _handout, tally = handed(shipped, count="events")
    notes = " ".join(QUESTIONS["states"](tally).notes)
    table = monthly(tally, "country", 7)
    assert table.sum_of_parts > table.total
    assert f"the parts add up to {table.sum_of_parts}, the total is {tally.total}" in notes
    _handout, tally = handed(shipped)
    assert "add up" not in " ".join(QUESTIONS["states"](tally).notes)


def test_months_that_are_not_whole_are_told(shipped: Dataset) -> None:
    _handout, tally = handed(shipped, "from=2025-07-15")
    notes = QUESTIONS["categories"](tally).notes
    assert "July 2025 is counted from 15 July 2025 on." in notes
    assert "October 2026 is counted up to 3 October 2026 only; the rest is hatched." in notes


def hatches(shipped: Dataset, query: str, key: str) -> list[dict[str, float]]:
    _handout, tally = handed(shipped, query)
    spec = QUESTIONS[key](tally).draw(Canvas(LIGHT, 800, 300)).to_dict()
    assert "labelExpr" in str(spec)  # the axis is there
    return [row for rows in spec["datasets"].values() for row in rows if "right" in row]


def test_days_that_are_not_counted_are_hatched(shipped: Dataset) -> None:
    """Lines over 28 of the 31 days of October 2026, and along the rest of the year; none where months are whole."""
    months = hatches(shipped, "from=2026-01-01&to=2026-12-31", "categories")
    assert {(round(row["left"], 3), row["right"]) for row in months} == {(9.097, 10.0)}
    years = hatches(shipped, "", "years")
    assert (min(row["left"] for row in years), max(row["right"] for row in years)) == (277, 365)
    for key in ("categories", "years"):
        assert hatches(shipped, "from=2025-01-01&to=2025-12-31", key) == []


def test_what_is_left_out_is_told(shipped: Dataset) -> None:
    _handout, tally = handed(shipped)
    known = int(shipped.incidents["started_at"].notna().sum())
    notes = " ".join(QUESTIONS["hours"](tally).notes)
    assert f"Shown: {known} incidents, whose time is known. Not shown: {tally.total - known} incidents." in notes
    certain = int(shipped.incidents["certain"].sum())
    notes = " ".join(QUESTIONS["depths"](tally).notes)
    assert f"Shown: {certain} incidents, certainly inside. Not shown: {tally.total - certain} incidents" in notes


def test_one_is_said_in_the_singular() -> None:
    assert result_in_words(1, 1) == "1 incident in 1 event"


def test_chart_without_anything_to_show_is_no_picture(shipped: Dataset) -> None:
    handout, tally = handed(shipped, "country=HR")
    chart = QUESTIONS["depths"](Tally(handout.incidents.assign(certain=False), "incidents", tally.span))
    assert chart.in_words == ""
    with pytest.raises(SheetError, match="nothing to show"):
        save(chart, handout, tally, "png")


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("key", QUESTIONS)
def test_svg_says_all_of_itself(shipped: Dataset, key: str, count: Count) -> None:
    handout, tally = handed(shipped, "country=LT&country=PL&from=2025-07-01&to=2025-12-31&marking=TLP:AMBER", count)
    chart = QUESTIONS[key](tally)
    picture = save(chart, handout, tally, "svg")
    assert save(chart, handout, tally, "svg") == picture
    words = words_of(picture)
    assert words.count("TLP:AMBER") == 2
    counts = result_in_words(len(handout.incidents), Tally(handout.incidents, "events", tally.span).total)
    for part in (
        chart.question,
        f"Lithuania and Poland, 1 July – 31 December 2025: {counts}.",
        f"Counted: {shown_in_words(tally, chart.shown)}",
        "Information as of 3 October 2026, 23:59 UTC",
        "Produced 22 November 2026, 12:00 UTC",
        f"Sheet {handout.sheet_id}",
        f"Data {handout.fingerprint}",
        "Not complete: thin from April 2026 on",
        "OpenStreetMap contributors (ODbL)",
        "EODI",
    ):
        assert part in words, part
    for note in chart.notes:
        assert set(note.split()) <= set(words.split()), note


def test_svg_needs_nothing_from_elsewhere(shipped: Dataset) -> None:
    handout, tally = handed(shipped)
    picture = save(QUESTIONS["categories"](tally), handout, tally, "svg").decode()
    assert picture.count("@font-face") == 3
    assert not re.findall(r"(?:href|src)=\"(?!#)", picture)
    assert set(re.findall(r"url\((data:[a-z/]+|#)?", picture)) <= {"data:font/woff", "#"}


def test_everything_lies_within_the_picture(shipped: Dataset) -> None:
    handout, tally = handed(shipped, "marking=TLP:AMBER%2BSTRICT", "events")
    for key, answer in QUESTIONS.items():
        root = ElementTree.fromstring(save(answer(tally), handout, tally, "svg"))
        inner = root.find(f"{SVG}svg")
        assert inner is not None
        place = {name: float(inner.attrib[name]) for name in ("x", "y", "width", "height")}
        right, bottom = place["x"] + place["width"], place["y"] + place["height"]
        line = next(path for path in root.iter(f"{SVG}path") if path.get("stroke") == LIGHT.hairline)
        assert right <= WIDTH - 20, key
        (across,) = re.findall(r"^M40 ([\d.]+)", line.attrib["d"])
        assert bottom <= float(across) + 2, key


@pytest.mark.parametrize("key", QUESTIONS)
def test_png_is_sharp_and_not_blank_and_says_what_it_is(shipped: Dataset, key: str, tmp_path: Path) -> None:
    handout, tally = handed(shipped, "country=LT&marking=TLP:GREEN")
    chart = QUESTIONS[key](tally)
    content = save(chart, handout, tally, "png")
    assert save(chart, handout, tally, "png") == content
    (tmp_path / "x.png").write_bytes(content)
    with Image.open(tmp_path / "x.png") as picture:
        assert picture.size == (WIDTH * SCALE, HEIGHT * SCALE)
        assert isinstance(picture, PngImageFile)
        about = picture.text
        pixels = np.asarray(picture.convert("RGB"))
    assert about["Title"] == chart.question
    assert about["Filter"] == handout.sentence
    assert about["Marking"] == "TLP:GREEN"
    middle = pixels[300:1000, 100:-100]
    assert 0.005 < (middle != 255).any(axis=2).mean() < 0.9
    assert (pixels[:60] == 0).all(axis=2).any(), "the marking stands on top"
    assert (pixels[-60:] == 0).all(axis=2).any(), "and at the bottom"


def test_chunks_of_a_png_are_whole(shipped: Dataset) -> None:
    handout, tally = handed(shipped, "country=LT")
    content = save(QUESTIONS["origins"](tally), handout, tally, "png")
    place = 8
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        body = content[place + 4 : place + 8 + length]
        assert struct.unpack(">I", content[place + 8 + length : place + 12 + length])[0] == zlib.crc32(body)
        place += length + 12
    assert body == b"IEND"


def test_text_of_the_view_is_only_text(shipped: Dataset) -> None:
    attack = "<script>alert(1)</script>\"'&"
    handout, tally = handed(shipped)
    view = parse_query_string("")[0].__class__(title=attack, finding=attack, marking=attack)
    handout = make_handout(shipped, view, PRODUCED)
    picture = save(QUESTIONS["origins"](tally), handout, tally, "svg")
    assert b"<script" not in picture
    assert attack in words_of(picture)
    assert save(QUESTIONS["origins"](tally), handout, tally, "png").startswith(b"\x89PNG")


def test_no_row_of_the_data_reaches_a_chart(shipped: Dataset) -> None:
    _handout, tally = handed(shipped)
    for answer in QUESTIONS.values():
        text = str(answer(tally).draw(Canvas()).to_dict())
        assert not [id_ for id_ in shipped.incidents["id"] if id_ in text]


def test_long_span_is_drawn_within_bounds(shipped: Dataset) -> None:
    rows = shipped.incidents.head(3)
    tally = Tally(rows, "incidents", Period(date(1945, 1, 1), date(2099, 12, 31)))
    for answer in QUESTIONS.values():
        spec = answer(tally).draw(Canvas()).to_dict()
        assert sum(len(rows) for rows in spec["datasets"].values()) < 5000
