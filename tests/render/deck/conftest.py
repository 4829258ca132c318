"""Decks without the drawing of their maps."""

import io

import pytest
from PIL import Image

from dashboard.render.deck import mapslide
from dashboard.render.sheet.picture import MapPicture
from dashboard.render.symbols.legend import Item
from dashboard.render.symbols.mark_style import Kind
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.handout import Handout

pytest.register_assert_rewrite("tests.slides")


@pytest.fixture
def plain_map(monkeypatch: pytest.MonkeyPatch) -> None:
    """A grey picture in place of the map, which takes the most time."""

    def grey(_handout: Handout, width_px: int, height_px: int, _palette: Palette) -> MapPicture:
        file = io.BytesIO()
        Image.new("L", (width_px, height_px), 200).save(file, "png", compress_level=1)
        return MapPicture(file.getvalue(), [Item("symbol", "Crash", Kind("crash"))], "Counted by cell.")

    monkeypatch.setattr(mapslide, "map_picture", grey)
