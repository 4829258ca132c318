"""The legend shows exactly what is drawn."""

from collections.abc import Collection, Sequence

from dashboard.render.symbols.legend import LINES, legend
from dashboard.render.symbols.mark_style import Kind


def labels(
    *drawn: tuple[str, ...],
    lines: Sequence[str] = tuple(LINES),
    tracks: Sequence[str] = (),
    clusters: bool = False,
    accuracy: bool = False,
    signs: Collection[str] = (),
) -> list[str]:
    kinds = [Kind(*one) for one in drawn]
    items = legend(kinds, clusters=clusters, tracks=tracks, accuracy=accuracy, lines=lines, signs=signs)
    return [item.label for item in items]


def test_only_what_is_drawn() -> None:
    assert labels(("crash", "confirmed"), lines=("flank",)) == ["Crash", "Eastern-flank border"]


def test_categories_keep_their_order() -> None:
    drawn = [("landing", "confirmed"), ("incursion", "confirmed"), ("debris", "confirmed")]
    assert labels(*drawn, lines=()) == ["Overflight", "Debris found", "Landed"]


def test_hollow_and_dashed_only_where_there_are_some() -> None:
    assert labels(("crash", "reported"), lines=()) == ["Crash", "Outline: reported, unconfirmed"]
    assert labels(("crash", "disputed"), lines=()) == ["Crash", "Dashed: disputed"]


def test_sample_of_a_status_is_a_symbol_that_is_drawn() -> None:
    items = legend([Kind("crash"), Kind("debris", "reported")], clusters=False, tracks=(), accuracy=False)
    assert [item.kind.category for item in items if item.kind.status == "reported"] == ["debris"]


def test_the_rest() -> None:
    shown = labels(("crash", "confirmed"), clusters=True, tracks=("landing", "crash"), accuracy=True)
    assert shown == [
        "Crash",
        "Cluster (number of incidents)",
        "Eastern-flank border",
        "Limit of territorial sea",
        "Flight track, approximate",
        "Location uncertainty",
    ]


def test_signs_of_the_land_are_there_only_where_they_are_drawn() -> None:
    assert labels(("crash", "confirmed"), lines=(), signs={"airport", "capital"}) == [
        "Crash",
        "Capital",
        "Airport, IATA code",
    ]


def test_track_has_the_colour_of_its_incident() -> None:
    items = legend([], clusters=False, tracks=["landing"], bands=["crash"], accuracy=False, lines=())
    assert [(item.sample, item.kind.category) for item in items] == [("track", "landing"), ("band", "crash")]


def test_military_symbols_have_only_the_frames_and_icons_that_are_drawn() -> None:
    drawn = [
        ("crash", "confirmed", "suspect", "uav"),
        ("crash", "disputed", "unknown", "uav"),
        ("landing", "confirmed"),
    ]
    assert labels(*drawn, lines=()) == [
        "Suspect: Russia, Belarus",
        "Unknown: not attributed",
        "Drone",
        "Crash",
        "Landed",
        "Dashed below: disputed",
    ]


def test_lines_that_come_and_go_with_the_marks_have_a_name_of_their_own() -> None:
    drawn = [Kind("crash", "reported", "suspect", "uav"), Kind("crash", "confirmed", "unknown", "unknown")]
    names = [item.name for item in legend(drawn, clusters=True, tracks=(), accuracy=False, lines=())]
    assert names == ["suspect", "unknown", "icon-uav", "icon-unknown", "symbol", "reported", "cluster"]
