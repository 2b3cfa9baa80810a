"""To or through whom something was said: "told AFP", "on Twitter", "in a statement".

In: the text beside a cue. Out: the conduit's name, or none. It is a module because it is read off the words around
the cue and needs nothing else of the article.
"""

from __future__ import annotations

import re

from quotes.records import Attribution
from quotes.resolve.lexicon import MEDIA, word_set

TOLD = re.compile(r"\b(?:tell|tells|told|telling|informed|assured|reminded)\s*$", re.IGNORECASE)
HEARER = re.compile(r"\s*((?:[^\s,.;:“”\"«»‘]+\s*){1,9})")
STOP = re.compile(
    r"\s(?:that|by|on|in|at|during|after|before|from|when|as|while|he|she|it|they|there|this|last|late|early|and|but|to|about|if|for|how|why|what"
    r"|shortly|following|yesterday|today|tonight|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b.*",
    re.DOTALL,
)
VENUE = re.compile(
    r"\b(?:on|via|to|in|at|during|from)\s+(?P<place>(?:(?:an?|the|his|her|its|their)\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:statement|press\s+conference|news\s+conference|press\s+release|news\s+briefing|press\s+briefing|briefing|tweet|letter|e-?mail|memo|speech|"
    r"interview(?:\s+with\s+(?:the\s+)?(?P<with>[A-Z0-9][\w’'&.-]*(?:\s+[A-Z0-9][\w’'&.-]*){0,4}))?|"
    r"blog\s+post|open\s+letter|filing|testimony)|Twitter|Facebook|Instagram|Telegram|YouTube|X|TikTok|Mastodon|Bluesky|Weibo|LinkedIn|Truth\s+Social)\b"
)
NOBODY = word_set("me us him her them it you himself herself themselves one everyone people")
OWNER = re.compile(r"^[\w.-]+(?:’s|'s)\s+(?=\S)")
MAX_SPAN = 90  # characters after a cue in which its conduit stands


def conduit_of(text: str, attribution: Attribution) -> str | None:
    """The conduit of an attribution, from the words behind its cue that are not its content."""
    if not attribution.cue:
        return None
    cue = attribution.cue[-1]
    after = [s.end for s in attribution.source if cue.end <= s.start <= cue.end + 2]
    start = max([cue.end, *after])
    stops = [s.start for s in attribution.content if s.start > start]
    return conduit(cue.of(text), _sentence_rest(text, start, min([start + MAX_SPAN, *stops])))


def conduit(cue: str, after: str) -> str | None:
    """The conduit of a cue, from the words that follow it in its sentence."""
    after = after[:MAX_SPAN]
    if TOLD.search(cue):
        return _hearer(after)
    match = VENUE.search(after)
    if not match:
        return None
    return _name(match["with"]) if match["with"] else " ".join(match["place"].split())


def _hearer(after: str) -> str | None:
    match = HEARER.match(after)
    if not match:
        return None
    words = STOP.sub("", " " + match.group(1)).strip()
    first = words.split(" ")[0].casefold() if words else ""
    return None if not words or first in NOBODY else _name(words)


def _name(words: str) -> str | None:
    """The name among the words for a medium: "the AFP news agency", "Sark’s Channel Two television"."""
    text = OWNER.sub("", " ".join(words.split()))
    kept = text.split()
    if kept[0] == "the" and len(kept) > 1 and kept[1][:1].isupper():
        kept = kept[1:]
    lower = [w for w in kept if w.casefold() in MEDIA and w[:1].islower()]
    if "agency" in lower or (kept[0].casefold() in MEDIA and kept[0][:1].islower()):
        kept = [w for w in kept if w not in lower] or kept
    return " ".join(kept)


def _sentence_rest(text: str, start: int, end: int) -> str:
    """The rest of the sentence from `start`, no farther than `end`."""
    stop = re.compile(r"[.!?]\s|\n|[“\"«]").search(text, start, end)
    return text[start : stop.start() if stop else end]
