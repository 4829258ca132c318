"""Answers of the engine against the rules read row by row in plain Python, on random incidents and random filters."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.core.analysis.figures import figures, option_counts
from dashboard.core.analysis.numbering import PAGE, latest, numbers_of
from dashboard.core.analysis.timeline import timeline
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import selection_of
from dashboard.core.incidents.columns import CATEGORIES, ON_THE_GROUND
from dashboard.core.query.filter import GROUPS, NOT_STATED, Filter
from dashboard.core.query.search import terms_of

VALUES = {
    "country": ("PL", "LT", "RO"),
    "category": CATEGORIES,
    "object_type": ("uav", "balloon"),
    "origin": ("", "RU", "BY"),
    "status": ("confirmed", "reported"),
    "payload": ("none", "contraband", "explosive"),
    "side": ("intruding", "unclear"),
    "evidence": ("official", "other"),
    "date_basis": ("", "flight", "find"),
    "noticed_by": ("", "radar", "military radar", "radar finder"),
    "event": ("", "night", "path"),
    "words": ("a roof in vilnius", "a field", "roof"),
}
FIRST = date(2025, 1, 1)


@st.composite
def incidents(draw: st.DrawFn) -> pd.DataFrame:
    rows = []
    for number in range(draw(st.integers(1, 12))):
        begun = FIRST + timedelta(days=draw(st.integers(0, 40)))
        row: dict[str, object] = {name: draw(st.sampled_from(values)) for name, values in VALUES.items()}
        row |= {"id": f"X-{number}", "date": begun, "counted_on": begun, "counted_by": row["date_basis"]}
        row |= {"last_day": begun + timedelta(days=draw(st.integers(0, 3)))}
        row |= {
            "date_precision": draw(st.sampled_from(("day", "month"))),
            "objects": draw(st.sampled_from((None, 1, 3))),
        }
        row |= {"objects_of": draw(st.sampled_from(("incident", "event"))), "certain": draw(st.booleans())}
        row |= {"depth_km": float(draw(st.integers(0, 9))), "location_accuracy_km": 1.0, "measured_from": "BY"}
        row |= {"longitude": float(draw(st.integers(20, 29))), "latitude": float(draw(st.integers(50, 59)))}
        rows.append(row | {"measured_from_stated": False})
    frame = pd.DataFrame(rows).astype(dict.fromkeys(("date", "counted_on", "last_day"), "datetime64[s]"))
    shared = {name: draw(st.sampled_from((None, 2.0))) for name in VALUES["event"] if name}
    return frame.assign(event_objects=frame["event"].map(shared).astype(float), objects=frame["objects"].astype(float))


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    asked: dict[str, tuple[str, ...]] = {}
    for group, column in GROUPS.items():
        if draw(st.integers(0, 3)) == 0:
            codes = sorted({code for cell in VALUES[column] for code in cell.split(" ")})
            chosen = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2))
            asked[group] = tuple(code or NOT_STATED for code in chosen)
    start = FIRST + timedelta(days=draw(st.integers(0, 40)))
    return Filter(
        **asked,
        start=draw(st.sampled_from((None, start))),
        end=draw(st.sampled_from((None, start + timedelta(days=10)))),
        without_contraband=draw(st.booleans()),
        text=draw(st.sampled_from(("", "", "Roof", '"a field"', "vilnius roof"))),
        event=draw(st.sampled_from(("", "", "night"))),
    )


def passes(row: pd.Series, filter_: Filter, *, without: str = "") -> bool:
    for group, column in GROUPS.items():
        asked = {"" if code == NOT_STATED and column in ("origin", "date_basis", "noticed_by") else code
                 for code in getattr(filter_, group)}  # fmt: skip
        if asked and group != without and asked.isdisjoint(row[column].split(" ")):
            return False
    return (
        (not filter_.start or row["last_day"].date() >= filter_.start)
        and (not filter_.end or row["counted_on"].date() <= filter_.end)
        and not (filter_.without_contraband and row["payload"] == "contraband")
        and all(term in row["words"] for term in terms_of(filter_.text))
        and filter_.event in ("", row["event"])
    )


@settings(max_examples=40, deadline=None)
@given(incidents(), filters())
def test_selection_and_its_answers_are_those_of_its_rows(frame: pd.DataFrame, filter_: Filter) -> None:
    every = selection_of(frame)
    selection = every.filtered(filter_)
    rows = [row for _, row in frame.iterrows() if passes(row, filter_)]
    assert list(selection.rows["id"]) == [row["id"] for row in rows]
    assert (len(selection), selection.states) == (len(rows), tuple(sorted({row["country"] for row in rows})))
    found = figures(selection)
    events = [row["event"] or row["id"] for row in rows]
    assert (found.incidents, found.events) == (len(rows), len(set(events)))
    assert found.on_the_ground == sum(row["category"] in ON_THE_GROUND for row in rows)
    alone = sum(row["objects"] for row in rows if pd.isna(row["event_objects"]) and pd.notna(row["objects"]))
    together = 0.0
    for event in {row["event"] for row in rows if pd.notna(row["event_objects"])}:
        numbers = [row["objects"] for row in rows if row["event"] == event and pd.notna(row["objects"])]
        together += min(2.0, sum(numbers))
    assert found.objects == alone + together
    deep = [row for row in rows if row["certain"]]
    assert found.deepest == (max(deep, key=lambda row: row["depth_km"])["id"] if deep else "")
    for group, counts in option_counts(every, filter_).items():
        column = GROUPS[group]
        told = Counter(code for _, row in frame.iterrows() if passes(row, filter_, without=group)
                       for code in row[column].split(" "))  # fmt: skip
        assert {code: count for code, count in counts.items() if count} == {
            code or NOT_STATED: count for code, count in told.items()
        }
    bars = Counter((row["counted_on"].date(), row["category"]) for row in rows if row["date_precision"] == "day")
    drawn = {
        (date(1970, 1, 1) + timedelta(days=bar.first), category): count
        for bar in timeline(selection).bars["day"]
        for category, count in zip(CATEGORIES, bar.by_category, strict=True)
        if count
    }
    assert drawn == bars
    listed = [(incident.id, incident.number) for incident in latest(selection)]
    assert listed == [*reversed(numbers_of(selection.rows).items())]


def test_pages_of_the_latest_have_every_incident_once(shipped: Dataset) -> None:
    many = pd.concat([shipped.incidents] * 3).assign(id=[f"X-{number}" for number in range(3 * len(shipped.incidents))])
    selection = selection_of(many)
    pages = [latest(selection, page) for page in range(1, 5)]
    told = [incident for page in pages for incident in page]
    assert [len(page) for page in pages[:-2]] == [PAGE] * 2
    assert [incident.number for incident in told] == list(range(len(many), 0, -1))
    assert {incident.id for incident in told} == set(many["id"])


def test_engine_reads_no_file(tmp_path: Path, shipped: Dataset) -> None:
    (tmp_path / "x.csv").write_text("a\n1\n", "utf-8")
    with pytest.raises(Exception, match="disabled"):
        shipped.everything.ask(f"SELECT * FROM '{tmp_path / 'x.csv'}'")


@pytest.mark.parametrize("id_", ["'", '"; DROP TABLE selection; --', "$id", "%", "\\"])
def test_values_are_no_part_of_a_question(shipped: Dataset, id_: str) -> None:
    assert shipped.everything.with_id(id_).empty
    assert shipped.everything.filtered(Filter(event=id_)).empty
    assert len(shipped.everything.filtered(Filter(text=id_))) < len(shipped.incidents)
