"""The file a deck begins with: our own, or a ministry's, without the slides that it has."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part, XmlPart
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as PresentationType
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Pt

from dashboard.core.query.view import one_line
from dashboard.errors import QueryError
from dashboard.language import _, number
from dashboard.render.deck.default_template import house_presentation
from dashboard.render.symbols.palettes import Palette

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
LARGEST_FILE, LARGEST_CONTENT = 100_000_000, 1_000_000_000  # bytes, packed and unpacked
SMALLEST_SLIDE = (400.0, 400.0)  # points
# Of the presentation and of the package: they tell of the slides that were there before, or vouch for the old content.
_STALE = (
    "/viewProps",
    "/printerSettings",
    "/thumbnail",
    "/extended-properties",
    "/digital-signature/origin",
    "/commentAuthors",
)
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"  # the extension that lists slides by section


@dataclass(frozen=True, eq=False)
class Template:
    """A presentation without slides.

    cover, plain
        Layout of the title slide, and of slides with a title and nothing else.
    heading, font
        Names of the fonts of titles and of all other text.
    own
        Whether it is our own and not a ministry's.
    """

    presentation: PresentationType
    cover: SlideLayout
    plain: SlideLayout
    heading: str
    font: str
    own: bool


def open_template(path: Path | None, palette: Palette) -> Template:
    """Open a ministry's template, or without one make our own in these colours.

    Raises
    ------
    QueryError
        The file is not a presentation that could be used.
    """
    presentation = house_presentation(palette) if path is None else _opened(path)
    _empty(presentation)
    layouts: list[SlideLayout] = []
    for master in presentation.slide_masters:
        layouts += master.slide_layouts
    titled = [layout for layout in layouts if _has_title(layout)]
    if not titled:
        raise QueryError(
            _("The template {path} has no layout with a title. Add one in the view of the slide master.").format(
                path=path
            )
        )
    _check_size(presentation, path)
    plain = _named(titled, "titleOnly", "title only") or min(titled, key=lambda layout: len(layout.placeholders))
    cover = _named(titled, "title", "title slide") or plain
    heading, font = _fonts(plain.slide_master)
    return Template(presentation, cover, plain, heading, font, path is None)


def _check_size(presentation: PresentationType, path: Path | None) -> None:
    width, height = (presentation.slide_width or 0) / Pt(1), (presentation.slide_height or 0) / Pt(1)
    if width >= SMALLEST_SLIDE[0] and height >= SMALLEST_SLIDE[1]:
        return
    sides = {
        "width": width,
        "height": height,
        "least_width": SMALLEST_SLIDE[0],
        "least_height": SMALLEST_SLIDE[1],
    }
    raise QueryError(
        _(
            "The slides of the template {path} are {width} by {height} cm; "
            "there must be room for {least_width} by {least_height} cm. Choose a larger size of slide."
        ).format(path=path, **{name: number(side / 72 * 2.54, 1) for name, side in sides.items()})
    )


def _opened(path: Path) -> PresentationType:
    refusal = _("The template {path} cannot be used: {reason}. Give a PowerPoint presentation (.pptx).")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ValueError(_("it is larger than 100 MB"))
        with zipfile.ZipFile(path) as package:
            if sum(entry.file_size for entry in package.infolist()) > LARGEST_CONTENT:
                raise ValueError(_("its content is larger than 1 GB"))
        presentation = Presentation(str(path))
        if presentation.part.content_type != CONTENT_TYPE.PML_PRESENTATION_MAIN:
            raise ValueError(_("it holds macros"))
        if not presentation.slide_masters:
            raise ValueError(_("it has no slide master"))
        return presentation
    except OSError as error:
        reason = error.strerror or _("it is no such file")
        raise QueryError(refusal.format(path=path, reason=one_line(reason))) from error
    except (ValueError, KeyError, AttributeError, zipfile.BadZipFile, PackageNotFoundError, etree.LxmlError) as error:
        known = isinstance(error, ValueError) and "content type" not in str(error)
        reason = one_line(str(error)) if known else _("it is not a presentation, or it is locked with a password")
        raise QueryError(refusal.format(path=path, reason=reason)) from error


def _empty(presentation: PresentationType) -> None:
    """Drop the slides, and whatever tells of them."""
    part, root = presentation.part, presentation.part._element
    references = presentation.slides._sldIdLst
    for reference in list(references):
        relation = reference.get(qn("r:id"))
        references.remove(reference)
        part.drop_rel(relation)
    stale = [*root.findall(qn("p:custShowLst")), *root.iterfind(f"{qn('p:extLst')}/{qn('p:ext')}[@uri='{_SECTIONS}']")]
    for element in stale:
        element.getparent().remove(element)
    for extensions in root.findall(qn("p:extLst")):
        if not len(extensions):
            root.remove(extensions)
    for relations in (part.rels, part.package._rels):
        for number_, relation in list(relations.items()):
            if relation.reltype.endswith(_STALE):
                relations.pop(number_)
    for other in list(part.package.iter_parts()):
        _unlink_slides(other)


def _unlink_slides(part: Part) -> None:
    """Take out what leads to a slide from elsewhere, such as a button of the master."""
    for number_, relation in list(part.rels.items()):
        if relation.is_external or relation.reltype != RELATIONSHIP_TYPE.SLIDE:
            continue
        root = part._element if isinstance(part, XmlPart) else None
        for element in [] if root is None else list(root.iter()):
            if element.get(qn("r:id")) == number_:
                element.getparent().remove(element)
        part.rels.pop(number_)


def _named(layouts: list[SlideLayout], kind: str, name: str) -> SlideLayout | None:
    """The layout of a kind, or of a name where none is of that kind; names are translated, kinds are not."""
    by_kind = [layout for layout in layouts if layout._element.get("type") == kind]
    by_name = [layout for layout in layouts if layout.name.strip().casefold() == name]
    return next(iter([*by_kind, *by_name]), None)


def _has_title(layout: SlideLayout) -> bool:
    holders: Any = layout.placeholders
    return any(shape.placeholder_format.type in TITLES for shape in holders)


def _fonts(master: SlideMaster) -> tuple[str, str]:
    """Names of the theme's fonts for titles and for text."""
    theme = etree.fromstring(
        master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob,
        etree.XMLParser(resolve_entities=False, no_network=True),
    )
    heading, font = (
        theme.find(f".//{qn('a:fontScheme')}/{qn(f'a:{kind}')}/{qn('a:latin')}") for kind in ("majorFont", "minorFont")
    )
    return _typeface(heading), _typeface(font)


def _typeface(latin: etree._Element | None) -> str:
    return "" if latin is None else latin.get("typeface", "")
