"""What a description says: the office, and the body that it is held in.

In: the `Cast`, and the words in front of a name or beside it. Out: role and body. It is a module because descriptions
stand before names, behind them and far from them, and are read the same everywhere.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from quotes.records import SpeakerKind
from quotes.resolve.bodies import (
    ARTICLE,
    body_again,
    body_in,
    body_linked,
    body_of_noun,
    body_of_owner,
    body_shortened,
    common_body,
    firm_name,
    is_place,
    is_place_name,
    taken_for_body,
)
from quotes.resolve.cast import Cast
from quotes.text.names import is_body, is_role, plain
from quotes.text.page import Page
from quotes.text.words import (
    COMMON_BODIES,
    LEADING,
    NATIONALITIES,
    NO_ROLES,
    NOT_NAMES,
    ROLES,
    ROLES_ALONE,
    TEAM,
    word_class,
    word_set,
)

CLASSES = word_set(  # of small words in front of an office
    "bodies before_title common_bodies leading little modifiers nationalities not_names people_words preposition roles "
    "single_people things topics when"
)
MAX_WORDS = 30  # of a whole description
MAX_BEFORE = 8  # words of a description before the name
MAX_SEGMENT = 1000  # characters of a description without a mark: of 796 in articles the longest has 152
SEGMENT_END = re.compile(r"[.,;:](?=\s*$)|[,;:–—()“”\"\n]|--|\s(?:who|whose|which|that|said|says|told)\s")
# Offices that are held in a place, and for no body.
PLACE_OFFICES = word_set(
    "mayor governor premier minister president king queen prince princess duke duchess sheriff bishop archbishop mp"
)
OF_PLACES = frozenset({"member for", "resident of", "native of", "national of", "citizen of"})  # and no body
# Words of a clause, which no description has in front of its noun: "accused the minister of", "said he would recover".
CLAUSE = word_set(
    "the a an that he she it they we i you will would can could should must has have had is are was were did does not "
    "said says told"
)
ARTICLES = frozenset({"the", "a", "an"})
# "A commissioner and the owner of a shop": the first counts. "An expert testifying before", "a minister vowed to".
FURTHER = re.compile(
    r"\s(?:now|whose|who|as)(?=\s|$)|\sand\s(?=(?:an?|the|one|his|her|its)\s)"
    r"|\s\w{2,}(?:ing|ed)\s(?=(?:before|in|on|at|by|for|from|with|to|about|an?|the|his|her|its)\s)"
)
LINKS = word_set("of for at with on in from to")
POSSESSED = re.compile(r"^(?:(?!(?:of|for|at|with|on|in|from|to)\s)\S+ ){0,4}?\S+[’']s?\s(?=\S)")


def belongs(page: Page, i: int) -> bool:
    """Whether a word still belongs to the description that goes on behind it: by a learned score where it is small."""
    word = page.words[i]
    if word.text.endswith(("’s", "'s")):
        return False
    if word.capital:
        return plain(word.text) not in NOT_NAMES
    return sum(_weights().get(name, 0.0) for name in beside(page, i)) > 0


def beside(page: Page, i: int) -> dict[str, float]:
    """What tells whether a small word says more of the office behind it: "harbour", not "said", of "master"."""
    low, behind = plain(page.words[i].text), plain(page.words[i + 1].text)
    before = page.words[i - 1] if i else None
    close = before and page.text[before.end : page.words[i].start] == " "
    told = ["bias", f"word {low}", f"ends in {low[-2:]}", f"ends in {low[-3:]}", f"in front of {behind}"]
    told += [f"of {name}" for name in CLASSES if low in word_class(name)]
    told += [f"behind {plain(before.text)}" if before and close else "behind a mark", *["hyphen"] * ("-" in low)]
    return dict.fromkeys(told, 1.0)


@cache
def _weights() -> dict[str, float]:
    """The learned weights of what stands beside: `python -m quotes.train.descriptions`."""
    text = files("quotes.resolve").joinpath("data", "descriptions.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def titles_read(cast: Cast, texts: list[str], at: int) -> tuple[str, str | None]:
    """Role and body of "PolitiFact Executive Director": the body is the name in front of the role."""
    last = len(texts) - 1
    while last and plain(texts[last - 1]) in ROLES:
        last -= 1
    first = next((i for i, text in enumerate(texts) if text[0].isupper() and plain(text) not in LEADING), last)
    bodies = [(cut, texts[first:cut]) for cut in range(last, first, -1) if plain(texts[cut - 1]) not in NATIONALITIES]
    for cut, body in bodies:
        known = cast.named(" ".join(body)) if len(body) > 1 or plain(body[0]) not in COMMON_BODIES else None
        strange = known and len(body) > 1 and texts[cut].islower() and taken_for_body(known)
        able = known and (known.kind is SpeakerKind.ORGANISATION or known.place or strange)
        if known and able and (not is_place(known) or plain(texts[-1]) in TEAM) and firm_name(cast, known):
            return " ".join(texts[cut:]), known.name
    if last and plain(texts[last - 1]) in COMMON_BODIES and last - first <= 1:
        named = body_of_noun(cast, texts[last - 1], at)
        return " ".join(texts[last:] if texts[0][0].isupper() else texts), named
    ending = [(cut, body) for cut, body in bodies if plain(body[-1]) in COMMON_BODIES]
    for cut, body in ending or [(cut, body) for cut, body in bodies if is_body(body)]:
        if len(body) > 1 or not is_place_name(body[0]):
            return " ".join(texts[cut:]), " ".join(body)
    return " ".join(texts), body_shortened(cast, texts)


def is_office(words: list[str]) -> bool:
    """Whether words end in what somebody is: "chairman", "attorney general"."""
    general = len(words) > 1 and plain(words[-1]) == "general" and plain(words[-2]) in ROLES
    return bool(words) and (general or is_role(words[-1]))


def segment_end(cast: Cast, at: int) -> int:
    """Where the description that begins at a place ends, at the latest with its sentence."""
    end = min(cast.layout.sentence_end(at), at + MAX_SEGMENT)
    match = SEGMENT_END.search(cast.layout.text, at, end)
    return match.start() if match else end


def _may_be_role(words: str, tail: list[str], link: int) -> bool:
    """Whether an unknown noun behind a name says what the person is: ", a kuia of the lake"; no day, no deed."""
    head = tail[link - 1] if link else ""
    return words.startswith(("a ", "an ")) and head.isalpha() and head.islower() and head not in NO_ROLES


def role_in(cast: Cast, start: int, end: int, new: bool = False) -> tuple[str | None, str | None]:
    """Role and body of a description: "the Republican attorney general of Oklahoma".

    `new`: it stands in apposition behind a person's name, where "a" and any noun say what somebody is.
    """
    words = " ".join(cast.layout.text[start:end].split())
    body = body_in(cast, start, end)
    tail = _description(words, body)
    link = next((i for i, w in enumerate(tail) if w.casefold() in LINKS), len(tail))
    known = any(map(is_role, tail[max(0, link - 2) : link])) or (new and _may_be_role(words, tail, link))
    if not known or link > MAX_BEFORE or len(tail) > MAX_WORDS or CLAUSE & set(tail[:link]):
        return None, None
    if " ".join(tail[link - 1 : link + 1]) in OF_PLACES:
        own = body if body and " ".join(tail[:link]).startswith(body) else None
        return " ".join(tail).removeprefix(own or "").strip(), own
    low = set(map(plain, tail[:link]))
    body = body or (None if ROLES_ALONE & low else body_of_owner(cast, words, start))
    body = body or body_again(cast, tail[link:], start)
    if not body and not (ROLES_ALONE | PLACE_OFFICES) & low:
        body = body_linked(cast, start, end) or common_body([w for w in tail[link + 1 :] if w not in ARTICLES])
    return _without_body(tail, link, body), body


def _description(words: str, body: str | None) -> list[str]:
    """The words of a description without article, a body that owns it, and what is said behind it."""
    owned = POSSESSED.match(words)
    own = owned is not None and body is not None and body in words[: owned.end()]
    return FURTHER.split(ARTICLE.sub("", words[owned.end() :] if owned and own else words), maxsplit=1)[0].split()


def _without_body(tail: list[str], link: int, body: str | None) -> str | None:
    """The role without the body that is given beside it; "chair of the company" keeps one without a name."""
    whole, office = " ".join(tail), " ".join(tail[:link])
    if not body:
        return whole
    nameless = body.islower() and tail[link:] == ["of", "the", body]
    kept = nameless or not ROLES_ALONE.isdisjoint(map(plain, tail[:link]))
    if body.split()[0] in tail[link:] and not kept:
        return office
    return office.removeprefix(body).strip() or None if office.startswith(body) else whole
