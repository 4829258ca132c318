"""The sizes of sheets, and where each part of a sheet goes."""

from dataclasses import dataclass

from dashboard.errors import QueryError
from dashboard.language import _
from dashboard.render.sheet.frame import BAND
from dashboard.render.sheet.page import LONG_SIDE, Box
from dashboard.render.symbols.palettes import PALETTES, Palette

MARGIN = 40.0
GUTTER = 34.0
COLUMN = 500.0  # width of the column beside the map
HEAD = 148.0  # above the map
FOOT = 152.0  # below the map, down to the lower marking
MARKING = 52.0  # the lower marking
MAP_OF_PORTRAIT = 0.57  # height of the map on a page in portrait, as a part of the page's


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
    facts
        Finding, figures, counts and legend.
    listing
        The numbered list; None where it goes between counts and legend, which is then at the bottom.
    foot
        Scale, projection, sources, disclaimer, ID.
    """

    map: Box
    facts: Box
    listing: Box | None
    foot: Box


def layout_of(inches: tuple[float, float]) -> Layout:
    """The places of all parts on a page of this size: beside the map, or below it in portrait."""
    unit = max(inches) / LONG_SIDE
    width, height = inches[0] / unit, inches[1] / unit
    bottom = height - MARKING
    if width >= height:
        edge = bottom - FOOT + MARKING
        map_ = _within_band((MARGIN, HEAD, width - MARGIN - GUTTER - COLUMN, edge))
        facts = (width - MARGIN - COLUMN, HEAD, width - MARGIN, edge)
        return Layout(map_, facts, None, (MARGIN, edge, width - MARGIN, bottom))
    map_ = _within_band((MARGIN, HEAD, width - MARGIN, HEAD + MAP_OF_PORTRAIT * height))
    foot = (MARGIN, bottom - FOOT, width - MARGIN, bottom)
    top, middle = map_[3] + BAND + 76, width / 2
    facts = (MARGIN, top, middle - GUTTER / 2, foot[1] - 24)
    listing = (middle + GUTTER / 2, top, width - MARGIN, foot[1] - 24)
    return Layout(map_, facts, listing, foot)


def _within_band(box: Box) -> Box:
    """The frame of a map that has this box together with its band."""
    left, top, right, bottom = box
    return left + BAND, top + BAND, right - BAND, bottom - BAND
