"""The page of the history: changes, two moments, one incident; and the map that shows only changes."""

import re
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.core.data.releases import Release
from dashboard.settings import settings
from dashboard.ui.subpages import differences as page_of_differences
from dashboard.ui.subpages import history as page_of_history
from tests.history import ATTACK, edit, figures, listed, open_, press, run, sentence, tabs, write
from tests.page import html_of
from tests.releases import released

pytestmark = pytest.mark.slow

NOON = datetime(2026, 10, 3, 12, 0, tzinfo=UTC)


def test_with_one_moment_there_is_nothing_to_compare(data_folder: Path) -> None:
    write(data_folder, {})
    app = open_(page="history")
    assert "There is one moment of the data so far." in html_of(app)
    assert len(listed(app)) == 1
    assert listed(app)[0].endswith("**Data folder changed** files of the data folder +1 · · 1")


def test_every_change_is_listed_with_its_counts(release: Release) -> None:
    app = open_(page="changes")  # as the page was called before
    folder, stored, first = listed(app)
    assert folder.endswith("**Data folder changed** files of the data folder +1 ~1 −2 3")
    assert first.endswith("**Data folder changed** files of the data folder +4 · · 4")
    words = f"**Release of 3 October 2026 ({release.name[-8:]})** release; Before the check. · · · 4"
    assert stored.endswith(words)


@pytest.mark.parametrize("look", ["dark", "contrast"])
def test_page_is_there_on_a_dark_ground(release: Release, look: str) -> None:
    assert len(listed(open_(page="history", look=look))) == 3


def test_differences_since_the_latest_release(release: Release) -> None:
    app = open_(page="history")
    assert figures(app) == {"then": "4", "added": "+1", "corrected": "~1", "withdrawn": "−2", "current": "3"}
    assert tabs(app) == ["Corrected 1", "Added 1", "Withdrawn 2"]
    text = html_of(app)
    line = (
        '<th scope="row">Location uncertainty</th><td><s>7 km</s> <span aria-label="became">→</span> <b>2.5 km</b></td>'
    )
    assert f"{line}<td>3</td>" in text
    assert "<s>a roof</s>" in text and "<b>&lt;img src=x onerror=alert(1)&gt;</b>" in text
    assert "<img src=x" not in text
    show_part(app, "withdrawn")
    assert re.search(r"A bird\. &lt;img.*Removed from the file without a reason\.", html_of(app), re.DOTALL)
    show_part(app, "added")
    assert "Terespol \\<img src=x onerror=alert\\(1\\)\\>, Poland" in app.button("difference-open:PL-1").label


def show_part(app: AppTest, part: str) -> None:
    tab = next(one for one in app.button_group if "differences-part" in (one.key or ""))
    tab.set_value(part)
    run(app)


def test_incident_of_the_list_opens_on_the_map(release: Release) -> None:
    app = open_(page="history")
    press(app, "difference-open:LT-2")
    assert app.query_params["id"] == "LT-2"
    assert app.session_state.session.view.viewport
    assert "page" not in app.query_params


def test_map_shows_only_the_changes_until_it_is_left(release: Release) -> None:
    app = press(open_(page="history"), "changes-map")
    assert app.query_params["since"] == release.name
    told = f"changed since the release of 3 October 2026 ({release.name[-8:]})"
    assert sentence(app) == f"All states, 28 July 2025, {told}: 2 of 3 incidents"
    assert "Only incidents added or corrected since the release of 3 October 2026" in html_of(app)
    counts = "".join(element.proto.body for element in app.get("html"))
    assert '.st-key-countries-LT label p::after{content:"1"}' in counts
    press(app, "since-all")
    assert "since" not in app.query_params
    assert sentence(app) == "All states, 28 July 2025: all 3 incidents"


def test_reset_leaves_the_changes_too(release: Release) -> None:
    app = open_(since=release.name, country="LT")
    assert sentence(app).endswith("1 of 3 incidents")
    press(app, "reset")
    assert sentence(app).endswith("all 3 incidents")


@pytest.mark.parametrize("name", ["2020-01-01-00000000", "../../etc"])
def test_unknown_release_of_an_address_is_told_and_ignored(release: Release, name: str) -> None:
    app = open_(since=name)
    (told,) = (toast.value.replace("\\", "") for toast in app.toast)
    assert name in told
    assert told.endswith("It is ignored.")
    assert sentence(app).endswith("all 3 incidents")


def test_map_is_shown_as_of_a_moment_from_here(release: Release) -> None:
    app = press(open_(page="history"), "as-of-from")
    assert app.query_params["as_of"] == release.name
    assert sentence(app).endswith("all 4 incidents")
    assert "You see the data as of the release of 3 October 2026" in html_of(app)
    assert "page" not in app.query_params


def test_filter_holds_for_the_differences_and_says_what_it_leaves_out(release: Release) -> None:
    app = open_(page="history", country="PL")
    assert figures(app) == {"then": "4", "added": "+1", "corrected": "~0", "withdrawn": "−0", "current": "3"}
    assert "3 more incidents changed that the filter does not show." in html_of(app)
    press(app, "changes-reset")
    assert tabs(app) == ["Corrected 1", "Added 1", "Withdrawn 2"]


def test_two_moments_are_ticked_or_chosen(release: Release) -> None:
    open_()
    edit("LT-1", damage="a fence")
    edit("LT-1", damage="a gate")
    app = open_(page="history")
    assert (app.selectbox[0].value, app.selectbox[1].value) == (2, 5)
    for number in (3, 4):
        app.checkbox(f"tick:{number}").check()
        run(app)
    assert figures(app)["corrected"] == "~1"
    assert "<b>a fence</b>" in html_of(app)
    assert [selected.label for selected in app.selectbox] == ["From, after change 3", "To, after change 4"]
    app.checkbox("tick:5").check()  # a third takes the place of the first
    run(app)
    assert [selected.label for selected in app.selectbox] == ["From, after change 4", "To, after change 5"]
    app.selectbox[0].select(3)
    run(app)
    assert "<b>a gate</b>" in html_of(app)
    assert [box.value for box in app.checkbox if str(box.key).startswith("tick:")] == [True, False, True, False, False]
    app.session_state.session.page = "map"
    run(app)
    app.session_state.session.page = "history"
    run(app)
    assert (app.selectbox[0].value, app.selectbox[1].value) == (3, 5)  # kept while another page is shown


def test_own_side_objects_are_listed_but_in_no_figure(data_folder: Path) -> None:
    write(data_folder, {}, {"id": "LT-2", "side": "friendly"})
    released(data_folder, NOON)
    write(data_folder, {"damage": "a roof"}, {"id": "LT-2", "side": "friendly", "damage": "a barn"})
    app = open_(page="history")
    assert figures(app) == {"then": "1", "added": "+0", "corrected": "~1", "withdrawn": "−0", "current": "1"}
    assert tabs(app) == ["Corrected 2"]
    assert "In the list, but in no figure: 1 that was or is an own-side object." in html_of(app)


def test_long_list_says_how_many_more_there_are(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(data_folder, {})
    released(data_folder, NOON)
    write(data_folder, {}, *({"id": f"LT-{number}"} for number in range(2, 12)))
    monkeypatch.setattr(page_of_differences, "FEW", 5)
    monkeypatch.setattr(page_of_differences, "MOST_LISTED", 7)
    app = open_(page="history")

    def shown() -> int:
        return len([button for button in app.button if str(button.key).startswith("difference-open:")])

    assert (tabs(app), shown()) == (["Added 10"], 5)
    assert '<p class="hint">5 more</p>' in html_of(app)
    press(app, "differences-all")
    assert shown() == 7
    assert "3 more; the exported file has all of them." in html_of(app)


def test_list_of_changes_is_limited_to_a_kind_and_a_person_and_turned(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_()
    for turn in range(4):
        edit("LT-1", damage=f"damage {turn}", who="analyst" if turn else "editor")
    monkeypatch.setattr(page_of_history, "ON_A_PAGE", 3)
    app = open_(page="history")
    assert [line.split()[0] for line in listed(app)] == ["7", "6", "5"]
    assert '<p class="hint">4 earlier changes</p>' in html_of(app)
    press(app, "changes-earlier-page")
    assert [line.split()[0] for line in listed(app)] == ["4", "3", "2"]
    app.checkbox("history-who:analyst").check()
    run(app)
    assert [line.split()[0] for line in listed(app)] == ["7", "6", "5"]
    kinds = next(one for one in app.button_group if one.key == "history-kind")
    assert list(kinds.options) == ["All 7", "Data folder 2", "By hand 4", "Releases 1"]
    kinds.set_value("releases")
    run(app)
    assert listed(app) == []
    app.checkbox("history-who:analyst").uncheck()
    run(app)
    assert [line.split()[0] for line in listed(app)] == ["2"]


def test_history_of_one_incident(release: Release) -> None:
    open_()
    edit("LT-2", "as the owner says", damage="two roofs")
    app = open_(page="history")
    app.text_input("history-find").set_value("LT-2")
    run(app)
    press(app, "history-of:LT-2")
    text = html_of(app)
    assert re.findall(r"<h3>(.*?)</h3>", text) == ["4. Corrected", "3. Corrected", "1. Added"]
    assert "as the owner says" in text
    assert "<s>&lt;img src=x onerror=alert(1)&gt;</s>" in text and "<b>two roofs</b>" in text
    press(app, "incident-history-back")
    assert figures(app)


def test_record_that_cannot_be_used_is_said(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(data_folder, {})
    monkeypatch.setenv("DASHBOARD_DATABASE", f"sqlite:///{data_folder}")  # a folder
    settings.cache_clear()
    app = open_(page="history")
    assert "cannot be used" in app.error[0].value
    assert not [button for button in app.button if str(button.key).startswith("open-change-")]


def test_withdrawn_rows_are_counted_and_listed_under_the_map(release: Release) -> None:
    app = open_()
    assert "<b>1 record withdrawn.</b>" in html_of(app)
    assert any("3 of 4 records" in element.value for element in app.markdown)
    assert f"<li>28 July 2025, Vilnius, Lithuania (LT-3): A bird. {escape(ATTACK)}</li>" in html_of(app)


def test_nothing_is_said_of_withdrawn_rows_where_there_are_none(data_folder: Path) -> None:
    write(data_folder, {})
    assert "<b>1 record withdrawn" not in html_of(open_())
