"""Text in the shapes of a slide: paragraphs of runs, each with its style, its link, or the slide number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.language import LOCALE
from dashboard.render.typesetting.text_fit import LEADING

Align = Literal["left", "center", "right"]
_ALIGN = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
_LANGUAGE = str(LOCALE).replace("_", "-")
_NUMBER = "{7B6A3C1E-52F4-4D8B-9A57-0E1F2A3B4C5D}"  # any GUID: a field must have one


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph; ``link`` is an http or https address, ``field`` makes it the number of the slide."""

    text: str
    bold: bool = False
    colour: str = ""
    link: str = ""
    field: bool = False


Paragraph = str | Sequence[Run]


def runs_of(paragraph: Paragraph, *, bold: bool = False, colour: str = "") -> list[Run]:
    """A paragraph as its runs, with a look where they have none of their own."""
    runs = [Run(paragraph)] if isinstance(paragraph, str) else paragraph
    return [Run(run.text, bold or run.bold, run.colour or colour, run.link, run.field) for run in runs]


def write_runs(
    frame: Any, paragraphs: Sequence[Sequence[Run]], size: float, align: Align = "left", *, link: str
) -> None:
    """Write paragraphs into an empty text frame; ``link`` is the theme's colour of links."""
    for position, runs in enumerate(paragraphs):
        paragraph = frame.add_paragraph() if position else frame.paragraphs[0]
        paragraph.alignment, paragraph.line_spacing = _ALIGN[align], Pt(size * LEADING)
        paragraph.space_before = paragraph.space_after = Pt(0)
        for run in runs:
            native = paragraph.add_run()
            native.text = visible(run.text)
            native.font.size, native.font.bold = Pt(size), run.bold
            native._r.get_or_add_rPr().set("lang", _LANGUAGE)
            if run.link:
                native.hyperlink.address = run.link
            if run.link or run.colour:  # PowerPoint takes the theme's colour for links
                native.font.color.rgb = rgb(link if run.link else run.colour)
            if run.field:
                _make_field(native._r)


def _make_field(run: Any) -> None:
    """Put the number of the slide in a run's place."""
    field = parse_xml(f'<a:fld {nsdecls("a")} id="{_NUMBER}" type="slidenum"/>')
    run.addprevious(field)
    for part in list(run):
        field.append(part)
    run.getparent().remove(run)


def visible(text: str) -> str:
    """A text without characters that cannot be seen; spaces at its ends stay."""
    return "".join(sign if sign.isprintable() else " " for sign in text if sign.isprintable() or sign.isspace())


def rgb(colour: str) -> Any:
    """A colour of the palette, ``#RRGGBB``."""
    colours: Any = RGBColor
    return colours.from_string(colour.lstrip("#"))
