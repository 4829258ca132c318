"""Sheets for the tests: made at a fixed time, and read by other programs."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View, parse_query_string
from dashboard.render.sheet import make_sheet
from dashboard.render.sheet.layout import Format
from dashboard.render.text.handout import make_handout

PRODUCED = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
LT_JULY = parse_query_string("country=LT&from=2025-07-01&to=2025-07-31")[0]
PL_NIGHT = parse_query_string("country=PL&from=2025-09-09&to=2025-09-10")[0]
WORDED = replace(LT_JULY, title="Drones & <Lithuania>", finding="Two fell.", marking="TLP:AMBER")
MARKED_NIGHT = replace(PL_NIGHT, marking="TLP:RED")
_MADE: dict[tuple[View, Format], tuple[object, bytes]] = {}
SVG = "{http://www.w3.org/2000/svg}"


def sheet(dataset: Dataset, view: View, kind: str = "png", size: str = "", *, portrait: bool = False) -> bytes:
    """A sheet, made once for all tests of a process that read the same one."""
    asked = view, Format(kind, size, portrait)
    kept, content = _MADE.get(asked, (None, b""))
    if kept is not dataset:
        content = sheet_anew(dataset, view, kind, size, portrait=portrait)
        _MADE[asked] = dataset, content
    return content


def sheet_anew(dataset: Dataset, view: View, kind: str = "png", size: str = "", *, portrait: bool = False) -> bytes:
    return make_sheet(make_handout(dataset, view, PRODUCED), Format(kind, size, portrait))


def pages_of(content: bytes) -> list[str]:
    """The text of each page of a PDF, as another program reads it."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


def links_of(page: PageObject) -> list[str]:
    """The addresses that a page of a PDF leads to."""
    return [note.get_object()["/A"]["/URI"] for note in page.annotations or ()]


def resources_of(page: PageObject, kind: str) -> list[Any]:
    """What a page of a PDF uses of a kind, such as its fonts."""
    resources = page["/Resources"]
    assert isinstance(resources, DictionaryObject)
    found = resources[kind]
    assert isinstance(found, DictionaryObject)
    return [one.get_object() for one in found.values()]


def texts_of(content: bytes) -> list[str]:
    """The texts of an SVG."""
    return ["".join(text.itertext()).strip() for text in ElementTree.fromstring(content).iter(f"{SVG}text")]
