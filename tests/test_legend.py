"""The legend shows exactly what is drawn."""

from dashboard.render.legend import legend


def labels(*drawn: tuple[str, str], **more: object) -> list[str]:
    options = {"clusters": False, "tracks": (), "accuracy": False} | more
    return [item.label for item in legend(drawn, **options)]


def test_only_what_is_drawn():
    assert labels(("crash", "confirmed"), lines=("flank",)) == ["Crash", "Eastern-flank border"]


def test_categories_keep_their_order():
    drawn = [("landing", "confirmed"), ("incursion", "confirmed"), ("debris", "confirmed")]
    assert labels(*drawn, lines=()) == ["Incursion", "Debris found", "Landed"]


def test_hollow_and_dashed_only_where_there_are_some():
    assert labels(("crash", "reported"), lines=()) == ["Crash", "Hollow: reported only"]
    assert labels(("crash", "disputed"), lines=()) == ["Crash", "Dashed: disputed"]


def test_sample_of_a_status_is_a_symbol_that_is_drawn():
    items = legend([("crash", "confirmed"), ("debris", "reported")], clusters=False, tracks=(), accuracy=False)
    assert [item.category for item in items if item.status == "reported"] == ["debris"]


def test_the_rest():
    shown = labels(("crash", "confirmed"), clusters=True, tracks=("landing", "crash"), accuracy=True)
    assert shown == [
        "Crash",
        "Several, with their count",
        "Eastern-flank border",
        "Flank's limit at sea",
        "Flight track, approximate",
        "Accuracy of the place",
    ]


def test_track_has_the_colour_of_its_incident():
    (track,) = [
        item for item in legend([], clusters=False, tracks=["landing"], accuracy=False) if item.sample == "track"
    ]
    assert track.category == "landing"
