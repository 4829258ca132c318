"""Which days are asked for, as far as they are known; days that cannot be; and a file of which nothing can be read."""

from argparse import Namespace
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation

from dashboard.commands.data import check
from dashboard.core.analysis.comparison import compare, days_to_compare_with
from dashboard.core.data.dataset import Dataset, read_dataset
from dashboard.core.query.filter import Filter
from dashboard.core.query.periods import Period, days_asked, whole_year
from dashboard.core.query.view import PREVIOUS, View, parse_query_string
from dashboard.errors import SheetError
from dashboard.render.deck import make_deck
from dashboard.render.sheet import make_sheet
from dashboard.render.sheet.layout import Format
from dashboard.render.text.age import age_in_words, age_when_made, alarm_in_words
from dashboard.render.text.brief import make_brief
from dashboard.render.text.handout import make_handout
from dashboard.render.web.webpage import make_webpage
from dashboard.ui.filters import presets
from tests.conftest import csv_text

pytestmark = pytest.mark.slow

KNOWN = Period(date(2022, 3, 2), date(2026, 10, 3))
MADE = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)  # 53 days and twelve hours after the cut-off of the shipped data


@pytest.mark.parametrize(
    ("start", "end", "asked"),
    [
        (None, None, KNOWN),
        (date(2026, 1, 1), date(2026, 12, 31), Period(date(2026, 1, 1), date(2026, 10, 3))),
        (date(2022, 1, 1), date(2022, 12, 31), Period(date(2022, 3, 2), date(2022, 12, 31))),
        (date(2026, 10, 3), None, Period(date(2026, 10, 3), date(2026, 10, 3))),
        (date(2026, 10, 4), None, None),
        (None, date(2022, 3, 1), None),
    ],
)
def test_days_are_asked_for_as_far_as_they_are_known(
    start: date | None, end: date | None, asked: Period | None
) -> None:
    assert days_asked(start, end, KNOWN) == asked


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-01-01", "2026-12-31", "2026, to 3 October"),
        ("2025-01-01", "2025-12-31", "2025"),
        ("2022-01-01", "2022-12-31", "2022, from 2 March"),
        ("2026-07-01", "2026-12-31", "1 July – 3 October 2026, when the information ends"),
        ("2026-07-01", "", "1 July – 3 October 2026"),
        ("2027-01-01", "2027-12-31", "2027"),
    ],
)
def test_days_in_words_end_where_the_information_ends(start: str, end: str, words: str) -> None:
    filter_ = Filter(start=date.fromisoformat(start), end=date.fromisoformat(end) if end else None)
    assert filter_.days_in_words(KNOWN) == words


def test_sentence_says_why_nothing_can_be_known() -> None:
    after = Filter(start=date(2026, 11, 1)).sentence(0, 337, KNOWN)
    assert (
        after == "All states, since 1 November 2026: nothing can be known yet, the information ends on 3 October 2026"
    )
    before = Filter(end=date(2022, 3, 1)).sentence(0, 337, KNOWN)
    assert before == "All states, until 1 March 2022: nothing is known, the data begin on 2 March 2022"


@pytest.mark.parametrize(
    ("query", "earlier"),
    [
        ("from=2026-01-01&to=2026-12-31&compare=previous", "2025-01-01..2025-10-03"),
        ("from=2025-01-01&to=2025-12-31&compare=previous", "2024-01-01..2024-12-31"),
        ("from=2026-09-04&to=2026-12-31&compare=previous", "2026-08-05..2026-09-03"),  # 30 days are known
        ("from=2026-09-01&to=2026-10-31&compare=2025-09-01..2025-10-31", "2025-09-01..2025-10-03"),
        ("from=2026-09-01&to=2026-10-31&compare=2025-01-01..2025-12-31", "2025-01-01..2025-12-31"),
    ],
)
def test_as_many_days_are_compared_as_are_known(query: str, earlier: str) -> None:
    assert str(days_to_compare_with(parse_query_string(query)[0], KNOWN)) == earlier


def test_nothing_is_compared_with_days_of_which_nothing_is_known(shipped: Dataset) -> None:
    assert compare(shipped, View(Filter(start=date(2026, 11, 1)), compare=PREVIOUS)) is None


def test_same_days_of_the_year_before_a_leap_day() -> None:
    assert Period(date(2024, 2, 29), date(2024, 2, 29)).year_before() == Period(date(2023, 2, 28), date(2023, 2, 28))
    assert whole_year(date(2024, 1, 1), date(2025, 12, 31)) is None


def test_nothing_is_handed_out_of_days_of_which_nothing_is_known(shipped: Dataset) -> None:
    with pytest.raises(SheetError, match="nothing can be known yet, the information ends on 3 October 2026"):
        make_handout(shipped, View(Filter(start=date(2026, 11, 1))), MADE)


def test_year_that_was_mistyped_is_warned_of_and_makes_no_years(data_folder: Path) -> None:
    future = datetime.now(UTC).year + 26
    (data_folder / "incidents.csv").write_text(csv_text({}, {"id": "LT-2", "date": f"{future}-07-28"}), "utf-8")
    data = read_dataset(data_folder)
    assert [problem.message for problem in data.problems] == [
        f"'{future}-07-28': the day has not come yet. Check the year."
    ]
    assert data.known == Period(date(2025, 7, 28), date(2025, 7, 28))
    assert (len(data.incidents), data.later, data.about.cutoff.year) == (2, 1, 2025)
    assert [name for name in presets(data) if name.isdigit()] == ["2025", str(future)]


def test_day_after_the_cut_off_is_warned_of_and_counted(data_folder: Path) -> None:
    (data_folder / "about.toml").write_text("cutoff = 2025-07-20T12:00:00Z")
    (data_folder / "incidents.csv").write_text(csv_text({}, {"id": "LT-2", "date": "2025-07-01"}), "utf-8")
    data = read_dataset(data_folder)
    (problem,) = data.problems
    assert (problem.line, problem.severe) == (2, False)
    assert "the day lies after the information cut-off, 2025-07-20" in problem.message
    assert (data.known, data.later) == (Period(date(2025, 7, 1), date(2025, 7, 28)), 0)


@pytest.fixture
def unreadable(data_folder: Path) -> Path:
    rows = [{"id": f"LT-{number}", "date": "28.07.2025"} for number in range(5)]
    (data_folder / "incidents.csv").write_text(csv_text(*rows, {"id": "LT-9", "status": "?"}), "utf-8")
    return data_folder


WHY = (
    "None of 6 rows could be read. "
    "date: expected a day such as 2025-07-28 (5 times: lines 2, 3 and 4, and 2 more). "
    "status: expected one of confirmed, reported, disputed (line 7)."
)


def test_file_of_which_nothing_can_be_read_is_no_file_of_nothing(
    unreadable: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = read_dataset(unreadable)
    assert " ".join(data.unreadable) == WHY
    assert data.sentence(View(), 0) == "None of 6 rows could be read"
    with pytest.raises(SheetError, match="None of 6 rows could be read"):
        make_handout(data, View(), MADE)
    assert check(Namespace(file=unreadable / "incidents.csv")) == 1
    assert capsys.readouterr().err.splitlines() == WHY.replace(". date", ".\ndate").replace(
        ". status", ".\nstatus"
    ).split("\n")


def test_file_that_lacks_a_column_says_which(data_folder: Path) -> None:
    columns = ("id", "country", "place", "latitude", "longitude", "location_accuracy_km", "category", "object_type")
    (data_folder / "incidents.csv").write_text(csv_text({}, {"id": "LT-2"}, columns=(*columns, "status", "sources")))
    first, why = read_dataset(data_folder).unreadable
    assert first == "None of 2 rows could be read."
    assert why.startswith("date: the column is missing") and why.endswith("(line 1).")


def test_age_is_counted_from_the_cut_off(shipped: Dataset) -> None:
    cutoff = shipped.about.cutoff
    assert age_in_words(shipped, MADE) == "53 days old"
    assert age_when_made(shipped, MADE) == "53 days before this was made"
    assert age_when_made(shipped, cutoff + timedelta(days=1)) == "1 day before this was made"
    assert age_in_words(shipped, cutoff + timedelta(hours=5)) == "less than a day old"
    assert age_when_made(shipped, cutoff - timedelta(days=9)) == ""
    assert alarm_in_words(shipped, cutoff + timedelta(days=7, hours=23)) == ""
    assert alarm_in_words(shipped, MADE) == "The data are old: they contain nothing after 3 October 2026."


def test_every_file_says_how_old_its_information_is(shipped: Dataset) -> None:
    handout = make_handout(shipped, View(Filter(countries=("HU",))), MADE)
    fresh = replace(handout, produced=shipped.about.cutoff + timedelta(days=2))
    assert "(032359Z OCT 26), 53 days before" in make_brief([handout], "txt").decode().replace("\n", " ")
    assert "**The data are old: they contain nothing after 3 October 2026.**" in make_brief([handout], "md").decode()
    assert "The data is old" not in make_brief([fresh], "md").decode()
    assert '<span class="old">53 days before this was made</span>' in make_webpage(handout).decode()
    assert '<span class="">2 days before this was made</span>' in make_webpage(fresh).decode()
    for one, words in ((handout, "53 days before this was made"), (fresh, "2 days before this was made")):
        sheet = make_sheet(one, Format("svg", "16:9")).decode()
        assert words in sheet
        assert ("#b00020" in sheet.lower()) == (one is handout)


def test_slides_say_how_old_their_information_is_and_when_they_were_made(shipped: Dataset) -> None:
    handout = make_handout(shipped, View(Filter(countries=("HU",))), MADE)
    slides = Presentation(BytesIO(make_deck([handout], [""], None))).slides
    times = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.name == "Times"]
    assert len(times) >= 2
    assert all(
        "53 days before this was made" in text and "Produced 26 November 2026, 12:00 UTC" in text for text in times
    )
