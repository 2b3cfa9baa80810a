"""What a description says: the office, and the body that it is held in.

In: the `Cast`, and the words in front of a name or beside it. Out: role and body. It is a module because descriptions
stand before names, behind them and far from them, and are read the same everywhere.
"""

from __future__ import annotations

import re

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
from quotes.text.names import is_body, plain
from quotes.text.page import Word
from quotes.text.words import (
    COMMON_BODIES,
    LEADING,
    MODIFIERS,
    NATIONALITIES,
    NO_AGENTS,
    NO_ROLES,
    NOT_NAMES,
    ROLES,
    ROLES_ALONE,
    SINGLE_PEOPLE,
    TEAM,
    word_set,
)

MAX_BEFORE = 8  # words of a description before the name
MAX_SEGMENT = 1000  # characters of a description without a mark: of 796 in articles the longest has 152
# Who plays for a team, which may bear the name of a town.
MODIFIER = re.compile(r"(?:al|ial|ic|ive|ary|time|ian|can|ior|ief|based)$")
SEGMENT_END = re.compile(r"[.,;:](?=\s*$)|[,;:–—()“”\"\n]|--|\s(?:who|whose|which|that|said|says|told)\s")
# Offices that are held in a place, and for no body.
PLACE_OFFICES = word_set(
    "mayor governor premier minister president king queen prince princess duke duchess sheriff bishop archbishop mp"
)
OF_PLACES = frozenset({"member for", "resident of", "native of", "national of", "citizen of"})  # and no body
ANOTHER = word_set("a an the one his her its")  # "a commissioner and the owner of a shop": the first counts
LINKS = word_set("of for at with on in from to")
POSSESSED = re.compile(r"^(?:(?!(?:of|for|at|with|on|in|from|to)\s)\S+ ){0,4}?\S+[’']s?\s(?=\S)")
PERSON_NOUN = re.compile(
    r"(?:\w[^aeiou]er|\w[^aeiou]or|\wtor|ist|ian|man|woman|crat|eer|preneur|person|master|mistress|smith)$"
)


def belongs(word: Word, words: list[Word]) -> bool:
    """Whether a word still belongs to the description behind it."""
    low = plain(word.text)
    if not words:
        return is_role(word.text)
    if word.text.endswith(("’s", "'s")):
        return False
    return (
        (word.capital and low not in NOT_NAMES)
        or low in ROLES
        or (low in MODIFIERS or low in COMMON_BODIES or "-" in word.text or bool(MODIFIER.search(low)))
    )


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


def is_role(word: str) -> bool:
    """Whether a word says what somebody is."""
    low = plain(word)
    if word in ("major", "general", "private", "conservative", "liberal"):
        return False
    agent = word.islower() and bool(PERSON_NOUN.search(low)) and low not in NO_AGENTS
    return low in ROLES or low in SINGLE_PEOPLE or agent


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
    text = cast.layout.text
    words = " ".join(text[start:end].split())
    body = body_in(cast, start, end)
    owned = POSSESSED.match(words)
    own = owned is not None and body is not None and body in words[: owned.end()]
    tail = ARTICLE.sub("", words[owned.end() :] if owned and own else words).split()
    tail = tail[: next((i for i, word in enumerate(tail) if i and word in ("now", "whose", "who", "as")), len(tail))]
    tail = tail[: next((i for i in range(len(tail) - 1) if tail[i] == "and" and tail[i + 1] in ANOTHER), len(tail))]
    link = next((i for i, w in enumerate(tail) if w.casefold() in LINKS), len(tail))
    known = any(is_role(w) for w in tail[max(0, link - 2) : link]) or (new and _may_be_role(words, tail, link))
    if not known or link > MAX_BEFORE or len(tail) > 30:
        return None, None
    if {"the", "a", "an", "that"} & set(tail[:link]):
        return None, None  # a clause: "accused the minister of"
    alone = any(plain(w) in ROLES_ALONE for w in tail[:link])
    if " ".join(tail[link - 1 : link + 1]) in OF_PLACES:
        own_body = body if body and " ".join(tail[:link]).startswith(body) else None
        return " ".join(tail).removeprefix(own_body or "").strip(), own_body
    body = body or (None if alone else body_of_owner(cast, words, start)) or body_again(cast, tail[link:], start)
    if not body and not alone and not PLACE_OFFICES & {plain(w) for w in tail[:link]}:
        body = body_linked(cast, start, end) or common_body(
            [w for w in tail[link + 1 :] if w not in ("the", "a", "an")]
        )
    named = bool(body) and link < len(tail)
    if named and body and body.split()[0] in tail[link:] and not alone:
        return " ".join(tail[:link]), body
    if body and " ".join(tail[:link]).startswith(body):
        return " ".join(tail[:link]).removeprefix(body).strip() or None, body
    return " ".join(tail), body
