"""An event on the page: opened by its address, from the card of each of its incidents and by the search."""

from tests.page import html_of, open_page

NIGHT = "PL-2025-09-10-night"


def test_address_opens_the_event_with_both_counts(read_already: None) -> None:
    app = open_page({"event": NIGHT})
    html = html_of(app)
    assert "Night of 9 to 10 September 2025 over Poland</h1>" in html
    assert "<b>19, later 21</b><span>violations</span></div><div><b>3</b><span>shot down</span>" in html
    assert "<b>16</b><span>at the time</span></div><div><b>6</b><span>found later</span>" in html
    assert "1 without a site of its own (± 100 km); 1 own-side object (missile), not counted" in html
    rows = [button.label for button in app.button if str(button.key).startswith("event-row:")]
    assert len(rows) == 24
    assert ":gray[22] **Żelizna** :gray[Debris found, drone, 14 December 2025]" in " ".join(rows)


def test_card_of_a_find_says_when_it_counts_and_opens_its_event(read_already: None) -> None:
    app = open_page({"id": "PL-2025-12-14-zelizna"})
    assert "9 September 2025, the first day of its event" in html_of(app)
    app.button(key="open-event").click().run()
    assert app.query_params["event"] == NIGHT
    app.button(key="close-event").click().run()
    assert "event" not in app.query_params


def test_unknown_event_is_told_and_ignored(read_already: None) -> None:
    app = open_page({"event": "XX-night"})
    assert "asks for event XX-night, which is not in the data" in " ".join(
        element.value for element in app.toast
    ).replace("\\", "")
    assert "event" not in app.query_params
