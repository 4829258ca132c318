"""Changes in words: corrections field by field, why a row is gone, and the result."""

from datetime import UTC, datetime

import pytest

from dashboard.core.data.changes import TRACKS, Correction, Flight, compare
from dashboard.core.data.dataset import Dataset
from dashboard.render.text.changes import correction_in_words, reason_in_words, result_in_words

NOON = datetime(2026, 10, 3, 12, 0, tzinfo=UTC)


# In words.


FLIGHT = Flight(((24.0, 55.0), (25.0, 55.0)), "A report.", 20.0, ("https://a.example",))


@pytest.mark.parametrize(
    ("correction", "told"),
    [
        (Correction("status", "reported", "confirmed"), ("Status", "Reported", "Confirmed")),
        (Correction("origin", "", "RU"), ("Attributed to", "–", "Russia")),
        (Correction("entered_from", "XZ", "BY"), ("Entered from", "international waters", "Belarus")),
        (Correction("latitude", 54.63411, 54.5), ("Latitude", "54.63411°", "54.5°")),
        (Correction("location_accuracy_km", 7.0, 0.25), ("Location uncertainty", "7 km", "0.25 km")),
        (Correction("started_at", None, NOON), ("Time", "–", "3 October 2026, 12:00 UTC")),
        (Correction("sources", ("a", "b"), ("b", "c", "d")), ("Sources that differ", "a", "c\nd")),
        (Correction("sources", ("a", "b"), ("b", "a")), ("Sources that differ", "–", "the same in another order")),
        (Correction(TRACKS, (), (FLIGHT,)), ("Flight track", "–", "2 points, within 20 km: A report.")),
        (
            Correction(TRACKS, (FLIGHT,), (Flight(((24.0, 55.0), (25.0, 56.0)), "A report.", 20.0, ()),)),
            (
                "Flight track",
                "2 points, within 20 km: A report.",
                "2 points, within 20 km: A report. (changed in detail)",
            ),
        ),
    ],
)
def test_correction_in_words(correction: Correction, told: tuple[str, str, str]) -> None:
    assert correction_in_words(correction) == told


def test_month_is_not_told_as_its_first_day() -> None:
    corrected = Correction("date", NOON.date().replace(day=1), NOON.date())
    assert correction_in_words(corrected, months=(True, False)) == ("Date", "October 2026", "3 October 2026")


def test_missing_row_may_be_one_that_cannot_be_read() -> None:
    assert reason_in_words("A bird.", 1) == "A bird."
    assert reason_in_words("", 0) == "Removed from the file without a reason."
    assert reason_in_words("", 1) == "No longer found in the file, which has 1 row that cannot be read."


def test_result_names_only_what_there_is(shipped: Dataset) -> None:
    assert result_in_words(compare(shipped, shipped)) == "no incident was added, corrected or withdrawn"
