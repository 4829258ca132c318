"""The cable: one page whatever it is about, with figures, five lines, the incidents in a line each, and method."""

import re
from datetime import UTC, datetime

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import parse_query_string
from dashboard.render.text.cable import COLUMNS, LINES, make_cable
from dashboard.render.text.handout import Handout, make_handout
from tests.counted import ALL

LT_JULY = "country=LT&from=2025-07-01&to=2025-07-31&marking=TLP:AMBER&finding=Two drones fell."
NIGHT = "country=PL&from=2025-09-09&to=2025-09-10"
HUNGARY = "country=HU&from=2025-07-01&to=2025-07-31"
LINK = "Link, to be added to the app's address: "


def handout(dataset: Dataset, query: str) -> Handout:
    return make_handout(dataset, parse_query_string(query)[0], datetime(2026, 1, 31, 12, 0, tzinfo=UTC))


def part(page: str, heading: str) -> list[str]:
    """The lines below a heading."""
    (block,) = [block for block in page.split("\n\n") if block.startswith(heading)]
    return block.splitlines()[1:]


@pytest.mark.parametrize("query", [LT_JULY, NIGHT, "country=LT", "", HUNGARY])
def test_cable_is_one_page(shipped: Dataset, query: str) -> None:
    lines = make_cable([handout(shipped, query)]).splitlines()
    wrapped = sum(max(1, -(-len(line) // COLUMNS)) for line in lines)
    assert wrapped <= LINES
    assert all(len(line) <= COLUMNS or line.startswith(LINK) for line in lines)


def test_two_incidents_are_told_in_full(shipped: Dataset) -> None:
    page = make_cable([handout(shipped, LT_JULY)])
    lines = page.splitlines()
    assert lines[0] == lines[-1] == "TLP:AMBER"
    assert lines[2:4] == ["Airspace incursions: Lithuania", "Two drones fell."]
    assert part(page, "INCIDENTS") == [
        "1. 10 Jul 25, Šumskas: crash, Gerbera",
        "2. 28 Jul 25, Gaižiūnai: crash, Gerbera, 92 km ± 7 km",
    ]
    assert "- Payload: no payload 1, a neutralised explosive charge 1." in page
    assert "- Status: confirmed 2; with an official source 0." in page
    assert [len([line for line in part(page, name) if line[0] == "-"]) for name in ("IN FIVE", "METHOD")] == [5, 3]


def test_of_very_many_incidents_it_says_how_many_are_not_listed(shipped: Dataset) -> None:
    told, *listed = part(make_cable([handout(shipped, "")]), "INCIDENTS")
    ((shown, left),) = re.findall(r"^The latest (\d+); (\d+) earlier ones are not listed\.$", told)
    assert (int(shown), int(shown) + int(left)) == (len(listed), ALL)
    assert [int(line.split(".")[0]) for line in listed] == list(range(int(left) + 1, ALL + 1))


def test_each_incident_of_the_night_has_a_line(shipped: Dataset) -> None:
    page = make_cable([handout(shipped, NIGHT)])
    assert [int(line.split(".")[0]) for line in part(page, "INCIDENTS")] == list(range(1, 24))
    assert "In no figure: 1 own-side object (missile)." in " ".join(page.split())


def test_nothing_known_is_an_answer(shipped: Dataset) -> None:
    page = " ".join(make_cable([handout(shipped, HUNGARY)]).split())
    assert "No incident is known in Hungary" in page
    assert "FIGURES" not in page


def test_page_can_be_opened_again(shipped: Dataset) -> None:
    made = handout(shipped, LT_JULY)
    page = make_cable([made])
    assert f"Reference {made.sheet_id}, data {made.fingerprint}, " in " ".join(page.split())
    assert f"{LINK}{made.link}\n" in page


def test_several_views_are_a_page_each(shipped: Dataset) -> None:
    text = make_cable([handout(shipped, LT_JULY), handout(shipped, f"{NIGHT}&marking=TLP:GREEN")])
    first, second = text.split(f"\n{'-' * COLUMNS}\n\n")
    assert first.startswith("TLP:AMBER\n\nView 1 of 2: TLP:AMBER\n")
    assert second.startswith("TLP:AMBER\n\nView 2 of 2: TLP:GREEN\n")
    assert max(len(page.splitlines()) for page in (first, second)) <= LINES
