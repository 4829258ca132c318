"""The saved views on the page: through Streamlit's AppTest, and in real browsers, two at once."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import event
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox, TextArea, TextInput

from dashboard.core.query.view import parse_query_string
from dashboard.core.record.database import engine
from dashboard.core.saved_views import recorded
from dashboard.core.saved_views.saved_view import SavedView, views_text
from dashboard.settings import settings
from dashboard.ui.screen import record, saved_views
from tests.browser import OpenWindow, Screen
from tests.page import PAGE

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_record")]

POLAND, LITHUANIA = "country=PL&from=2025-09-09&to=2025-09-10", "country=LT&from=2025-07-01&to=2025-07-31"
READ_ONLY = "PRAGMA query_only=ON"
TWO = (
    f"- query: {POLAND}\n  title: Drones over Poland\n  finding: Fourteen crash sites.\n"
    f"- query: {LITHUANIA}\n  title: Lithuania\n  notes: Say this.\n"
)


@pytest.fixture
def file(own_record: None) -> Path:
    """The file that the record begins with."""
    path = settings().views
    path.parent.mkdir()
    path.write_text(TWO, "utf-8")
    return path


def open_page(**query: object) -> AppTest:
    app = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in query.items():
        app.query_params[name.rstrip("_")] = value
    app.session_state["views"] = True  # the popover is open
    app.run()
    assert not app.exception
    return app


def saved() -> list[SavedView]:
    return [*saved_views().views]


def press(app: AppTest, label: str) -> AppTest:
    (button,) = (button for button in app.button if button.label.replace("\\", "") == label)
    button.click().run()
    assert not app.exception
    return app


def offered(app: AppTest) -> list[str]:
    """The names of the views in the list."""
    return [button.label.replace("\\", "") for button in app.button if (button.key or "").startswith("views-open-")]


def told(app: AppTest) -> str:
    return " ".join(warning.value.replace("\\", "") for warning in app.warning)


def field(app: AppTest, label: str) -> TextInput | TextArea | Selectbox[str]:
    fields: list[TextInput | TextArea | Selectbox[str]] = [*app.text_input, *app.text_area, *app.selectbox]
    return next(one for one in fields if one.label == label)


def test_nothing_is_read_until_the_list_is_opened(file: Path) -> None:
    app = AppTest.from_file(PAGE, default_timeout=60).run()
    assert offered(app) == []
    file.write_text("broken: [", "utf-8")
    assert not app.run().exception
    assert not app.warning


def test_current_view_is_saved_with_a_name() -> None:
    app = open_page(country="LT", from_="2025-07-01", to="2025-07-31", marking="TLP:RED")
    assert offered(app) == []
    assert field(app, "Name of this view").value == "Lithuania, 1–31 July 2025"
    press(app, "Save this view")
    field(app, "Name of this view").set_value("July, *again*")
    press(app, "Save this view")
    assert offered(app) == ["Lithuania, 1–31 July 2025", "July, *again*"]
    first, second = saved()
    view = parse_query_string(f"{LITHUANIA}&marking=TLP:RED&title=Lithuania, 1–31 July 2025")[0]
    assert first.view == view
    assert second.view.title == "July, *again*"


def test_views_are_moved_deleted_and_each_is_undone(file: Path) -> None:
    app = open_page()
    assert offered(app) == ["Drones over Poland", "Lithuania"]
    press(app, "Move “Drones over Poland” down")
    assert [named.view.title for named in saved()] == offered(app) == ["Lithuania", "Drones over Poland"]
    press(app, "Delete “Lithuania”")
    assert offered(app) == ["Drones over Poland"]
    press(app, "Undo: deleting “Lithuania”")
    assert offered(app) == ["Lithuania", "Drones over Poland"]
    press(app, "Undo: moving “Drones over Poland”")
    assert offered(app) == ["Drones over Poland", "Lithuania"]
    assert [named.notes for named in saved()] == ["", "Say this."]
    assert "Undo" not in str([button.label for button in app.button])


def test_saved_view_is_updated_with_the_map_as_it_stands(file: Path) -> None:
    before = saved()
    app = open_page(country="RO", category="crash", area="26,43,31,47", title="Another title")
    press(app, "Update “Lithuania” with the map as it stands")
    after = saved()
    asked = parse_query_string("country=RO&category=crash&area=26,43,31,47")[0]
    assert after[0].view == before[0].view
    words = ("title", "finding", "marking")
    assert after[1].view == replace(asked, **{name: getattr(before[1].view, name) for name in words})
    assert after[1].notes == before[1].notes
    press(app, "Undo: the edit of “Lithuania”")
    assert [named.view for named in saved()] == [named.view for named in before]


def test_name_finding_marking_and_notes_are_edited(file: Path) -> None:
    app = open_page()
    press(app, "Edit “Lithuania”")
    assert (field(app, "Name").value, field(app, "Notes").value) == ("Lithuania", "Say this.")
    field(app, "Name").set_value("July")
    field(app, "Handling marking (TLP or free text)").set_value("TLP:GREEN")
    field(app, "Key message").set_value("Two drones.")
    field(app, "Notes").set_value("Say\n\nthat.")
    press(app, "Save")
    named = saved()[1]
    assert (named.view.title, named.view.finding, named.notes) == ("July", "Two drones.", "Say\n\nthat.")
    assert named.view.marking == "TLP:GREEN"
    assert offered(app) == ["Drones over Poland", "July"]
    press(app, "Edit “July”")
    field(app, "Name").set_value("Never")
    press(app, "Cancel")
    assert offered(app) == ["Drones over Poland", "July"]
    press(app, "Edit “July”")
    assert field(app, "Name").value == "July"


def test_what_somebody_else_changed_meanwhile_is_told_and_what_was_typed_stays(file: Path) -> None:
    app = open_page()
    press(app, "Edit “Lithuania”")
    field(app, "Key message").set_value("Mine")
    named = saved()[1]
    theirs = parse_query_string(f"{LITHUANIA}&title=Lithuania&finding=Theirs&marking=TLP:RED")[0]
    recorded.edit(record(), named, replace(named, view=theirs))
    press(app, "Save")
    assert "Someone else has changed this in the meantime, to key message: “Theirs”" in told(app)
    assert field(app, "Key message").value == "Mine"
    assert saved()[1].view.finding == "Theirs"
    press(app, "Save")
    now = saved()[1].view
    assert (now.finding, now.marking) == ("Mine", "TLP:RED")
    assert not app.warning


def test_edit_of_what_somebody_deleted_is_not_lost(file: Path) -> None:
    app = open_page()
    press(app, "Edit “Lithuania”")
    field(app, "Notes").set_value("Long work")
    recorded.delete(record(), saved()[1].key)
    press(app, "Save")
    assert "deleted this view in the meantime" in told(app)
    assert offered(app) == ["Drones over Poland", "Lithuania"]
    assert saved()[1].notes == "Long work"


def test_view_is_opened(file: Path) -> None:
    app = open_page(country="RO")
    press(app, "Drones over Poland")
    assert app.query_params["country"] == "PL"
    assert app.query_params["title"] == "Drones over Poland"
    assert app.query_params["from"] == "2025-09-09"
    assert offered(app) == []  # the list is closed


def test_broken_file_is_told_of_and_the_rest_is_shown(file: Path) -> None:
    file.write_text("- query: country=XX\n", "utf-8")
    app = open_page()
    assert "Entry 1, query: The address asks for country=XX" in told(app)
    assert any(button.key == "takeaway" for button in app.get("popover")) or app.get("html")
    assert file.read_text("utf-8") == "- query: country=XX\n"


def test_record_that_cannot_be_written_is_told_of_and_the_rest_is_shown(file: Path) -> None:
    app = open_page()
    event.listen(engine(settings().record), "begin", lambda connection: connection.exec_driver_sql(READ_ONLY))
    field(app, "Name of this view").set_value("Kept")
    press(app, "Save this view")
    assert "cannot be used: attempt to write a readonly database" in told(app)
    assert offered(app) == ["Drones over Poland", "Lithuania"]
    assert field(app, "Name of this view").value == "Kept"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("country=LT&lat=-40&lon=0&zoom=9", "No slides: view 3, “Third”. No incident lies on its map."),
        ("since=2020-01-01-abcdef01", "No slides: view 3, “Third”."),
    ],
)
def test_view_of_which_there_can_be_no_slides_is_named(file: Path, entry: str, said: str) -> None:
    assert not open_page().caption[-1:] or "No slides" not in open_page().caption[-1].value
    recorded.replace_all(record(), f"{TWO}- query: {entry}\n  title: Third\n".encode(), "views.yaml")
    app = open_page()
    assert said in " ".join(caption.value.replace("\\", "") for caption in app.caption)


def test_quiet_view_does_not_stop_the_slides_of_all(file: Path) -> None:
    file.write_text(f"{TWO}- query: country=HU&from=2025-09-09&to=2025-09-10\n  title: Third\n", "utf-8")
    assert not any("No slides" in caption.value for caption in open_page().caption)


@pytest.fixture
def address(changed_app: tuple[str, str], own_record: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """The app, whose record has the two views again."""
    address, its_record = changed_app
    monkeypatch.setenv("DASHBOARD_DATABASE", its_record)
    settings.cache_clear()
    recorded.replace_all(record(), TWO.encode(), "views.yaml")
    return address


def unfold(screen: Screen) -> None:
    screen.page.get_by_role("button", name="Saved views", exact=True).click()
    screen.page.locator(".st-key-views-file").wait_for()


def shows(screen: Screen, *names: str) -> None:
    """Wait until the list shows these views in this order."""
    expect(screen.page.locator("[class*=st-key-views-open-] button")).to_have_text([*names])


def test_two_windows_at_once_lose_nothing(window: OpenWindow) -> None:
    one, two = window().open(LITHUANIA), window(1366, 768).open(POLAND)
    for screen in (one, two):
        unfold(screen)
    for screen, name in ((one, "Drones over Poland"), (two, "Lithuania")):
        screen.page.get_by_role("button", name=f"Edit “{name}”").click()
    one.page.get_by_label("Key message").fill("From the one window.")
    two.page.get_by_label("Key message").fill("From the other.")
    two.page.get_by_label("Notes").fill("Two\nlines.")
    two.page.get_by_label("Handling marking").fill("M" * 90)
    two.page.keyboard.press("Enter")
    for screen in (one, two):
        screen.page.get_by_role("button", name="Save", exact=True).click()
    for screen in (one, two):
        screen.page.get_by_label("Key message").wait_for(state="detached")
    two.settle().page.get_by_role("button", name="Move “Lithuania” up").click()  # the one window has not seen that
    shows(two, "Lithuania", "Drones over Poland")
    one.page.get_by_role("button", name="Save this view").click()
    one.page.get_by_role("button", name="Undo: saving").wait_for()
    shows(one, "Lithuania", "Drones over Poland", "Lithuania, 1–31 July 2025")
    lithuania, poland, new = saved()
    assert (poland.view.finding, lithuania.view.finding) == ("From the one window.", "From the other.")
    assert (lithuania.notes, lithuania.view.marking) == ("Two\nlines.", "M" * 80)
    assert new.view.filter.countries == ("LT",)
    with one.page.expect_download() as download:
        one.page.get_by_role("button", name="Save briefing file").click()
    assert Path(download.value.path()).read_text("utf-8") == views_text(saved())


def test_file_is_uploaded_only_whole_and_after_asking_and_a_view_opened_by_keyboard(
    window: OpenWindow, tmp_path: Path
) -> None:
    screen = window(1366, 768).open("country=RO")
    unfold(screen)
    before = saved()
    (tmp_path / "bad.yaml").write_text("- query: country=XX\n")
    (tmp_path / "good.yaml").write_text("- query: country=RO\n  title: Romania\n")
    upload = screen.page.locator(".st-key-views-body input[type=file]")
    upload.set_input_files(tmp_path / "bad.yaml")
    screen.page.get_by_text("bad.yaml cannot be used. Entry 1, query: The address asks for country=XX").wait_for()
    assert saved() == before
    upload.set_input_files(tmp_path / "good.yaml")
    screen.page.get_by_text("good.yaml holds 1 view. It replaces the 2 saved views; this can be undone.").wait_for()
    assert saved() == before
    screen.page.get_by_role("button", name="Replace", exact=True).click()
    screen.page.get_by_role("button", name="Undo: the upload that replaced 2 views").wait_for()
    shows(screen, "Romania")
    screen.page.get_by_role("button", name="Undo: the upload that replaced 2 views").click()
    shows(screen, "Drones over Poland", "Lithuania")
    assert [named.view for named in saved()] == [named.view for named in before]
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name="Export all as slides").click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    # A view is opened by keyboard.
    screen.page.keyboard.press("Escape")
    screen.page.locator(".st-key-views-body").wait_for(state="detached")
    screen.page.get_by_role("button", name="Saved views", exact=True).focus()
    screen.page.keyboard.press("Enter")
    screen.page.locator(".st-key-views-file").wait_for()
    screen.page.get_by_role("button", name="Drones over Poland", exact=True).focus()
    screen.page.keyboard.press("Enter")
    screen.wait_for_address("country=PL")
    screen.page.locator(".st-key-views-body").wait_for(state="detached")
