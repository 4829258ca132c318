"""The story of an incident: what it says, and what is cut from it in which order."""

import pandas as pd
import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.publishers import Publisher, Source
from dashboard.render.text.story import CUTS, Story, first_sentence, shortened, story_of
from tests.rows import row

CITED = (
    Source("https://gov.lt/a", Publisher("Ministry", "government", "LT", ("lt",))),
    Source("https://err.ee/b", Publisher("ERR", "public_broadcaster", "EE", ("et",))),
    Source("https://err.ee/c", Publisher("ERR", "public_broadcaster", "EE", ("et",))),
)


def story(shipped: Dataset, **change: pd.Timestamp | str | tuple[Source | str, ...]) -> Story:
    changes = {"summary": "It fell at 04.30. It was St. John's day. No more.", "cited": CITED, "evidence": "official"}
    return story_of(row(**{**changes, **change}), shipped.incidents, "2")


def texts(told: Story) -> dict[str, str]:
    return {fact.name: fact.text for fact in told.facts}


def test_story_says_what_is_known(shipped: Dataset) -> None:
    told = story(shipped, response="Search; envoy summoned; NATO called", noticed_by=("residents", "radar"))
    assert (told.number, told.place, told.what, told.when) == (
        "2", "Gaižiūnai", "Crash: drone, Gerbera", "Monday 28 July 2025",
    )  # fmt: skip
    facts = texts(told)
    assert facts["distance"] == "92 km ± 7 km inside, from the border with Belarus"
    assert facts["payload"] == "Explosive charge, neutralised"
    assert facts["precedents"].startswith("Second drone attributed to Russia recorded in Lithuania within a month")
    assert "esidents" in facts["noticed_by"]
    assert told.position == "55.05° N, 24.37° E · 35U LB 3 0 · within 7 km"


def test_time_is_local_and_utc(shipped: Dataset) -> None:
    known = story(shipped, started_at=pd.Timestamp("2025-07-28T01:40Z"))
    assert known.when == "Monday 28 July 2025, 04:40 local time (01:40 UTC)"
    before = story(shipped, started_at=pd.Timestamp("2025-07-27T20:40Z"))
    assert before.when == "Monday 28 July 2025, 20:40 UTC, 27 July"


def test_who_reports_a_confirmation_follows_it(shipped: Dataset) -> None:
    reported = story(shipped, evidence="other", cited=CITED[1:])
    assert reported.status.endswith("as reported by:")
    assert not story(shipped).status.endswith(":")


def test_story_is_cut_in_order(shipped: Dataset) -> None:
    whole = story(shipped, response="Search; envoy summoned; NATO called", noticed_by=("residents",))
    cut = [shortened(whole, cuts) for cuts in range(CUTS + 1)]
    assert [len(told.sources) for told in cut] == [3, 2, 2, 2, 2, 2, 2]
    assert cut[1].sources[0][0] == "Ministry – official"
    assert [told.summary.count(".") for told in cut] == [5, 5, 2, 2, 2, 2, 0]
    assert [texts(told).get("response", "").count(";") for told in cut] == [2, 2, 2, 1, 1, 0, 0]
    assert ["noticed_by" in texts(told) for told in cut] == [True, True, True, True, False, False, False]
    for told in cut:
        assert (told.number, told.place, told.when, told.status) == (
            whole.number, whole.place, whole.when, whole.status,
        )  # fmt: skip
        assert texts(told)["distance"].startswith("92 km ± 7 km inside")
        assert texts(told)["payload"] == "Explosive charge, neutralised"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("A drone fell. It burnt.", "A drone fell."),
        ("It fell in St. Petersburg street. It burnt.", "It fell in St. Petersburg street."),
        ("At 4.5 km. Łódź saw it.", "At 4.5 km."),
        ("J. Smith saw it", "J. Smith saw it"),
        ("", ""),
    ],
)
def test_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first
