"""Source Sans, the one font of every screen and picture, and its fallback, as files and as subsets to embed."""

import io
from collections.abc import Iterable
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

import font_source_sans_pro
from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY, FALLBACK = "Source Sans Pro", "DejaVu Sans"
FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
WEIGHTS = {"regular": 400, "semibold": 600, "bold": 700}


def font_file(weight: str, style: str = "normal") -> Path:
    """The file of a font; italics there are only in one weight."""
    return FOLDER / f"SourceSansPro-{'It' if style == 'italic' else weight.capitalize()}.ttf"


@cache
def fallback_file(weight: str) -> Path:
    """The file of the fallback font, which comes with Matplotlib; semibold is bold there."""
    name = "DejaVuSans.ttf" if weight == "regular" else "DejaVuSans-Bold.ttf"
    # It is found without loading Matplotlib, which takes a second.
    return Path(str(distribution("matplotlib").locate_file(f"matplotlib/mpl-data/fonts/ttf/{name}")))


@cache
def signs_in(file: Path) -> frozenset[int]:
    """The signs that a font has, by their code points."""
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def font_part(file: Path, signs: Iterable[int]) -> bytes:
    """A font with these signs alone, by their code points, as WOFF; the same signs give the same bytes."""
    options = subset.Options(hinting=False, flavor="woff", name_IDs=["*"])
    options.layout_features += ["tnum"]
    options.drop_tables += ["FFTM"]  # the dates of FontForge, of which fontTools warns
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(signs))
    content = io.BytesIO()
    with subset.load_font(file, options) as font:
        subsetter.subset(font)
        subset.save_font(font, content, options)
    return content.getvalue()
