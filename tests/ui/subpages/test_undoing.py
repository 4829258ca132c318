"""Undoing on the page of the history, and who may do it."""

import pytest

from dashboard.core.data.releases import Release
from dashboard.core.record.record import EDITED, INCIDENT, SAVED_VIEW, Record
from dashboard.settings import settings
from tests.history import edit, listed, open_, press, run
from tests.page import html_of

pytestmark = pytest.mark.slow


@pytest.fixture
def editing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page on a server of this machine alone."""
    monkeypatch.setattr("dashboard.ui.subpages.change.may_undo", lambda _kind: True)


@pytest.mark.usefixtures("editing")
def test_change_is_undone_from_its_row_and_stays_struck(release: Release) -> None:
    open_()
    edit("LT-1", damage="a fence")
    app = press(open_(page="history"), "open-change-4")
    assert "Undoing puts 1 incident back as it was. Nothing of it was changed since." in html_of(app)
    press(app, "undo-4")
    app.text_input("undo-reason-4").set_value("Typed by mistake.")
    press(app, "undo-now-4")
    assert app.toast[0].value.replace("\\", "") == "Change 4 is undone."
    lines = listed(app)
    assert "**Change 4 undone** Typed by mistake. · ~1 ·" in lines[0]
    assert "~~1 incident corrected: Gaižiūnai~~ undone by 5; by hand" in lines[1]
    assert "damage" not in Record(settings().record).state(INCIDENT)["LT-1"]
    press(app, "open-change-4")
    assert "Undone by change 5; undo that one to bring it back." in html_of(app)
    assert "undo-4" not in {button.key for button in app.button}


@pytest.mark.usefixtures("editing")
def test_undoing_under_a_later_change_lists_that_and_asks(release: Release) -> None:
    open_()
    edit("LT-1", damage="a fence", model="Gerbera")
    edit("LT-1", damage="a gate")
    app = press(open_(page="history"), "open-change-4")
    assert "Changed again since, and left as it is: Gaižiūnai (Damage); by change 5." in html_of(app)
    press(app, "undo-4")
    assert "undo-reason-4" in {text.key for text in app.text_input}
    press(app, "undo-now-4")
    now = Record(settings().record).state(INCIDENT)["LT-1"]
    assert (now.get("model"), now["damage"]) == (None, "a gate")


@pytest.mark.usefixtures("editing")
def test_change_of_saved_views_says_so_and_can_be_undone(release: Release) -> None:
    open_()
    with Record(settings().record).edit(EDITED, who="editor") as draft:
        draft.put(SAVED_VIEW, "one", {"query": "country=LT", "title": "Lithuania"})
    app = press(open_(page="history"), "open-change-4")
    assert "**Edited: 1 saved view** by hand · · · ·" in listed(app)[0]
    assert "Saved views only; the data are the same before and after it." in html_of(app)
    assert "tick:4" not in {box.key for box in app.checkbox}
    press(app, "undo-4")
    press(app, "undo-now-4")
    assert Record(settings().record).state(SAVED_VIEW) == {}


def test_nothing_is_undone_where_editing_is_not_allowed_or_at_an_earlier_moment(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_()
    edit("LT-1", damage="a fence")
    monkeypatch.setattr("dashboard.ui.subpages.change.may_undo", lambda _kind: False)
    app = press(open_(page="history"), "open-change-4")
    assert "differences-4" in {button.key for button in app.button}
    assert "undo-4" not in {button.key for button in app.button}
    monkeypatch.setattr("dashboard.ui.subpages.change.may_undo", lambda _kind: True)
    assert "undo-4" in {button.key for button in run(app).button}
    earlier = press(open_(page="history", as_of=release.name), "open-change-4")
    assert "undo-4" not in {button.key for button in earlier.button}
