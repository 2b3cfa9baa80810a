"""Words of which a line of the page says whose they are: a block quote's "— Hal Vane, fisherman", a letter's signature.

In: a text as it is read, and its paragraphs. Out: what is signed so, with the mark and the name, in order. A module
because it is the layout that tells, and no verb.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from quotes.records import Span
from quotes.text.names import is_role, plain
from quotes.text.words import word_set

NAME = r"[A-Z][\w.’'-]*(?:\s(?:de|del|da|van|von|bin|al|el)\b)*(?:\s[A-Z][\w.’'-]*(?:\s(?:de|da|van|von|bin)\b)*){1,3}"
CREDIT = re.compile(rf"(?P<mark>[—–―]|--)\s*(?P<who>{NAME}(?P<role>,\s[^.;:!?\n“”\"]{{2,60}})?)$")
MAX_CREDIT = 120  # characters of a paragraph's end that may be whose words it has
ENDED = re.compile(r"[.!?”\"’']\s+(?=[—–―]|--)")
QUOTED = re.compile(r"[“\"«„][^“\"«„]*[”\"»“]|‘[^‘]*’")
BYLINED = word_set("reporter reporting writer correspondent columnist photographer editor staff contributor bureau")
"""What those are who sign the article itself, or a photograph."""
SALUTATION = re.compile(
    r"(?:(?:Dear|To the [Ee]ditor)\b[^\n.!?]{0,40}?|Sirs?|SIR|(?:Sir or )?Madam)\s?[,:–—-]\s+(?:[–—-]\s+)?(?=\S)"
)
SIGNATURE = re.compile(rf"(?P<who>{NAME}),?(?:\n|$)")
CLOSING = re.compile(r"(?:Yours?|Sincerely|Regards|Best|Kind|With|Respectfully)\b[^.!?]{0,30}$")
MAX_SIGNATURE = 80  # characters of the paragraph of a signature
MAX_LETTER = 40  # paragraphs of a letter to an editor


class Signed(NamedTuple):
    """A text in pieces, one a paragraph; the mark in front of the name, if there is one; and the name."""

    content: tuple[Span, ...]
    mark: tuple[Span, ...]
    source: Span


def signed(text: str, parts: Sequence[tuple[int, int]]) -> list[Signed]:
    """All that is signed, in the order of the text; a letter alone is an article, and its writer the author."""
    letters = list(_letters(text, parts))
    return sorted([*_credited(text, parts), *(letters if len(letters) > 1 else ())])


def _credited(text: str, parts: Sequence[tuple[int, int]]) -> Iterator[Signed]:
    """Paragraphs with "— Name, role" behind them: at their end, or in a paragraph of its own."""
    own = [CREDIT.match(text, start, end) if end - start <= MAX_CREDIT else None for start, end in parts]
    for i, (start, end) in enumerate(parts):
        credit = own[i] or _credit_at_end(text, start, end)
        if credit is None or (own[i] and (not i or any([*own[i - 1 : i], *own[i + 1 : i + 2]]))):
            continue  # one such line behind another is an item of a list
        first, last = parts[i - 1] if own[i] else (start, credit.start())
        content = Span(first, first + len(text[first:last].rstrip()))
        if _is_of_speaker(credit, content.of(text)):
            yield Signed((content,), (Span(*credit.span("mark")),), Span(*credit.span("who")))


def _is_of_speaker(credit: re.Match[str], words: str) -> bool:
    """Whether a credit tells who said some words: not a byline, nor an item under "The dead are:".

    Words without quotation marks are the article's own unless the credit says what its bearer is.
    """
    role = (credit["role"] or "").replace(",", " ").split()
    if words.endswith(":") or not BYLINED.isdisjoint(map(plain, role)):
        return False
    return bool(QUOTED.fullmatch(words)) or any(map(is_role, role))


def _credit_at_end(text: str, start: int, end: int) -> re.Match[str] | None:
    ended = ENDED.search(text, max(start, end - MAX_CREDIT), end)
    return CREDIT.match(text, ended.end(), end) if ended else None


def _letters(text: str, parts: Sequence[tuple[int, int]]) -> Iterator[Signed]:
    """Letters to an editor, from the salutation to the name under them."""
    opened: list[Span] = []
    for start, end in parts:
        salutation = SALUTATION.match(text, start, end)
        if salutation or len(opened) > MAX_LETTER:
            opened = [Span(salutation.end(), end)] if salutation else []
            continue
        if not opened or CLOSING.match(text, start, end):
            continue
        signature = SIGNATURE.match(text, start, end) if end - start <= MAX_SIGNATURE else None
        if signature:
            yield Signed(tuple(opened), (), Span(*signature.span("who")))
            opened = []
        else:
            opened.append(Span(start, end))


def within(spans: Sequence[Span], at: int) -> bool:
    """Whether a place lies in one of the spans, which are in order."""
    before = bisect_right(spans, at, key=attrgetter("start"))
    return before > 0 and at < spans[before - 1].end
