"""The page of the history as AppTest runs it, and edits by hand that it lists."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.core.incidents.columns import COLUMNS
from dashboard.core.record.record import EDITED, INCIDENT, Record
from dashboard.settings import settings
from tests.conftest import csv_text
from tests.page import PAGE, html_of

ATTACK = "<img src=x onerror=alert(1)>"


def write(data_folder: Path, *changes: dict[str, str]) -> None:
    (data_folder / "incidents.csv").write_text(csv_text(*changes, columns=(*COLUMNS, "withdrawn")), "utf-8")


def edit(incident: str, note: str = "", who: str = "editor", **fields: str | None) -> int:
    """Edit an incident by hand; gives the number of the change."""
    with Record(settings().record).edit(EDITED, who=who, note=note) as draft:
        draft.put(INCIDENT, incident, draft.state(INCIDENT)[incident] | fields)
    assert draft.number
    return draft.number


def open_(**query: object) -> AppTest:
    app = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key).click()
    return run(app)


def figures(app: AppTest) -> dict[str, str]:
    """The figures between two moments, by their words."""
    return {word: value for value, word in re.findall(r"<b>([^<]*)</b><span>([^<]*)</span>", html_of(app))}


def listed(app: AppTest) -> list[str]:
    """The changes that are listed, without colours."""
    buttons = [button for button in app.button if str(button.key).startswith("open-change-")]
    return [re.sub(r":gray\[([^\]]*)\]", r"\1", button.label).replace("\\", "") for button in buttons]


def sentence(app: AppTest) -> str:
    found = re.findall(r'class="sentence[^"]*">(.*?)</span>', html_of(app))[0]
    return str(found)


def tabs(app: AppTest) -> list[str]:
    """The tabs of the differences."""
    return next((list(one.options) for one in app.button_group if "differences-part" in (one.key or "")), [])
