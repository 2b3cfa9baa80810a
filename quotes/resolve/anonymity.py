"""Which sources would not be named, as the article says: "on condition of anonymity", "who asked not to be named".

In: a text; then a source of it, without a name. Out: whether the article keeps its name back, there or where it speaks
of the same one elsewhere. A module because the wordings are a list that people will want to add to.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from quotes.records import Span
from quotes.resolve.phrases import head_of

_KEPT_BACK = re.compile(
    r"\b(?:condition(?:ed)? (?:of|on)(?: strict| complete)?|request\w*|ask\w* for|grant\w*|given?|insist\w* on|want\w*"
    r"|seek\w*|sought|demand\w*|cit\w*|under|in return for|in exchange for|for)(?: \w+)? anonymity\b"
    r"|\b(?:sp[eo]\w+|respond\w*|quot\w+|said|say|talk\w*) anonymously\b"
    r"|\banonymous (?:source|official|aide|person|insider|advis[eo]r|employee|diplomat|officer|lawmaker)s?\b"
    r"|(?:\bun|(?:\bnot|n['’]t)(?: been)? )(?:authori[sz]ed|permitted|allowed|cleared) to"
    r" (?:publicly |openly )?(?:speak|talk|comment|discuss|brief|disclose|reveal|be)\b"
    r"|(?:\bnot|n['’]t|\bdeclin\w+|\brefus\w+)(?: want(?:ing|ed)?| wish(?:ing|ed)?| like)?(?: to)? be"
    r" (?:publicly |further |fully )?(?:named|identified|quoted)\b"
    r"|\bcondition (?:that )?(?:of not being |(?:\w+ ){1,5}not be )(?:named|identified|used|quoted|published)\b"
    r"|\bnames? (?:is|are|was|were|has been|have been|be) (?:being )?withheld\b"
    r"|\b(?:not|declin\w+|refus\w+)(?: to)? (?:give|giving|disclose) (?:his|her|their) (?:full |last |real )?names?\b"
    r"|(?:\bnot|n['’]t) (?:be )?(?:naming|named|identifying|identified) (?:him|her|them|because|for fear|to protect)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][”\"’')\]]*\s+(?=\W*[A-Z])|\n")
_SOMEBODY = re.compile(  # "a senior official" before whatever says more of him
    r"\b(?:the|an?|one|another|two|three|several|some|both)\s+((?:[\w’'-]+\s){0,5}?[\w’'-]+)"
    r"(?=,|\s(?:who|spoke|speaking|ask\w+|request\w+|with|in|at|familiar|close|briefed|of|to|for|said|was|were)\b)",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"(?:the|that|this|those|these|both)\s", re.IGNORECASE)
_REACH = 600  # characters to either side in which the ends of a sentence are looked for


class Anonymity:
    """Where an article says that a source would not be named, and by which nouns such sources go in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = [match.start() for match in _KEPT_BACK.finditer(text)]
        self._nouns = {noun for at in self._places for noun in self._somebody(at)}

    def covers(self, source: Span, head: str) -> bool:
        """Whether a source would not be named: its sentence says so, or says so of another one of its noun."""
        if not self._places:
            return False
        start, end = self._sentence(source.start)
        if bisect_left(self._places, start) < bisect_left(self._places, max(end, source.end)):
            return True
        return bool(_DEFINITE.match(source.of(self._text))) and head.removesuffix("s") in self._nouns

    def _somebody(self, at: int) -> list[str]:
        """The noun of whoever is spoken of before a place, in the singular."""
        found = _SOMEBODY.findall(self._text[self._sentence(at)[0] : at])
        return [head_of(found[-1].split()).removesuffix("s")] if found else []

    def _sentence(self, at: int) -> tuple[int, int]:
        low = max(0, at - _REACH)
        ends = [end for match in _SENTENCE_END.finditer(self._text, low, at + 4) if (end := match.end()) <= at]
        after = _SENTENCE_END.search(self._text, at, at + _REACH)
        return ends[-1] if ends else low, after.start() if after else at + _REACH
