"""Palettes: the colours of each theme, and of print.

Shape and colour each tell the categories apart, the colours also for those who see no red, no green or no blue: a test
works out how far apart they are.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours of a theme, as ``#RRGGBB``, by what they are for.

    categories
        By category of incident.
    """

    name: str
    ink: str
    muted: str
    hairline: str
    panel: str
    paper: str
    sea: str
    flank_sea: str  # territorial sea of the flank
    coast: str
    lake: str
    shore: str  # of a lake
    river: str
    water_name: str  # of seas, lakes and rivers
    land: str
    flank_land: str
    border: str
    flank: str
    casing: str  # beside the flank border
    rim: str  # around marks, and inside hollow ones
    action: str
    alarm: str
    graticule: str
    graticule_opacity: float
    airport: str  # signs and codes of airports
    band: float  # opacity of the band that is as wide as a flight track is accurate
    categories: dict[str, str]


def tinted(ground: str, colour: str, opacity: float) -> str:
    """A colour laid thinly over a ground, as one colour."""
    pairs = zip(bytes.fromhex(ground[1:]), bytes.fromhex(colour[1:]), strict=True)
    return "#" + bytes(round(under + (over - under) * opacity) for under, over in pairs).hex().upper()


LIGHT = Palette(
    name="light",
    ink="#14202B",
    muted="#5A6774",
    hairline="#D9DDE1",
    panel="#F6F7F8",
    paper="#FFFFFF",
    sea="#DCE5EB",
    flank_sea="#EAF0F4",
    coast="#9FB2BF",
    lake="#D3E1EA",
    shore="#9DB8C8",
    river="#93B3C6",
    water_name="#3A647E",
    land="#F4F2EC",
    flank_land="#FDFCFA",
    border="#A9A79E",
    flank="#12355B",
    casing="#FFFFFF",
    rim="#FFFFFF",
    action="#12355B",
    alarm="#B00020",
    graticule="#8A98A3",
    graticule_opacity=0.35,
    airport="#4A5863",
    band=0.095,
    categories={
        "incursion": "#0B62A4",
        "crash": "#B22C08",
        "debris": "#A87400",
        "shootdown": "#14202B",
        "landing": "#158C6E",
    },
)
DARK = Palette(
    name="dark",
    ink="#F2F5F7",
    muted="#A9B6C2",
    hairline="#2B3B48",
    panel="#13202A",
    paper="#0E1820",
    sea="#0B141B",
    flank_sea="#101D26",
    coast="#3D5261",
    lake="#0C1A25",
    shore="#3F7BA3",
    river="#4B85AC",
    water_name="#C4E0F1",
    land="#17232D",
    flank_land="#223341",
    border="#566876",
    flank="#7FB4FF",
    casing="#0B141B",
    rim="#0E1820",
    action="#7FB4FF",
    alarm="#FF8F84",
    graticule="#8FA3B3",
    graticule_opacity=0.35,
    airport="#D6DEE5",
    band=0.12,
    categories={
        "incursion": "#54A2E7",
        "crash": "#F37A56",
        "debris": "#EFB836",
        "shootdown": "#F2F5F7",
        "landing": "#21DBAF",
    },
)
CONTRAST = Palette(
    name="contrast",
    ink="#FFFFFF",
    muted="#DADADA",
    hairline="#8C8C8C",
    panel="#0D0D0D",
    paper="#000000",
    sea="#00101F",
    flank_sea="#001A33",
    coast="#A8A8A8",
    lake="#001A33",
    shore="#8FC1EA",
    river="#5C97CC",
    water_name="#BFE3FF",
    land="#141414",
    flank_land="#262626",
    border="#8C8C8C",
    flank="#9CCBFF",
    casing="#000000",
    rim="#000000",
    action="#9CCBFF",
    alarm="#FF9C92",
    graticule="#8C8C8C",
    graticule_opacity=0.6,
    airport="#FFFFFF",
    band=0.16,
    categories={
        "incursion": "#469AEF",
        "crash": "#FF6A3D",
        "debris": "#FFD91A",
        "shootdown": "#FFFFFF",
        "landing": "#2EE6AE",
    },
)
PRINT = Palette(  # thin tints spare ink, and the categories stay apart in grey
    name="print",
    ink="#14202B",
    muted="#4A5661",
    hairline="#C9CFD4",
    panel="#FAFAFA",
    paper="#FFFFFF",
    sea="#F1F5F8",
    flank_sea="#F8FAFC",
    coast="#8BA0AE",
    lake="#DCE8F0",
    shore="#8FB0C4",
    river="#7FA6BD",
    water_name="#2F5C78",
    land="#FAFAF8",
    flank_land="#FFFFFF",
    border="#94928A",
    flank="#12355B",
    casing="#FFFFFF",
    rim="#FFFFFF",
    action="#12355B",
    alarm="#8A0018",
    graticule="#7C8790",
    graticule_opacity=0.45,
    airport="#4A5661",
    band=0.095,
    categories={
        "incursion": "#0562A5",
        "crash": "#892708",
        "debris": "#9D6D00",
        "shootdown": "#14202B",
        "landing": "#239F7D",
    },
)
THEMES = {palette.name: palette for palette in (LIGHT, DARK, CONTRAST)}  # of a screen
PALETTES = {**THEMES, PRINT.name: PRINT}
