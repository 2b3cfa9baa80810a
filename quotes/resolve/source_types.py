"""What sort of source an article cites: one of the six that studies of sourcing count.

In: a text, and of each of its quotes, in order, where its source stands and who the speaker is; fresh or stored. Out: a
`SourceType` for each. A module because it must also be answered for quotes that were stored before it was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from quotes.records import SourceType, Span, Speaker, SpeakerKind
from quotes.resolve.anonymity import Anonymity
from quotes.resolve.phrases import DETERMINER, Sort, head_of, is_people, sort_of
from quotes.text.words import BODIES, MEDIA, NATIONALITIES, PAPERS, PREPOSITION, WHEN, places, word_set

NAMED = {SpeakerKind.PERSON: SourceType.NAMED_PERSON, SpeakerKind.ORGANISATION: SourceType.NAMED_ORGANISATION}
MANY = (SpeakerKind.GROUP, SpeakerKind.ORGANISATION)  # without a name, "the company": several people
SPOKEN = word_set("remarks comments speech testimony interview announcement account accounts")
PAGES = (PAPERS - SPOKEN) | word_set(
    "sign signs plaque legislation regulations treaty guidance invitation copy details modelling modeling submission "
    "submissions decisions information files language leak leaks paperwork biography memoir memoirs dossier "
    "questionnaire press-release newsletter leaflet poster banner subpoena warrant contract contracts constitution "
    "assessment assessments statute ordinance proposals forecasts memos posts videos"
)
THEY = frozenset({"they", "them", "their", "we", "us", "our"})
THING = frozenset({"it", "its", "which", "that"})
ALONE = frozenset({"he", "she", "his", "her", "him", "who"}) | THEY
_AFTER_HEAD = re.compile(r",\s|\s\(|\s[–—-]+\s|\s(?:who|whose|whom|which|that)\s")
_PARTICIPLE = re.compile(r"(?:\w+ed|seen|sent|shown|written|made|held|drawn|led|signed)$")
_FIRST_OF_MANY = re.compile(r"(?:[Tt]he )?((?:[A-Z][\w.’'-]*\s)*[A-Z][\w.’'-]*)(?:, | and )")


def source_types(text: str, sources: Iterable[Sequence[Span]], speakers: Iterable[Speaker]) -> list[SourceType]:
    """The type of each source of one document; `sources` and `speakers` are parallel, in the order of the text."""
    anonymity = Anonymity(text)
    out: list[SourceType] = []
    for source, speaker in zip(sources, speakers, strict=True):
        words = " ".join(source[0].of(text).split()) if source else ""
        out.append(_told(words, speaker) or _untold(words, source, speaker, anonymity, out[-1] if out else None))
    return out


def _told(words: str, speaker: Speaker) -> SourceType | None:
    """The type of a source that is a document, or whose speaker has a name."""
    if _is_page(words):
        return SourceType.DOCUMENT
    if speaker.name and speaker.kind in NAMED:
        return NAMED[speaker.kind]
    if speaker.members or (speaker.name and speaker.kind is SpeakerKind.AUTHOR):
        return SourceType.NAMED_PERSON
    return _joined(speaker.name or words) if speaker.kind is SpeakerKind.GROUP else None


def _joined(name: str) -> SourceType | None:
    """The type of several that begin with a name: "Ann Lee and others", "Chad and Niger"."""
    first = _FIRST_OF_MANY.match(name)
    last = first[1].split()[-1] if first else ""
    if not last or is_people(last.casefold()) or last in NATIONALITIES or last.casefold() in NATIONALITIES:
        return None
    body = last.isupper() or last.casefold() in BODIES | MEDIA or last.casefold() in places()
    return SourceType.NAMED_ORGANISATION if body else SourceType.NAMED_PERSON


def _untold(
    words: str, source: Sequence[Span], speaker: Speaker, anonymity: Anonymity, before: SourceType | None
) -> SourceType:
    """The type of a source without a name; `before` is the type of the quote before it."""
    head, sort = _noun(words)
    if source and anonymity.covers(source[0], head):
        return SourceType.ANONYMOUS
    low = words.casefold()
    if (low in ALONE and before is SourceType.ANONYMOUS) or (low in THING and before is SourceType.DOCUMENT):
        return before
    many = speaker.kind in MANY or sort is Sort.PEOPLE or low in THEY
    return SourceType.UNNAMED_GROUP if many else SourceType.UNNAMED_PERSON


def _is_page(words: str) -> bool:
    """Whether a source is something written or shown; a name that ends in such a word is a body's."""
    cut = _AFTER_HEAD.search(words, 1)
    phrase = DETERMINER.sub("", words[: cut.start()] if cut else words).split()
    end = next(
        (i for i, word in enumerate(phrase) if i and word in PREPOSITION and not _in_name(phrase, i)), len(phrase)
    )
    if end > 1 and _PARTICIPLE.match(phrase[end - 1]):
        end -= 1
    while end > 1 and phrase[end - 1].casefold() in WHEN:
        end -= 1
    noun = phrase[end - 1] if end else ""
    return noun.casefold().rstrip(",.:") in PAGES and (noun.islower() or end == 1)


def _in_name(phrase: list[str], i: int) -> bool:
    """Whether a preposition stands inside a name: "of" in "a Ministry of Works report"."""
    before, after = phrase[i - 1], "".join(phrase[i + 1 : i + 2])
    return before.casefold() not in PAGES and before[:1].isupper() and after[:1].isupper()


def _noun(words: str) -> tuple[str, Sort]:
    """The noun that a source is about, and what sort of source it makes."""
    cut = _AFTER_HEAD.search(words, 1)
    phrase = words[: cut.start()] if cut else words
    bare = DETERMINER.sub("", phrase).split()
    head = head_of(bare) if bare else ""
    return head, sort_of(head, bare, phrase)
