"""Runs of capitalised words: the raw material of names.

In: a `Page`. Out: lists of words that stand together as names do, small words inside them included. It is a module
because what joins two words into one name is a question of its own, with exceptions of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from quotes.text.names import POSSESSIVE, is_acronym, plain, unowned
from quotes.text.page import Page, Word
from quotes.text.words import (
    BODIES,
    BODY_OPENERS,
    DOTTED,
    HONORIFICS,
    JOINERS,
    KNOWN_BODIES,
    OFFICES,
    PARTICLES,
    ROLES,
    TITLES,
    TOPICS,
    first_names,
    places,
)

GAP = re.compile(
    r"[ \u00a0]| & |\.[ \u00a0]?|, (?=(?:Jr|Sr|Inc|III?)\b)"
)  # what may stand between two words of one name
QUOTED_NAME = re.compile(r"\.? [\"“‘'(]")  # before the nickname in 'Ann “Annie” Lee'
AFTER_NICKNAME = re.compile(r"[\"”'’)] (?=[A-Z])")
MAX_WORDS = 12
MAX_AFTER_AND = 5  # words behind "and" among which the noun of a body is looked for
MAX_NICKNAME = 2  # words of a nickname inside a name
# "Fishermen's Co-operative", "King's College"
PEOPLES = re.compile(r"(?:men|women|eople|hildren|^King|^Queen|^Prince)[’']s$")


def runs(layout: Page) -> Iterator[list[Word]]:
    """Runs of capitalised words, with the small words that stand inside the names of bodies and people."""
    words, i = layout.words, 0
    while i < len(words):
        if not _opens(words[i]) or layout.dateline(words[i].start):
            i += 1
            continue
        run, j = [words[i]], i + 1
        while j < len(words) and len(run) < MAX_WORDS:
            step = _next(layout, run, j)
            if not step:
                break
            run.extend(words[j : j + step])
            j += step
        yield run
        i = j


def _opens(word: Word) -> bool:
    return word.capital or (word.text[0].isdigit() and any(c.isupper() for c in word.text[:4]))


def _next(layout: Page, run: list[Word], j: int) -> int:
    """How many words from `j` on belong to the run: 0 where it ends."""
    words, text, last = layout.words, layout.text, run[-1]
    if POSSESSIVE.search(last.text) and not _goes_on(layout, run, j):
        return 0
    gap = text[last.end : words[j].start]
    if gap in ("’ ", "' ") and last.text.endswith("s") and _body_ahead(words, j):
        return 1  # "Nurses’ Guild"
    if QUOTED_NAME.fullmatch(gap) and _opens(words[j]):
        ends = (k for k in range(MAX_NICKNAME) if j + k < len(words) and AFTER_NICKNAME.match(text, words[j + k].end))
        return next(ends, -1) + 1 if len(run) < 4 else 0
    if AFTER_NICKNAME.match(gap + words[j].text) and len(run) > 1 and _nickname(text, run):
        return 1
    if not GAP.fullmatch(gap) or ("." in gap and not _abbreviated(last.text)):
        return 0
    if _opens(words[j]) or words[j].text[0].isdigit():
        return 1
    return _joined(layout, run, j)


def _nickname(text: str, run: list[Word]) -> bool:
    """Whether the last words of a run stand in marks."""
    return any(text[word.start - 1] in "\"“‘'(" for word in run[-MAX_NICKNAME:])


def _goes_on(layout: Page, run: list[Word], j: int) -> bool:
    """Whether a name goes on behind its ’s: "Children’s Hospital", "St Mary’s Church", "Moody’s Investors Service"."""
    last, after = run[-1].text, layout.words[j]
    known = PEOPLES.search(last) or (len(run) > 1 and run[-2].text == "St")
    if known and after.capital and plain(after.text) not in first_names():
        return True
    return bool(known or unowned(last) in layout.endings) and _body_ahead(layout.words, j)


def _body_ahead(words: list[Word], j: int) -> bool:
    """Whether one of the next capitals ends the name of a body."""
    for word in words[j : j + 3]:
        if not word.capital:
            return False
        if plain(word.text) in BODIES:
            return True
    return False


def _abbreviated(word: str) -> bool:
    low = plain(word)
    return (
        len(word) == 1
        or low in HONORIFICS | DOTTED
        or low in ("st", "gov", "sen", "rep", "gen", "col", "lt", "sgt", "del", "capt", "sens", "reps", "maj")
    )


def _joined(layout: Page, run: list[Word], j: int) -> int:
    """A particle of a person's name, or a small word inside the name of a body, with the capital behind it."""
    words = layout.words
    ahead = [words[k] for k in range(j, min(j + 3, len(words)))]
    small = 0
    while small < len(ahead) and not ahead[small].capital:
        if ahead[small].text not in JOINERS and plain(ahead[small].text) not in PARTICLES:
            return 0
        small += 1
    if small in (0, len(ahead)) or not _spaced(layout, run[-1], ahead[: small + 1]):
        return 0
    lows = [word.text for word in ahead[:small]]
    if all(plain(low) in PARTICLES for low in lows):
        return small + 1
    before = [plain(word.text) for word in run]
    if lows[0] == "of" and before[-1] in ROLES and ahead[small].text in OFFICES:
        return small + 1
    opener = any(word in BODY_OPENERS for word in before) and before[-1] not in ROLES
    if lows[0] in ("of", "for", "to", "on", "against", "without"):
        return (
            small + 1
            if (opener and (lows[0] != "to" or before[0] in BODY_OPENERS) and lows[0] != "on")
            or (
                opener
                and before[-1] in ("committee", "commission", "council", "conference", "center", "centre")
                and lows[0] == "on"
            )
            else 0
        )
    if lows in (["and"], ["&"]):
        return small + 1 if _and_inside(layout, run, j) else 0
    return small + 1 if lows[0] == "in" and len(run) > 3 and opener and "for" in before else 0


def _spaced(layout: Page, last: Word, ahead: list[Word]) -> bool:
    """Whether nothing but spaces stands between the words."""
    chain = [last, *ahead]
    return all(layout.text[a.end : b.start] in (" ", "\u00a0") for a, b in pairwise(chain))


def _and_inside(layout: Page, run: list[Word], j: int) -> bool:
    """Whether "and" stands inside one name: "Centre for Media and Public Affairs", "Food and Drug Administration"."""
    before = [plain(word.text) for word in run]
    if {"for", "of", "on"} & set(before) and before[-1] not in BODIES:
        return True
    after = []
    for word in layout.words[j + 1 : j + 1 + MAX_AFTER_AND]:
        if not word.capital:
            break
        after.append(plain(word.text))
    if before[-1] in TOPICS and after and after[0] in TOPICS:
        return any(word in TITLES or word in BODIES for word in after)
    definite = before[0] == "the" or layout.text[max(0, run[0].start - 4) : run[0].start].casefold() == "the "
    names = [word for word in before if word != "the"]
    other = any(word in BODIES | KNOWN_BODIES | TITLES or word in places() or word in first_names() for word in names)
    return definite and not other and not is_acronym(run[-1].text) and any(word in BODIES for word in after)
