"""Contents to embed in a web page to take away: styles with their fonts, the light map, its own policy."""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
import xstatic.pkg.leaflet
from numpy.typing import NDArray

from dashboard.render.symbols.palettes import CONTRAST, DARK, LIGHT, Palette
from dashboard.render.typesetting.fonts import font_file, font_part
from dashboard.settings import ASSETS

LEAFLET = Path(xstatic.pkg.leaflet.BASE_DIR)
# What names and data need, always the same so that it is made once: Latin with its extensions, those for
# transcriptions included, Cyrillic, and punctuation, currencies, arrows and signs.
LETTERS = ((0x20, 0x24F), (0x259, 0x259), (0x2B0, 0x36F), (0x400, 0x4FF), (0x1E00, 0x1EFF), (0x2000, 0x22FF))
BITS = 5  # of a packed number in each character
FIRST = 63  # the character for 0, "?"; none of the 64 from there on is one of HTML's own


def asset(name: str) -> str:
    """The text of one of the package's own assets."""
    return (ASSETS / name).read_text("utf-8")


def leaflet_script() -> str:
    """Leaflet, without the address of the map to its source."""
    return re.sub(r"//# sourceMappingURL=\S*", "", (LEAFLET / "leaflet.js").read_text("utf-8"))


def leaflet_style() -> str:
    """Leaflet's style sheet without its pictures, which are those of controls and markers that are not used."""
    return re.sub(r"url\([^)]*\)", "none", (LEAFLET / "leaflet.css").read_text("utf-8"))


def policy(scripts: Sequence[str]) -> str:
    """A Content-Security-Policy that lets these scripts run and nothing else, and loads nothing from anywhere."""
    hashes = (f"'sha256-{base64(hashlib.sha256(script.encode()).digest())}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {' '.join(hashes)}; style-src 'unsafe-inline'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def style(*names: str) -> str:
    """Leaflet's style sheet and some of the package's own, with fonts and in the colours of a screen's looks."""
    own = re.sub(r'url\("fonts/(\w*).woff2"\)', lambda found: _font(found[1]), "\n".join(map(asset, names)))
    return (
        f"{leaflet_style()}\n:root{{{_colours(LIGHT)}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{_colours(DARK)}}}}}\n"
        f"@media (prefers-contrast:more){{:root{{{_colours(CONTRAST)}}}}}\n"
        # The map's script sets colours, too, on the element itself; on paper these win.
        f"@media print{{:root{{{_colours(LIGHT, ' !important')}}}}}\n{own}"
    )


def page_margins(marking: str, colours: tuple[str, str], *corners: str) -> str:
    """A style sheet that writes the margins of every printed page: the marking in the middle, texts in the corners.

    Parameters
    ----------
    colours
        Of the marking: foreground and ground.
    corners
        Texts at the top left, top right and bottom left; at the bottom right stands the number of the page.
    """
    colour, ground = colours
    chip = f"color:{colour};background:{ground};border:1px solid {colour};font-weight:700"
    place = "width:max-content;height:6mm;padding:0 4mm;margin:auto"
    middle = f"content:{_css_string(marking)};{chip};{place}" if marking else ""
    boxes = dict(zip(("top-left", "top-right", "bottom-left"), map(_css_string, corners), strict=True))
    boxes["bottom-right"] = 'counter(page) " / " counter(pages)'
    return (
        f'@page{{size:A4 landscape;margin:14mm 12mm;font:400 10pt "Source Sans",sans-serif;color:{LIGHT.muted};'
        f"{''.join(f'@{place}{{content:{content}}}' for place, content in boxes.items())}"
        f"@top-center{{{middle}}}@bottom-center{{{middle}}}}}"
    )


def _css_string(text: str) -> str:
    """A text as CSS writes it, every character that is no letter or digit by its number."""
    return '"' + "".join(sign if sign.isalnum() else f"\\{ord(sign):x} " for sign in text) + '"'


def _colours(palette: Palette, important: str = "") -> str:
    colours = asdict(palette)
    named = {name: colour for name, colour in colours.items() if name not in ("name", "categories")}
    pairs = chain(named.items(), palette.categories.items())
    return ";".join(f"--{name.replace('_', '-')}:{colour}{important}" for name, colour in pairs)


@cache
def _font(name: str) -> str:
    """A font's LETTERS as an address of a style sheet."""
    letters = frozenset(letter for first, last in LETTERS for letter in range(first, last + 1))
    return f'url("data:font/woff;base64,{base64(font_part(font_file(name), letters))}")'


def base64(content: bytes) -> str:
    """Bytes as they stand in a ``data:`` address."""
    return b64encode(content).decode("ascii")


def packed_topology(file: Path) -> str:
    """A TopoJSON as JSON a third of its size, which ``webpage.js`` unpacks.

    The arcs' steps become one text, each number with five bits a character, as in Google's encoded polylines; beside
    it stands how many steps each arc has.
    """
    return _packed_topology(file, file.stat().st_mtime_ns)


@cache
def _packed_topology(file: Path, _changed: int) -> str:
    topology = json.loads(file.read_bytes())
    arcs = topology["arcs"]
    steps = np.fromiter(chain.from_iterable(chain.from_iterable(arcs)), np.int64)
    topology["arcs"] = {"lengths": [len(arc) for arc in arcs], "steps": packed(steps)}
    return json.dumps(topology, separators=(",", ":")).replace("<", "\\u003c")


def packed(numbers: NDArray[np.int64]) -> str:
    """Whole numbers as text, small ones as a single character."""
    # The sign goes to the last bit, so that small negative numbers are short, too.
    rest = np.where(numbers < 0, ~(numbers << 1), numbers << 1)
    length = np.maximum(1, -(-np.frexp(rest)[1] // BITS))
    start = np.cumsum(length) - length
    text = np.empty(length.sum(), np.uint8)
    for place in range(length.max(initial=0)):
        here = length > place
        more = (length[here] > place + 1) << BITS  # another character follows
        text[start[here] + place] = FIRST + (rest[here] >> BITS * place & 31 | more)
    return text.tobytes().decode("ascii")
