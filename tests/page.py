"""The page as AppTest runs it."""

import re
from collections.abc import Callable, Mapping

from streamlit.testing.v1 import AppTest

from tests import PROJECT
from tests.counted import ALL

PAGE = str(PROJECT / "dashboard" / "ui" / "page.py")


def html_of(app: AppTest) -> str:
    """All HTML on the page."""
    return "\n".join(element.proto.body for element in app.get("html"))


def open_page(query: Mapping[str, object], **session: object) -> AppTest:
    """Run the page at an address, with values of its session."""
    app = AppTest.from_file(PAGE, default_timeout=180)
    for name, value in session.items():
        app.session_state[name] = value
    for name, value in query.items():
        app.query_params[name.rstrip("_")] = value
    return app.run()


Page = Callable[..., AppTest]


def sentence(app: AppTest) -> str:
    found = re.findall(r'class="sentence[^"]*">(.*?)</span>', html_of(app))[0]
    return str(found)


def incidents_in(words: str) -> int:
    number = re.findall(rf"(\d+) of {ALL} incidents", words)[0]
    return int(number)


def address(app: AppTest) -> dict[str, list[str]]:
    """The query of the page's address; AppTest keeps a single value as it is."""
    return {name: [value] if isinstance(value, str) else list(value) for name, value in app.query_params.items()}


def toasts(app: AppTest) -> list[str]:
    """The notices as they are read, without what keeps Markdown away."""
    return [toast.value.replace("\\", "") for toast in app.toast]
