"""Files that many people ask for at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.takeaway import Offers

pytestmark = pytest.mark.usefixtures("read_already")
TOGETHER_S = 0.5  # for a second one to come while the first is drawn


def test_one_sheet_is_drawn_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    both = threading.Barrier(2)
    met: list[bool] = []

    def draw(*_asked: object) -> bytes:
        try:
            both.wait(TOGETHER_S)
            met.append(True)
        except threading.BrokenBarrierError:
            met.append(False)
        return b"%PDF"

    monkeypatch.setattr("dashboard.ui.offers.make_sheet", draw)
    page = Offers(monkeypatch, {"country": "LT"})
    with ThreadPoolExecutor(2) as pool:
        files = list(pool.map(page.content, ["take-pdf-A4", "take-pdf-A3"]))
    assert files == [b"%PDF", b"%PDF"]
    assert met == [False, False]
