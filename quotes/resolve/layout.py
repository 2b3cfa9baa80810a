"""The lie of a text: its words, sentences, paragraphs, headlines, and what stands in quotation marks.

In: a text. Out: a `Layout` that tells of any offset where it stands. It is a module because nearness is measured in
sentences and paragraphs wherever a name is looked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from quotes.resolve.lexicon import NOT_NAMES, word_set
from quotes.resolve.names import is_acronym, plain, unowned
from quotes.resolve.wordlists import places

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_](?:[\w’'&./-]*[^\W_])?")
SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[—–-]*[A-Z0-9])|\n+")
POINTED = word_set(
    "mr mrs ms dr prof st jr sr gov sen sens rep reps gen col lt sgt capt adm del hon rev no vs jan feb mar apr jun "
    "jul aug sep sept oct nov dec inc corp co ltd calif fla mass conn ariz ill tenn va pa wis ga md mo la ky"
)
ARABIC = re.compile(r"(?:al|el|as|ash|at|ad|an|ar|az|ul|ud|ur)-[A-Z]")  # "al-Tayeb"
LAST_WORD = re.compile(r"([^\W\d_]+)\.$")
MARKS = re.compile("[“”«»\"\n]|''")
MAX_MARKS = 20  # marks in front of the first word of a sentence
HEADLINE_WORDS = 25  # no headline is longer
# What follows no owner: "Lloyd’s said".
FINITE = re.compile(
    r" (?:said|says|told|has|had|have|is|are|was|were|will|would|could|did|does|declined|also|warned|argued|insisted"
    r"|refused|replied|added|rose|fell)\b"
)
# Where and by whom a report was filed: "HARARE (AP) —", "Lagos, Nigeria (AFP) -", "MOSCOW, March 2. /TASS/."
DATELINE = re.compile(
    r"(?P<town>[A-Z][A-Z.’' -]{1,40}|[A-Z][\w.’' -]{2,30}(?=,[^()/\n]{1,30}[(/]|\s?[(/]))(?:,[\w.’' ]{1,20}){0,3}"
    r"(?:\s?\([^()\n]{2,25}\)\s?|\s?/[A-Za-z]{2,20}/)?(?:\s?(?:[-–—]{1,2}|(?<=/)\.)\s|(?<=\(CNN\)))"
)
FILED = 5  # paragraphs of an article that may begin with a dateline
LITTLE = word_set("with from over into after amid about against than that under upon between before during without")


class Word(NamedTuple):
    """A word of the text and where it stands."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it is written as names are."""
        return self.text[0].isupper() or ("-" in self.text and bool(ARABIC.match(self.text)))


class Layout:
    """Words, sentences, paragraphs and quotation marks of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [Word._make((m[0], m.start(), m.end())) for m in WORD.finditer(text)]
        self.small = frozenset(word.text for word in self.words if word.text.islower())
        self.word_starts = [word.start for word in self.words]
        self._sentences = _sentence_starts(text)
        self._paragraphs = [0, *(m.end() for m in re.finditer(r"\n+", text))]
        self._quoted = _quoted(text)
        self._quoted_starts = [start for start, _ in self._quoted]
        self.headlines = self._find_headlines()
        datelines = [m for at in self._paragraphs[:FILED] if (m := DATELINE.match(text, at))]
        self._datelines = [match.span() for match in datelines]
        self.towns = frozenset(match["town"].strip().casefold() for match in datelines)
        self.endings = self._find_endings()

    def sentence(self, at: int) -> int:
        """The number of the sentence at an offset."""
        return bisect_right(self._sentences, at) - 1

    def sentence_start(self, at: int) -> int:
        """Where the sentence at an offset begins."""
        return self._sentences[self.sentence(at)]

    def sentence_end(self, at: int) -> int:
        """Where the sentence at an offset ends."""
        number = self.sentence(at) + 1
        return self._sentences[number] if number < len(self._sentences) else len(self.text)

    def paragraph(self, at: int) -> int:
        """The number of the paragraph at an offset."""
        return bisect_right(self._paragraphs, at) - 1

    def quoted(self, at: int) -> bool:
        """Whether an offset stands inside double quotation marks."""
        i = bisect_right(self._quoted_starts, at) - 1
        return i >= 0 and at < self._quoted[i][1]

    def headline(self, at: int) -> bool:
        """Whether an offset stands in a line written like a headline, where capitals say little."""
        return self.paragraph(at) in self.headlines

    def dateline(self, at: int) -> bool:
        """Whether an offset stands in a dateline: what is named there takes no part in the article."""
        return any(start <= at < end for start, end in self._datelines)

    def opens(self, at: int) -> bool:
        """Whether nothing but marks stands between the beginning of the sentence and an offset."""
        start = self.sentence_start(at)
        return at - start < MAX_MARKS and not self.text[start:at].strip("“\"‘'(—–- ")

    def word_at(self, at: int) -> int:
        """The index of the first word that begins at an offset or behind it."""
        return bisect_right(self.word_starts, at - 1)

    def _find_endings(self) -> frozenset[str]:
        """Words whose ’s is part of a name, without it: "Lloyd" of "Lloyd’s said" where no "Lloyd" stands alone.

        All eight in the 840 articles of PolNeAR for fitting, 860 written ones and 2,392 of other news are such names.
        """
        nothing = Word(" ", 0, 0)
        found = {
            unowned(word.text) for before, word in pairwise([nothing, *self.words]) if self._ends_name(before, word)
        }
        return frozenset(found - {word.text for word in self.words} if found else found)

    def _ends_name(self, before: Word, word: Word) -> bool:
        """Whether a word in ’s is no owner where it stands; a person's surname has another capital before it."""
        if not (word.capital and word.text.endswith(("’s", "'s")) and FINITE.match(self.text, word.end)):
            return False
        name = unowned(word.text)
        if is_acronym(name) or name.casefold() in NOT_NAMES | places() or self.quoted(word.start):
            return False
        return not before.capital or before.text == "St" or plain(before.text) in NOT_NAMES or self.opens(word.start)

    def _find_headlines(self) -> frozenset[int]:
        ends = [*self._paragraphs[1:], len(self.text)]
        return frozenset(
            i
            for i, (start, end) in enumerate(zip(self._paragraphs, ends, strict=True))
            if self._is_headline(start, end)
        )

    def _is_headline(self, start: int, end: int) -> bool:
        words = self.words[self.word_at(start) : self.word_at(end)]
        if not 4 <= len(words) <= HEADLINE_WORDS:
            return False
        long = [word for word in words if len(word.text) > 3]
        return len(long) > 2 and all(word.capital or word.text in LITTLE for word in long)


def _sentence_starts(text: str) -> list[int]:
    starts = [0]
    for match in SENTENCE_END.finditer(text):
        before = LAST_WORD.search(text, max(0, match.start() - 12), match.start() + 1)
        short = before and (before[1].casefold() in POINTED or len(before[1]) == 1)
        if "\n" in match.group() or not short:
            starts.append(match.end())
    return starts


def _quoted(text: str) -> list[tuple[int, int]]:
    """The stretches in double quotation marks; the end of a paragraph closes what is open."""
    found: list[tuple[int, int]] = []
    opened = -1
    for match in MARKS.finditer(text):
        mark = match.group()
        closing = mark in "”»\n" or (mark in ('"', "''") and opened >= 0)
        if closing and opened >= 0:
            found.append((opened, match.start()))
            opened = -1
        elif not closing and mark != "\n":
            opened = match.end()
    return found
