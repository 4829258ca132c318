"""Colours told apart by calculation: by those who see no red, no green or no blue, in grey, and text on every ground.

Colour blindness is simulated in two ways, after Brettel, Viénot and Mollon (1997) and after Machado, Oliveira and
Fernandes (2009), and the worse of the two counts. Distances are CIEDE2000. One is just seen between large patches that
touch; marks are small and lie apart, and need several times as much (Stone, Szafir and Setlur 2014, "An engineering
model for color difference as a function of size"): NEEDED asks for ten. Shape tells the categories apart, too.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

import colour
import numpy as np
import pytest
from daltonlens.simulate import Deficiency, Simulator_Brettel1997, Simulator_Machado2009
from numpy.typing import NDArray

from dashboard.core.incidents.columns import CATEGORIES
from dashboard.render.symbols.palettes import LIGHT, PALETTES, PRINT, THEMES, Palette
from dashboard.render.symbols.shapes import SHAPES
from tests.render.symbols.test_shapes import contrast, luminance

NEEDED = 10.0
NEEDED_BY_ALL_COLOURS = 20.0  # by those who see all colours
GREY_STEP = 8.0  # of lightness (CIE L*, 0 to 100), between any two categories on grey paper
SIMULATORS = {"Brettel": Simulator_Brettel1997, "Machado": Simulator_Machado2009}
GROUNDS = ("sea", "flank_sea", "land", "flank_land", "paper", "panel")
TEXTS = [
    *((text, ground) for text in ("ink", "muted", "action") for ground in ("paper", "panel")),
    *(("muted", ground) for ground in ("sea", "flank_sea", "land", "flank_land")),  # names on the map
    *(("water_name", ground) for ground in ("sea", "flank_sea", "land", "flank_land", "lake")),
    ("paper", "action"),  # of a button, and of what is chosen
    ("ink", "rim"),  # the number of a cluster
]
by_palette = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


def pixels(colours: Iterable[str]) -> NDArray[Any]:
    return np.array([[int(one[i : i + 2], 16) for i in (1, 3, 5)] for one in colours], np.uint8)


def lab(seen: NDArray[Any]) -> NDArray[Any]:
    """CIELAB of sRGB values from 0 to 255."""
    space = colour.RGB_COLOURSPACES["sRGB"]
    linear = colour.models.eotf_sRGB(seen / 255.0)
    return colour.XYZ_to_Lab(linear @ space.matrix_RGB_to_XYZ.T, space.whitepoint)


def nearest(
    colours: Iterable[str],
    simulator: type[Simulator_Brettel1997] | type[Simulator_Machado2009] | None = None,
    deficiency: Deficiency | None = None,
) -> float:
    """The least CIEDE2000 between any two colours, as somebody sees them."""
    seen = pixels(colours)
    if simulator:
        seen = simulator().simulate_cvd(seen[None], deficiency, 1.0)[0]
    values = lab(seen.astype(float))
    return min(float(colour.delta_E(one, other, method="CIE 2000")) for one, other in combinations(values, 2))


@pytest.mark.parametrize("simulator", SIMULATORS.values(), ids=SIMULATORS)
@pytest.mark.parametrize("deficiency", Deficiency, ids=[one.name for one in Deficiency])
@by_palette
def test_categories_are_told_apart_by_the_colour_blind(
    palette: Palette, deficiency: Deficiency, simulator: type[Simulator_Brettel1997] | type[Simulator_Machado2009]
) -> None:
    assert nearest(palette.categories.values(), simulator, deficiency) >= NEEDED


@by_palette
def test_categories_are_told_apart_by_all_others(palette: Palette) -> None:
    assert nearest(palette.categories.values()) >= NEEDED_BY_ALL_COLOURS


def test_the_calculation_finds_what_the_colour_blind_confuse() -> None:
    """A red and a green of the same lightness are nearly one colour without green cones, and far apart with them."""
    red_and_green = ("#B4635A", "#7F7A2E")
    assert nearest(red_and_green) > 30
    for simulator in SIMULATORS.values():
        assert nearest(red_and_green, simulator, Deficiency.DEUTAN) < NEEDED
    assert nearest(("#C63D17", "#A87400"), Simulator_Brettel1997, Deficiency.DEUTAN) < NEEDED  # crash and debris, once


def test_distance_is_that_of_the_published_examples() -> None:
    """Pairs 1, 7 and 20 of Sharma, Wu and Dalal (2005), table 1."""
    for one, other, expected in (
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.5, 0.0), (50.0, 3.2592, 0.335), 1.0),
    ):
        assert colour.delta_E(np.array(one), np.array(other), method="CIE 2000") == pytest.approx(expected, abs=1e-4)


@by_palette
def test_marks_stand_out_from_every_ground(palette: Palette) -> None:
    least = 4.5 if palette.name == "contrast" else 3.0
    for ground in GROUNDS:
        for category, mark in palette.categories.items():
            assert contrast(mark, getattr(palette, ground)) >= least, (category, ground)
            assert nearest((mark, getattr(palette, ground))) >= NEEDED, (category, ground)
        assert contrast(palette.flank, getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize(
    "pair",
    [
        *(("river", other) for other in ("land", "flank_land", "lake", "border", "flank")),
        *(("shore", other) for other in ("land", "flank_land", "lake", "sea", "flank_sea", "border")),
    ],
    ids="-".join,
)
@by_palette
def test_water_is_told_from_land_sea_and_borders(palette: Palette, pair: tuple[str, str]) -> None:
    """Of a lake it is the shore that tells it: a fill as far from the land as a line would be louder than the marks."""
    seen = [getattr(palette, name) for name in pair]
    assert nearest(seen) >= NEEDED
    for simulator in SIMULATORS.values():
        for deficiency in Deficiency:
            assert nearest(seen, simulator, deficiency) >= NEEDED


@by_palette
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_is_read_on_its_ground(palette: Palette, text: str, ground: str) -> None:
    least = 7.0 if palette.name == "contrast" else 4.5
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= least


def test_on_grey_paper_every_category_has_its_own_grey() -> None:
    greys = sorted(float(value[0]) for value in lab(pixels(PRINT.categories.values()).astype(float)))
    assert min(np.diff(greys)) >= GREY_STEP
    assert min(np.diff(sorted(lab(pixels(LIGHT.categories.values()).astype(float))[:, 0]))) < GREY_STEP  # the screen's


def test_paper_takes_less_ink_than_the_screen_has() -> None:
    for ground in GROUNDS:
        assert luminance(getattr(PRINT, ground)) >= luminance(getattr(LIGHT, ground))


def test_lines_of_a_panel_are_seen_in_high_contrast() -> None:
    palette = THEMES["contrast"]
    for ground in ("paper", "panel", "sea", "land", "flank_land"):
        for line in ("hairline", "coast", "border"):
            assert contrast(getattr(palette, line), getattr(palette, ground)) >= 3.0


def test_colour_is_never_alone() -> None:
    """Every category has an outline of its own, whatever its colour."""
    assert len({SHAPES[category] for category in CATEGORIES}) == len(CATEGORIES)
