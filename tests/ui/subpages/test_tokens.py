"""The page of the tokens: the keeper makes and revokes them."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.core.record.tokens import Tokens
from dashboard.settings import settings
from tests.page import html_of, open_page


def tokens() -> Tokens:
    return Tokens(settings().record)


def names() -> list[str]:
    return [token.name for token in tokens().known()]


def make(app: AppTest, name: str) -> AppTest:
    next(field for field in app.text_input if field.label == "Name of the system").set_value(name)
    next(button for button in app.button if button.label == "Make a token").click().run()
    assert not app.exception
    return app


def test_token_is_shown_once_and_holds_until_it_is_revoked(keeper: Path) -> None:
    app = make(open_page({"page": "tokens"}), "situation-centre")
    shown = app.code[0].value
    assert tokens().owner(shown) == "situation-centre"
    assert "1 system reads from the app." in html_of(app)
    app.button("token-done").click().run()
    assert not app.code
    app = open_page({"page": "tokens"})
    assert shown not in html_of(app)
    app.button("token-revoke-situation-centre").click().run()
    assert not app.exception
    assert names() == []
    assert tokens().owner(shown) == ""
    assert "No other system reads from the app." in html_of(app)


@pytest.mark.parametrize(
    ("name", "told"), [("", "has 1 to 80 characters"), ("gis", "gis has a token already. Revoke that one first")]
)
def test_name_that_cannot_be_used_is_told(keeper: Path, name: str, told: str) -> None:
    tokens().add("gis")
    app = make(open_page({"page": "tokens"}), name)
    assert told in app.error[0].value.replace("\\", "")
    assert not app.code
    assert names() == ["gis"]


def test_name_of_a_system_is_only_text(keeper: Path) -> None:
    tokens().add("<b>*x*</b>")
    text = html_of(open_page({"page": "tokens"}))
    assert "<b>&lt;b&gt;*x*&lt;/b&gt;</b>" in text


def test_nobody_else_sees_or_changes_them(keeper: Path) -> None:
    tokens().add("gis")
    app = open_page({"page": "tokens"})
    keeper.write_text('[editor]\nnames = ["anna"]\n', "utf-8")
    app.button("token-revoke-gis").click().run()
    assert names() == ["gis"]
    assert "gis" not in html_of(app)
    assert "Your role does not allow this" in app.info[0].value
    assert "part-tokens" not in {button.key for button in app.button}
