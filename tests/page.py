"""The page as AppTest runs it."""

from streamlit.testing.v1 import AppTest

from tests import PROJECT

PAGE = str(PROJECT / "dashboard" / "ui" / "page.py")


def html_of(app: AppTest) -> str:
    """All HTML on the page."""
    return "\n".join(element.proto.body for element in app.get("html"))
