"""What a source phrase says of the one it names: name, role, body.

In: a phrase as written ("Ines Okoro, a leader of the Union of Dock Workers (UDW)"). Out: a `Described`. It is a module
because it reads the phrase alone; who is meant by it, the article has to tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quotes.resolve.lexicon import (
    BODIES,
    CAPITAL_PARTICLES,
    COMMON_BODIES,
    HONORIFICS,
    PARTICLES,
    ROLES,
    ROLES_ALONE,
    ROLES_FOR,
    TITLES,
    word_set,
)
from quotes.resolve.names import POSSESSIVE, is_acronym, is_body, plain, without_title

ARTICLE = re.compile(r"^(?:the|a|an|one|another|his|her|its|their|our|my)\s+", re.IGNORECASE)
OF = word_set("of for at from with in on near")
MAX_NAME = 6


@dataclass(frozen=True, slots=True)
class Described:
    """A source phrase taken apart: `name` as written without title, or the head of a phrase that names nobody."""

    name: str | None
    head: str
    body: bool = False  # the name is that of a body
    role: str | None = None
    organisation: str | None = None
    abbreviation: str | None = None


def describe(phrase: str) -> Described:
    """Take a source phrase apart."""
    text = " ".join(phrase.split())
    head, _, rest = text.partition(", ")
    head, bracketed = _bracket(head)
    apposed = _named_apposition(head, rest)
    if apposed:
        return apposed
    head, origin = _origin(head)
    before, name = name_at_end(head.split())
    if not name:
        return _unnamed(head)
    if ARTICLE.match(head) and not before and len(name) > 1 and not _titled(name):
        return Described(" ".join(name), head, body=True)
    return _named(head, before, name, rest, bracketed, origin)


def _named(
    head: str, before: list[str], name: list[str], rest: str, bracketed: str | None, origin: str | None
) -> Described:
    owner, name = _owner(name)
    role_words, name = without_title(name)
    text = " ".join(name).rstrip(",")
    if is_body(name):
        return Described(text, head, body=True, abbreviation=bracketed)
    role, organisation = role_before([*before, *role_words])
    abbreviation = None
    after = role_after(rest) if rest else (None, None, None)
    if after[0]:
        role, organisation, abbreviation = after[0], after[1] or organisation, after[2]
    return Described(
        text,
        head,
        False,
        role,
        organisation or owner or (origin if origin and is_body(origin.split()) else None),
        abbreviation,
    )


def _origin(head: str) -> tuple[str, str | None]:
    """Split "Dana Voss of Pell & Rudge" into the person and what follows; other phrases stay whole."""
    match = re.search(r"\s(?:of|from|at|with|for)\s+(?:the\s+)?", head)
    if not match or match.end() >= len(head):
        return head, None
    before, name = name_at_end(head[: match.start()].split())
    name = without_title(name)[1]
    if len(name) < 2 or is_body([*before, *name]) or not head[match.end()].isupper():
        return head, None
    return head[: match.start()], head[match.end() :]


def _bracket(head: str) -> tuple[str, str | None]:
    """A phrase without its bracket, and the abbreviation in it: "Union of Dock Workers (UDW)"."""
    match = re.search(r"\s*\(([^()]*)\)", head)
    if not match:
        return head, None
    inner = match.group(1)
    return head[: match.start()] + head[match.end() :], inner if is_acronym(inner) and " " not in inner else None


def _named_apposition(head: str, rest: str) -> Described | None:
    """The name behind the description: "the island's premier, Ines Okoro", "the strikers' union, the UDW"."""
    words = head.split()
    described = [plain(w) for w in ARTICLE.sub("", head).split() if w[0].islower() and w not in OF]
    if not described or not (ARTICLE.match(head) or POSSESSIVE.search(head)) or _names_person(words):
        return None
    for part in rest.split(", ")[:2]:
        before, name = name_at_end(ARTICLE.sub("", part).split())
        if name and not before:
            if is_body(name):
                return Described(" ".join(name), head, body=True)
            if _noun(words) in BODIES:  # "the office of the minister, Ann Lee"
                return Described(None, head)
            role, organisation, abbreviation = role_after(head)
            return Described(
                " ".join(without_title(name)[1]), head, False, role or ARTICLE.sub("", head), organisation, abbreviation
            )
    return None


def _noun(words: Sequence[str]) -> str:
    """The noun that says what a description is about: "office" in "the office of the minister"."""
    link = next((i for i, w in enumerate(words) if i and w in OF), len(words))
    return plain(words[link - 1])


def _names_person(words: Sequence[str]) -> bool:
    """Whether a description ends in the name of a person already: "the poet Ivo Lamy"."""
    before, name = name_at_end(words)
    return bool(name) and bool(before) and plain(before[-1]) in ROLES


def name_at_end(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split off the capitalised words at the end, particles inside them included: (the rest, the name)."""
    start = len(words)
    while start and len(words) - start < MAX_NAME + 4:
        word = words[start - 1]
        particle = plain(word) in PARTICLES and start < len(words)
        joining = (
            word in ("of", "for", "and", "&", "the", "on")
            and start < len(words)
            and start > 1
            and _joins(words, start - 1)
        )
        if not (_capital(word) or particle or joining):
            break
        start -= 1
    while start < len(words) and not _capital(words[start]) and plain(words[start]) not in CAPITAL_PARTICLES:
        start += 1
    if start and words[start - 1].casefold() in OF:  # "residents of Sark" names a place, not who speaks
        return list(words), []
    return list(words[:start]), list(words[start:])


def _joins(words: Sequence[str], index: int) -> bool:
    """Whether a small word stands inside the name of a body: "Ministry of Health", but not "president of France"."""
    before = next((w for w in reversed(words[:index]) if w not in ("of", "for", "the", "and", "on")), "")
    return (
        _capital(before) and (plain(before) not in ROLES or plain(before) in ("house",)) and words[index] != "and"
    ) or (words[index] == "and" and is_body(words[:index]))


def _capital(word: str) -> bool:
    bare = POSSESSIVE.sub("", word.lstrip("“\"'‘(@#"))
    return bare[:1].isupper() or (bare[:1].isdigit() and not any(c.islower() for c in bare))


def _titled(words: Sequence[str]) -> bool:
    return any(plain(w) in HONORIFICS | TITLES | ROLES for w in words[:-1])


def _owner(name: list[str]) -> tuple[str | None, list[str]]:
    """The body that owns the person: "Sark News’s Ann Lee"; a country or person before the ’s is none."""
    for i, word in enumerate(name[:-1]):
        if word.endswith(("’s", "'s")):
            owner = [*name[:i], word[:-2]]
            if is_body(name[i + 1 :]):
                return None, name
            return (" ".join(owner) if is_body(owner) else None), name[i + 1 :]
    return None, name


def role_before(words: Sequence[str]) -> tuple[str | None, str | None]:
    """Role and body in the words before a name: "Sark police commander" -> commander, Sark police."""
    while words and plain(words[-1]) in HONORIFICS:
        words = words[:-1]
    words = ARTICLE.sub("", " ".join(words)).split()
    if not words:
        return None, None
    if len(words) > 1 and plain(words[-1]) in TITLES and plain(words[-2]) in ROLES and words[-2][0].islower():
        words = words[:-1]  # "army commander Colonel": the rank adds nothing to the role
    last = plain(words[-1])
    if last not in ROLES:
        return None, None
    start = len(words) - 1
    while start and words[start - 1][0].islower() and plain(words[start - 1]) not in COMMON_BODIES:
        start -= 1
    body = words[:start]
    clear = bool(body) and (
        is_body(body) if last not in ROLES_FOR else _capital(body[0]) and (is_body(body) or len(body) == 1)
    )
    if clear and not body[-1].endswith(("’s", "'s")):
        return " ".join(words[start:]), " ".join(body)
    return " ".join(words), None


def role_after(rest: str) -> tuple[str | None, str | None, str | None]:
    """Role, body and abbreviation in an apposition: ", a leader of the Union of Dock Workers (UDW), one of …"."""
    first = rest.split(", ")[0].strip()
    if re.match(r"\d+$", first):  # an age
        rest = rest[len(first) + 2 :]
        first = rest.split(", ")[0].strip()
    if first.startswith(("who ", "whose ", "which ")) or not first:
        return None, None, None
    text, abbreviation = _bracket(first)
    original = text
    text = ARTICLE.sub("", text)
    words = text.split()
    at = next((i for i, w in enumerate(words) if plain(w) in ROLES), None)
    if at is None:
        return None, None, None
    while at + 1 < len(words) and plain(words[at + 1]) in ROLES:
        at += 1
    if "who" in words or "whose" in words:
        return original, None, None
    link = next((i for i in range(at + 1, len(words)) if words[i] in OF), None)
    if link is None or plain(words[at]) in ROLES_ALONE or "and" in words[:link]:
        role, organisation = role_before(words[: at + 1]) if link is None else (text, None)
        return (text if role is None or at + 1 < len(words) else role), organisation, None
    tail = words[link + 1 :]
    body = tail[1:] if tail and tail[0].casefold() == "the" else tail
    if body and _capital(body[0]) and (abbreviation or is_body(body) or len(body) > 2):
        return " ".join(words[:link]), _cut(body), abbreviation
    return text, None, None


def _cut(words: Sequence[str]) -> str:
    """The name of a body, without what follows it: "Institute for Policy at New York University" ends before "at"."""
    for i, word in enumerate(words):
        if word in ("at", "that", "who", "which", "in") and not (
            word == "in" and i + 1 < len(words) and _capital(words[i + 1])
        ):
            return " ".join(words[:i])
    return " ".join(words)


def _unnamed(head: str) -> Described:
    """A phrase that names nobody: "a UDW official", "a spokesman for the ministry"."""
    text = ARTICLE.sub("", head)
    words = text.split()
    link = next((i for i, w in enumerate(words) if w in OF), len(words))
    role, organisation = role_before(words[:link])
    if (
        role is None
        and words[:link]
        and plain(words[link - 1]) in ("sources", "officials", "source", "spokesmen", "leaders", "commanders")
    ):
        body = words[: link - 1]
        organisation = " ".join(body) if body and is_body(body) and _capital(body[0]) else None
    if organisation is None and link < len(words):
        tail = [w for w in words[link + 1 :] if w.casefold() != "the"]
        organisation = " ".join(tail) if tail and all(_capital(w) for w in tail) and is_body(tail) else None
    return Described(None, head, False, role, organisation)
