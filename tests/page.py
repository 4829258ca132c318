"""The page as AppTest runs it."""

from collections.abc import Mapping

from streamlit.testing.v1 import AppTest

from tests import PROJECT

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
