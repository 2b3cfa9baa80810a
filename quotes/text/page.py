"""One reading of a text: its words, sentences, paragraphs, headings, datelines, and what stands in quotation marks.

In: a text as stored. Out: a `Page`, which tells of any place where it stands. Places on a page are those of its text as
it is read; `Page.inward` and `Page.outward` change spans of the stored text into spans of that, and back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, Self

from quotes.records import Attribution, Kind, Span
from quotes.text.lines import Places, as_read
from quotes.text.names import is_acronym, plain, unowned
from quotes.text.quotations import INSIDE, OPENING, paragraphs, quotation_states
from quotes.text.signed import Signed, signed, within
from quotes.text.words import places, word_class

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_](?:[\w’'&./-]*[^\W_])?")
SENTENCE_END = re.compile(r"[.!?…][\"“”»’')\]]*\s+(?=[\"“„‘‚'`(\[—–-]*[A-Z0-9]|[«»]\s?[A-Z0-9])|\n+")
ARABIC = re.compile(r"(?:al|el|as|ash|at|ad|an|ar|az|ul|ud|ur)-[A-Z]")  # "al-Tayeb"
LAST_WORD = re.compile(r"([^\W\d_]+)\.$")
_QUOTED = re.compile(bytes([OPENING]) + b"+(?P<words>" + bytes([INSIDE]) + b"*)")
_DOUBLE = ("“", "„", "‟", "«", "»", '"', "＂", "``", "''")

MAX_MARKS = 20  # marks in front of the first word of a sentence
MAX_CLOSING = 6  # closing marks and brackets looked through for the end of a sentence
FINISHED = re.compile(r"[.!?:;,…]\W*$")
HEADING_LINES, HEADING_WORDS = 3, 16
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
TURN = re.compile(r"[A-Z](?:[^\n:?!“”\"(]|\([^()\n]{0,40}\)){0,80}(?P<colon>:)\s")
TURNS = 3  # paragraphs that begin so in a transcript
FILED = 5  # paragraphs of an article that may begin with a dateline


class Word(NamedTuple):
    """A word of the text and where it stands."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it is written as names are."""
        return self.text[0].isupper() or ("-" in self.text and bool(ARABIC.match(self.text)))


class Page:
    """Words, sentences, paragraphs, headings and quotation marks of one text, read once.

    `stored` is the text as given; `text` is as it is read: a line end inside a paragraph is a space, a word broken at
    the end of a line is whole, and what nobody sees is left out. In most articles both are one.

    >>> page = Page("Ines Oko\\u00adro left.")
    >>> page.text, page.outward(Span(0, 10)).of(page.stored)
    ('Ines Okoro left.', 'Ines Oko\\xadro')
    """

    def __init__(self, text: str) -> None:
        self.stored = text
        self.text, self._places = as_read(text)

    @classmethod
    def of_read(cls, text: str) -> Self:
        """The page of a text, or part of one, that has been read: each of its line ends ends a paragraph."""
        page = cls.__new__(cls)
        page.stored = page.text = text
        page._places = Places([])
        return page

    def part(self, start: int, end: int) -> Page:
        """A part of this page as a page of its own."""
        return self if (start, end) == (0, len(self.text)) else Page.of_read(self.text[start:end])

    def inward(self, span: Span) -> Span:
        """Where a span of the stored text stands on the page."""
        start = self._places.read(span.start)
        return Span(start, max(start + 1, self._places.read(span.end)))

    def outward(self, span: Span) -> Span:
        """Where a span of the page stands in the stored text."""
        return Span(self._places.stored(span.start), self._places.stored(span.end - 1) + 1)

    def read(self, attribution: Attribution) -> Attribution:
        """An attribution of the stored text with its spans on the page."""
        return attribution if self.text is self.stored else _moved(attribution, self.inward)

    def written(self, attribution: Attribution) -> Attribution:
        """An attribution of the page with its spans in the stored text."""
        return attribution if self.text is self.stored else _moved(attribution, self.outward)

    @cached_property
    def words(self) -> list[Word]:
        """Every word, in order."""
        return [Word._make((m[0], m.start(), m.end())) for m in WORD.finditer(self.text)]

    @cached_property
    def word_starts(self) -> list[int]:
        """Where the words begin."""
        return [word.start for word in self.words]

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that are written in small letters somewhere."""
        return frozenset(word.text for word in self.words if word.text.islower())

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Start and end of each paragraph, without the white space between them."""
        return paragraphs(self.text)

    @cached_property
    def states(self) -> bytearray:
        """For each character one of OUTSIDE, INSIDE, OPENING, CLOSING of `quotes.text.quotations`."""
        return quotation_states(self.text, self.paragraphs)

    @cached_property
    def heading(self) -> list[int]:
        """Where the later lines of a heading begin (subtitle, byline) and then the body; empty without a heading.

        A heading's line is one of the first three, of at most sixteen words, and ends in no mark that ends a sentence.
        """
        parts: list[int] = []
        for start, end in self.paragraphs[: HEADING_LINES + 1]:
            parts.append(start)
            line = self.text[start:end]
            if len(line.split()) > HEADING_WORDS or FINISHED.search(line, len(line) - MAX_CLOSING):
                break
        return parts[1:]

    def headed(self, at: int) -> bool:
        """Whether an offset stands in a heading, which leaves out articles."""
        return bool(self.heading) and at < self.heading[-1]

    @cached_property
    def signed(self) -> list[Signed]:
        """What a line of its own says whose words it is: block quotes and letters."""
        return signed(self.text, self.paragraphs)

    def is_signed(self, at: int) -> bool:
        """Whether an offset stands in words that are signed."""
        return within(self._signed, at)

    @cached_property
    def turns(self) -> dict[int, Span]:
        """Of a transcript the numbers of the paragraphs that begin with who speaks, "SANDS:", and their colons."""
        found = ((i, TURN.match(self.text, start, end)) for i, (start, end) in enumerate(self.paragraphs))
        turns = {i: Span(*match.span("colon")) for i, match in found if match}
        return turns if len(turns) >= TURNS else {}

    def kind(self, content: Iterable[Span]) -> Kind:
        """Whether all, some or none of the words of a content stand in quotation marks."""
        most = len(self.text)  # a span of nothing but hidden characters at the end reaches behind it
        letters = [i for span in content for i in range(span.start, min(span.end, most)) if self.text[i].isalnum()]
        inside = sum(self.states[i] == INSIDE for i in letters)
        return Kind.INDIRECT if not inside else Kind.DIRECT if inside == len(letters) else Kind.MIXED

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
        return bisect_right(self._openings, at) - 1

    def around(self, span: Span) -> Span:
        """The paragraphs that a span of the stored text stands in, as one span of that text."""
        place = self.inward(span)
        first, last = self.paragraph(place.start), self.paragraph(place.end - 1)
        return self.outward(Span(self.paragraphs[first][0], max(place.end, self.paragraphs[last][1])))

    def quoted(self, at: int) -> bool:
        """Whether an offset stands inside double quotation marks."""
        i = bisect_right(self._quoted, (at, len(self.text))) - 1
        return i >= 0 and at < self._quoted[i][1]

    def headline(self, at: int) -> bool:
        """Whether an offset stands in a line written like a headline, where capitals say little."""
        return self.paragraph(at) in self.headlines

    def in_capitals(self, at: int) -> bool:
        """Whether the sentence at an offset is all in capitals: no name stands out in it."""
        return self.sentence(at) in self._capitals

    def dateline(self, at: int) -> bool:
        """Whether an offset stands in a dateline: what is named there takes no part in the article."""
        return self.behind_dateline(at) != at

    def behind_dateline(self, at: int) -> int:
        """Where the dateline ends that an offset stands in; the offset itself in none."""
        return next((match.end() for match in self._filed if match.start() <= at < match.end()), at)

    def opens(self, at: int) -> bool:
        """Whether nothing but marks stands between the beginning of the sentence and an offset."""
        start = self.sentence_start(at)
        return at - start < MAX_MARKS and not self.text[start:at].strip("“\"‘'(—–- ")

    def word_at(self, at: int) -> int:
        """The index of the first word that begins at an offset or behind it."""
        return bisect_right(self.word_starts, at - 1)

    @cached_property
    def towns(self) -> frozenset[str]:
        """The towns of its datelines."""
        return frozenset(match["town"].strip().casefold() for match in self._filed)

    @cached_property
    def endings(self) -> frozenset[str]:
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
        if is_acronym(name) or name.casefold() in word_class("not_names") | places() or self.quoted(word.start):
            return False
        alone = not before.capital or before.text == "St" or plain(before.text) in word_class("not_names")
        return alone or self.opens(word.start)

    @cached_property
    def headlines(self) -> frozenset[int]:
        """The numbers of the paragraphs that are written like headlines."""
        ends = [*self._openings[1:], len(self.text)]
        places = enumerate(zip(self._openings, ends, strict=True))
        return frozenset(i for i, (start, end) in places if i not in self.turns and self._is_headline(start, end))

    @cached_property
    def _openings(self) -> list[int]:
        """Where the paragraphs begin; the first one with the text."""
        return [0, *(start for start, _ in self.paragraphs[1:])]

    @cached_property
    def _signed(self) -> list[Span]:
        return sorted(span for one in self.signed for span in one.content)

    @cached_property
    def _capitals(self) -> frozenset[int]:
        ends = [*self._sentences[1:], len(self.text)]
        places = zip(self._sentences, ends, strict=True)
        return frozenset(i for i, (start, end) in enumerate(places) if self.text[start:end].isupper())

    @cached_property
    def _sentences(self) -> list[int]:
        return _sentence_starts(self.text)

    @cached_property
    def _quoted(self) -> list[tuple[int, int]]:
        quoted = _QUOTED.finditer(self.states)
        return [m.span("words") for m in quoted if self.text.startswith(_DOUBLE, m.start())]

    @cached_property
    def _filed(self) -> list[re.Match[str]]:
        return [match for at in self._openings[:FILED] if (match := DATELINE.match(self.text, at))]

    def _is_headline(self, start: int, end: int) -> bool:
        if self.text.startswith(("—", "–", "-"), start) or self.text[start:end].rstrip().endswith(":"):
            return False  # "— Hal Vane, fisherman", "And from Chairwoman Petra Lindqvist:"
        words = self.words[self.word_at(start) : self.word_at(end)]
        if not 4 <= len(words) <= HEADLINE_WORDS:
            return False
        long = [word for word in words if len(word.text) > 3]
        return len(long) > 2 and all(word.capital or word.text in word_class("little") for word in long)


def _sentence_starts(text: str) -> list[int]:
    starts = [0]
    for match in SENTENCE_END.finditer(text):
        before = LAST_WORD.search(text, max(0, match.start() - 12), match.start() + 1)
        short = before and (before[1].casefold() in word_class("pointed") or len(before[1]) == 1)
        if "\n" in match.group() or not short:
            starts.append(match.end())
    return starts


def _moved(attribution: Attribution, move: Callable[[Span], Span]) -> Attribution:
    content, cue, source = (
        tuple(map(move, spans)) for spans in (attribution.content, attribution.cue, attribution.source)
    )
    return replace(attribution, content=content, cue=cue, source=source)
