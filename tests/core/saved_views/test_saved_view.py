"""A list of views: what it gives, and that every problem of the file is named on one line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.core.query.view import View, parse_query_string
from dashboard.core.saved_views.saved_view import MOST_VIEWS, SavedView, read_views
from dashboard.errors import QueryError


@pytest.fixture
def views_file(tmp_path: Path) -> Callable[..., Any]:
    def write(content: str | bytes) -> Path:
        path = tmp_path / "views.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_entries_become_views(views_file: Callable[..., Any]) -> None:
    views = read_views(
        views_file(
            "- query: country=PL&from=2025-09-09\n"
            "  title: Drones over Poland\n"
            "  marking: TLP:CLEAR\n"
            "  notes: |\n    Say this.\n    Then that.\n"
            '- query: ""\n'
        )
    )
    poland = parse_query_string("country=PL&from=2025-09-09&title=Drones over Poland&marking=TLP:CLEAR")[0]
    assert views == [SavedView(poland, "Say this.\nThen that."), SavedView(View())]


def test_list_may_stand_under_views(views_file: Callable[..., Any]) -> None:
    assert read_views(views_file('views:\n- query: ""\n')) == [SavedView(View())]


def test_entry_holds_before_its_query(views_file: Callable[..., Any]) -> None:
    path = views_file("- query: title=Old&finding=Kept&marking=TLP:RED\n  title: New\n  marking: TLP:GREEN\n")
    (named,) = read_views(path)
    assert (named.view.title, named.view.finding, named.view.marking) == ("New", "Kept", "TLP:GREEN")


def test_whole_address_may_be_pasted(views_file: Callable[..., Any]) -> None:
    (named,) = read_views(views_file('- query: "https://map.example.org/?country=LT&q=a"\n'))
    assert named.view == parse_query_string("country=LT&q=a")[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "holds no view"),
        ("[]", "holds no view"),
        ("views:", "holds no view"),
        ("just text", "Expected a list of entries; it is 'just text'"),
        ("views: []\nmore: 1", "with the one key 'views'; it holds 'more'"),
        ("- 3", "Entry 1: expected keys with values, such as query: country=PL; it is '3'"),
        ("- title: a", "Entry 1: the key query is missing"),
        ("- query:", "Entry 1, query: expected text; it is empty"),
        ("- query: [a]", "Entry 1, query: expected text; it is a list"),
        ('- query: ""\n  title: {}', "Entry 1, title: expected text; it is a mapping. Write it in quotes"),
        ('- query: ""\n  title:', "Entry 1, title: expected text; it is empty. Write it in quotes"),
        ('- query: ""\n  titel: x', "the key 'titel' is not known. Use query, title, finding, marking and notes"),
        ("- query: country=XX", "Entry 1, query: The address asks for country=XX, which is not known"),
        ("- query: colour=red", "asks for 'colour', which is not known"),
        ("- query: from=2025-02-30", "from=2025-02-30"),
        ('- query: ""\n  title: ' + "x" * 121, "Entry 1, title: it has 121 characters, more than 120"),
        ('- query: ""\n  notes: ' + "x" * 5001, "Entry 1, notes: it has 5,001 characters, more than 5,000"),
        ('- query: ""\n' * (MOST_VIEWS + 1), "holds 61 views, more than 60"),
        ('- query: "\n', "It is not YAML: line 2, column 1"),
        ("- query: a=1\n  query: b=2", "Line 2: the key 'query' is there twice"),
        ("- query: !!python/object/apply:os.system [ls]", "Line 1: tags (tag:yaml.org,2002:python/object/apply:os"),
        ('- !!int ""', "Line 1: tags (tag:yaml.org,2002:int) are not read"),
        ('- query: ""\n  title: !!bool foo', "Line 2: tags (tag:yaml.org,2002:bool) are not read"),
        ('- query: ""\n  title: !!timestamp foo', "Line 2: tags (tag:yaml.org,2002:timestamp) are not read"),
        ("- query: !own a=1", "Line 1: tags (!own) are not read"),
        ("- !!map {query: a}", "Line 1: tags (tag:yaml.org,2002:map) are not read"),
        ('- query: "\\UFFFFFFFF"', "A value cannot be read"),
        ("a: &x [1]\nb: [*x, *x]", "Line 1: anchors (&x) are not read"),
        ("b: [*x, *x]", "Line 1: aliases (*x) are not read"),
        ("[" * 10_000, "Line 1: lists in lists are not views"),
        ("#" * 1_000_001, "has 1,000,001 bytes"),
        (b"\xff\xfe", "is not text in UTF-8"),
        ("\x00", "It is not YAML"),
    ],
)
def test_problem_is_named_on_one_line(views_file: Callable[..., Any], content: bytes | str, said: str) -> None:
    with pytest.raises(QueryError) as error:
        read_views(views_file(content))
    assert said in str(error.value)
    assert len(str(error.value).splitlines()) == 1
    assert "views.yaml" in str(error.value)


def test_all_problems_are_named_at_once(views_file: Callable[..., Any]) -> None:
    with pytest.raises(QueryError) as error:
        read_views(views_file("- query: country=XX\n  titel: a\n- 3\n- title: []\n"))
    for said in ("country=XX", "'titel'", "Entry 2:", "Entry 3: the key query is missing", "Entry 3, title"):
        assert said in str(error.value)


@pytest.mark.parametrize("title", ["2025", "2025-02-30", "yes", "1e999", "0x" + "F" * 100, "12:30:45", "<<", "="])
def test_every_value_is_the_text_that_it_is(views_file: Callable[..., Any], title: str) -> None:
    (named,) = read_views(views_file(f'- query: ""\n  title: {title}\n'))
    assert named.view.title == title


@pytest.mark.parametrize("mark", ["\ufeff", "\ufeff\ufeff"])
def test_byte_order_marks_do_no_harm(views_file: Callable[..., Any], mark: str) -> None:
    assert read_views(views_file(f'{mark}- query: ""\n')) == [SavedView(View())]


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(QueryError, match="cannot be read"):
        read_views(tmp_path / name)


def test_characters_that_cannot_be_seen_are_left_out(views_file: Callable[..., Any]) -> None:
    (named,) = read_views(views_file('- query: ""\n  title: "A\\u202EB"\n  notes: "x\\u0007y\\n\\n\\tz"\n'))
    assert (named.view.title, named.notes) == ("AB", "xy\n\nz")
