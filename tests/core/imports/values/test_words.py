import pytest

from dashboard.core.imports.values.numbers import read_number
from dashboard.core.imports.values.sources import read_sources
from dashboard.core.imports.values.states import read_state
from dashboard.core.imports.values.words import read_word
from dashboard.core.incidents.columns import GIVEN


@pytest.mark.parametrize(
    "name",
    ["LT", "lt", "LTU", "440", "440.0", "Lithuania", "Lietuva", "Литва", "Литва́", "Litwa", "Leedu", "Lietuva (Vilnius)",
     "Republic of Lithuania", "Litauen", "Liettua", "Litva", "Литва", "Lituania"],
)  # fmt: skip
def test_a_state_by_its_names_and_codes(name: str) -> None:
    assert [dict(meaning.cells) for meaning in read_state(name).meanings] == [{"country": "LT"}]


def test_several_states_are_several_meanings_and_no_state_is_none() -> None:
    found = read_state("Poland, Lithuania")
    assert [meaning.label for meaning in found.meanings] == ["Poland", "Lithuania"]
    assert not read_state("Narnia").meanings
    assert not read_state("Poland and Narnia").meanings
    assert not read_state("international waters").meanings
    assert read_state("international waters", "entered_from").meanings[0].cells == {"entered_from": "XZ"}


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("object_type", "БпЛА", "uav"),
        ("object_type", "dron", "uav"),
        ("object_type", "Military drone", "uav"),
        ("object_type", "unidentified drone", "uav"),
        ("object_type", "balionas", "balloon"),
        ("object_type", "Lidmašīna", "aircraft"),
        ("object_type", "UAV", "uav"),
        ("category", "wtargnięcie", "incursion"),
        ("category", "zestrzelenie", "shootdown"),
        ("category", "Trümmer", "debris"),
        ("category", "Overflight", "incursion"),
        ("status", "potwierdzone", "confirmed"),
        ("status", "не підтверджено", "reported"),
        ("payload", "cigarettes", "contraband"),
        ("noticed_by", "radar, police", "radar police"),
        ("marking", "Amber strict", "TLP:AMBER+STRICT"),
    ],
)
def test_words_for_our_codes(field: str, text: str, code: str) -> None:
    assert [dict(meaning.cells) for meaning in read_word(text, field).meanings] == [{field: code}]


def test_a_type_says_what_it_is_and_is_kept_as_the_model() -> None:
    assert read_word("Shahed-136", "object_type").meanings[0].cells == {"object_type": "uav", "model": "Shahed-136"}
    assert read_word("Герань-2", "object_type").meanings[0].cells == {"object_type": "uav", "model": "Герань-2"}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("object_type", "dragon"),
        ("object_type", "no drone"),
        ("status", "nie potwierdzono"),
        ("category", "nothing found"),
    ],
)
def test_a_word_that_is_not_known_or_turned_round_has_no_meaning(field: str, text: str) -> None:
    assert not read_word(text, field).meanings


def test_words_of_different_codes_are_different_meanings() -> None:
    found = read_word("drone or missile", "object_type")
    assert {meaning.cells["object_type"] for meaning in found.meanings} == {"uav", "missile"}


@pytest.mark.parametrize(
    ("field", "text", "texts"),
    [
        ("location_accuracy_km", "5 km", ["5"]),
        ("location_accuracy_km", "500 m", ["0.5"]),
        ("location_accuracy_km", "0,5", ["0.5"]),
        ("altitude_m", "3000 ft", ["914.4"]),
        ("altitude_m", "1,234", ["1.234", "1234"]),
        ("flights_affected", "1,234", ["1234"]),
        ("passengers_affected", "1 234", ["1234"]),
        ("airport_closed_min", "1:30", ["90"]),
        ("airport_closed_min", "2 h", ["120"]),
        ("objects", "3.0", ["3"]),
        ("minutes_inside", "0.65", ["0.65"]),
        ("objects", "several", []),
        ("location_accuracy_km", "5 parsecs", []),
    ],
)
def test_numbers_in_our_units(field: str, text: str, texts: list[str]) -> None:
    assert [meaning.cells[field] for meaning in read_number(text, field).meanings] == texts


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://example.org/a; https://example.org/b", "https://example.org/a https://example.org/b"),
        ("PAP", "[PAP]"),
        ("TASS; Suspilne", "[TASS] [Suspilne]"),
        ("Polish Press Agency: https://pap.pl/x", "[Polish Press Agency] https://pap.pl/x"),
        ("www.lrt.lt/news", "https://www.lrt.lt/news"),
        ("tvn24.pl/bialystok/x", "https://tvn24.pl/bialystok/x"),
        ("[PAP] https://pap.pl/x", "[PAP] https://pap.pl/x"),
        ("a [b] c", "[a] [b] [c]"),
        ("BBC [UK", "[BBC (UK]"),
        ("javascript:alert(1)", "[javascript:alert(1)]"),
        ("-", ""),
    ],
)
def test_sources_are_addresses_or_names(text: str, sources: str) -> None:
    (meaning,) = read_sources(text).meanings
    assert meaning.cells.get("sources", "") == sources


def test_every_code_of_ours_means_itself() -> None:
    columns = [column for column in GIVEN if column.codes and not column.states]
    codes = [(column.name, code) for column in columns for code in column.codes]
    assert [read_word(code, field).meanings[0].cells[field] for field, code in codes] == [
        code for _field, code in codes
    ]


@pytest.mark.parametrize(
    ("text", "numbers", "is_asked"),
    [
        ("5+", ["5"], False), ("at least 5", ["5"], False), ("co najmniej 5", ["5"], False), ("3-5", ["3", "5"], True),
        ("3 to 5", ["3", "5"], True), ("about 5", ["5"], True), ("ok. 5", ["5"], True), ("~10", ["10"], True),
        ("apie 5", ["5"], True), ("several", [], True),
    ],
)  # fmt: skip
def test_loose_counts_are_the_least_or_asked(text: str, numbers: list[str], is_asked: bool) -> None:
    found = read_number(text, "objects")
    assert [meaning.cells["objects"] for meaning in found.meanings] == numbers
    assert (found.is_doubtful or len(found.meanings) != 1) == is_asked


def test_at_least_is_asked_where_a_column_does_not_mean_that() -> None:
    found = read_number("at least 300 m", "altitude_m")
    assert ([meaning.label for meaning in found.meanings], found.is_doubtful) == (["300"], True)
