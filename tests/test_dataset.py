"""All the data together: what the keeper says of it, its days and words, and the shipped rows against the borders."""

import shutil
from datetime import UTC, date, datetime

import pytest

from dashboard.core.dataset import read_dataset
from dashboard.core.periods import Period
from dashboard.errors import MissingFileError, UnreadableFileError
from tests.conftest import DATA, csv_text


@pytest.fixture
def folder(tmp_path):
    """A data folder of its own, with the shipped borders."""
    for name in ("borders.parquet", "places.parquet", "basemap_far.json", "basemap_near.json"):
        (tmp_path / name).symlink_to(DATA / name)
    (tmp_path / "incidents.csv").write_text(
        csv_text({}, {"id": "LT-2", "date": "2025-08-03", "date_precision": "month"}), "utf-8"
    )
    return tmp_path


def test_without_a_word_from_its_keeper_the_cutoff_is_the_last_day(folder):
    data = read_dataset(folder)
    assert data.known == Period(date(2025, 7, 28), date(2025, 8, 31))
    assert data.about.cutoff == datetime(2025, 8, 31, 23, 59, tzinfo=UTC)


def test_what_the_keeper_says(folder):
    (folder / "about.toml").write_text('cutoff = 2025-09-01T12:00:00+02:00\ncompleteness = "Thin."\ncredit = "Ona"')
    about = read_dataset(folder).about
    assert (about.cutoff, about.completeness, about.credit) == (datetime(2025, 9, 1, 10, 0, tzinfo=UTC), "Thin.", "Ona")


@pytest.mark.parametrize(
    "text", ["cutoff = 2025-09-01", 'cutoff = "yesterday"', "cutoff = 2025-09-01T12:00:00", "no toml"]
)
def test_keeper_who_cannot_be_understood(folder, text):
    (folder / "about.toml").write_text(text)
    with pytest.raises(UnreadableFileError, match=r"about\.toml cannot be read"):
        read_dataset(folder)


def test_month_reaches_to_its_end(folder):
    last = read_dataset(folder).incidents.set_index("id")["last_day"]
    assert last["LT-1"].date() == date(2025, 7, 28)
    assert last["LT-2"].date() == date(2025, 8, 31)


def test_words_hold_state_place_and_summary(folder):
    assert "lithuania lt-1 gaiziunai" in read_dataset(folder).incidents["words"][0]


def test_problems_of_all_files_come_together(folder):
    shutil.copy(DATA / "tracks.geojson", folder)
    (folder / "incidents.csv").write_text(csv_text({}, {"id": "LT-2", "date": "x"}), "utf-8")
    data = read_dataset(folder)
    assert (len(data.incidents), data.rows, data.set_aside) == (1, 2, 1)
    assert {problem.file.name for problem in data.problems} == {"incidents.csv", "tracks.geojson"}


def test_no_incidents_at_all(folder):
    (folder / "incidents.csv").unlink()
    with pytest.raises(MissingFileError, match=r"There is no file .*incidents\.csv"):
        read_dataset(folder)


def test_not_one_good_row(folder):
    (folder / "incidents.csv").write_text(csv_text({"date": "x"}), "utf-8")
    data = read_dataset(folder)
    assert (len(data.incidents), data.set_aside) == (0, 1)


# The shipped data.


def test_shipped_rows_have_no_problem(shipped):
    assert shipped.problems == ()
    assert (len(shipped.incidents), shipped.rows, len(shipped.tracks)) == (337, 337, 33)


def test_shipped_rows_say_whose_the_object_was(shipped):
    assert dict(shipped.incidents["side"].value_counts()) == {
        "intruding": 295,
        "unclear": 28,
        "third": 13,
        "friendly": 1,
    }
    sides = shipped.incidents.set_index("id")["side"]
    assert sides["PL-2025-09-10-wyryki-wola"] == "friendly"  # hit by an F-35's missile
    assert sides["PL-2022-11-15-przewodow"] == "third"  # a Ukrainian air-defence missile
    assert sides["HR-2022-03-10-zagreb"] == "unclear"  # neither Kyiv nor Moscow accepted that it was theirs


def test_shipped_rows_lie_in_the_state_they_name_or_within_their_accuracy_of_it(shipped):
    off = shipped.incidents[~shipped.incidents["inside"]]
    assert (off["edge_km"] <= off["location_accuracy_km"]).all()


def test_shipped_rows_that_name_a_side_are_measured_from_it(shipped):
    named = shipped.incidents[shipped.incidents["entered_from"] != ""]
    assert (named["measured_from"] == named["entered_from"]).all()
    assert named["measured_from_stated"].all()


def test_no_shipped_row_is_deeper_than_its_state_is_wide(shipped):
    assert shipped.incidents["depth_km"].between(0, 320).all()
    assert (shipped.incidents["edge_km"] <= shipped.incidents["border_km"] + 0.01).all()
