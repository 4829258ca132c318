"""The page of a sheet: its text measured, shortened and wrapped, its symbols those of the screen."""

import re

import matplotlib.backends.backend_agg
import matplotlib.figure
import pytest

from dashboard.render.sheet.page import outline_of
from dashboard.render.sheet.text_block import font
from dashboard.render.symbols.shapes import SHAPES
from dashboard.render.typesetting.measure import text_width
from dashboard.render.typesetting.text_fit import shortened, wrapped


@pytest.mark.parametrize("text", ["Warsaw", "Brănești (Orhei)", "1 July – 30 September 2025", "ŁÓDŹ"])
def test_measured_width_is_the_drawn_width(text: str) -> None:
    figure = matplotlib.figure.Figure(figsize=(10, 1), dpi=100)
    drawn = figure.text(0, 0, text, fontsize=72 * 0.4, fontproperties=font("semibold"))
    drawn.set_fontsize(28.8)
    width = drawn.get_window_extent(matplotlib.backends.backend_agg.FigureCanvasAgg(figure).get_renderer()).width
    assert text_width(text, 40.0, "semibold") == pytest.approx(width, rel=0.03)


def test_text_that_does_not_fit_is_shortened_and_says_so() -> None:
    assert shortened("Warsaw", 20, 200) == "Warsaw"
    short = shortened("Rabiany (Korytnica municipality)", 20, 120)
    assert short.startswith("Rabiany")
    assert short.endswith("…")
    assert text_width(short, 20) <= 120


def test_word_wider_than_its_line_goes_on_in_the_next() -> None:
    lines = wrapped("a " + "x" * 100, 16, 200)
    assert "".join(lines) == "a" + "x" * 100
    assert all(text_width(line, 16) <= 200 for line in lines)


def test_wrapped_lines_fit_and_lose_no_word() -> None:
    text = "The boundaries and names shown and the designations used on this map do not imply official endorsement"
    lines = wrapped(text, 16, 200)
    assert " ".join(lines) == text
    assert len(lines) > 3
    assert all(text_width(line, 16) <= 200 for line in lines)


@pytest.mark.parametrize("category", SHAPES)
def test_symbol_is_the_same_outline_as_on_the_screen(category: str) -> None:
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", SHAPES[category])]
    xs, ys = numbers[::2], numbers[1::2]
    box = outline_of(SHAPES[category]).get_extents()
    assert (box.x0, box.x1) == pytest.approx((min(xs), max(xs)), abs=0.1)
    assert (box.y0, box.y1) == pytest.approx((min(ys), max(ys)), abs=0.6)
