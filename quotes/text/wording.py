"""The words of a passage as they are compared with those of another: what is only typography is evened out.

In: a text, or parts of it. Out: a `Wording`, whose words have offsets of that text. Pure. Kinds of quotation marks,
apostrophes, dashes, spaces and ellipses, ligatures, soft hyphens and zero-width characters make no difference, nor do
thousands separators, the points of an abbreviation, or a hyphen for a space; letter case does, and so does the minus
sign of a number, which is a word of its own.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from quotes.text.lines import HIDDEN, visible

LETTER = rf"[^\W_{HIDDEN}]"
_LETTERS = rf"[\w\u0300-\u036f{HIDDEN}]"
_GLUED = rf"(?:\[{_LETTERS}{{1,6}}\](?={_LETTERS})|(?<={_LETTERS})\[{_LETTERS}{{1,6}}\]|{_LETTERS})"
_ELLIPSIS = r"(?:…|\.(?:\s?\.){2,3})"
_TOKEN = re.compile(
    rf"(?P<cut>\[\s*(?:{_ELLIPSIS}|\.\.)\s*\]|\(\s*{_ELLIPSIS}\s*\)|{_ELLIPSIS})"
    rf"|(?P<word>(?:[^\W\d_]\.){{2,}}(?:[^\W\d_]\b)?"
    rf"|{_GLUED}+(?:(?:['’ʼ‘`´](?={_LETTERS})|(?<=\d)[.,](?=\d)){_GLUED}+)*"
    r"|[$€£¥₦₹₩₽%‰°]|(?<![^\s\"'“”„‘’«»‹›(\[])[-\u2212\u2013](?=[$€£¥₦₹₩₽]?\d))"
)
_BRACKETS = re.compile(r"\[[^\[\]\n]{1,160}\]")
_CASE = re.compile(r"\[\w\]\w")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_APOSTROPHE = re.compile("[’ʼ‘`´]")
_DASH = re.compile(r"[\u2010-\u2015\u2212]|-+")
_RAISED = re.compile(r"(?<=\d)[²³¹⁰⁴-⁹]")
_TOLD = re.compile(r"[^-,;:.?!()/&+*=<>#@]+")
MINUS = "-"
"""The key of the sign before a number."""

LEFT_OUT = "⋯"
"""Among the marks before a word: a cut in brackets."""


class Token(NamedTuple):
    """A word: as compared, where it stands, what stands before it, and whether it is in square brackets.

    `marks` is the punctuation between it and the word before, evened out; `cut` says that an ellipsis is part of it.
    """

    key: str
    start: int
    end: int
    marks: str = ""
    cut: bool = False
    bracketed: bool = False


class Wording:
    """Words in order, each a `Token`; `breaks` are those with which another part of the passage begins.

    >>> [word.key for word in Wording.of("“We won’t […] sell,” she said").words]
    ['We', "won't", 'sell', 'she', 'said']
    """

    def __init__(self, text: str, words: Sequence[Token], breaks: Iterable[int] = ()) -> None:
        self.text = text
        self.words = tuple(words)
        self.breaks = frozenset(breaks)

    @classmethod
    def of(cls, text: str, parts: Sequence[tuple[int, int]] | None = None) -> Wording:
        """The words of a text, or of some parts of it (start, end), in order."""
        words: list[Token] = []
        breaks = []
        for start, end in parts if parts is not None else [(0, len(text))]:
            found = list(_tokens(text, start, end))
            breaks += [len(words)] if words and found else []
            words += found
        return cls(text, words, breaks)

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def bracketed(self) -> bool:
        """Whether any word stands in square brackets."""
        return any(word.bracketed for word in self.words)

    @cached_property
    def keys(self) -> list[str]:
        """The words without letter case."""
        return [word.key.casefold() for word in self.words]

    def part(self, first: int, last: int) -> Wording:
        """The words from `first` up to `last`, exclusive."""
        inside = (place - first for place in self.breaks if first < place < last)
        return Wording(self.text, self.words[first:last], inside)

    def written(self, first: int, last: int) -> str:
        """The text from one word up to another, exclusive, spaces and line ends as single spaces."""
        if first >= last:
            return ""
        places = [first, *sorted(place for place in self.breaks if first < place < last), last]
        stretches = pairwise(places)
        return " … ".join(" ".join(self._stretch(low, high).split()) for low, high in stretches)

    def _stretch(self, first: int, last: int) -> str:
        start, end = self.words[first].start, self.words[last - 1].end
        start -= self.text[start - 1 : start] == "[" and self.words[first].bracketed
        end += self.text[end : end + 1] == "]" and self.words[last - 1].bracketed
        return self.text[start:end]

    @cached_property
    def _joined(self) -> str:
        return f" {' '.join(self.keys)} "

    @cached_property
    def _places(self) -> list[int]:
        """Where each word begins in `_joined`, the space before it included."""
        places, at = [], 0
        for key in self.keys:
            places.append(at)
            at += len(key) + 1
        return places

    def find(self, keys: Sequence[str], after: int = 0) -> int:
        """The index of the first word, from `after` on, with which these keys stand side by side; -1 where they don't.

        >>> Wording.of("a net on both sides").find(["both", "sides"])
        3
        """
        if after >= len(self.words):
            return -1
        at = self._joined.find(f" {' '.join(keys)} ", self._places[after])
        return bisect_left(self._places, at) if at >= 0 else -1


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    bracketed = [match.span() for match in _BRACKETS.finditer(text, start, end)]
    before, cut, marks = start, False, ""
    for match in _TOKEN.finditer(text, start, end):
        marks += _marks(text[before : match.start()])
        before = match.end()
        if match["cut"]:
            cut = True
            marks += LEFT_OUT if text[match.start()] in "[(" else ""
        elif key := _key(match[0]):
            yield Token(key, *match.span(), marks, cut, _in_brackets(match, bracketed))
            cut, marks = False, ""


def _in_brackets(match: re.Match[str], bracketed: Sequence[tuple[int, int]]) -> bool:
    """Whether a word, or the end of it, is somebody else's; a letter in brackets at its start only changes its case."""
    if "[" in match[0]:
        return not _CASE.match(match[0])
    return any(low < match.start() < high for low, high in bracketed)


def _key(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word
    if _DASH.fullmatch(word):
        return MINUS
    shown = _RAISED.sub(r"^\g<0>", visible(word))  # 10² is not 102
    plain = unicodedata.normalize("NFKC", shown).replace("[", "").replace("]", "").replace(" ", "")
    plain = _APOSTROPHE.sub("'", plain)
    if _THOUSANDS.fullmatch(plain):
        return plain.replace(",", "")
    return plain.replace(".", "") if plain[:1].isalpha() else plain


def _marks(between: str) -> str:
    """Punctuation between two words: no spaces, quotation marks or brackets, one kind of dash."""
    return "" if between == " " else _TOLD.sub("", _DASH.sub("-", between))
