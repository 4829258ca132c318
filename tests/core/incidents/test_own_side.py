"""Own-side objects: drawn with a sign of their own, told apart in words, and in no figure, in every file."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dashboard.core.analysis.comparison import compare
from dashboard.core.analysis.figures import figures, option_counts
from dashboard.core.analysis.state_profiles import profiles
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.filter import Filter
from dashboard.core.query.periods import Period
from dashboard.core.query.view import APP6, View
from dashboard.render.deck.speaker_notes import speaker_notes
from dashboard.render.export import make_export
from dashboard.render.export.tables import csv_parts
from dashboard.render.sheet.picture import map_picture
from dashboard.render.symbols.mark_style import Kind, kinds_of
from dashboard.render.symbols.palettes import LIGHT, PALETTES, Palette
from dashboard.render.symbols.shapes import pieces
from dashboard.render.text.brief import make_brief
from dashboard.render.text.handout import Handout, make_handout
from dashboard.render.text.left_out import counts_in_words
from dashboard.render.web.focus import Focus
from dashboard.render.web.map_state import Scene, state_of
from dashboard.render.web.webpage import make_webpage
from tests.counted import ALL, OBJECTS, count

pytestmark = pytest.mark.slow

# A house that was hit by the missile of an F-35, in a night with 23 incidents: 18 crashes, two finds of debris, six of
# them found later, two shootdowns and the night as a whole.
WYRYKI = "PL-2025-09-10-wyryki-wola"
NIGHT = View(Filter(countries=("PL",), start=date(2025, 9, 9), end=date(2025, 9, 10)))
PRODUCED = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def night(shipped: Dataset) -> Handout:
    return make_handout(shipped, NIGHT, PRODUCED)


def test_no_figure_has_it(shipped: Dataset, night: Handout) -> None:
    selection = shipped.select(NIGHT)
    assert WYRYKI not in set(selection.rows["id"])
    counts = figures(selection)
    assert (counts.incidents, counts.on_the_ground, counts.events) == (23, 20, 1)
    assert option_counts(shipped.candidates(NIGHT), NIGHT.filter)["countries"]["PL"] == 23
    (poland,) = profiles(selection, shipped.borders, date(2025, 9, 10))
    assert (poland.figures.incidents, poland.crashes) == (23, 18)
    asked = replace(NIGHT, compare=Period(date(2025, 9, 9), date(2025, 9, 10)))
    compared = compare(shipped, asked)
    assert compared
    assert compared.lines[0].earlier == 23
    assert night.filtered_out == ALL - 23


def test_it_is_said_beside_every_count(shipped: Dataset, night: Handout) -> None:
    assert night.sentence.endswith(f"23 of {ALL} incidents, and 1 own-side object (missile)")
    assert "1 own-side object (missile)" in counts_in_words(night)
    assert "own-side" not in shipped.sentence(View(Filter(countries=("LT",))), count(country="LT"))


def test_whoever_asks_for_a_side_does_not_ask_for_it(shipped: Dataset) -> None:
    assert shipped.own_side(View(Filter(sides=("intruding", "third", "unclear")))).empty
    assert list(shipped.own_side(View(Filter(text="wyryki")))["id"]) == [WYRYKI]


def test_it_is_no_row_that_was_set_aside(shipped: Dataset) -> None:
    assert (shipped.set_aside, len(shipped.objects), shipped.rows) == (0, OBJECTS, OBJECTS)
    assert shipped.object(WYRYKI)["id"].item() == WYRYKI


def test_changed_side_is_a_correction(shipped: Dataset) -> None:
    corrections = shipped.changes("2026-11-25-35b32cd2").corrected[WYRYKI]
    (correction,) = [one for one in corrections if one.column == "side"]
    assert (correction.before, correction.after) == ("intruding", "friendly")


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_its_sign_is_grey_and_of_no_category(palette: Palette) -> None:
    sign = pieces("friendly", "confirmed", palette)
    assert sign[1].fill == palette.muted
    assert palette.muted not in palette.categories.values()
    assert sign[1].outline not in {pieces(name, "confirmed", palette)[1].outline for name in palette.categories}


def test_it_is_a_mark_of_its_own_kind_which_the_legend_explains(shipped: Dataset, night: Handout) -> None:
    friendly = night.friendly
    scene = Scene(
        night.incidents,
        [],
        night.tracks,
        "",
        night.figures,
        Focus(1, (14.0, 49.0, 24.0, 55.0)),
        LIGHT,
        friendly=friendly,
    )
    state = state_of(scene)
    kinds = dict(zip(state["marks"]["id"], state["marks"]["kind"], strict=True))
    assert len(kinds) == 24
    kind = state["kinds"][kinds[WYRYKI]]
    assert (kind["category"], kind["status"]) == ("friendly", "confirmed")
    assert [line["label"] for line in state["legend"]].count("Own side, not counted") == 1
    figure = state["figures"][0]
    assert (figure["value"], figure["label"]) == ("23", "incidents in 1 event\nand 1 own-side object")
    without = state_of(replace(scene, friendly=friendly.iloc[:0]))
    assert "Own side, not counted" not in [line["label"] for line in without["legend"]]


def test_military_symbols_frame_it_as_friend(shipped: Dataset) -> None:
    assert kinds_of(shipped.friendly, APP6) == [Kind("friendly", "confirmed", "friend", "missile")]
    assert set(shipped.incidents["side"]) & {"friendly"} == set()


def test_files_of_data_hold_it_without_a_number(night: Handout) -> None:
    text = b"".join(csv_parts(night)).decode("utf-8-sig")
    lines = [line for line in text.splitlines() if not line.startswith('"# ')]
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    assert (len(rows), rows[-1]["id"], rows[-1]["side"], rows[-1]["view_number"]) == (24, WYRYKI, "friendly", "")
    features = json.loads(make_export(night, "geojson"))["features"]
    assert [one["properties"]["id"] for one in features if one["properties"].get("side") == "friendly"] == [WYRYKI]
    kml = make_export(night, "kml").decode()
    assert "<name>Own side, not counted</name>" in kml
    assert kml.count("<styleUrl>#friendly</styleUrl>") == 1


def test_text_tells_it_after_the_incidents(night: Handout) -> None:
    text = make_brief([night], "md").decode()
    assert text.index("Own side, not counted") > text.index("Incidents")
    assert "In no figure: 1 own-side object" in text
    assert "Own side: not an intruder, not counted." in text


def test_map_of_sheets_and_slides_shows_it_beside_the_marks(night: Handout) -> None:
    picture = map_picture(night, 1600, 1000)  # counts its marks, and refuses if they are not those of the selection
    assert "Own side, not counted" in [item.label for item in picture.legend]
    assert any(line.startswith("F. 10 September 2025, Wyryki-Wola") for line in speaker_notes(night, picture, "", ""))


def test_web_page_lists_it_last(night: Handout) -> None:
    page = make_webpage(night).decode()
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    assert (data["incidents"][-1]["id"], data["incidents"][-1]["kind"]) == (WYRYKI, "Own side")
    assert data["table"]["text"]["number"][-1] == "F"
    assert "23 incidents, and 1 own-side object (missile)" in page
