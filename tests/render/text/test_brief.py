"""The briefing in text: all of it there, incidents and events apart, and nothing of the data taken for markup."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import selection_of
from dashboard.core.incidents.publishers import Publishers, with_sources
from dashboard.core.query.view import parse_query_string
from dashboard.errors import QueryError, SheetError
from dashboard.render.text.brief import BRIEFS, escaped, make_brief
from dashboard.render.text.handout import Handout, make_handout
from dashboard.render.text.selection import highest_marking
from tests.counted import ALL

PRODUCED = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
LT_JULY = "country=LT&from=2025-07-01&to=2025-07-31&marking=TLP:AMBER&finding=Two drones fell."
HOSTILE = (
    "# Head",
    "> quote",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "---",
    "===",
    "<script>alert(1)</script>",
    "<https://evil.example>",
    "<javascript:alert(1)>",
    "[link](javascript:alert(1))",
    "![picture](https://evil.example/x.png)",
    "*bold* _thin_ **b** __b__ ~~gone~~",
    "`code` ```fence```",
    "| a | b |",
    "www.evil.example https://evil.example evil@example.org",
    "&lt;b&gt; &#x3c;",
    "$x$ \\ [^1]",
)


def handout(dataset: Dataset, query: str = LT_JULY, **changes: str) -> Handout:
    made = make_handout(dataset, parse_query_string(query)[0], PRODUCED)
    return replace(made, selection=selection_of(made.incidents.assign(**changes))) if changes else made


@pytest.fixture(scope="module")
def markdown(shipped: Dataset) -> str:
    return make_brief([handout(shipped)], "md").decode()


@pytest.mark.parametrize("kind", BRIEFS)
def test_marking_is_first_and_last(shipped: Dataset, kind: str) -> None:
    lines = make_brief([handout(shipped)], kind).decode().splitlines()
    assert lines[0] == lines[-1]
    assert lines[0].strip("*") == "TLP:AMBER"


@pytest.mark.parametrize(
    "said",
    [
        "Airspace incursions: Lithuania",
        "Two drones fell.",
        f"Lithuania, 1–31 July 2025: 2 of {ALL} incidents.",
        "Information as of 3 October 2026, 23:59 UTC (032359Z OCT 26). Produced 31 January 2026, 12:00 UTC.",
        "2 incidents, which belong to 2 events; one night or one object's path is one event.",
        "Crash, landing and debris sites: 2; shot down is counted separately.",
        "The airspace of 1 state: Lithuania.",
        "Deepest certain penetration: drone, 92 km ± 7 km, at Gaižiūnai, Lithuania, 28 July 2025",
        f"{ALL - 2} incidents in the data do not match the filter.",
        "Numbered by date, as on the maps and in the lists of this view.",
        "1. 10 July 2025, Šumskas, Lithuania. Coordinates: 54.60° N, 25.72° E · 35U MA 1 5 · within 4 km. Crash: "
        "drone, Gerbera. Distance from the border: about 1 km as reported",
        "2. 28 July 2025, Gaižiūnai, Lithuania. Coordinates: 55.05° N, 24.37° E · 35U LB 3 0 · within 7 km. Crash: "
        "drone, Gerbera. Distance from the border: 92 km ± 7 km.",
        "location uncertainty exceeds the distance to the border. Confirmed by national authorities, as reported by "
        "Pozirk and RBC-Ukraine. A Gerbera decoy flew in",
        "Not complete",
        "OpenStreetMap contributors (ODbL)",
        "do not imply official endorsement",
    ],
)
def test_markdown_says_everything(markdown: str, said: str) -> None:
    bare = re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", markdown).replace("**", "")
    assert said in " ".join(bare.split())


def test_sources_stand_whole_and_in_order(shipped: Dataset) -> None:
    made = handout(shipped)
    text = make_brief([made], "md").decode()
    places = [
        text.index(source) for row in made.incidents.itertuples() for source in (one.address for one in row.cited)
    ]
    assert places == sorted(places)


def test_sheet_data_and_link_can_be_copied(shipped: Dataset, markdown: str) -> None:
    made = handout(shipped)
    assert all(signs in markdown for signs in (made.sheet_id, made.dataset.fingerprint, made.link))


def test_every_incident_is_there_once(shipped: Dataset) -> None:
    text = make_brief([handout(shipped, "")], "md").decode()
    found = re.findall(r"(?m)^\*\*(\d+)\\\. (?:\d+(?:–\d+)? )?[A-Zs]", text)
    assert [int(number) for number in found] == list(range(1, ALL + 1))


@pytest.mark.parametrize("words", HOSTILE)
def test_data_makes_no_markup(shipped: Dataset, words: str) -> None:
    text = make_brief([handout(shipped, place=words, summary=words, model=words)], "md").decode()
    bare = re.sub(r"(?m)^[^\n]+: <https?://[^<>\s]+>(  )?$", "", text)  # the sources
    bare = re.sub(r"(?m): `[^`\n]+`$|^\*\*|\*\*(?= |$)|^#+ ", "", bare, flags=re.MULTILINE)  # our own marks
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", bare)  # CommonMark: a backslash makes any ASCII punctuation plain
    assert not re.search(r"[`*_{}\[\]<>#|~$&\\]", bare)
    assert not re.search(r"(?m)^(\d+[.)]|[-+=>]|!\[)", bare)
    assert not re.search(r"://|www\.|@(?!\N{WORD JOINER})", bare)


@pytest.mark.parametrize("words", HOSTILE)
def test_escaped_text_reads_as_before(words: str) -> None:
    read = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped(words)).replace("\N{WORD JOINER}", "")
    assert read == words


def test_source_that_is_no_web_address_is_left_out(shipped: Dataset) -> None:
    made = handout(shipped)
    sources = [("javascript:alert(1)", "https://good.example/a\N{RIGHT-TO-LEFT OVERRIDE}b")] * len(made.incidents)
    incidents = with_sources(made.incidents.assign(sources=sources), Publishers())
    text = make_brief([replace(made, selection=selection_of(incidents))], "md").decode()
    assert "javascript" not in text
    assert "<https://good.example/a%E2%80%AEb>" in text


def test_several_views_follow_each_other(shipped: Dataset) -> None:
    views = [handout(shipped), handout(shipped, "country=PL&from=2025-09-09&to=2025-09-10&marking=TLP:GREEN")]
    text = make_brief(views, "md").decode()
    assert text.startswith("**TLP:AMBER**\n\nView 1 of 2: TLP:AMBER")
    assert "View 2 of 2: TLP:GREEN" in text
    assert text.count("## Completeness") == 1
    assert all(view.sheet_id in text for view in views)


@pytest.mark.parametrize(
    ("markings", "highest"),
    [
        (["TLP:CLEAR", "TLP:GREEN"], "TLP:GREEN"),
        (["TLP:AMBER", "TLP:AMBER+STRICT"], "TLP:AMBER+STRICT"),
        (["TLP:RED", "TLP:CLEAR", "TLP:AMBER"], "TLP:RED"),
        (["", "NATO RESTRICTED"], "NATO RESTRICTED"),
        (["", ""], ""),
    ],
)
def test_highest_marking_holds_for_all(shipped: Dataset, markings: list[str], highest: str) -> None:
    made = handout(shipped)
    views = [replace(made, view=replace(made.view, marking=marking)) for marking in markings]
    assert highest_marking(views) == highest


def test_markings_that_cannot_be_ranked_are_an_error(shipped: Dataset) -> None:
    made = handout(shipped)
    other = replace(made, view=replace(made.view, marking="NATO RESTRICTED"))
    with pytest.raises(QueryError, match="'NATO RESTRICTED' and 'TLP:AMBER'"):
        make_brief([made, other], "md")


def test_no_marking_unless_one_is_set(shipped: Dataset) -> None:
    text = make_brief([handout(shipped, "country=LT")], "txt").decode()
    assert "TLP" not in text
    assert text.startswith("Airspace incursions: Lithuania\n")


def test_wrong_kind_and_no_view_are_errors(shipped: Dataset) -> None:
    with pytest.raises(QueryError, match="choose one of md, txt"):
        make_brief([handout(shipped)], "docx")
    with pytest.raises(SheetError, match="no view"):
        make_brief([], "txt")
