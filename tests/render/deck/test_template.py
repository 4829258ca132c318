"""A deck in the template of an institution, and templates that cannot be used."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Inches, Length

from dashboard.core.data.dataset import Dataset
from dashboard.errors import QueryError
from dashboard.render.deck import make_deck
from tests.slides import (
    LT_JULY,
    METHOD,
    check_package,
    check_slides,
    handout,
    opened,
    parts_of,
    title_of,
)

pytestmark = pytest.mark.slow


def a_template(path: Path, width: float = 10.0, height: float = 7.5, *, layouts: tuple[str, ...] = ()) -> Path:
    """A ministry's file with slides of its own, notes, pictures, and links between slides."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(width), Inches(height)
    for layout in list(presentation.slide_layouts):
        if layouts and layout.name not in layouts:
            presentation.slide_layouts.remove(layout)
        else:
            for place in range(len(layout.placeholders)):
                shape = layout.placeholders[place]
                box = [shape.left * width / 10, shape.top * height / 7.5, shape.width * width / 10]
                box.append(shape.height * height / 7.5)
                shape.left, shape.top, shape.width, shape.height = (Length(int(edge)) for edge in box)
    for number in range(3):
        slide = presentation.slides.add_slide(presentation.slide_layouts[0])
        box = slide.shapes.add_textbox(0, 0, Inches(2), Inches(1))
        box.text_frame.text = f"SECRET {number}"
        box.click_action.target_slide = presentation.slides[0]
        slide.notes_slide.notes_text_frame.text = "SECRET NOTE"
        picture = io.BytesIO()
        Image.new("RGB", (9, 9), (number, 0, 0)).save(picture, "png")
        slide.shapes.add_picture(io.BytesIO(picture.getvalue()), 0, 0)
    presentation.core_properties.author = "SECRET AUTHOR"
    presentation.save(str(path))
    return path


@pytest.mark.parametrize(
    ("width", "height", "methods"), [(10, 7.5, 2), (10.83, 7.5, 2), (20, 11.25, 2), (7.5, 10.83, 1)]
)
def test_template_keeps_its_size_and_loses_its_slides(
    shipped: Dataset, tmp_path: Path, plain_map: None, width: float, height: float, methods: int
) -> None:
    path = a_template(tmp_path / "ministry.pptx", width, height)
    content = make_deck([handout(shipped, LT_JULY)], template=path)
    check_package(content)
    deck = opened(content)
    check_slides(deck)
    assert (deck.slide_width, deck.slide_height) == (Inches(width), Inches(height))
    assert [slide.slide_layout.name for slide in deck.slides] == ["Title Slide", *["Title Only"] * (2 + methods)]
    titles = [title_of(slide) for slide in deck.slides]
    assert titles[3:] == [METHOD, f"{METHOD} (2)"][:methods]  # after cover, map and list; none of the ministry's
    assert not any(b"SECRET" in part for part in parts_of(content, ""))
    assert len(parts_of(content, "ppt/media/")) == 1
    assert len(parts_of(content, "ppt/slides/slide")) == 3 + methods
    assert make_deck([handout(shipped, LT_JULY)], template=path) == content


def test_title_keeps_the_look_of_the_template(shipped: Dataset, tmp_path: Path, plain_map: None) -> None:
    deck = opened(make_deck([handout(shipped, LT_JULY)], template=a_template(tmp_path / "ministry.pptx")))
    for slide in deck.slides:
        for run in slide.shapes.title.text_frame.paragraphs[0].runs:
            assert run.font.name is None
            assert run.font.color.type is None
        assert all(shape.text_frame.text for shape in slide.placeholders)


def test_template_with_other_layouts_lends_one_with_a_title(shipped: Dataset, tmp_path: Path, plain_map: None) -> None:
    path = a_template(tmp_path / "few.pptx", layouts=("Title and Content", "Blank"))
    deck = opened(make_deck([handout(shipped, LT_JULY)], template=path))
    check_slides(deck)
    assert {slide.slide_layout.name for slide in deck.slides} == {"Title and Content"}
    assert all(len(slide.placeholders) == 1 for slide in deck.slides)


def a_text(path: Path) -> Path:
    path.write_text("no presentation")
    return path


def a_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", "a")
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (a_text, "it is not a presentation"),
        (a_zip, "it is not a presentation"),
        (lambda path: path, "No such file"),
        (lambda path: path.parent, "Is a directory"),
        (lambda path: a_template(path, layouts=("Blank",)), "no layout with a title"),
        (lambda path: a_template(path, 4, 3), "are 10.2 by 7.6 cm"),
    ],
    ids=["text", "zip", "missing", "folder", "untitled", "tiny"],
)
def test_template_that_cannot_be_used_is_an_error(
    shipped: Dataset, tmp_path: Path, make: Callable[..., Any], said: str
) -> None:
    with pytest.raises(QueryError, match="template") as error:
        make_deck([handout(shipped, LT_JULY)], template=make(tmp_path / "wrong.pptx"))
    assert said in str(error.value)
    assert len(str(error.value).splitlines()) == 1
