"""Military symbols: what APP-6 says of frames and icons, and what they are drawn for."""

from collections import Counter
from itertools import combinations

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.columns import OBJECT_TYPES
from dashboard.render.sheet.page import outline_of
from dashboard.render.symbols.app6 import IDENTITIES, frame, icon, identity_of
from dashboard.render.symbols.mark_style import Kind, kinds_of, pieces_of, symbol_of
from dashboard.render.symbols.palettes import DARK, LIGHT, PALETTES, Palette
from dashboard.render.symbols.shapes import pieces, steps_of
from dashboard.settings import settings
from tests.render.symbols.test_shapes import contrast

# The fills of APP-6 for light grounds.
FILLS = {"suspect": "#FF8080", "neutral": "#AAFFAA", "unknown": "#FFFF80", "friend": "#80E0FF"}


def box_of(outline: str) -> tuple[float, float, float, float]:
    return outline_of(outline).get_extents().extents


@pytest.mark.parametrize(
    ("origin", "identity"),
    [("RU", "suspect"), ("BY", "suspect"), ("UA", "neutral"), ("MD", "neutral"), ("", "unknown")],
)
def test_identity_follows_the_attribution(origin: str, identity: str) -> None:
    assert identity_of(origin) == identity


def test_whoever_is_suspect_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_SUSPECT", "UA")
    settings.cache_clear()
    assert [identity_of(origin) for origin in ("UA", "RU", "")] == ["suspect", "neutral", "unknown"]


@pytest.mark.parametrize("identity", IDENTITIES)
def test_frame_has_the_shape_and_fill_of_the_standard(identity: str) -> None:
    _rim, edge, *more = frame(identity, LIGHT)
    assert (edge.fill, edge.edge) == (FILLS[identity], "#000000")
    left, top, right, bottom = box_of(edge.outline)
    (_start, [first]), *_between = steps_of(edge.outline)
    last = list(steps_of(edge.outline))[-1][1][-1]
    assert first[1] == pytest.approx(last[1], abs=0.01) == pytest.approx(bottom, abs=0.2)  # in the air: open below
    corners = sum(command == "L" for command, _points in steps_of(edge.outline))
    assert (
        corners == {"suspect": 4, "neutral": 3, "unknown": 0, "friend": 0}[identity]
    )  # a roof, a box, a clover, an arch
    assert bool(more) == (identity == "suspect")
    assert all(piece.dash for piece in more)  # an identity that is assumed has a dashed frame
    assert -12 < left < right < 12
    assert -12 < top < bottom < 12


def test_every_object_has_its_own_icon_but_the_unknown_one() -> None:
    icons = {object_type: icon(object_type, LIGHT) for object_type in OBJECT_TYPES}
    assert [object_type for object_type, drawn in icons.items() if not drawn] == ["unknown"]
    assert all(one != other for one, other in combinations(icons.values(), 2))


@pytest.mark.parametrize("identity", IDENTITIES)
@pytest.mark.parametrize("object_type", OBJECT_TYPES)
def test_icon_stands_in_its_frame(identity: str, object_type: str) -> None:
    left, top, right, bottom = box_of(frame(identity, LIGHT)[1].outline)
    for piece in icon(object_type, LIGHT):
        box = box_of(piece.outline)
        assert left < box[0] and top < box[1] and box[2] < right and box[3] < bottom


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_what_is_not_confirmed_is_hollow(palette: Palette) -> None:
    for status in ("reported", "disputed"):
        drawn = pieces_of(Kind("crash", status, "suspect", "missile"), palette)
        allowed = {"none", palette.ink, palette.rim, palette.categories["crash"]}
        assert {colour for piece in drawn for colour in (piece.fill, piece.edge)} <= allowed
        assert palette.categories["crash"] not in {piece.fill for piece in drawn}
    assert contrast(palette.ink, palette.rim) >= 7


def test_category_and_status_below_are_the_plain_symbol() -> None:
    drawn, plain = pieces_of(Kind("debris", "disputed", "unknown", "uav"), DARK), pieces("debris", "disputed", DARK)
    for small, large in zip(drawn[-2:], plain, strict=True):
        assert (small.fill, small.edge, bool(small.dash)) == (large.fill, large.edge, bool(large.dash))
        left, top, right, bottom = box_of(small.outline)
        assert (right - left) / (bottom - top) == pytest.approx(1, abs=0.01)  # a square, as debris is
        assert top > 0 and bottom < 12


def test_shipped_incidents_have_every_identity_and_every_mark_can_be_drawn(shipped: Dataset) -> None:
    kinds = kinds_of(shipped.incidents, "app6")
    counts = Counter((kind.object_type, kind.identity) for kind in kinds)
    # Recounted with a spreadsheet: object_type and origin in incidents.csv.
    assert counts["balloon", "suspect"] == 26
    assert counts["missile", "neutral"] == 1
    assert counts["uav", "unknown"] == 114
    for kind in set(kinds):
        assert symbol_of(kind, LIGHT, 36).count("<path") == len(pieces_of(kind, LIGHT)) >= 4
    assert {(kind.category, kind.status, kind.identity) for kind in kinds_of(shipped.incidents, "")} <= {
        (category, status, "") for category in LIGHT.categories for status in ("confirmed", "reported", "disputed")
    }
