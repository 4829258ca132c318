"""The file of a deck: its properties, and the same bytes for the same slides."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC

from pptx.presentation import Presentation as PresentationType

from dashboard.core.query.view import one_line
from dashboard.language import _, listing
from dashboard.render.deck.cover_and_closing import deck_title
from dashboard.render.text.handout import Handout
from dashboard.settings import settings

LONGEST = 255  # characters of a property, by python-pptx
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that a zip file can note
FIRST = "[Content_Types].xml"  # has to come first in the file


def packed(presentation: PresentationType, handouts: Sequence[Handout], marking: str) -> bytes:
    """The file's content, with the properties by which it is found again."""
    _set_properties(presentation, handouts, marking)
    content = io.BytesIO()
    presentation.save(content)
    return repacked(content.getvalue())


def _set_properties(presentation: PresentationType, handouts: Sequence[Handout], marking: str) -> None:
    properties = presentation.core_properties
    for element in list(properties._element):  # those of the template tell of other content
        properties._element.remove(element)
    produced = max(handout.produced for handout in handouts).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    sheets = listing(list(dict.fromkeys(handout.sheet_id for handout in handouts)))
    cutoffs = listing(list(dict.fromkeys(handout.cutoff_with_group for handout in handouts)))
    words = [
        _("Sheet {sheet}").format(sheet=sheets),
        _("Information as of {time}").format(time=cutoffs),
        marking,
    ]
    properties.title = _cut(deck_title(handouts))
    properties.subject = _cut(" ".join(dict.fromkeys(handout.sentence for handout in handouts)))
    properties.keywords = _cut("; ".join(word for word in words if word))
    properties.category = _cut(marking)
    if settings().producer:
        properties.author = properties.last_modified_by = _cut(settings().producer)
    properties.created = properties.modified = produced
    properties.revision = 1


def _cut(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def repacked(content: bytes) -> bytes:
    """A zip file with the same parts, in a fixed order and with fixed times."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != FIRST, name)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(entry, old.read(name))
    return result.getvalue()
