"""Colours and shapes: told apart by everyone, and the same for the page and for Streamlit's theme."""

import tomllib
from itertools import combinations

import pytest

from dashboard.core.incidents.columns import CATEGORIES
from dashboard.render.symbols.palettes import DARK, LIGHT, PALETTES, Palette
from dashboard.render.symbols.shapes import SHAPES, svg
from tests import PROJECT

CONFIG = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text("utf-8"))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_text_and_marks_stand_out(palette: Palette) -> None:
    assert contrast(palette.ink, palette.paper) >= 7
    assert contrast(palette.muted, palette.paper) >= 4.5
    assert contrast(palette.muted, palette.panel) >= 4.5
    for ground in (palette.flank_land, palette.sea):
        assert all(contrast(colour, ground) >= 3 for colour in palette.categories.values())
        assert contrast(palette.flank, ground) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_category_has_its_own_colour_and_shape(palette: Palette) -> None:
    assert tuple(palette.categories) == tuple(SHAPES) == CATEGORIES
    assert all(palette.categories[a] != palette.categories[b] for a, b in combinations(CATEGORIES, 2))
    assert len(set(SHAPES.values())) == len(CATEGORIES)


def test_status_is_in_the_stroke() -> None:
    confirmed, reported, disputed = (svg("crash", status, LIGHT) for status in ("confirmed", "reported", "disputed"))
    assert f'fill="{LIGHT.categories["crash"]}"' in confirmed
    assert f'fill="{LIGHT.categories["crash"]}"' not in reported
    assert "stroke-dasharray" not in reported
    assert "stroke-dasharray" in disputed


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_streamlit_has_the_same_colours(palette: Palette) -> None:
    theme = CONFIG["theme"][palette.name]
    assert theme["backgroundColor"] == palette.paper
    assert theme["textColor"] == palette.ink
    assert theme["primaryColor"] == palette.action
    assert theme["borderColor"] == palette.hairline
    assert theme["grayTextColor"] == palette.muted
    assert theme["secondaryBackgroundColor"] == theme["sidebar"]["backgroundColor"] == palette.panel
