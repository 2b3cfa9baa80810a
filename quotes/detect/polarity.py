"""Affirmed, denied or questioned: how a source stands to the content of an attribution.

In: a text and the spans of cue, source and content, fresh or stored. Out: a `Polarity`. A module because it reads the
clause around the cue, which the detector's spans leave out in part ("did **not** say"). Negation inside the content is
the speaker's own and does not count.

Every negation and every verb of denying or refusing turns the stance round, so that "did not deny" affirms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.records import Polarity, Span

Spans = Sequence[Span]

REACH = 90  # characters before a cue or source in which its clause is looked for
OPENING, CLOSING = "“\"‘'«„", "”\"’'»"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


_IDIOM = _any(  # negations that deny nothing
    r"\bno (?:doubt|question|wonder|secret|surprise|mistake|matter|bones|uncertain|less|stranger|shortage)\b",
    r"(?:\bnot|n['’]t) (?:only|just|simply|merely|alone|help|least)\b",
    r"\b(?:whether|why|or|if|hard|difficult|impossible) not\b",
    r"\bwithout (?:a |any )?(?:doubt|question|hesitation)\b",
    r"(?:\bnot|n['’]t) (?:be |been |agree |have \w+ it )?(?:any )?(?:more|better)\b",
    r"\bnot surpris\w+\b",
)
_NEGATION = _any(r"\b(?:not|never|cannot|nothing|nor|hardly)\b", r"n['’]t\b", r"\bno\b(?!\.? ?10\b)")
_DENYING = _any(
    r"\bden(?:y|ies|ied|ying|ials?)\b", r"\breject(?:s|ed|ing|ions?)?\b", r"\brefut(?:es?|ed|ing)\b",
    r"\brebut(?:s|ted|ting|tals?)?\b", r"\bdisput(?:es?|ed|ing)\b", r"\bdismiss(?:es|ed|ing)?\b",
    r"\bdisavow(?:s|ed|ing)?\b", r"\brepudiat(?:es?|ed|ing)\b", r"\brul(?:es?|ed|ing) out\b",
    r"\bcontradict(?:s|ed|ing)?\b", r"\bdebunk(?:s|ed|ing)?\b", r"\bdisagree(?:s|d|ing)?\b", r"\bdisbeliev\w+\b",
)  # fmt: skip
_REFUSING = _any(
    r"\brefus(?:es?|ed|ing|als?)\b", r"\bdeclin(?:es?|ed|ing)\b", r"\bfail(?:s|ed|ing|ures?)? (?:to|in)\b",
    r"\bstop(?:s|ped|ping)?\b(?! to\b)", r"\bshied away\b", r"\brefrain(?:s|ed|ing)?\b", r"\bavoid(?:s|ed|ing)?\b",
    r"\bwithout\b", r"\bun(?:willing|able|likely)\b", r"\breluctant\b", r"\byet to\b", r"\bfar from\b",
    r"\bh(?:o|e)ld(?:s|ing)? (?:off|back)\b", r"\b(?:silent|mum) (?:on|about|over)\b",
)  # fmt: skip
_ASKING = _any(
    r"\bask(?:s|ed|ing)?\b", r"\bwonder(?:s|ed|ing)?\b", r"\bquestion(?:s|ed|ing)\b", r"\b[ie]nquir(?:es?|ed|ing)\b",
    r"\bquer(?:y|ies|ied|ying)\b", r"\bdemand(?:s|ed|ing)? to know\b",
    r"\bquestion\b(?= (?:about|of|over|as to|on|whether|is|was)\b|\W*$)",
)  # fmt: skip
_UNSURE = _any(
    r"\bdoubt(?:s|ed|ing|ful)?\b", r"\bun(?:sure|certain|clear)\b", r"\bsceptical\b", r"\bskeptical\b",
    r"(?:\bnot|n['’]t) (?:sure|certain|clear)\b",
)  # fmt: skip
_SAYING = _any(r"\bsa(?:y|ys|id|ying)\b", r"\bt(?:ell|ells|old|elling)\b", r"\badd(?:s|ed|ing)?\b")

_ADVERB = r"(?:\s*,?\s*(?:\w+ly|also|yet|even|ever|once|again|still|so far|however|himself|herself|itself)\b,?)"
_AUXILIARY = r"(?:\s+(?:have|has|had|been|be|being|to|want(?:ed)? to|going to|able to|care to|go so far as to))"
_BEFORE_CUE = re.compile(  # a negation right before the cue that the cue's span leaves out
    rf"(?P<words>(?:\b(?:hard|difficult|impossible|not|never|cannot|without|nor|unwilling|reluctant|yet"
    rf"|refus\w+|declin\w+|fail(?:s|ed|ing)?|stop\w* short of|refrain\w* from|avoid\w*|far from)|n['’]t)"
    rf"(?:{_ADVERB}|{_AUXILIARY})*)\s*$",
    re.IGNORECASE,
)
_INVERTED = re.compile(  # "Nor did she say", before the source
    r"(?:^|[.;,:—–]\s*|\band\s+)(?:nor|neither|never|at no (?:point|time)|not once)\s+"
    r"(?:did|does|do|has|have|had|would|will|could|can)\s*$",
    re.IGNORECASE,
)
_NOBODIES = r"(?:(?:nobody|no one|no-one|none|neither)\b|not (?:one|a|all|every\w*|many|even)\b|(?-i:[Nn]o (?=[a-z])))"
_NOBODY = re.compile(_NOBODIES, re.IGNORECASE)
_BY_NOBODY = re.compile(rf"\b{_NOBODIES}[^,;:.!?]{{0,30}}$", re.IGNORECASE)  # before a cue whose source has no span
_NOT_TRUE = re.compile(  # "it is not true that", before the source
    r"(?:(?:\b(?:not|never|no)|n['’]t)\s+(?:\w+\s+){0,2}?"
    r"(?:true|the case|evidence|sign|indication|suggestion|proof|record)(?:\s+(?:that|of|to suggest|to show))*"
    r"|(?:\bnot|n['’]t) that|\b(?:false|untrue) that|\bden(?:y|ies|ied|ying) that)\s*$",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\b(?:ask|wonder|question|unclear|not clear|doubt)\w*(?:\s+\w+){0,3}?\s+(?:whether|if)\s*$", re.IGNORECASE
)

_BEHIND_CUE = re.compile(r"\s*(?:not|nothing|no)\b", re.IGNORECASE)
_REQUEST = re.compile(r"^\W*that\b|\b(?:to|for)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|on|over)\W*$", re.IGNORECASE)
_INDIRECT_QUESTION = _any(
    r"^\W*(?:about\s+)?(?:whether|if|wh(?:y|at|o|om|ose|en|ere|ich)|how|about)\b",
    r"^\W*(?:(?!to\b)[^\W\d]+\W+){1,5}?(?:whether|if|why|what|when|where|how)\b",  # "him if he knew"
)
_JUDGED = re.compile(r"\bas\s+(?:[“\"‘']|an?\b)")
JUDGEMENT = 6  # words at the end of a content among which "as" begins what the source makes of it
_SENTENCE_END = re.compile(r"[.!?][”\"’')\]]*\s+(?=\W*[A-Z])|\n\s*\n")


def polarity_of(text: str, cue: Spans, source: Spans, content: Spans) -> Polarity:
    """How the source stands to the content, from the words of the cue and those around it in its sentence."""
    spans = sorted((*cue, *source))
    if not spans:
        return Polarity.AFFIRMED
    above = _clause(text, spans[0].start, content)
    words = _cue_words(text, cue, content)
    turns = _negations(words) + _turns_around(text, source, above)
    if _DENYING.search(words) and not _answers(text, cue, content):
        turns += 1
    if turns % 2:
        return Polarity.DENIED
    asked = _WHETHER.search(above) or _asks(text, words, content)
    return Polarity.QUESTIONED if asked else Polarity.AFFIRMED


def _clause(text: str, end: int, content: Spans) -> str:
    """What stands before a place in its sentence, from the end of a content on."""
    start = max([max(0, end - REACH), *(span.end for span in content if span.end <= end)])
    return _SENTENCE_END.split(text[start:end])[-1]


def _cue_words(text: str, cue: Spans, content: Spans) -> str:
    """The cue with a negation that stands right before it or right behind it ("said nothing about")."""
    if not cue:
        return ""
    before = _BEFORE_CUE.search(_clause(text, cue[0].start, content))
    end = cue[-1].end
    gap = next((text[end : span.start] for span in content if 0 <= span.start - end < REACH), "")
    behind = _BEHIND_CUE.match(gap)
    words = " ".join(span.of(text) for span in cue)
    return " ".join(part for part in (before and before["words"], words, behind and behind[0]) if part)


def _negations(words: str) -> int:
    """How often the words of a cue turn its meaning round, verbs of denying left out."""
    plain = _IDIOM.sub(" ", _UNSURE.sub(" ", words))
    said = _SAYING.search(plain)
    up_to = said.end() if said else len(plain)
    negations = sum(
        match.start() < up_to or match[0].casefold() in ("nothing", "no") for match in _NEGATION.finditer(plain)
    )
    return negations + len(_REFUSING.findall(plain))


def _turns_around(text: str, source: Spans, above: str) -> int:
    """Negations of the source ("nobody") and of what stands above it ("it is not true that")."""
    nobody = _NOBODY.match(source[0].of(text)) if source else _BY_NOBODY.search(above)
    return bool(nobody) + bool(_INVERTED.search(above)) + bool(_NOT_TRUE.search(above))


def _answers(text: str, cue: Spans, content: Spans) -> bool:
    """Whether a denial's content is the answer itself: “I did not,” he denied; dismissed it as “nonsense”."""
    first = content[0]
    said = " ".join(span.of(text) for span in content)
    if said.startswith("as ") or _JUDGED.search(said) or "as" in said.split()[-JUDGEMENT:-1]:
        return True
    if len(content) > 1 and re.search(r"\bas\W*$", text[max(first.end, content[1].start - REACH) : content[1].start]):
        return True
    whole = first.start < cue[0].start or first.of(text).lstrip(OPENING)[:1].isupper()
    return _is_quoted(text, content) and whole


def _asks(text: str, words: str, content: Spans) -> bool:
    """Whether a cue asks or doubts its content; a question in quotation marks is what somebody said."""
    plain = _IDIOM.sub(" ", words)
    if _UNSURE.search(plain):
        return not _is_quoted(text, content)
    asking = _ASKING.search(plain)
    if not asking or _is_quoted(text, content):
        return False
    if _ABOUT.search(plain) or not asking[0].casefold().startswith("ask"):
        return True
    wanted = [span.of(text)[:REACH] for span in content]
    if any(map(_INDIRECT_QUESTION.match, wanted)):
        return True
    return not any(_REQUEST.search(words) for words in wanted) and not _REQUEST.search(plain, asking.end())


def _is_quoted(text: str, content: Spans) -> bool:
    """Whether the content stands in quotation marks, inside its spans or around them."""
    start, end = content[0].start, content[-1].end
    opened = text[start] in OPENING or text[max(0, start - 1)] in OPENING
    return opened and (text[end - 1] in CLOSING or text[end : end + 1] in CLOSING)
