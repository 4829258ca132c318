"""Markings: how a TLP label may be written, and what is near enough to one to be asked about."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import main
from dashboard.core.incidents.tlp import LABELS, label_meant, spelt_out
from dashboard.core.query.view import View, parse_query_string
from dashboard.render.symbols.marking import marking_colours
from dashboard.render.text.handout import with_marking
from dashboard.settings import settings
from tests.page import PAGE

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("AMBER", "TLP:AMBER"),
        (" amber ", "TLP:AMBER"),
        ("tlp:red", "TLP:RED"),
        ("TLP GREEN", "TLP:GREEN"),
        ("TLP-CLEAR", "TLP:CLEAR"),
        ("TLP: Amber Strict", "TLP:AMBER+STRICT"),
        ("amber+strict", "TLP:AMBER+STRICT"),
        *((label, label) for label in LABELS),
    ],
)
def test_label_is_spelt_in_full_however_it_was_written(written: str, label: str) -> None:
    assert spelt_out(written) == label
    assert View(marking=written).marking == label
    assert label_meant(written) == ""


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("AMBR", "TLP:AMBER"),
        ("gren", "TLP:GREEN"),
        ("TLP:WHITE", "TLP:CLEAR"),
        ("White", "TLP:CLEAR"),
        ("TLP:AMBRE", "TLP:AMBER"),
        ("TLP RDE", "TLP:RED"),
        ("AMBER+STRCT", "TLP:AMBER+STRICT"),
        ("TLP:AMBER NATO", "TLP:AMBER"),
    ],
)
def test_near_miss_stays_as_it_is_and_names_the_label(written: str, label: str) -> None:
    assert View(marking=written).marking == written
    assert label_meant(written) == label


@pytest.mark.parametrize(
    "words", ["", "RESTRICTED", "NATO UNCLASSIFIED", "VS-NfD", "OFFICIAL-SENSITIVE", "Nur für den Dienstgebrauch", "1"]
)
def test_words_of_ones_own_are_not_asked_about(words: str) -> None:
    assert (spelt_out(words), label_meant(words)) == (words, "")


def test_link_and_setting_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    assert parse_query_string("marking=amber")[0].marking == "TLP:AMBER"
    monkeypatch.setenv("DASHBOARD_MARKING", "green")
    settings.cache_clear()
    assert with_marking(View()).marking == "TLP:GREEN"
    assert marking_colours(with_marking(View()).marking) == ("#33FF00", "#000000")


def test_command_line_warns_of_a_near_miss_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "views.yaml").write_text('- query: country=LT\n  marking: "TLP:AMBR"\n' * 2, "utf-8")
    assert main(["brief", "--views", str(tmp_path / "views.yaml"), "-o", str(tmp_path / "x.txt")]) == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert "“TLP:AMBR” is not a TLP label. Did you mean TLP:AMBER?" in line
    assert (tmp_path / "x.txt").read_text("utf-8").startswith("TLP:AMBR\n")


def marking_of(app: AppTest) -> str:
    value = app.query_params["marking"]
    return value if isinstance(value, str) else value[0]


def typed(app: AppTest, marking: str) -> AppTest:
    field = next(box for box in app.selectbox if (box.key or "").startswith("marking"))
    field.options.append(marking)  # as the browser does with what is typed
    return field.set_value(marking).run()


def test_typed_label_becomes_the_label_and_a_near_miss_is_asked_about() -> None:
    app = AppTest.from_file(PAGE, default_timeout=60)
    app.session_state["takeaway"] = True
    typed(app.run(), "amber")
    assert marking_of(app) == "TLP:AMBER"
    assert next(box for box in app.selectbox if (box.key or "").startswith("marking")).value == "TLP:AMBER"
    typed(app, "GREN")
    assert marking_of(app) == "GREN"
    asked = [re.sub(r"[\\\u2060]", "", text.value) for text in app.markdown]  # as it reads once it is no longer escaped
    assert any("Did you mean TLP:GREEN?" in text for text in asked)
    app.button(key="marking-correct").click().run()
    assert marking_of(app) == "TLP:GREEN"
    assert not any("Did you mean" in text.value for text in app.markdown)
