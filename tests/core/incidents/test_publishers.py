"""Publishers: who stands behind a source, read from their file; and how sources are ordered and told."""

from pathlib import Path

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.publishers import Publisher, Publishers, read_publishers
from dashboard.core.query.filter import Filter
from dashboard.render.text.sources import publisher_in_words, source_in_words, status_in_words
from tests.settled_data import DATA

FILE = """\
address,publisher,kind,state,language,note
err.ee,ERR,public_broadcaster,EE,et en,
gov.pl,Government of Poland,government,PL,pl,
gov.pl/web/po-lublin,District Prosecutor's Office in Lublin,government,PL,pl,
tass.com,TASS,state_controlled_ru_by,RU,en,
delfi.lt,Delfi,press,LT,lt,
"""


@pytest.fixture
def publishers(tmp_path: Path) -> Publishers:
    path = tmp_path / "publishers.csv"
    path.write_text(FILE, "utf-8")
    found, problems = read_publishers(path)
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.delfi.lt/news/1", "Delfi"),
        ("https://gov.pl/web/po-lublin/dron", "District Prosecutor's Office in Lublin"),
        ("https://www.gov.pl/web/mon/dron", "Government of Poland"),
        ("https://gov.pl/web/po-lublin2", "Government of Poland"),
        ("http://elsewhere.example/gov.pl", "elsewhere.example"),
    ],
)
def test_longest_path_names_the_publisher_and_an_unknown_host_itself(
    publishers: Publishers, address: str, name: str
) -> None:
    assert publishers.of(address).name == name


def test_official_sources_come_first_and_state_controlled_ones_last(publishers: Publishers) -> None:
    given = (
        "https://tass.com/1",
        "https://x.example/2",
        "https://delfi.lt/3",
        "https://gov.pl/4",
        "javascript:alert(1)",
    )
    found = publishers.sources(given)
    assert [source.address[-1] for source in found] == ["4", "3", "2", "1"]
    assert [source_in_words(source) for source in found] == [
        "Government of Poland – official, in Polish",
        "Delfi – press, in Lithuanian",
        "x.example",
        "TASS – state-controlled (Russia), in English",
    ]
    assert publisher_in_words(found[1].publisher) == "Delfi"


def test_rows_that_name_no_publisher_are_reported_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "publishers.csv"
    path.write_text(
        FILE + "err.ee,ERR,press,EE,,\nb.example,B,blog,EE,,\nc.example,,press,,,\nd.example,D,press,Estonia,,\n"
    )
    found, problems = read_publishers(path)
    assert [(problem.line, problem.column) for problem in problems] == [
        (7, "address"), (8, "kind"), (9, "publisher"), (10, "state")
    ]  # fmt: skip
    assert len(found.by_address) == 5


def test_folder_without_the_file_knows_none(tmp_path: Path) -> None:
    found, problems = read_publishers(tmp_path / "publishers.csv")
    assert (found.of("https://err.ee/1"), problems) == (Publisher("err.ee"), [])


def test_every_source_of_the_shipped_data_has_a_publisher(shipped: Dataset) -> None:
    _found, problems = read_publishers(DATA / "publishers.csv")
    assert problems == []
    assert {source.publisher.kind for sources in shipped.objects["cited"] for source in sources} <= {
        "government", "agency", "public_broadcaster", "press", "research", "register", "encyclopedia", "other",
        "aggregator", "state_controlled_ru_by",
    }  # fmt: skip


def test_confirmed_row_without_an_official_page_says_who_reports_it(shipped: Dataset) -> None:
    rows = {row.id: row for row in shipped.incidents.itertuples()}
    assert status_in_words(rows["LT-2025-07-28-gaiziunai"]) == (
        "Confirmed by national authorities, as reported by The Gaze and ERR (Estonian Public Broadcasting)"
    )
    assert status_in_words(rows["RO-2025-09-13-chilia-veche"]) == "Confirmed by national authorities"


def test_filter_and_search_know_publishers(shipped: Dataset) -> None:
    official = shipped.everything.filtered(Filter(evidence=("official",))).rows
    other = shipped.everything.filtered(Filter(evidence=("other",))).rows
    assert len(official) + len(other) == len(shipped.incidents)
    assert "FI-2025-06-10-porvoo" in set(official["id"])
    assert "LT-2025-07-28-gaiziunai" in set(other["id"])
    assert set(shipped.everything.filtered(Filter(text="“Ministry of Defence of Finland”")).rows["id"]) >= {
        "FI-2025-06-10-porvoo"
    }
