"""An incident added by hand in a real browser: by a click on the map, seen in another window, and withdrawn."""

from datetime import UTC, datetime

from playwright.sync_api import BrowserContext

from dashboard.core.editing.form import empty_form
from dashboard.core.record.drafts import Drafts, KeptDraft
from tests.browser import Screen, box_of
from tests.counted import ALL

FIELDS = {
    "date": "2026-09-14",
    "exact": "day",
    "place": "Somewhere",
    "location_accuracy_km": "4",
    "category": "landing",
    "object_type": "balloon",
    "sources": "https://www.lrt.lt/1",
    "status": "reported",
}
VALUE = "() => document.querySelector('[class*=st-key-field-coordinates] input').value.includes('°')"


def test_incident_is_added_by_a_click_seen_elsewhere_and_withdrawn(
    visitor: BrowserContext, clocked: BrowserContext, changed_app: tuple[str, str]
) -> None:
    address, database = changed_app
    Drafts(database).keep(KeptDraft("begun", "", datetime.now(UTC), {"fields": empty_form() | FIELDS}))
    form, other = Screen(visitor, address), Screen(clocked, address)
    try:
        other.open()
        other.wait_for_figure(str(ALL))
        form.open("page=add")
        page = form.page
        page.get_by_text("1 draft is waiting").click()
        page.get_by_role("button", name="Continue").click()
        page.get_by_text("it waits here until it is saved").wait_for()
        box = box_of(page.locator(".st-key-chart iframe"))
        page.mouse.click(box["x"] + box["width"] * 0.46, box["y"] + box["height"] * 0.6)  # in Poland
        page.wait_for_function(VALUE)
        page.get_by_text("Certainly inside the airspace of").wait_for()
        page.locator(".st-key-form-save button").click()
        page.locator("h1.place", has_text="Somewhere").wait_for()
        page.locator(".st-key-form-save").wait_for(state="detached")  # until then its map is there beside the new one
        form.map.locator(".mark.selected").wait_for()
        other.look_again()  # by itself: nobody has touched this window
        other.wait_for_figure(str(ALL + 1))
        page.get_by_role("button", name="Withdraw").click()
        page.get_by_label("Reason for the withdrawal").fill("It was a weather balloon.")
        page.get_by_role("button", name="Withdraw the incident").click()
        form.wait_for_figure(str(ALL))
        assert (form.errors, other.errors, form.foreign, other.foreign) == ([], [], [], [])
    finally:
        form.close()
        other.close()
