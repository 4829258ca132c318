"""Signs of any script: drawn from the fallback font, or named before a sheet is made, and never a warning."""

import logging
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageFont

from dashboard.__main__ import main
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View
from dashboard.render.sheet import make_sheet, missing_signs
from dashboard.render.sheet.layout import Format
from dashboard.render.text.handout import Handout, make_handout
from dashboard.render.typesetting.fonts import fallback_file
from dashboard.render.typesetting.glyphs import drawable
from dashboard.render.typesetting.measure import text_width
from tests.sheets import PRODUCED, pages_of, texts_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_already")]

NEIGHBOURS = "Київ Ґданськ Αθήνα თბილისი Երևան ירושלים دمشق"
MISSING = "6 signs are in no font that sheets have, and are drawn as □: 京 東 서 울 👩 🚀"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        (NEIGHBOURS, NEIGHBOURS),
        ("東京 12 서울", "□□ 12 □□"),
        ("🚀 up", "□ up"),
        ("👩\N{ZERO WIDTH JOINER}🚀", "□\N{ZERO WIDTH JOINER}□"),  # a sign that DejaVu has, and that is not seen
        ("a\N{TAG LATIN SMALL LETTER A}b", "ab"),
    ],
)
def test_sign_without_a_font_is_a_box(text: str, drawn: str) -> None:
    assert drawable(text) == drawn


@pytest.mark.parametrize("weight", ["regular", "semibold", "bold"])
def test_width_is_that_of_the_font_that_draws(weight: str) -> None:
    file = ImageFont.truetype(str(fallback_file(weight)), 100, layout_engine=ImageFont.Layout.BASIC)
    assert text_width("თბილისი", 100, weight) == pytest.approx(file.getlength("თბილისი"), rel=0.01)


@pytest.fixture
def handout(shipped: Dataset) -> Handout:
    """A view of a few incidents with words of many scripts, in all weights and on all pages."""
    places = [NEIGHBOURS, "東京 서울", "👩🚀"]
    incidents = shipped.incidents.head(3).assign(place=places)
    return make_handout(replace(shipped, incidents=incidents), View(title=NEIGHBOURS, finding="東京"), PRODUCED)


@pytest.mark.parametrize("format_", [Format("png"), Format("svg"), Format("pdf")], ids=["png", "svg", "pdf"])
def test_no_warning_reaches_anybody(handout: Handout, format_: Format, caplog: pytest.LogCaptureFixture) -> None:
    with warnings.catch_warnings(), caplog.at_level(logging.WARNING):
        warnings.simplefilter("error")
        content = make_sheet(handout, format_)
    assert caplog.records == []
    if format_.kind == "svg":
        assert {NEIGHBOURS, "□□"} <= set(texts_of(content))
        assert content.count(b"font-family:'DejaVu Sans'") >= 2  # carried along, in the weights that need it
    if format_.kind == "pdf":
        first, second = pages_of(content)
        assert "თბილისი" in first and "□□ □□" in second


def test_missing_signs_are_named(handout: Handout, shipped: Dataset) -> None:
    assert missing_signs(handout) == MISSING
    assert missing_signs(make_handout(shipped, View(), PRODUCED)) == ""


def test_missing_signs_are_named_on_the_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    query = "country=HU&from=2025-01-01&to=2026-12-31"
    main(["sheet", "--query", query, "--title", "Over 東京", "-o", str(tmp_path / "hu.svg")])
    said = capsys.readouterr().err
    assert "2 signs are in no font that sheets have, and are drawn as □: 京 東" in said
