from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputRefused
from quotes.read import ReadOptions, encoding

from .conftest import Write, one, refusal

RUSSIAN = "Министр заявил, что правительство примет меры. «Мы должны действовать быстро», — добавил он в Москве.\n" * 4
JAPANESE = (
    "大臣は火曜日に記者団に対し、政府は迅速に行動すると述べた。「我々は国境を守らなければならない」と付け加えた。\n" * 4
)
POLISH = (
    "Minister powiedział, że rząd będzie działał szybko. „Musimy chronić naszą granicę”, dodał wieczorem w Łodzi.\n" * 4
)


def _decoded(data: bytes) -> str | None:
    try:
        return encoding.decode(data, "f")
    except InputRefused:
        return None


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_an_english_article_is_read_in_every_usual_encoding(article: str, name: str) -> None:
    text = _decoded(article.encode(name))
    assert text is not None
    assert text.removeprefix("\ufeff") == article


@pytest.mark.parametrize("text", [RUSSIAN, JAPANESE, POLISH], ids=["Russian", "Japanese", "Polish"])
@pytest.mark.parametrize(
    "name", ["koi8-r", "cp1251", "cp866", "iso8859-5", "shift_jis", "euc-jp", "cp1250", "iso8859-2", "utf-16-le"]
)
def test_other_scripts_are_read_rightly_or_refused(text: str, name: str) -> None:
    data = text.encode(name, "ignore")  # without the letters that it lacks it is still this encoding
    assert _decoded(data) in (data.decode(name), None)


def test_koi8_and_cp1251_are_read() -> None:
    assert _decoded(RUSSIAN.encode("koi8-r", "ignore")) == RUSSIAN.replace("«", "").replace("»", "").replace("—", "")
    assert _decoded(RUSSIAN.encode("cp1251")) == RUSSIAN


def test_declared_encodings_count_where_utf_8_fails(article: str) -> None:
    assert encoding.decode(POLISH.encode("iso8859-2", "ignore"), "f", declared="ISO-8859-2").startswith(
        "Minister powiedział"
    )
    assert encoding.decode(article.encode(), "f", declared="iso-8859-1") == article
    assert encoding.decode("“Go”".encode("cp1252"), "f", declared="latin1") == "“Go”"


@pytest.mark.parametrize("declared", ["nonsense", "base64", "unicode_escape", "utf-8"])
def test_a_wrong_declaration_does_not_decode(declared: str) -> None:
    with pytest.raises(InputRefused, match="undecodable"):
        encoding.decode(b"Pe\xf1a", "f", declared=declared)


def test_the_forced_encoding_wins_and_must_fit(write: Write, article: str) -> None:
    path = write("a.txt", article.encode("mac_roman"))
    assert one(path, ReadOptions(encoding="mac_roman")).text == article
    assert "not valid utf-8; name another" in refusal(path, ReadOptions(encoding="utf8")).reason


@pytest.mark.parametrize(
    "data", [b"abc\0def", bytes(range(256)), b"\0" * 40, b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" * 9]
)
def test_binary(write: Write, data: bytes) -> None:
    assert "binary" in refusal(write("a.txt", data)).reason


def test_what_stays_in_doubt_is_refused_with_the_next_step(write: Write) -> None:
    path = write("a.txt", "Enrique Peña Nieto, the president of Mexico, met the premier".encode("cp1252"))
    assert refusal(path).reason == encoding.UNDECODABLE
    assert "--encoding" in encoding.UNDECODABLE


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<meta charset="koi8-r">', "koi8-r"),
        (b"<META http-equiv=Content-Type content='text/html; charset=windows-1251'>", "windows-1251"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?>', "iso-8859-2"),
        (b"<p>charset=utf-8</p>", None),
    ],
)
def test_declarations_in_pages(head: bytes, name: str | None) -> None:
    assert encoding.declared_in_page(b"<html><head>" + head) == name


def test_a_head_cut_inside_a_character_is_still_utf_8() -> None:
    assert encoding.of_stream("é".encode()[:1], "f") == "utf-8"


@given(st.binary())
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text = encoding.decode(data, "f")
    except InputRefused:
        return
    assert isinstance(text, str)


@given(st.text())
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    data = text.encode()
    if b"\0" not in data:
        assert encoding.decode(data, "f").removeprefix("\ufeff") == text.removeprefix("\ufeff")
