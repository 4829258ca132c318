"""The page with "Export" opened, and the files that it offers as the browser would ask for them."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup, Radio

from tests.page import PAGE


class Offers:
    """The page, and the files that it offers as the browser would ask for them."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, query: Mapping[str, str], *, views_are_open: bool = False
    ) -> None:
        self.offered: dict[str, tuple[str, Callable[[], bytes]]] = {}

        def offer(_label: str, data: Callable[[], bytes], *, file_name: str, key: str, **_options: object) -> None:
            self.offered[key] = file_name, data

        monkeypatch.setattr(st, "download_button", offer)
        monkeypatch.setattr("dashboard.ui.takeaway.show_preview", lambda *_drawn: None)
        self.app = AppTest.from_file(PAGE, default_timeout=60)
        self.app.query_params |= query
        self.app.session_state["takeaway"] = True
        if views_are_open:
            self.app.session_state["views"] = True
        self.run()

    def frame(self) -> Radio[Any]:
        """The choice of what the map of a file shows."""
        (radio,) = [one for one in self.app.radio if (one.key or "").startswith("frame-")]
        return radio

    def run(self) -> None:
        self.app.run()
        assert not self.app.exception

    def choose(self, place: str, look: str) -> None:
        self.choice(place).set_value(look)
        self.run()

    def choice(self, place: str) -> ButtonGroup[Any]:
        (pills,) = [one for one in self.app.pills if (one.key or "").startswith(f"colours-{place}")]
        return pills

    def name(self, key: str) -> str:
        return self.offered[key][0]

    def content(self, key: str) -> bytes:
        return self.offered[key][1]()
