"""To or through whom something was said: "told AFP", "on Twitter", "in a statement".

In: the words around a cue that are not content. Out: the conduit's name, or none. It is a module because it is read off
the sentence and needs nothing else of the article.
"""

from __future__ import annotations

import re

from quotes.records import Attribution
from quotes.text.page import Page
from quotes.text.words import MEDIA, word_set

_AUDIENCE = (
    r"(?:(?:an?|the|some|several|many)\s+)?(?:[a-z]+\s+){0,2}?(?:reporters|journalists|crowd|crowds|audience|gathering"
    r"|rally|students|supporters|voters|delegates|leaders|lawmakers|mps|workers|activists|investors|analysts|residents"
    r"|shareholders|members)(?:\s+(?:of|at)\s+(?:[\w’'-]+\s*){1,4})?"
)
_NAME = r"[A-Z0-9][\w’'&./-]*(?:\s+(?:(?:of|the|for|with|and|on)\s+)?[A-Z0-9][\w’'&./-]*){0,5}"
# By what a statement was sent or where it was made to the press. A speech, a column or an essay is no medium: it is the
# statement itself (of nine "a speech" and "a column" in five gold files one was meant).
_MEDIUM = (
    r"(?:[\w-]+\s+){0,2}?(?:statement|press\s+conference|news\s+conference|conference\s+call|(?:press|news)\s+release|news\s+"
    r"briefing|press\s+briefing|briefing|tweets?|letter|e-?mails?|memo|blog\s+post|open\s+letter|filing|testimony"
    r"|video|report|podcast|phone\s+call|Facebook\s+post|town\s+hall|rally|note(?:\s+to\s+\w+)?"
    r"|broadcast|message|post)"
)
TOLD = re.compile(r"\b(?:tell|tells|told|telling|informed|assured|reminded|briefed)\s*$", re.IGNORECASE)
SPOKE_TO = re.compile(
    r"\b(?:said|says|spoke|speaks|[Ss]peaking|talks?|talked|wrote|writes|shouted|complained|testified|explained|admitted"
    r"|confirmed|replied)"
    rf"\s+(?:\w+\s+)?(?:to|with)\s+(?P<who>(?:the\s+)?{_NAME}|{_AUDIENCE})"
)
SENT = re.compile(
    rf"\b(?:letter|disclosed|wrote|sent|complained|shouted|described|leaked|announced|revealed|confirmed"
    r"|talks|talk|talked|spoke|speaking|speak|testified)"
    rf"\s+(?:\w+\s+){{0,2}}?(?:to|with)\s+(?P<who>(?:the\s+)?"
    rf"{_NAME}(?:\s+(?:board|editorial)[\w ]*)?|{_AUDIENCE})"
)
HEARD = re.compile(r"\b(?:was|were|been|being|be|is|are)\s+(?:\w+\s+)?told\s*$", re.IGNORECASE)  # who is told hears
DETERMINERS = word_set("the a an his her its their our my this that these those no any some every all")
LINKS = word_set("of at from with in for and")
_QUOTED = r"(?:[\"“‘]|'')(?P<{0}>[A-Z][^\"“”\n]{{2,90}}?),?(?:[\"”’]|'')"
_PLAIN = r"(?P<{0}>[A-Z][\w’'&-]*(?:\s+(?:(?:of|the|and|to|in|for)\s+)*[A-Z][\w’'&-]*)*)"
_BOOK = r"(?:memoir|book|autobiography|essay|novel|diary)s?"
BOOK = re.compile(
    rf"\b(?:[Ii]n|[Ff]rom)\s+(?:an?|the|his|her|their)\s+(?:[\w’'-]+\s+){{0,3}}?{_BOOK}"
    rf"(?:\s+(?:called|titled|entitled))?,?\s+(?:{_QUOTED.format('in_marks')}|{_PLAIN.format('bare')})"
    rf"|\b{_BOOK}\b[^.\n]{{0,60}}?\s(?:en)?titled,?\s+(?:{_QUOTED.format('titled')}|{_PLAIN.format('titled_bare')})"
)
TITLED = re.compile(r"\b[Oo]n\s+(?:[A-Z]\w+[’']s\s+)?(?:[\"“]|'')(?P<show>[A-Z][^\"“”\n]{2,40}?),?(?:[\"”]|'')")
HEARER = re.compile(r"\s*((?:[^\s,.;:“”\"«»‘]+\s*){1,9})")
SHOW = re.compile(r"\s*(?P<owner>[A-Z]\w*[’']s\s+)?[\"“](?P<show>[^\"“”]{3,40})[\"”]")
STOP = re.compile(
    r"\s(?:that|by|on|in|at|during|after|before|from|when|as|while|he|she|it|they|there|this|last|late|early|earlier|and|but|to"
    r"|about|if|outside|inside"
    r"|for|how|why|what|shortly|following|yesterday|today|tonight|she’s|he’s|is|was|were"
    r"|are|not|never|(?<!The )(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b.*",
    re.DOTALL,
)
INTERVIEW = re.compile(
    r"\binterview(?:ed)?\s+(?:\w+\s+)?(?:with|by|for|on|to|aired\s+on)\s+(?:the\s+)?"
    rf"(?:[A-Z]\w*[’']s\s+[\"“](?P<show>[A-Z][^\"“”\n]{{2,40}}?),?[\"”]|[\"“]?(?P<name>{_NAME}))"
)
QUESTION = re.compile(rf"\bquestions?\s+(?:\w+\s+)?(?:from|by)\s+(?:the\s+)?(?P<name>{_NAME}|reporters|journalists)")
SHOWN = re.compile(rf"\b(?:seen|obtained|reviewed|viewed)\s+by\s+(?:the\s+)?(?P<name>{_NAME})")
LETTER = re.compile(
    rf"\b(?:letter|e-?mail|memo|petition)\s+(?:addressed\s+|sent\s+)?to\s+(?:the\s+)?"
    rf"(?P<name>{_NAME}(?:[’']s)?(?:\s+(?:board|directors|committee|staff|council)\b)?)"
)
WIRED = re.compile(
    r"\b(?:by|over|via|through|on)\s+(?P<way>e-?mail|(?:the\s+)?(?:tele)?phone|text\s+message|Zoom|Skype|WhatsApp)\b"
)
THROUGH = re.compile(
    r"\b(?:through|via)\s+(?P<agent>(?:an?|his|her|its|their)\s+(?:[\w-]+\s+)?"
    r"(?:agent|lawyer|attorney|solicitor|publicist|spokes\w+|representative)s?)\b"
)
PLACE = re.compile(
    rf"\b(?:[Oo]n|[Vv]ia|[Ii]n|[Aa]t|[Dd]uring|[Ff]rom|[Tt]hrough)\s+(?P<place>"
    rf"(?:an?|his|her|its|their|one|a\s+series\s+of)\s+{_MEDIUM}"
    r"|Twitter|Facebook|Instagram|Telegram|YouTube|TikTok|Mastodon|Bluesky|Weibo|LinkedIn|Truth\s+Social)\b"
)
_CHANNEL = r"(?:CNN|MSNBC|NBC|ABC|CBS|BBC|PBS|NPR|CNBC|HBO|ITV|Fox|Sky|RT|C-SPAN)"
BROADCAST = re.compile(
    r"\b[Oo]n\s+(?:the\s+)?(?:(?P<show>(?:[A-Z][\w’'&.-]*\s+){0,5}(?:Show|Sunday|Radio|TV|Television|News|Press"
    r"|Tonight|Today|Morning|Nation|Live|Hour|Podcast|Report|Daily|Newsnight|Network)\b)|"
    rf"{_CHANNEL}[’']s\s+[\"“‘]?(?P<title>[A-Z][\w’' ]+)|(?P<channel>{_CHANNEL})\b)"
)
TWEETED = re.compile(r"\btweet(?:ed|s|ing)?\b")
NAMED_TALK = re.compile(
    rf"\b(?:[Ii]n|[Oo]n|[Dd]uring)\s+(?:an?|the|his|her)?\s*(?:[a-z]\w*\s+)?(?P<name>{_NAME}?)(?:[’']s)?"
    r"\s+(?:interview|op-ed|column|essay|editorial|commentary|radio\s+show|talk\s+show|show|program|programme|podcast)\b"
)
PRINTED = re.compile(
    rf"\b(?:wr[io]te|writes|written|writing|argued|argues|published)\b[^.“”\"]{{0,30}}?\s(?:in|for)\s+"
    rf"(?P<name>(?:[Tt]he\s+)?{_NAME})"
)
POSTED = re.compile(
    r"\b(?:wr[io]te|written|writing|posted|posting|shared|published)\b[^.“”\"]{0,30}?\son\s+"
    r"(?P<name>[A-Z]\w+)\b(?![’'])"
)
PROGRAMME = re.compile(
    r"\b(?:broadcast|episode|edition|airing|program|programme|show)\s+(?:of\s+|called\s+)?[\"“](?P<show>[^\"“”]{3,40})[\"”]"
)
NOBODY = word_set(
    "us him her them it you himself herself themselves one everyone people his their its someone anyone each this "
    "myself host group interviewer"
)
OWNER = re.compile(r"^(?!The\b)[\w.-]+(?:’s|'s)\s+(?=\S)")
DATE = re.compile(  # a name that is none
    r"(?:\d+|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
    r"|March|April|May|June|July|August)(?:\s+\d+)?"
)
DAY = re.compile(r"(?<!The)(?<!the)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day.*$")
AS_WRITTEN = (BOOK, TITLED, BROADCAST, PROGRAMME)  # titles, which may begin with anything
MAX_TAIL = 90  # characters behind the content in which a medium is looked for
MAX_SPAN = 140  # characters beside a cue in which its conduit stands


def conduit_of(layout: Page, attribution: Attribution) -> str | None:
    """The conduit of an attribution: whom its cue says it was told to, else the medium its sentence names."""
    if not attribution.cue:
        return None
    first, cue = attribution.cue[0], attribution.cue[-1]
    text = layout.text
    after = [s.end for s in attribution.source if cue.end <= s.start <= cue.end + 2]
    start = max([cue.end, *after])
    stops = [s.start for s in attribution.content if s.start >= start]
    rest = _sentence(layout, start, min([start + MAX_SPAN, *stops]))
    for told in attribution.cue:
        heard = _told(told.of(text), _sentence(layout, told.end, told.end + MAX_SPAN))
        if heard:
            return heard
    opening = max(
        [
            layout.sentence_start(first.start),
            first.start - MAX_SPAN,
            *(s.end for s in attribution.content if s.end <= first.start),
        ]
    )
    tail = max(s.end for s in attribution.content)
    return (
        medium(text[first.start : cue.end], rest)
        or medium("", text[opening : first.start])
        or medium("", _sentence(layout, tail, tail + MAX_TAIL))
        or next(filter(None, (_found(SHOWN, span.of(text)) for span in attribution.source)), None)
    )


def _sentence(layout: Page, start: int, end: int) -> str:
    """The rest of the sentence and line from `start`, no farther than `end`."""
    return layout.text[start : min(layout.sentence_end(start), end)].split("\n")[0]


def _told(cue: str, after: str) -> str | None:
    """The hearer of a cue of telling, behind it or inside it: "told", "told reporters", "asked the crowd"."""
    if HEARD.search(cue):
        return None
    if TOLD.search(cue):
        return _hearer(after)
    inside = re.match(r"(?:\w+ )?(?:tell|tells|told|asked)\s+(?P<who>.+)", cue)
    if inside:
        return _hearer(inside["who"])
    sent = SENT.search(f"{cue}{after}")
    if sent and sent.start() < len(cue):
        return _name(STOP.sub("", f" {sent['who']}").strip()) or None
    asked = re.search(r"\basked$", cue) and re.match(r"\s+(?:the\s+)?(crowd|audience|reporters|supporters)\b", after)
    return asked[1] if asked else None


def conduit(cue: str, after: str) -> str | None:
    """The conduit of a cue, from the words that follow it."""
    return _told(cue, after) if TOLD.search(cue) else medium(cue, after)


def medium(cue: str, rest: str) -> str | None:
    """The medium that the words of a cue and those beside it name."""
    words = f"{cue}{rest}"
    tweeted = "Twitter" if TWEETED.search(cue) else None
    place = PLACE.match(words[len(cue) :].lstrip()) or PLACE.search(cue)
    return (
        _found(BOOK, words)
        or _found(INTERVIEW, words)
        or _found(QUESTION, words)
        or _found(SPOKE_TO, words)
        or _found(TITLED, words)
        or _found(BROADCAST, words)
        or tweeted
        or _found(NAMED_TALK, words)
        or _found(PRINTED, words)
        or _found(PROGRAMME, words)
        or _found(POSTED, words)
        or _found(LETTER, words)
        or (" ".join(place["place"].split()) if place else None)
        or _found(WIRED, words)
        or _found(THROUGH, words)
    )


def _found(pattern: re.Pattern[str], words: str) -> str | None:
    """What a pattern finds: of its groups the first that matched, if it is a name and no date."""
    match = pattern.search(words)
    if not match:
        return None
    named = next(filter(None, match.groups()))
    said = STOP.sub("", f" {named}").strip() if pattern is SPOKE_TO else named.strip(" ,.")
    name = said if pattern in AS_WRITTEN else _name(said)
    return None if not name or DATE.fullmatch(name) else name


def _hearer(after: str) -> str | None:
    show = SHOW.match(after)
    if show:
        return " ".join(f"{show['owner'] or ''}{show['show']}".split())
    match = HEARER.match(after)
    if not match:
        return None
    words = STOP.sub("", " " + re.sub(r"^(?:his|her|their|its)\s+", "", match.group(1))).strip()
    first = re.sub(r"^the ", "", words).split(" ")[0].casefold() if words else ""
    if first in ("me", "us"):
        return "author" if first == "me" else None
    return None if not words or first in NOBODY else _name(_phrase(words))


def _phrase(words: str) -> str:
    """The noun phrase that words behind "told" begin with: no clause without "that", "told voters the job was done"."""
    kept = words.split()
    for i, word in enumerate(kept[1:], start=1):
        low = word.casefold()
        clause = low in DETERMINERS and word.islower() and kept[i - 1].casefold() not in LINKS
        if clause or low in ("then", "later", "afterwards", "again", "politely", "quietly", "privately"):
            return " ".join(kept[:i])
    return words


def _name(words: str) -> str:
    """The name among the words for a medium: "the AFP news agency", "Sark’s Channel Two television"."""
    text = OWNER.sub("", " ".join(words.split()))
    text = DAY.sub("", text) or text
    kept = text.split()
    if not kept:
        return text
    if kept[0] == "the" and len(kept) > 1 and kept[1][:1].isupper():
        kept = kept[1:]
    lower = [w for w in kept if w.casefold() in MEDIA and w[:1].islower()]
    if "agency" in lower or (kept[0].casefold() in MEDIA and kept[0][:1].islower()):
        kept = [w for w in kept if w not in lower] or kept
    return re.sub(r"[’']s$", "", " ".join(kept).rstrip(" .,"))
