"""The data that are shipped now, whatever they are: without a problem, a release, each source with its publisher."""

import csv
from pathlib import Path

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.data.recorded import RecordedData, read_folder
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.record.record import Record
from tests.settled_data import SHIPPED


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The shipped data as a first start reads them."""
    record = Record(f"sqlite:///{tmp_path_factory.mktemp('shipped')}/record.sqlite")
    return RecordedData(record, SHIPPED).take_in(read_folder(SHIPPED))


def test_shipped_data_have_no_problem_and_are_their_newest_release(now: Dataset) -> None:
    assert [str(problem) for problem in now.problems] == []
    assert now.release
    assert now.release.name == now.releases[-1].name
    assert (SHIPPED / "releases" / now.release.name / "publishers.csv").read_bytes() == (
        SHIPPED / "publishers.csv"
    ).read_bytes()


def test_every_source_has_a_publisher(now: Dataset) -> None:
    unknown = {source.address for sources in now.objects["cited"] for source in sources if not source.publisher.kind}
    assert unknown == set()


def test_every_row_is_an_incident_an_own_side_object_or_withdrawn_with_a_reason(now: Dataset) -> None:
    with Path(SHIPPED / "incidents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(now.incidents) + len(now.friendly) + len(now.withdrawn) == len(rows) == now.rows
    assert {row["id"] for row in rows if row[WITHDRAWN]} == {*now.withdrawn["id"]}
