"""The web page to send: what stands in its file, and what may run in it."""

import json
import re

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View, parse_query_string
from dashboard.render.text.handout import make_handout, metadata
from dashboard.render.web.webpage import make_webpage
from dashboard.settings import settings
from tests.settled_data import DATA
from tests.webpages import PRODUCED, QUERY, WORDS, data_of, page_of

# Without a browser


def test_same_handout_gives_the_same_bytes(shipped: Dataset) -> None:
    handout = make_handout(shipped, parse_query_string(QUERY)[0], PRODUCED)
    assert make_webpage(handout) == make_webpage(handout)


def test_page_is_small_enough_to_send(shipped: Dataset) -> None:
    assert len(page_of(shipped, "")) < 4_000_000


def test_page_names_no_address_to_load_from(page: str) -> None:
    without_data = re.sub(r'<script type="application/json" id="data">.*</script>', "", page)
    loading = r"""(?:src|href)=["']?+(?!data:|#)|url\(["']?+(?!data:|#)|@import|sourceMappingURL|<link(?! rel="icon")"""
    own = re.sub(r"<script>!function.*?</script>|<script>/\* @preserve.*?</script>", "", without_data, flags=re.DOTALL)
    assert not re.search(loading, own)


def test_policy_lets_only_the_own_scripts_run(page: str) -> None:
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].count("'sha256-") == page.count("<script>") == 2
    assert "unsafe" not in rules["script-src"]
    assert (rules["style-src"], rules["img-src"], rules["font-src"]) == ("'unsafe-inline'", "data:", "data:")
    assert page.index("Content-Security-Policy") < page.index("<style") < page.index("<script")


def test_page_says_everything(shipped: Dataset, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_PRODUCER", "Ministry <of> Defence")
    settings.cache_clear()
    handout = make_handout(shipped, parse_query_string(QUERY + WORDS)[0], PRODUCED)
    text = re.sub(r"<script.*?</script>|<style>.*?</style>", "", make_webpage(handout).decode(), flags=re.DOTALL)
    safely = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("'"): "&#x27;"}
    for label, told in metadata(handout):
        assert f"<dt>{label.translate(safely)}</dt><dd>{told.translate(safely)}</dd>" in text, label
    assert text.count(">TLP:AMBER</span>") == 2
    assert "Information as of 3 October 2026, 23:59 UTC" in text
    assert "Produced 4 October 2026, 09:15 UTC by Ministry &lt;of&gt; Defence" in text
    assert "<title>Drones over Lithuania and Poland</title>" in text
    assert '<html lang="en-GB">' in text
    assert f'<meta name="sheet" content="{handout.sheet_id}">' in text
    assert '<meta name="marking" content="TLP:AMBER">' in text
    assert f'<meta name="description" content="{handout.sentence}">' in text


def test_marking_is_in_the_margins_of_paper_and_cannot_leave_its_string(shipped: Dataset) -> None:
    marking = "NATO </style>\"};x{'"
    page = make_webpage(make_handout(shipped, View(marking=marking), PRODUCED)).decode()
    margins = re.findall(r"@page\{size.*", page)[0]
    written = re.findall(r'@top-center\{content:"([^"]*)"', margins)[0]
    assert re.sub(r"\\([0-9a-f]+) ", lambda code: chr(int(code[1], 16)), written) == marking
    assert page.count("</style>") == 1


@pytest.mark.parametrize("level", ["far", "near"])
def test_light_map_is_whole(page: str, level: str) -> None:
    told, original = data_of(page, f"basemap_{level}"), json.loads((DATA / f"basemap_{level}.json").read_bytes())
    assert told["arcs"]["lengths"] == [len(arc) for arc in original["arcs"]]
    assert (told["objects"], told["transform"]) == (original["objects"], original["transform"])
