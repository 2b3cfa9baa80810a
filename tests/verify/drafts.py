"""Drafts made of the quotations of annotated articles, as they stand or altered as editors find them.

In: articles in the form of the corpora, with their annotation. Out: `Draft`s, a paragraph a quotation, each with the
way it was altered. The same articles make the same drafts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from quotes.records import Kind, Span
from quotes.text.page import Page
from tests.synthetic import NAMES, THINGS, VERBS

LEAST, MOST = 6, 60  # words of a quotation that is altered: of fewer, nothing is left to know it by
WORD = re.compile(r"\w+(?:['’-]\w+)*")
NUMBER = re.compile(r"\b(?:\d+(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty)\b")
OTHERS = {"two": "four", "three": "five", "four": "two", "five": "nine", "six": "three", "seven": "eight",
          "eight": "seven", "nine": "six", "ten": "twelve", "eleven": "seven", "twelve": "ten", "twenty": "thirty",
          "thirty": "twenty"}  # fmt: skip
TENSES = {"is": "was", "are": "were", "was": "is", "were": "are", "will": "would", "would": "will", "have": "had",
          "has": "had", "had": "has", "can": "could", "could": "can", "do": "did", "did": "do", "says": "said",
          "wants": "wanted", "want": "wanted", "think": "thought", "know": "knew", "need": "needed"}  # fmt: skip
TENSE = re.compile(rf"(?<=\w )(?:{'|'.join(TENSES)})(?= \w)")
NEGATION = re.compile(r"(?<=\w) (?:not|never)(?= \w)|(?<=\w)n['’]t(?= \w)")
TURNING = re.compile(
    r"\b(?:not?|never|none|nobody|nothing|neither|nor|cannot|without|hardly)\b|n['’]t\b", re.IGNORECASE
)
MARKS = (('"', '"'), ("«", "»"), ("‘", "’"), ("„", "“"))


@dataclass(frozen=True)
class Said:
    """A stretch of direct speech of an article, and the name of who says it."""

    words: str
    speaker: str

    @property
    def spoken(self) -> list[str]:
        return WORD.findall(self.words)


@dataclass(frozen=True)
class Quoted:
    """A quotation of a draft: the way it was altered, its words, who is said to say it, and its paragraph."""

    way: str
    words: str
    speaker: str
    paragraph: str


@dataclass(frozen=True)
class Draft:
    id: str
    quoted: list[Quoted] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(one.paragraph for one in self.quoted)


@dataclass(frozen=True)
class Stock:
    """What an article offers: its own quotations, those of all articles, and chance."""

    own: Sequence[Said]
    every: Sequence[Said]
    chance: random.Random


def said(article: dict[str, Any]) -> list[Said]:
    """The direct quotations of an article that have a named speaker, those in fragments by their longest one."""
    page = Page(article["text"])
    found = []
    for one in article["attributions"]:
        content = [Span(*span) for span in one["content"]]
        if page.kind([page.inward(span) for span in content]) is not Kind.DIRECT or not one.get("speaker"):
            continue
        longest = max((span.of(article["text"]) for span in content), key=len).strip("“”‘’\"'«» ")
        plain = " ".join(longest.split()).rstrip(",.")
        if LEAST <= len(WORD.findall(plain)) <= MOST and not re.search(r"[“”«»\"\[\]…]|\.\.|['‘’](?!\w)", plain):
            found.append(Said(plain, one["speaker"]))
    return found


def paragraph(words: str, speaker: str, marks: tuple[str, str] = ("“", "”")) -> str:
    ending = "" if words.endswith(("?", "!")) else ","
    return f"{marks[0]}{words[:1].upper()}{words[1:]}{ending}{marks[1]} {speaker} said."


Alter = Callable[[Said, Stock], tuple[str, str] | None]
"""A quotation and what there is → its words and its speaker after the alteration; None where it cannot be made."""


def verbatim(one: Said, _stock: Stock) -> tuple[str, str]:
    return one.words, one.speaker


def cut(one: Said, stock: Stock) -> tuple[str, str] | None:
    """Some words from the middle give way to an ellipsis."""
    places = list(WORD.finditer(one.words))
    first = stock.chance.randint(2, len(places) - 3)
    last = stock.chance.randint(first, len(places) - 3)
    sign = stock.chance.choice(("[…]", "[...]", "…", "..."))
    left = one.words[: places[first].start()].rstrip(" ,;:.–—-")
    words = f"{left} {sign} {one.words[places[last].end() :].lstrip(' ,;:.–—-')}"
    turned = TURNING.search(one.words[places[first].start() : places[last].end()])
    return None if turned else (words, one.speaker)  # a cut that takes the "not" away is not fair


def dropped(one: Said, stock: Stock) -> tuple[str, str] | None:
    places = list(WORD.finditer(one.words))[1:-1]
    gone = stock.chance.choice(places)
    words = one.words[: gone.start()] + one.words[gone.end() :].lstrip()
    return (words, one.speaker) if gone[0].casefold() not in ("not", "never") else None


def number(one: Said, stock: Stock) -> tuple[str, str] | None:
    found = list(NUMBER.finditer(one.words))
    if not found:
        return None
    place = stock.chance.choice(found)
    new = OTHERS.get(place[0]) or str(int(float(place[0])) + stock.chance.choice((1, 10, 7)))
    return one.words[: place.start()] + new + one.words[place.end() :], one.speaker


def swapped(one: Said, stock: Stock) -> tuple[str, str] | None:
    """To somebody else of the article, or of another, who did not say it."""
    theirs = {other.speaker for other in stock.every if other.words == one.words or one.words in other.words}
    family = {name.split()[-1] for name in theirs}
    nearby = [other.speaker for other in stock.own if other.speaker.split()[-1] not in family]
    others = nearby or [other.speaker for other in stock.every if other.speaker.split()[-1] not in family]
    return (one.words, stock.chance.choice(sorted(set(others)))) if others else None


def invented(one: Said, stock: Stock) -> tuple[str, str]:
    chance = stock.chance
    words = (
        f"Nobody asked the {chance.choice(THINGS)} committee in {chance.choice(NAMES).split()[-1]} whether the "
        f"{chance.choice(THINGS)} would {chance.choice(VERBS)} by Easter"
    )
    return words, one.speaker


def stitched(one: Said, stock: Stock) -> tuple[str, str] | None:
    """The first half of one and the second half of another, of the same speaker if there is one."""
    others = [other for other in stock.own if other.words not in one.words and one.words not in other.words]
    same = [other for other in others if other.speaker == one.speaker]
    if not others:
        return None
    other = stock.chance.choice(same or others)
    left, right = one.words.split(), other.words.split()
    return " ".join([*left[: max(4, len(left) // 2)], *right[-max(4, len(right) // 2) :]]), one.speaker


def tense(one: Said, stock: Stock) -> tuple[str, str] | None:
    found = list(TENSE.finditer(one.words))
    if not found:
        return None
    place = stock.chance.choice(found)
    return one.words[: place.start()] + TENSES[place[0]] + one.words[place.end() :], one.speaker


def negation(one: Said, stock: Stock) -> tuple[str, str] | None:
    found = list(NEGATION.finditer(one.words))
    if not found:
        return None
    place = stock.chance.choice(found)
    return one.words[: place.start()] + one.words[place.end() :], one.speaker


WAYS: dict[str, Alter] = {
    "verbatim": verbatim,
    "translated marks": verbatim,
    "fair cut": cut,
    "dropped word": dropped,
    "changed number": number,
    "swapped speaker": swapped,
    "invented": invented,
    "stitched": stitched,
    "tense changed": tense,
    "negation dropped": negation,
}


def drafts(articles: Sequence[dict[str, Any]], rounds: int = 4) -> Iterator[Draft]:
    """Up to `rounds` drafts of each article, in each of which every way is used once where the article allows it."""
    own = {article["id"]: said(article) for article in articles}
    every = [one for ones in own.values() for one in ones]
    for article in articles:
        if not own[article["id"]]:
            continue
        for number_ in range(rounds):
            chance = random.Random(f"{article['id']} {number_}")
            draft = Draft(f"{article['id']}-{number_}", list(_altered(Stock(own[article["id"]], every, chance))))
            yield draft


def _altered(stock: Stock) -> Iterator[Quoted]:
    for way, alter in WAYS.items():
        for one in stock.chance.sample(stock.own, len(stock.own)):
            made = alter(one, stock)
            if made is None or (alter is not verbatim and made == (one.words, one.speaker)):
                continue
            words, speaker = made
            marks = stock.chance.choice(MARKS) if way == "translated marks" else ("“", "”")
            if way == "translated marks":
                words = words.replace(" – ", " — ").replace("’", "'").replace(" ", "\u00a0", 1)
            yield Quoted(way, words, speaker, paragraph(words, speaker, marks))
            break
