"""A chart as a picture of its own, PNG or SVG: 16:9 for a slide, with all that a sheet says of itself."""

import re
from base64 import b64encode
from functools import cache
from html import escape

import vl_convert

from dashboard.core.analysis.counting import Tally
from dashboard.core.data.releases import asked_in_words
from dashboard.errors import SheetError
from dashboard.language import _
from dashboard.render.charts.findings import finding_of
from dashboard.render.charts.questions import Chart
from dashboard.render.charts.style import Canvas
from dashboard.render.charts.words import result_in_words, what_is_counted
from dashboard.render.symbols.marking import marking_colours
from dashboard.render.symbols.palettes import LIGHT, Palette
from dashboard.render.symbols.shapes import SVG
from dashboard.render.text.handout import Handout, licences, metadata
from dashboard.render.typesetting.fonts import FAMILY, FOLDER, WEIGHTS, font_file, font_part
from dashboard.render.typesetting.measure import text_width
from dashboard.render.typesetting.png_metadata import with_text_chunks
from dashboard.render.typesetting.text_fit import at_most, shortened, wrapped
from dashboard.settings import settings

PICTURES = {"png": "image/png", "svg": "image/svg+xml"}
PAGE = "pdf"  # what a document of several pages is put together from
WIDTH, HEIGHT, EDGE = 1280, 720, 40
SCALE = 2  # pixels of a PNG for one of the picture, so that a slide on a large screen is sharp
SIZE, SMALL = 16, 12  # of text, of the foot


def save(
    chart: Chart, handout: Handout, tally: Tally, kind: str, palette: Palette = LIGHT, scale: float = SCALE
) -> bytes:
    """Make a picture; the same input gives the same bytes.

    Parameters
    ----------
    kind
        One of ``PICTURES``, or ``PAGE``.
    palette
        Its colours.
    scale
        Pixels of a PNG for one of the picture.

    Raises
    ------
    SheetError
        There is nothing to show.
    """
    if not chart.in_words:
        raise SheetError(_("There is nothing to show for the question: {question}").format(question=chart.question))
    picture = _svg(chart, handout, tally, palette)
    if kind == "svg":
        return picture.encode()
    if kind == PAGE:
        return bytes(vl_convert.svg_to_pdf(picture))
    own = {_("Title"): chart.question}
    texts = [(label, own.get(label, text)) for label, text in metadata(handout)]
    return with_text_chunks(png_of(picture, scale), texts)


def svg_of(chart: Chart, canvas: Canvas) -> str:
    """The chart alone as SVG."""
    _let_find_fonts()
    return str(vl_convert.vegalite_to_svg(chart.draw(canvas).to_dict(format="vega-lite"), allowed_base_urls=[]))


def png_of(svg: str, scale: float) -> bytes:
    """An SVG of ours as PNG."""
    _let_find_fonts()
    return bytes(vl_convert.svg_to_png(svg, scale=scale))


@cache
def _let_find_fonts() -> None:
    """Let the converter find Source Sans, once a process."""
    vl_convert.register_font_directory(str(FOLDER))


def _svg(chart: Chart, handout: Handout, tally: Tally, palette: Palette) -> str:
    """The picture: marking, question, filter and count on top, the chart, and the foot below."""
    head, top = _head(chart, handout, tally, palette)
    foot, bottom = _foot(chart, handout, palette)
    canvas = Canvas(palette, WIDTH - 2 * EDGE, bottom - top - 24, SIZE, FAMILY)
    inner = re.sub(r"^<svg ", f'<svg x="{EDGE}" y="{top + 8}" ', svg_of(chart, canvas))
    body = "".join((*head, inner, *foot))
    about = "\n".join(f"{label}: {text}" for label, text in metadata(handout))
    return (
        f'<svg xmlns="{SVG}" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{escape(chart.question)}</title><desc>{escape(f'{chart.in_words}{chr(10)}{about}')}</desc>"
        f"<defs><style>{_font_faces(body)}</style></defs>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{palette.paper}"/>{body}</svg>\n'
    )


def _head(chart: Chart, handout: Handout, tally: Tally, palette: Palette) -> tuple[list[str], int]:
    """Draw the text above the chart, and say where it ends."""
    width, ink, bar = WIDTH - 2 * EDGE, palette.ink, palette.categories["debris"]  # as on a slide
    parts, top = _marking(handout.marking, 0), 62 if handout.marking else 54
    headline = finding_of(chart.key, tally).words
    if handout.view.chart and handout.view.title:
        headline = handout.view.title
    for line in wrapped(headline, 30, width, "bold")[:2]:
        parts.append(_text(line, EDGE, top, 30, ink, "bold"))
        top += 34
    parts.append(_text(shortened(chart.question, 19, width, "semibold"), EDGE, top - 6, 19, ink, "semibold"))
    top += 24
    incidents, events = (Tally(tally.selection, count, tally.span).total for count in ("incidents", "events"))
    sentence = _("{filter}: {counts}.").format(
        filter=asked_in_words(handout.view, handout.dataset.known, handout.dataset.events),
        counts=result_in_words(incidents, events),
    )
    top -= 6
    for line in at_most(wrapped(sentence, 17, width), 3, 17, width):
        parts.append(_text(line, EDGE, top, 17, ink))
        top += 22
    for line in wrapped(what_is_counted(tally, chart.shown), 15, width, "semibold"):
        parts.append(_text(line, EDGE, top, 15, ink, "semibold"))
        top += 20
    caveat = handout.completeness
    if caveat:
        lines = at_most(wrapped(caveat, 15, width - 16), 3, 15, width - 16)
        parts.append(f'<path d="M{EDGE + 1.5} {top - 10}v{20 * len(lines) + 2}" stroke="{bar}" stroke-width="3"/>')
        for line in lines:
            parts.append(_text(line, EDGE + 14, top + 5, 15, ink))
            top += 20
        top += 6
    return parts, top - 8


def _foot(chart: Chart, handout: Handout, palette: Palette) -> tuple[list[str], int]:
    """Draw the text below the chart, and say where it begins."""
    width = WIDTH - 2 * EDGE
    notes = wrapped(" ".join(chart.notes), 14, width)
    made = [
        _("Information as of {cutoff}").format(cutoff=handout.cutoff_with_group),
        handout.age,
        _("Produced {time}").format(time=handout.produced_in_words),
        settings().producer,
        _("Sheet {id}").format(id=handout.sheet_id),
        _("Data {hash}").format(hash=handout.fingerprint),
    ]
    said = licences(handout)
    lines = [(line, 14, palette.ink) for line in notes]
    if handout.alarm:
        lines.append((handout.alarm, 14, palette.alarm))
    lines += [(line, SMALL, palette.muted) for line in at_most(wrapped(said, SMALL, width), 5, SMALL, width)]
    lines.append((shortened(" · ".join(part for part in made if part), SMALL, width), SMALL, palette.muted))
    bottom = HEIGHT - (34 if handout.marking else 18)
    heights = [size + 4 for _line, size, _colour in lines]
    y = bottom - sum(heights)
    begin = y - 14
    parts = [
        f'<path d="M{EDGE} {begin + 4}H{WIDTH - EDGE}" stroke="{palette.hairline}"/>',
        *_marking(handout.marking, 1),
    ]
    for (line, size, colour), height in zip(lines, heights, strict=True):
        y += height
        parts.append(_text(line, EDGE, y, size, colour))
    return parts, begin


def _marking(marking: str, end: int) -> list[str]:
    """The marking in the middle of the upper or lower edge, or nothing."""
    if not marking:
        return []
    colour, ground = marking_colours(marking)
    words = shortened(marking, 14, WIDTH - 2 * EDGE, "bold")
    wide = text_width(words, 14, "bold") + 24
    top = HEIGHT - 26 if end else 4
    left = (WIDTH - wide) / 2
    box = f'<rect x="{left:.1f}" y="{top}" width="{wide:.1f}" height="22" fill="{ground}" stroke="{colour}"/>'
    return [box, _text(words, left + 12, top + 16, 14, colour, "bold")]


def _text(text: str, x: float, y: float, size: float, colour: str, weight: str = "regular") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FAMILY}" font-size="{size:g}px" '
        f'font-weight="{WEIGHTS[weight]}" fill="{colour}">{escape(text)}</text>'
    )


def _font_faces(body: str) -> str:
    """Rules that bring along the signs that are written, in the three weights."""
    signs = frozenset(map(ord, re.sub(r"<[^>]*>", "", body))) | frozenset(range(0x20, 0x7F))
    faces = []
    for weight, number in WEIGHTS.items():
        data = b64encode(font_part(font_file(weight), signs)).decode()
        faces.append(f"@font-face{{font-family:'{FAMILY}';font-weight:{number};src:url(data:font/woff;base64,{data})}}")
    return "".join(faces)
