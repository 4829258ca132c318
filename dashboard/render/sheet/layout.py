"""The sizes of sheets, and where each part of a sheet goes."""

from dataclasses import dataclass

from dashboard.errors import QueryError
from dashboard.language import _
from dashboard.render.sheet.frame import BAND
from dashboard.render.sheet.page import LONG_SIDE, Box
from dashboard.render.symbols.palettes import PALETTES, Palette
from dashboard.render.text.handout import Handout
from dashboard.render.text.story import MOST_BRIEFLY, MOST_TOLD

MARGIN = 40.0
GUTTER = 34.0
COLUMN = 500.0  # width of the column beside the map
HEAD = 148.0  # above the map
FOOT = 152.0  # below the map, down to the lower marking
MARKING = 52.0  # the lower marking
MAP_OF_PORTRAIT = 0.57  # height of the map on a page in portrait, as a part of the page's
MAP_OF_TOLD = 0.4  # the same where the incidents are told
FINDING = 36.0  # height of the finding under the title
SIDES = ((3, 670.0), (MOST_BRIEFLY, 740.0))  # width of what is told beside the map, for at most so many incidents
STRIP = 82.0  # below the map, with scale and legend
PRINT = 116.0  # of the small print below it
SCALE = 340.0  # width of the scale at the left
IDENTITY, IDENTITY_IN_ROWS = 250.0, 56.0  # width of the ID at the right, and its height where it has more room


@dataclass(frozen=True)
class Size:
    """A size: pixels of a picture, or millimetres of a page, the longer side first."""

    name: str
    long: float
    short: float
    unit: str  # px or mm

    def sides(self, *, portrait: bool) -> tuple[float, float]:
        """Width and height."""
        return (self.short, self.long) if portrait else (self.long, self.short)

    def inches(self, *, portrait: bool) -> tuple[float, float]:
        """Width and height in inches; a picture's longer side is 19.2 inches."""
        per_inch = 25.4 if self.unit == "mm" else self.long / 19.2
        width, height = self.sides(portrait=portrait)
        return width / per_inch, height / per_inch


SIZES = {
    size.name: size
    for size in (
        Size("1920x1080", 1920, 1080, "px"),
        Size("3840x2160", 3840, 2160, "px"),
        Size("A4", 297, 210, "mm"),
        Size("A3", 420, 297, "mm"),
        Size("16:9", 338.667, 190.5, "mm"),
    )
}
PAPER = ("A4", "A3")
UNITS = {"png": "px", "svg": "mm", "pdf": "mm"}  # by ending
DEFAULTS = {"png": "1920x1080", "svg": "16:9", "pdf": "A4"}


@dataclass(frozen=True)
class Format:
    """The kind, size and colours of a sheet.

    kind
        Ending of the file: png, svg or pdf.
    size
        One of SIZES; the kind's own where none is given.
    theme
        One of PALETTES; where none is given, ``print`` on paper and ``light`` on what is for screens.
    """

    kind: str = "png"
    size: str = ""
    portrait: bool = False
    theme: str = ""

    def __post_init__(self) -> None:
        if self.kind not in UNITS:
            raise QueryError(
                _("A sheet cannot be made as {kind!r}; choose one of {kinds}.").format(
                    kind=self.kind, kinds=", ".join(UNITS)
                )
            )
        object.__setattr__(self, "size", self.size or DEFAULTS[self.kind])
        if self.size not in sizes_of(self.kind):
            raise QueryError(
                _("A {kind} cannot have the size {size!r}; choose one of {sizes}.").format(
                    kind=self.kind.upper(), size=self.size, sizes=", ".join(sizes_of(self.kind))
                )
            )
        object.__setattr__(self, "theme", self.theme or ("print" if self.size in PAPER else "light"))
        if self.theme not in PALETTES:
            raise QueryError(
                _("A sheet cannot have the theme {look!r}; choose one of {looks}.").format(
                    look=self.theme, looks=", ".join(PALETTES)
                )
            )

    @property
    def palette(self) -> Palette:
        """The colours."""
        return PALETTES[self.theme]

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height in inches."""
        return SIZES[self.size].inches(portrait=self.portrait)

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of a picture in pixels."""
        width, height = SIZES[self.size].sides(portrait=self.portrait)
        return round(width), round(height)


def sizes_of(kind: str) -> list[str]:
    """The sizes in which a kind of sheet can be had."""
    return [size.name for size in SIZES.values() if size.unit == UNITS[kind]]


@dataclass(frozen=True)
class Layout:
    """Boxes of a sheet, in units of the page.

    map
        Within the band for the degrees of the graticule.
    side
        Beside the map, or below it in portrait: what is told of the incidents, or figures, counts and legend.
    strip
        Below the map, scale and legend; None where the scale is in the foot and the legend at the side.
    listing
        The count by state; None where it goes between counts and legend, which is then at the bottom of the side.
    foot
        Projection, sources, disclaimer.
    identity
        ID, data, release and page.
    """

    map: Box
    side: Box
    strip: Box | None
    listing: Box | None
    foot: Box
    identity: Box


def layout_for(handout: Handout, format_: Format) -> Layout:
    """The places of all parts of a handout's first page."""
    unit = max(format_.inches) / LONG_SIDE
    width, height = (side / unit for side in format_.inches)
    head = HEAD + (FINDING if handout.finding else 0)
    if is_told(handout):
        beside = next(side for most, side in SIDES if len(handout.objects) <= most)
        return _told_layout(width, height, head, beside)
    return _counted_layout(width, height, head)


def is_told(handout: Handout) -> bool:
    """Tell whether incidents are few enough to be told one by one."""
    return not handout.nil and len(handout.objects) <= MOST_BRIEFLY


def is_few(handout: Handout) -> bool:
    """Tell whether incidents are few enough to be told as stories."""
    return len(handout.objects) <= MOST_TOLD


def _told_layout(width: float, height: float, head: float, beside: float) -> Layout:
    bottom = height - MARKING
    if width < height:
        foot = (MARGIN, bottom - FOOT, width - MARGIN - IDENTITY, bottom)
        edge = head + MAP_OF_TOLD * height
        strip = (MARGIN, edge, width - MARGIN, edge + STRIP)
        side = (MARGIN, edge + STRIP + 14, width - MARGIN, foot[1] - 12)
        map_ = _within_band((MARGIN, head, width - MARGIN, edge))
        return Layout(map_, side, strip, None, foot, (foot[2], foot[1], width - MARGIN, bottom))
    left = width - MARGIN - beside
    right = left - GUTTER
    foot = (MARGIN, bottom - PRINT, right, bottom)
    strip = (MARGIN, foot[1] - STRIP, right, foot[1])
    identity = (left, bottom - IDENTITY_IN_ROWS, width - MARGIN, bottom)
    map_ = _within_band((MARGIN, head, right, strip[1]))
    return Layout(map_, (left, head, width - MARGIN, identity[1] - 6), strip, None, foot, identity)


def _counted_layout(width: float, height: float, head: float) -> Layout:
    bottom = height - MARKING
    if width >= height:
        edge = bottom - FOOT + MARKING
        map_ = _within_band((MARGIN, head, width - MARGIN - GUTTER - COLUMN, edge))
        side = (width - MARGIN - COLUMN, head, width - MARGIN, edge)
        identity = (width - MARGIN - IDENTITY, edge, width - MARGIN, bottom)
        return Layout(map_, side, None, None, (MARGIN + SCALE, edge, identity[0], bottom), identity)
    map_ = _within_band((MARGIN, head, width - MARGIN, head + MAP_OF_PORTRAIT * height))
    foot = (MARGIN, bottom - FOOT, width - MARGIN - IDENTITY, bottom)
    top, middle = map_[3] + BAND + 76, width / 2
    side = (MARGIN, top, middle - GUTTER / 2, foot[1] - 24)
    listing = (middle + GUTTER / 2, top, width - MARGIN, foot[1] - 24)
    return Layout(map_, side, None, listing, foot, (foot[2], foot[1], width - MARGIN, bottom))


def _within_band(box: Box) -> Box:
    """The frame of a map that has this box together with its band."""
    left, top, right, bottom = box
    return left + BAND, top + BAND, right - BAND, bottom - BAND
