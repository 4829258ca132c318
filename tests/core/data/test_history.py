"""The history of the data: counts of each change, differences between moments, one incident's changes, and undoing."""

from pathlib import Path

import pytest

from dashboard.core.data.differences import WHOLE
from dashboard.core.data.history import BY_HAND, VIEWS, History, undone_by
from dashboard.core.geo.borders import Borders
from dashboard.core.record.merge import Content
from dashboard.core.record.record import EDITED, INCIDENT, SAVED_VIEW, Record
from dashboard.core.record.undo import plan_of, undo
from dashboard.render.text.history import change_in_words, source_of_change, undoing_in_words
from tests.conftest import ROW


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(f"sqlite:///{tmp_path / 'record.sqlite'}")


@pytest.fixture
def history(record: Record, shipped_borders: Borders) -> History:
    return History(record, shipped_borders)


def edit(record: Record, **incidents: Content | None) -> int:
    """Change fields of incidents, ``A`` standing for LT-A; None removes one."""
    with record.edit(EDITED, who="editor") as draft:
        for letter, fields in incidents.items():
            key = f"LT-{letter}"
            now = draft.state(INCIDENT).get(key, ROW | {"id": key})
            draft.put(INCIDENT, key, None if fields is None else now | fields)
    assert draft.number
    return draft.number


def test_each_change_has_its_counts_and_those_after_it(record: Record, history: History) -> None:
    edit(record, A={}, B={}, C={"side": "friendly"})  # which is no incident
    edit(record, A={"damage": "a roof"}, D={})
    assert [(one.added, one.corrected, one.withdrawn, one.in_all) for one in history.entries()] == [
        (2, 0, 0, 2),
        (1, 1, 0, 3),
    ]
    edit(record, A={"withdrawn": "A bird."}, B=None)
    edit(record, A={"withdrawn": ""})
    with record.edit(EDITED) as draft:
        draft.put(SAVED_VIEW, "one", {"query": "country=LT"})
    entries = history.entries()
    assert [(one.added, one.corrected, one.withdrawn, one.in_all) for one in entries[2:]] == [
        (0, 0, 2, 1),
        (1, 0, 0, 2),
        (0, 0, 0, 2),
    ]
    assert [one.kind for one in entries[-2:]] == [BY_HAND, VIEWS]
    assert entries[1].change.facts["places"] == ["Gaižiūnai", "Gaižiūnai"]


def test_incident_that_turns_out_to_be_of_ones_own_side_was_not_withdrawn(record: Record, history: History) -> None:
    edit(record, A={}, B={})
    edit(record, A={"side": "friendly"}, B={"withdrawn": "A bird."})
    entry = history.entries()[-1]
    assert (entry.withdrawn, entry.in_all) == (1, 0)
    assert change_in_words(entry.change).endswith("1 incident withdrawn and 1 incident now an own-side object")
    assert "1 incident now an own-side object" in source_of_change(entry.change)
    back = undo(record, 2)
    assert change_in_words(record.change(back)).endswith("Change 2 undone: 2 incidents added")
    assert undoing_in_words(plan_of(record, back).counts) == (
        "takes 1 incident out again and makes 1 incident an own-side object again"
    )


def test_differences_name_the_change_that_wrote_each_value_last(record: Record, history: History) -> None:
    edit(record, A={}, B={}, C={})
    edit(record, A={"damage": "a roof", "model": "Gerbera"}, D={})
    edit(record, A={"damage": "two roofs"}, B={"withdrawn": "A bird."}, C=None)
    found = history.differences(1, 3)
    changes = found.changes
    assert (changes.added, changes.withdrawn, found.more) == (("LT-D",), {"LT-B": "A bird.", "LT-C": ""}, -1)
    corrected = {(one.column, one.before, one.after) for one in changes.corrected["LT-A"]}
    assert corrected == {("model", "", "Gerbera"), ("damage", "", "two roofs")}
    assert [found.number("LT-A", column) for column in ("damage", "model")] == [3, 2]
    assert [found.number(id_, WHOLE) for id_ in ("LT-D", "LT-B")] == [2, 3]
    back = history.differences(3, 1)
    assert (back.changes.added, back.changes.reinstated, back.more) == (("LT-C",), ("LT-B",), 1)


def test_values_that_were_only_written_otherwise_are_no_difference(record: Record, history: History) -> None:
    edit(record, A={})
    edit(record, A={"latitude": "55.0500"})
    assert history.differences(1, 2).changes.count == 0


def test_differences_from_and_to_nothing(record: Record, history: History) -> None:
    edit(record, A={})
    edit(record, A=None)
    edit(record, A={})
    assert (history.differences(1, 2).more, history.differences(2, 3).changes.added) == (-1, ("LT-A",))


def test_every_change_of_one_incident(record: Record, history: History) -> None:
    edit(record, A={}, B={})
    edit(record, B={"damage": "not of it"})
    edit(record, A={"damage": "a roof"})
    edit(record, A={"withdrawn": "A bird."})
    steps = history.steps_of("LT-A")
    assert [step.change.number for step in steps] == [1, 3, 4]
    assert len(steps[0].changes.added) == 1
    ((corrected,),) = steps[1].changes.corrected.values()
    assert (corrected.column, corrected.before, corrected.after) == ("damage", "", "a roof")
    assert list(steps[2].changes.withdrawn.values()) == ["A bird."]


def test_plan_of_undoing_says_what_would_stay_and_which_change_wrote_it(record: Record) -> None:
    edit(record, A={}, B={})
    edit(record, A={"damage": "a roof", "model": "Gerbera"}, B={"damage": "a fence"})
    edit(record, A={"operator": "nobody"})  # another field
    assert (plan_of(record, 2).counts, plan_of(record, 2).kept) == ({INCIDENT: {"changed": 2}}, {})
    edit(record, A={"damage": "two roofs"})
    plan = plan_of(record, 2)
    assert (plan.counts, plan.kept, plan.later) == (
        {INCIDENT: {"changed": 2}},
        {(INCIDENT, "LT-A"): ["damage"]},
        (4,),
    )


def test_change_whose_undoing_was_undone_holds_again(record: Record, history: History) -> None:
    edit(record, A={})
    edit(record, A={"damage": "a roof"})
    assert undo(record, 2) == 3
    assert undone_by(history.entries()) == {2: 3}
    assert undo(record, 3) == 4
    assert undone_by(history.entries()) == {3: 4}
