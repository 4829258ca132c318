"""Slides of texts and links that were made to harm."""

import re
from dataclasses import replace

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import selection_of
from dashboard.core.incidents.publishers import Publishers, with_sources
from dashboard.render.deck import make_deck
from tests.slides import (
    LT_JULY,
    check_package,
    check_slides,
    handout,
    opened,
    parts_of,
    tables,
    texts,
)

pytestmark = pytest.mark.slow


HOSTILE = (
    "</a:t></a:r><a:r><a:t>\"'&<script>alert(1)</script>",
    "=1+1",
    "W" * 200,
    "Very long name of a place " * 8,
    "\N{RIGHT-TO-LEFT OVERRIDE}مطار \N{ARABIC LETTER ALEF}" + "قاعدة جوية " * 12,
    "空" * 90,
    "a\x00b\x07c",
)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_harmless_and_fits(shipped: Dataset, words: str, plain_map: None) -> None:
    made = handout(shipped, LT_JULY, place=words, model=words, summary=words * 5)
    view = replace(made.view, title=words[:120], finding=(words * 3)[:240], marking=words[:80])
    content = make_deck([replace(made, view=view)], [words])
    check_package(content)
    deck = opened(content)
    check_slides(deck)
    said = " ".join(texts(deck.slides[2]))
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in said
    assert "".join(words.split())[:1].replace("\N{RIGHT-TO-LEFT OVERRIDE}", "") in said
    assert not re.search(rb"<script", b"".join(parts_of(content, "ppt/slides/")))


def test_link_that_no_program_could_open_is_no_link(shipped: Dataset, plain_map: None) -> None:
    made = handout(shipped, LT_JULY)
    sources = [("https://a.example/" + "x" * 3000, "https://b.example/\N{SNOWMAN}")]
    incidents = with_sources(made.incidents.assign(sources=sources), Publishers())
    deck = opened(make_deck([replace(made, selection=selection_of(incidents))]))
    (row,) = list(tables(deck)[0].rows)[1:]
    runs = row.cells[len(tables(deck)[0].columns) - 1].text_frame.paragraphs[0].runs
    assert [(run.text, run.hyperlink.address) for run in runs] == [
        ("a.example", None),
        (", ", None),
        ("b.example", "https://b.example/%E2%98%83"),
    ]
