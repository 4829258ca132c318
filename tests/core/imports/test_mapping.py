import pytest

from dashboard.core.imports.mapping import Mapping, mapping_text, read_mapping, recognise
from dashboard.errors import QueryError

POLISH = Mapping(
    name="Polish desk list",
    columns={"Lp.": "", "Data": "date", "Miejscowość": "place"},
    words={"category": {"wtargnięcie": "incursion"}},
    defaults={"location_accuracy_km": "5"},
    order="day first",
)


def test_a_mapping_is_the_same_after_yaml() -> None:
    text = mapping_text(POLISH)
    assert text.splitlines()[:4] == ["name: Polish desk list", "columns:", "  Lp.: ''", "  Data: date"]
    assert read_mapping(text, "polish.yaml") == POLISH


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: x\ncolumns: {a: colour}", "columns: Value error, there is no field colour."),
        ("name: x", "columns: Field required."),
        ("name: x\ncolumns: {a: date}\nsort: up", "sort: Extra inputs are not permitted."),
        ("- a\n- b", "x.yaml is no mapping."),
        ("name: &a x\ncolumns: *a", "are not read"),
        ("name: [", "It is not YAML"),
    ],
)
def test_what_is_no_mapping_is_refused_with_the_place(text: str, said: str) -> None:
    with pytest.raises(QueryError) as error:
        read_mapping(text, "x.yaml")
    assert said in str(error.value)


def test_a_mapping_is_found_again_by_the_header_with_new_columns_and_without_some() -> None:
    again = recognise(["DATA", "miejscowosc", "Status"], [POLISH])
    assert again is not None
    assert (again.mapping, again.new) == (POLISH, ("Status",))
    assert recognise(["Data", "Ort"], [POLISH]) is None
    assert recognise(["", "a"], [POLISH]) is None
