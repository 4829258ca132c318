"""All the data together: what the keeper says of it, its days and words, and the shipped rows against the borders."""

import errno
import shutil
from collections.abc import Hashable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.core.data.dataset import MAP_FILES, Dataset, read_dataset
from dashboard.core.query.filter import Filter
from dashboard.core.query.periods import Period
from dashboard.core.query.view import View
from dashboard.errors import MissingFileError, UnreadableFileError
from tests.conftest import csv_text
from tests.counted import ALL, OBJECTS, count
from tests.settled_data import DATA

WYRYKI = "PL-2025-09-10-wyryki-wola"  # a house that an F-35's missile hit
# By hand from the column of the payload: an explosive charge, neutralised and exploded ones included.
# fmt: off
EXPLOSIVE = (
    "BG-2023-09-17-tyulenovo", "BG-2026-08-08-kardam", "EE-2025-08-24-koruste", "FI-2026-04-11-iitti",
    "HR-2022-03-10-zagreb", "HU-2022-03-10-csenger", "LT-2025-07-28-gaiziunai", "LT-2026-03-23-lavysas",
    "LT-2026-05-17-samane", "LT-2026-09-15-pratkunai", "LV-2024-09-07-gaigalava", "LV-2026-03-25-dobrocina",
    "LV-2026-05-07-rezekne", "LV-2026-05-23-dridza-ezers", "MD-2023-09-25-chitcani", "MD-2024-02-11-etulia",
    "MD-2025-02-13-ceadir-lunga", "MD-2026-01-22-crocmaz", "MD-2026-03-17-tudora", "MD-2026-08-17-talmaza",
    "MD-2026-09-19-caplani", "MD-2026-09-30-branesti", "MD-2026-09-30-hirbovat", "PL-2022-11-15-przewodow",
    "PL-2025-08-20-osiny", "RO-2023-10-12-plauru", "RO-2025-02-28-giurgiulesti-pct", "RO-2026-04-25-galati",
    "RO-2026-04-26-luncavita", "RO-2026-05-29-galati", "RO-2026-06-30-rachelu", "RO-2026-08-22-tuzla",
    "RO-2026-08-23-gura-portitei", "RO-2026-08-26-olimp", "RO-2026-09-01-viisoara", "RO-2026-09-11-edighiol",
    "RO-2026-09-11-periteasca", "RO-2026-09-24-solca",
)
# fmt: on


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of its own, with the shipped borders."""
    for name in MAP_FILES:
        (tmp_path / name).symlink_to(DATA / name)
    (tmp_path / "incidents.csv").write_text(
        csv_text({}, {"id": "LT-2", "date": "2025-08-03", "date_precision": "month"}), "utf-8"
    )
    return tmp_path


class Cleared(dict[Hashable, object]):
    """A memory that another session clears in the same instant."""

    def __setitem__(self, key: Hashable, value: object) -> None:
        super().__setitem__(key, value)
        self.clear()


def test_selection_is_given_though_another_session_clears_the_memory(shipped: Dataset) -> None:
    data = replace(shipped)
    object.__setattr__(data, "_selections", Cleared())
    assert len(data.select(View())) == len(shipped.incidents)
    object.__setattr__(data, "_compared", Cleared())
    assert data.changes(shipped.releases[-1].name) is not None


def test_without_a_word_from_its_keeper_the_cutoff_is_the_last_day(folder: Path) -> None:
    data = read_dataset(folder)
    assert data.known == Period(date(2025, 7, 28), date(2025, 8, 31))
    assert data.about.cutoff == datetime(2025, 8, 31, 23, 59, tzinfo=UTC)


def test_what_the_keeper_says(folder: Path) -> None:
    (folder / "about.toml").write_text('cutoff = 2025-09-01T12:00:00+02:00\ncompleteness = "Thin."\ncredit = "Ona"')
    about = read_dataset(folder).about
    assert (about.cutoff, about.completeness, about.credit) == (datetime(2025, 9, 1, 10, 0, tzinfo=UTC), "Thin.", "Ona")


def test_what_is_missing_of_a_state_is_said_where_it_is_asked_for(folder: Path) -> None:
    (folder / "about.toml").write_text('completeness = "Thin."\n[completeness_of]\nLT = "Balloons."\nRO = "Finds."')
    about = read_dataset(folder).about
    assert about.completeness_for(()) == "Thin."
    assert about.completeness_for(("RO", "LT")) == "Balloons. Finds."
    assert about.completeness_for(("LT", "NO")) == "Thin. Balloons."


def test_shipped_caveat_of_lithuania_is_of_lithuania(shipped: Dataset) -> None:
    told = shipped.about.completeness_for(("LT",))
    assert "Moldova" not in told and "border guard intercepted 226 balloons" in told and "too low" in told
    assert "Moldova" in shipped.about.completeness_for(())


KEEPERS = [
    ('[completeness_of]\nLithuania = "x"', "completeness_of.Lithuania must be an ISO 3166-1 alpha-2 code"),
    ("[completeness_of]\nLT = 1", "completeness_of.LT must be text"),
    ("cutoff = 2025-09-01", "cutoff must be an instant"),
    ('cutoff = "yesterday"', "cutoff must be an instant"),
    ("cutoff = 2025-09-01T12:00:00", "cutoff must be an instant"),
    ("cutoff = 0001-01-01T00:00:00+01:00", "cutoff must be an instant with its time zone from 1945 to 2099"),
    ("cutoff = 9999-12-31T23:59:59-01:00", "cutoff must be an instant"),
    ("credit = 7", "credit must be text"),
    ("credit = [[]]", "credit must be text"),
    ("no toml", "Expected '='"),
    (f"credit = {'[' * 100_000}", "too deep to be read"),
    (f"credit = {'9' * 5000}", "limit"),
    ('credit = "x"\n'.encode("utf-16"), "not text in UTF-8"),
    ('credit = "x"\n'.encode("utf-16-le"), "not text in UTF-8"),
    (b'credit = "\xe9"', "not text in UTF-8"),
    (f"# {'x' * 2_000_000}", "has 2000002 bytes"),
]


@pytest.mark.parametrize(("content", "reason"), KEEPERS, ids=[reason for _, reason in KEEPERS])
def test_keeper_who_cannot_be_understood(folder: Path, content: bytes | str, reason: str) -> None:
    (folder / "about.toml").write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(UnreadableFileError, match=rf"about\.toml cannot be read: .*{reason}"):
        read_dataset(folder)


@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff"])
def test_byte_order_marks_before_what_the_keeper_says_do_no_harm(folder: Path, mark: str) -> None:
    (folder / "about.toml").write_text(f'{mark}credit = "Ona"', "utf-8")
    data = read_dataset(folder)
    assert (data.about.credit, data.problems) == ("Ona", ())


def test_keys_that_are_not_known_are_named(folder: Path) -> None:
    (folder / "about.toml").write_text('credits = "Ona"\ncredit = "Jonas"\n[cut]\noff = 1')
    data = read_dataset(folder)
    assert data.about.credit == "Jonas"
    assert [(problem.column, problem.severe) for problem in data.problems] == [("credits", False), ("cut", False)]
    assert "Use cutoff, completeness, credit and completeness_of" in data.problems[0].message


def test_characters_that_no_document_can_hold_are_left_out_of_what_the_keeper_says(folder: Path) -> None:
    (folder / "about.toml").write_text(r'credit = "O\u0000na\uFFFF"')
    assert read_dataset(folder).about.credit == "Ona"


@pytest.mark.parametrize("name", ["incidents.csv", "tracks.geojson", "about.toml"])
def test_file_that_the_system_does_not_give_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for other in ("tracks.geojson", "about.toml"):
        shutil.copy(DATA / other, folder)
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == name:
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFileError, match=f"{name} cannot be read: Permission denied"):
        read_dataset(folder)


def test_month_reaches_to_its_end(folder: Path) -> None:
    last = read_dataset(folder).incidents.set_index("id")["last_day"]
    assert last["LT-1"].date() == date(2025, 7, 28)
    assert last["LT-2"].date() == date(2025, 8, 31)


def test_words_hold_state_place_and_summary(folder: Path) -> None:
    words = read_dataset(folder).incidents["words"][0].split("\n")
    assert {"lithuania", "lt-1", "gaiziunai", "a drone fell."} <= set(words)


@pytest.mark.parametrize(
    "text",
    [
        "explosive charge", "drones", "crash", "confirmed by national authorities", "Lithuania", "Russia", "Belarus",
        "intruding",
        "Gaižiūnai", "LT-1", "Gerbera", "a broken fence", "none hurt", "NATO was asked", "A drone fell", "example.org",
        "night of drones",
    ],
)  # fmt: skip
def test_what_a_card_says_is_found(folder: Path, text: str) -> None:
    told = {"model": "Gerbera", "damage": "a broken fence", "casualties": "none hurt", "response": "NATO was asked"}
    rows = csv_text(told | {"event": "night-of-drones"}, {"id": "EE-2", "country": "EE", "latitude": "58.6"})
    (folder / "incidents.csv").write_text(rows.replace("night-of-drones", "night of drones"), "utf-8")
    found = read_dataset(folder).select(View(Filter(text=f'"{text}"'))).rows
    assert "LT-1" in set(found["id"])


def test_phrase_does_not_reach_from_one_cell_into_the_next(folder: Path) -> None:
    assert read_dataset(folder).select(View(Filter(text='"Gaižiūnai a drone"'))).empty


def test_problems_of_all_files_come_together(folder: Path) -> None:
    shutil.copy(DATA / "tracks.geojson", folder)
    (folder / "incidents.csv").write_text(csv_text({}, {"id": "LT-2", "date": "x"}), "utf-8")
    data = read_dataset(folder)
    assert (len(data.incidents), data.rows, data.set_aside) == (1, 2, 1)
    assert {problem.file.name for problem in data.problems} == {"incidents.csv", "tracks.geojson"}


def test_no_incidents_at_all(folder: Path) -> None:
    (folder / "incidents.csv").unlink()
    with pytest.raises(MissingFileError, match=r"There is no file .*incidents\.csv"):
        read_dataset(folder)


def test_not_one_good_row(folder: Path) -> None:
    (folder / "incidents.csv").write_text(csv_text({"date": "x"}), "utf-8")
    data = read_dataset(folder)
    assert (len(data.incidents), data.set_aside) == (0, 1)


# The shipped data.


def test_shipped_rows_have_no_problem(shipped: Dataset) -> None:
    assert shipped.problems == ()
    assert (len(shipped.incidents), shipped.rows, len(shipped.tracks)) == (ALL, OBJECTS, 33)


def test_shipped_rows_say_whose_the_object_was(shipped: Dataset) -> None:
    assert dict(shipped.incidents["side"].value_counts()) == {
        "intruding": count(side=""),
        "unclear": count(side="unclear"),
        "third": count(side="third"),
    }
    assert list(shipped.friendly["id"]) == [WYRYKI]
    sides = shipped.incidents.set_index("id")["side"]
    assert sides["PL-2022-11-15-przewodow"] == "third"  # a Ukrainian air-defence missile
    assert sides["HR-2022-03-10-zagreb"] == "unclear"  # neither Kyiv nor Moscow accepted that it was theirs


def test_explosive_finds_every_row_with_an_explosive_charge(shipped: Dataset) -> None:
    found = set(shipped.everything.filtered(Filter(text="explosive")).rows["id"])
    assert len(EXPLOSIVE) == 38
    assert set(EXPLOSIVE) - found == set()
    chosen = shipped.everything.filtered(Filter(payloads=("explosive", "explosive_neutralised", "exploded"))).rows
    assert set(chosen["id"]) == set(EXPLOSIVE)


def test_phrase_finds_no_more_than_itself(shipped: Dataset) -> None:
    found = shipped.everything.filtered(Filter(text='"no explosives"')).rows
    assert 0 < len(found) < len(shipped.everything.filtered(Filter(text="no explosives")).rows)
    assert found["summary"].str.contains("no explosives", case=False).all()


def test_shipped_rows_lie_in_the_state_they_name_or_within_their_accuracy_of_it(shipped: Dataset) -> None:
    off = shipped.incidents[~shipped.incidents["inside"]]
    assert (off["edge_km"] <= off["location_accuracy_km"]).all()


def test_shipped_rows_that_name_a_side_are_measured_from_it(shipped: Dataset) -> None:
    named = shipped.incidents[shipped.incidents["entered_from"] != ""]
    assert (named["measured_from"] == named["entered_from"]).all()
    assert named["measured_from_stated"].all()


def test_no_shipped_row_is_deeper_than_its_state_is_wide(shipped: Dataset) -> None:
    assert shipped.incidents["depth_km"].between(0, 320).all()
    assert (shipped.incidents["edge_km"] <= shipped.incidents["border_km"] + 0.01).all()
