"""Code pages of texts that are not Unicode: told by the letters of a language, a word shown to choose by."""

import pytest

from dashboard.core.incidents.code_pages import code_pages, sample

WORDS = [
    ("cp1250", "Łódź, Świdnik i Ząbki; zakłócenia łączności"),
    ("cp1250", "Žilina, Košice, Ľubica"),
    ("cp1250", "Győr és Őrség között"),
    ("cp1250", "Brăila, Iaşi, Constanţa, câmp"),
    ("cp1251", "Харків, Їжакевичі, безпілотник"),
    ("cp1251", "Псков, беспилотник, объект"),
    ("cp1251", "Бургас, безпилотен самолет, щети"),
    ("cp1257", "Šiauliai, Gaižiūnai, Ąžuolų Būda, šėšupė"),
    ("cp1257", "Rēzekne, Ķegums, Gaiļezers"),
    ("cp1257", "Võru, Räpina, Jõhvi"),
    ("cp1252", "Hämeenlinna, Kärsämäki, Mäntsälä"),
    ("cp1252", "Tromsø, Ålesund, Værøy"),
]


@pytest.mark.parametrize(("page", "text"), WORDS)
def test_letters_tell_the_code_page(page: str, text: str) -> None:
    content = text.encode(page)
    found = code_pages(content)
    assert content.decode(found[0]) == text
    assert sample(content, found[0]) in text


def test_state_tells_where_the_letters_do_not() -> None:
    content = "place\nŠ".encode("cp1257")  # Đ in Windows-1250, Р in Windows-1251
    assert code_pages(content, ["LT"])[0] == "cp1257"
    assert code_pages(content, ["HR"])[0] == "cp1250"
    assert code_pages(content, ["UA"])[0] == "cp1251"
    assert code_pages("country;place\nLT;Šiauliai".encode("cp1257"))[0] == "cp1257"
    assert {"cp1250", "cp1251", "cp1257"} <= {*code_pages(content)}


def test_sample_is_a_word_with_letters_beyond_ascii() -> None:
    content = "nothing here, Łódź there".encode("cp1250")
    assert sample(content, "cp1250") == "Łódź"
    assert sample(content, "cp1257") != "Łódź"
    assert sample(b"plain", "cp1250") == ""
