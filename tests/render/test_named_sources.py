"""A source of which only the name is known, in everything that is shown and taken away: said, and never a link."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.editing.form import form_of, sources_of
from dashboard.core.engine.selection import selection_of
from dashboard.core.incidents.publishers import Publishers, with_sources
from dashboard.core.incidents.schema import read_incidents
from dashboard.core.query.view import parse_query_string
from dashboard.render.deck.speaker_notes import _incident as told_to_speaker
from dashboard.render.export import make_export
from dashboard.render.text.brief import make_brief
from dashboard.render.text.handout import Handout, make_handout
from dashboard.render.text.sources import status_in_words
from dashboard.render.text.story import stories_of
from dashboard.render.web.webpage_data import page_data
from dashboard.ui.links import cited

SOURCES = ("[Border <b>guard</b>]", "https://example.org/a")
MADE = datetime(2026, 11, 27, tzinfo=UTC)


@pytest.fixture(scope="module")
def handout(shipped: Dataset) -> Handout:
    made = make_handout(shipped, parse_query_string("country=LT&from=2025-07-28&to=2025-07-28")[0], MADE)
    named = made.incidents.assign(sources=[SOURCES] * len(made.incidents), status="confirmed")
    return replace(made, selection=selection_of(with_sources(named, Publishers())))


def test_the_card_names_it_without_a_link(handout: Handout) -> None:
    name, link = handout.incidents["cited"].iloc[0]
    assert cited(name) == "Border &lt;b&gt;guard&lt;/b&gt;"
    assert 'href="https://example.org/a"' in cited(link)


def test_texts_name_it_without_an_address(handout: Handout) -> None:
    text = make_brief([handout], "md").decode()
    assert "Border \\<b\\>guard\\</b\\>" in text
    assert "<>" not in text
    row = next(handout.incidents.itertuples())
    assert told_to_speaker(row, "1")[1:] == ["Border <b>guard</b>", "example.org: https://example.org/a"]
    assert status_in_words(row).endswith("as reported by Border <b>guard</b> and example.org")
    assert [address for _words, address in stories_of(handout)[0].sources] == ["", "https://example.org/a"]


def test_the_page_to_hand_over_names_it(handout: Handout) -> None:
    (incident,) = page_data(handout, handout.incidents)["incidents"]
    assert [(source["name"], source["address"]) for source in incident["sources"]] == [
        ("Border <b>guard</b>", ""), ("example.org", "https://example.org/a"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "geojson"])
def test_exports_bring_it_back(handout: Handout, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"incidents.{kind}"
    path.write_bytes(make_export(handout, kind))
    assert list(read_incidents(path).incidents["sources"]) == [SOURCES]


def test_kml_has_its_name_in_words_and_data(handout: Handout) -> None:
    text = make_export(handout, "kml").decode()
    assert "<value>[Border &lt;b&gt;guard&lt;/b&gt;] https://example.org/a</value>" in text


def test_a_name_under_state_control_is_known_as_such_and_none_is_official(shipped: Dataset) -> None:
    found = {source.publisher.name: source.publisher.kind for source in shipped.publishers.sources(["[TASS]", "[LRT]"])}
    assert found == {"TASS": "state_controlled_ru_by", "LRT": ""}


@pytest.mark.parametrize(
    ("cell", "sources"),
    [
        ("[PAP]", ("[PAP]",)),
        (
            "[Polish Press Agency, 10 Sept] https://example.org/a",
            ("[Polish Press Agency, 10 Sept]", "https://example.org/a"),
        ),
        ("https://example.org/a;[PAP]", ("https://example.org/a", "[PAP]")),
        ("https://example.org/a[1]", ("https://example.org/a[1]",)),
    ],
)
def test_a_name_in_square_brackets_is_a_source(
    incidents_file: Callable[..., Path], cell: str, sources: tuple[str, ...]
) -> None:
    reading = read_incidents(incidents_file({"sources": cell}))
    assert [tuple(found) for found in reading.incidents["sources"]] == [sources]


def test_the_form_takes_it_and_gives_it_back() -> None:
    fields = form_of({"id": "A", "sources": " ".join(SOURCES)})
    assert sources_of(fields["sources"]) == list(SOURCES)
