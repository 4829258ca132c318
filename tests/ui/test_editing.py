"""What a page offers by the role of who has signed in, and under which name their changes are recorded."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.person import Person
from dashboard.access.roles import Role
from dashboard.core.record.record import INCIDENT, record_at
from dashboard.core.saved_views.recorded import load
from dashboard.settings import settings
from tests.conftest import csv_text
from tests.page import html_of, open_page


@pytest.fixture
def page(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data of one incident, and the file of roles, in which ben has none yet."""
    (data_folder / "incidents.csv").write_text(csv_text({}), "utf-8")
    (data_folder / "about.toml").write_text("cutoff = 2026-10-03T18:00:00Z\n")
    roles = tmp_path / "roles.toml"
    for name, value in (("ACCESS", "proxy"), ("PROXY_ADDRESSES", "10.0.0.5"), ("ROLES", str(roles))):
        monkeypatch.setenv(f"DASHBOARD_{name}", value)
    settings.cache_clear()
    monkeypatch.setattr("dashboard.access.visitor.person_in_headers", lambda _headers: Person("ben"))
    give(roles, Role.VIEWER)
    return roles


def give(roles: Path, role: Role) -> None:
    roles.write_text(f'[{role.name.lower()}]\nnames = ["ben"]\n', "utf-8")


def labels(app: AppTest) -> set[str]:
    assert not app.exception
    return {button.label.replace("\\", "") for button in app.button}


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.VIEWER, set()),
        (Role.BRIEFER, {"Save this view"}),
        (Role.EDITOR, {"Save this view", "Add an incident", "Correct", "Withdraw the incident"}),
        (Role.KEEPER, {"Save this view", "Add an incident", "Correct", "Withdraw the incident", "Import a list"}),
    ],
)
def test_page_offers_what_the_role_allows(page: Path, role: Role, offered: set[str]) -> None:
    give(page, role)
    on_card = labels(open_page({"id": "LT-1"}, views=True))
    of_data = open_page({"page": "data"})
    acts = {"Save this view", "Add an incident", "Correct", "Withdraw the incident", "Import a list"}
    assert (on_card | labels(of_data)) & acts == offered
    assert f"<b>ben</b> <span>{role.name.capitalize()}</span>" in html_of(of_data)


@pytest.mark.parametrize("name", ["add", "import"])
def test_address_of_a_page_that_the_role_does_not_allow_says_so(page: Path, name: str) -> None:
    app = open_page({"page": name})
    assert not app.exception
    told = [*(one.value for one in (*app.info, *app.warning, *app.error, *app.markdown)), html_of(app)]
    assert any("Your role does not allow this. Ask who keeps this map for another one." in text for text in told)


def test_change_is_recorded_under_the_name_signed_in(page: Path) -> None:
    give(page, Role.EDITOR)
    app = open_page({"id": "LT-1"})
    assert "Your name" not in [field.label for field in app.text_input]
    app.text_area("withdrawal:LT-1").set_value("It was a weather balloon.").run()
    app.button("withdraw-now-LT-1").click().run()
    assert not app.exception
    change = record_at(settings().record).changes(most=1)[0]
    assert (change.who, change.note) == ("ben", "It was a weather balloon.")


def test_saved_view_is_recorded_under_the_name_signed_in(page: Path) -> None:
    give(page, Role.BRIEFER)
    app = open_page({}, views=True)
    next(button for button in app.button if button.label == "Save this view").click().run()
    assert not app.exception
    assert record_at(settings().record).changes(most=1)[0].who == "ben"


def test_button_that_was_drawn_before_the_role_was_taken_away_does_nothing(page: Path) -> None:
    give(page, Role.EDITOR)
    app = open_page({"id": "LT-1"}, views=True)
    app.text_area("withdrawal:LT-1").set_value("It was a weather balloon.").run()
    save = next(button for button in app.button if button.label == "Save this view")
    give(page, Role.VIEWER)
    app.button("withdraw-now-LT-1").click()
    save.click().run()
    assert not app.exception
    record = record_at(settings().record)
    assert not record.state(INCIDENT)["LT-1"].get("withdrawn")
    assert not load(record).views
