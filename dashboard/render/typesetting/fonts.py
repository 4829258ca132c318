"""Source Sans, the one font of every screen and picture, and its fallback, as files and as subsets to embed."""

import io
import os
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path

import font_source_sans_pro
from fontTools import subset
from fontTools.ttLib import TTFont
from platformdirs import user_cache_path

from dashboard.core.data.atomic_file import write_whole

FAMILY, FALLBACK = "Source Sans Pro", "DejaVu Sans"
FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
CACHE = "incursion-map"  # the folder of the user's cache
WEIGHTS = {"regular": 400, "semibold": 600, "bold": 700}
LAYOUT_TABLES = ("GSUB", "GPOS", "GDEF")
# Matplotlib has laid a text out before it cuts a font to the signs of a PDF, which names them by number. To cut these
# tables too took three times as long as all the rest, and nobody reads them there.
subset.Options._drop_tables_default.extend(LAYOUT_TABLES)


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


@lru_cache(maxsize=64)  # half the time of a chart, and files of one view are written with the same signs
def font_part(file: Path, signs: frozenset[int]) -> bytes:
    """A font with these signs alone, by their code points, as WOFF; the same signs give the same bytes."""
    options = subset.Options(hinting=False, flavor="woff", name_IDs=["*"])
    options.layout_features += ["tnum"]
    options.drop_tables = [name for name in options.drop_tables if name not in LAYOUT_TABLES]  # a browser lays it out
    options.drop_tables += ["FFTM"]  # the dates of FontForge, of which fontTools warns
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(signs))
    content = io.BytesIO()
    with subset.load_font(file, options) as font:
        subsetter.subset(font)
        subset.save_font(font, content, options)
    return content.getvalue()


def web_font(weight: str) -> bytes:
    """A whole font as WOFF2, which browsers read: made once on a machine, since it takes a second of computing."""
    original = font_file(weight).read_bytes()
    try:
        kept = user_cache_path(CACHE, ensure_exists=True) / f"{weight}-{sha256(original).hexdigest()[:16]}.woff2"
        if not kept.exists():
            write_whole(kept, _woff2(original), kept.with_name(f"{kept.name}.{os.getpid()}"))
        return kept.read_bytes()
    except OSError:  # nothing can be kept here
        return _woff2(original)


def _woff2(original: bytes) -> bytes:
    content = io.BytesIO()
    with TTFont(io.BytesIO(original), recalcTimestamp=False) as font:
        font.flavor = "woff2"
        font.save(content)
    return content.getvalue()
