"""Encodings from before Unicode, where the bytes themselves prove which it is.

In: bytes that are not UTF-8. Out: the codec and the text, or None: then a person has to say. It is a module because
this is the one place that infers an encoding, and its rule is: every candidate that gives plausible text must give
the same text.

In mostly Latin text the evidence is typography. Byte 0x93 is “ in cp1252 and ô in cp850, but "ôWe" is no word; 0x9C
is œ or £, but "œ5" is no amount. Where two candidates stay plausible and differ (ñ in cp1252 is ń in cp1250), the
answer is None. Measured on 571 news articles with non-ASCII characters, encoded in each of ten candidates that can
express them: of 509 in cp1252 416 are read rightly, 93 refused and none wrongly, of 506 in Mac Roman 439, 67 and
none; the only wrong ones were seven in cp850 whose text was mojibake already. charset-normalizer alone took English
in Mac Roman and in cp850 for cp1252. In other scripts nearly every letter is evidence, and there its statistics
decide.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257", "iso8859-2", "iso8859-15", "mac_roman", "cp850", "cp852", "cp437")
_OTHER = (
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp932",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
)  # one quoted word in them can pass for a Western one
# Above this share of non-ASCII bytes a text is not mainly Latin: the Declaration of Human Rights has 0.01 to 0.13 in
# German, French, Polish, Hungarian, Turkish, Latvian, Icelandic and Czech, 0.8 and more in Russian, Hebrew, Korean
# and Japanese; English news have at most 0.04.
_MOSTLY_LATIN = 0.15
# charset-normalizer's measures, 0 to 1. Right answers for Russian in four encodings had mess 0 and coherence 0.64,
# and the nearest wrong ones mess 0.10 to 0.18, so that a rival within 0.05 means doubt.
_DOUBT = 0.05
_COHERENT = 0.3

_ALONE = frozenset("àéóÀÉÓ")  # letters that are words: "à la carte"
_WORD = re.compile(r"[^\W\d_]+")
_OPENS = "“‘„‚«‹¿¡"
_CLOSES = "”»›"
_ANYWHERE = "’–—…•·\u00a0\u00ad"
_AMOUNT = "£€¥¢§©®™°½¼¾²³†±×º"


def decode(data: bytes) -> str | None:
    """The text, if only one reading of the bytes is plausible."""
    name = codec(data)
    return data.decode(name) if name else None


def codec(data: bytes) -> str | None:
    """The codec of that reading, the commonest of those that agree."""
    high = sum(byte > 0x7F for byte in data)
    return _by_typography(data) if high <= _MOSTLY_LATIN * len(data) else _by_statistics(data)


def _by_typography(data: bytes) -> str | None:
    """The first candidate with plausible text, if all the others with plausible text agree."""
    readings: dict[str, str] = {}
    for name in (*_LATIN, *_OTHER):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _plausible(text):
            readings.setdefault(text, name)
    return next(iter(readings.values())) if len(readings) == 1 else None


def _by_statistics(data: bytes) -> str | None:
    """charset-normalizer's best match, if it is coherent and no rival comes near with another text."""
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data))
    if not matches or matches[0].coherence < _COHERENT:
        return None
    best = matches[0]
    rivals = [match for match in matches[1:] if match.chaos < best.chaos + _DOUBT]
    return best.encoding if all(str(rival) == str(best) for rival in rivals) else None


def _plausible(text: str) -> bool:
    """Whether every non-ASCII character stands where one of its sort is written."""
    if not all(
        _fits(text[found.start()], *_around(text, found.start())) for found in re.finditer(r"[^\x00-\x7f\w]", text)
    ):
        return False
    return all(_is_word(found, text) for found in _WORD.finditer(text) if not found[0].isascii())


def _around(text: str, at: int) -> tuple[str, str]:
    """The characters before and after, spaces at the ends of the text."""
    return text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "


def _fits(mark: str, before: str, after: str) -> bool:
    """Whether a sign that is no letter can stand between these two."""
    if mark in _ANYWHERE:
        return True
    if mark in _OPENS:
        return not before.isalnum() and not (after.isspace() and mark not in "«‹")
    if mark in _CLOSES:
        return not after.isalnum() and not (before.isspace() and mark not in "»›")
    return mark in _AMOUNT and not (before.isalpha() and after.isalpha())


def _is_word(found: re.Match[str], text: str) -> bool:
    """Whether a word with non-ASCII letters is of one script, has capitals only where they belong, and stands free."""
    word, (before, after) = found[0], (_around(text, found.start())[0], _around(text, found.end() - 1)[1])
    if len(word) == 1 and word not in _ALONE:
        return False
    if before in ".,;:!?" or before.isdigit() or after.isdigit() or len({_script(letter) for letter in word}) > 1:
        return False
    pairs = pairwise(word)
    return not any(left.islower() and right.isupper() and not (left + right).isascii() for left, right in pairs)


@cache
def _script(letter: str) -> str:
    """LATIN, GREEK, CYRILLIC ..."""
    return unicodedata.name(letter, "NONE").split()[0]
