"""What a file shows of the map: all incidents or the screen's, in link, ID and register alike; and its preview."""

import io
import re
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import main
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.sheet_ids import SheetRegister, sheet_id
from dashboard.core.query.view import View, parse_query_string
from dashboard.render.sheet import make_sheet
from dashboard.render.sheet.frame import frame_of
from dashboard.render.sheet.layout import Format, layout_for
from dashboard.render.sheet.picture import count_outside, preview
from dashboard.render.symbols.palettes import DARK, LIGHT, Palette
from dashboard.render.text.handout import make_handout
from dashboard.settings import settings
from tests.page import PAGE, html_of
from tests.sheets import LT_JULY, PRODUCED, texts_of
from tests.takeaway import Offers

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_already")]

POLAND = "17,50,24,54"
PICTURE = "take-png-1920x1080"


# What the first bytes of each kind of file are, by its own standard.
BEGINNINGS = {
    "png": b"\x89png",
    "svg": b"<?xml",
    "pdf": b"%pdf",
    "pptx": b"pk",
    "html": b"<!doctype html>",
    "xlsx": b"pk",
    "csv": b"\xef\xbb\xbf",
    "geojson": b"{",
    "kml": b"<?xml",
    "gpkg": b"sqlite format 3",
    "parquet": b"par1",
}


class _Clock(datetime):
    @classmethod
    def now(cls, _zone: tzinfo | None = None) -> "_Clock":
        return cls.fromtimestamp(PRODUCED.timestamp(), UTC)


def test_filter_changed_over_a_map_left_elsewhere_makes_a_file_of_all_incidents(
    monkeypatch: pytest.MonkeyPatch, shipped: Dataset
) -> None:
    """Romania filtered with the map left over Poland made, without a word, "Drones over Romania" showing Poland."""
    page = Offers(monkeypatch, {"country": "PL", "area": POLAND, "marking": "TLP:AMBER"})
    assert page.frame().value == "screen"
    page.app.checkbox(key="countries:RO").set_value(True)
    page.app.checkbox(key="countries:PL").set_value(False)
    page.run()
    assert page.frame().value == "all"
    asked = parse_query_string("country=RO&marking=TLP:AMBER")[0]
    number = sheet_id(asked, shipped.fingerprint)
    assert page.name(PICTURE).endswith(f"TLP-AMBER_{number}_1920x1080.png")
    page.content("take-csv-")
    assert SheetRegister(settings().record).recall(number).view == asked


def test_each_frame_says_what_it_leaves_out_as_the_sheet_counts_it(
    monkeypatch: pytest.MonkeyPatch, shipped: Dataset
) -> None:
    page = Offers(monkeypatch, {"country": "PL", "area": POLAND})
    view = parse_query_string(f"country=PL&area={POLAND}")[0]
    handout = make_handout(shipped, view, PRODUCED)
    outside = count_outside(handout, Format())
    assert 0 < outside < len(handout.incidents)
    assert list(page.frame().proto.captions) == ["leaves none out", f"leaves out {outside} of {len(handout.incidents)}"]
    assert any(f"{outside} outside its frame" in text for text in texts_of(make_sheet(handout, Format("svg"))))


def test_marking_of_the_settings_is_on_the_page_and_on_what_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_MARKING", "TLP:GREEN")
    settings.cache_clear()
    page = Offers(monkeypatch, {"country": "HU"})
    assert re.search(r'class="marking"[^>]*>TLP:GREEN<', html_of(page.app))
    assert "TLP-GREEN" in page.name(PICTURE)
    assert "TLP:GREEN" in texts_of(page.content("take-svg-16-9"))


def test_choice_holds_until_the_question_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Offers(monkeypatch, {"country": "PL", "area": POLAND})
    as_on_screen = page.name(PICTURE)
    page.frame().set_value("all")
    page.run()
    assert page.name(PICTURE) != as_on_screen
    page.app.run()
    assert page.frame().value == "all"
    page.app.checkbox(key="countries:LT").set_value(True)
    page.run()
    assert page.frame().value == "all"
    assert Offers(monkeypatch, {"country": "PL"}).frame().options == ["All incidents"]


def test_frame_without_any_incident_is_not_drawn_but_told() -> None:
    app = AppTest.from_file(PAGE, default_timeout=60)
    app.session_state["takeaway"] = True
    app.query_params |= {"country": "LT", "area": "-6,38,-2,42"}
    app.run()
    (radio,) = [one for one in app.radio if (one.key or "").startswith("frame-")]
    assert "leaves out every incident" in radio.proto.captions[1]
    offers = {button.proto.label: button.proto.disabled for button in app.get("download_button")}
    assert offers["1920 × 1080"] and offers["A4"] and offers["PowerPoint"]
    assert not offers["CSV"] and not offers["Markdown"]
    radio.set_value("all").run()
    assert not any(button.proto.disabled for button in app.get("download_button"))
    assert app.get("image")  # the preview


def test_page_and_command_line_make_the_same_file_of_every_kind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("dashboard.ui.takeaway.datetime", _Clock)
    query = {"country": "LT", "from": "2025-07-01", "to": "2025-07-31"}
    areas: list[dict[str, str]] = [{"area": "20,53,27,57"}, {}]
    for area in areas:
        page = Offers(monkeypatch, query | area)
        # The last of each ending; the text about the CSV is looked at beside it.
        every = {key.split("-")[1]: key for key in page.offered if re.match("take-(?!txt-about)", key)}
        assert len(every) == 13
        for key in every.values() if area else ("take-txt-", "take-svg-16-9"):
            _take, ending, size = key.split("-", 2)
            command = {"pptx": "deck", "txt": "brief", "md": "brief"}.get(ending, "sheet" if size else "export")
            asked = "&".join(f"{name}={value}" for name, value in (query | area).items())
            upright = size.endswith("-portrait")
            form = ["--size", size.removesuffix("-portrait").replace("16-9", "16:9")] if size else []
            out = tmp_path / f"{key}.{ending}"
            again = [command, "--query", asked, *form, *(["--portrait"] if upright else [])]
            assert main([*again, "--produced", PRODUCED.isoformat(), "-o", str(out)]) == 0
            content = page.content(key)
            assert content == out.read_bytes(), key
            if ending == "csv":
                assert (
                    page.content("take-txt-about")
                    == out.with_stem(f"{out.stem}-about").with_suffix(".txt").read_bytes()
                )
            assert content.lower().startswith(BEGINNINGS.get(ending, b"")), key
            assert re.fullmatch(
                rf"incursions_LT_2025-07-01_2025-07-31_\w{{4}}-\w{{4}}(_[\w-]+)?\.{ending}", page.name(key)
            )
    with Image.open(io.BytesIO(page.content("take-png-3840x2160"))) as picture:
        assert picture.size == (3840, 2160)


# Of 1920 units, on a sheet 800 pixels wide: 1088 by 634 beside the stories of few incidents, 1258 by 732 without them.
@pytest.mark.parametrize(("view", "size"), [(LT_JULY, (453, 264)), (parse_query_string("country=PL")[0], (524, 305))])
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_preview_is_the_map_of_the_sheet_small(
    shipped: Dataset, palette: Palette, view: View, size: tuple[int, int]
) -> None:
    handout = make_handout(shipped, view, datetime(2026, 1, 31, tzinfo=UTC))
    left, top, right, bottom = frame_of(handout, layout_for(handout, Format()).map).box
    assert ((right - left) * 800 / 1920, (bottom - top) * 800 / 1920) == pytest.approx(size, abs=1)
    with Image.open(io.BytesIO(preview(handout, Format(), palette))) as picture:
        assert picture.size == size
        counted = picture.convert("RGB").getcolors(1 << 20)
        assert counted
        colours = {colour for _count, colour in counted}
        assert len(colours) > 50
        assert tuple(bytes.fromhex(palette.categories["crash"][1:])) in colours
