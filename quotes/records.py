"""The frozen records that pass between the stages: read → detect → resolve → store.

In: nothing. Out: plain values, equal by content, safe to send to another process. They are a module so that the stages
can be strangers: each knows these records and no other stage.

Every offset counts Unicode code points of `Document.text`, end exclusive, so that `text[start:end]` is what is meant.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """How much of the content stands in quotation marks: all of it, part of it, or none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Act(StrEnum):
    """What is represented: speech, writing or thought (Semino & Short 2004, *Corpus Stylistics*)."""

    SPEECH = "speech"
    WRITING = "writing"
    THOUGHT = "thought"


class Polarity(StrEnum):
    """How the source stands to the content: it holds it, denies it (or did not say it), or asks whether it is so."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    QUESTIONED = "questioned"


class SourceType(StrEnum):
    """What sort of source an article cites, as studies of sourcing count them.

    `ANONYMOUS` is a source that the article says would not be named; unnamed persons and groups are merely not named.
    """

    NAMED_PERSON = "named person"
    NAMED_ORGANISATION = "named organisation"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"
    UNNAMED_PERSON = "unnamed person"
    UNNAMED_GROUP = "unnamed group"


class SpeakerKind(StrEnum):
    """What sort of speaker stands behind a source."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    UNNAMED = "unnamed"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: code-point offsets, end exclusive, never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span must satisfy 0 <= start < end, not {self.start}, {self.end}")

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Document:
    """One article: its text (NFC, line ends `\\n`) and what is known about it.

    `id` names the document in the outside world: the "id" of a JSON Lines record, else its path or URL.
    `published` is the day of publication as printed; `published_at` is the moment, where the hour is told, with the
    zone where that is told too (else without `tzinfo`). `warnings` are sentences for the user about what could not be
    read of it; they are no part of the article and are not compared.
    """

    id: str
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: date | None = None
    language: str | None = None
    published_at: datetime | None = None
    warnings: tuple[str, ...] = field(default=(), compare=False)
    _sha256: str = field(default="", init=False, repr=False, compare=False)

    @property
    def sha256(self) -> str:
        """Hash of the text, computed once: two documents with the same text are one."""
        if not self._sha256:
            digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "_sha256", digest)
        return self._sha256


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text as the detector reads it: what it names, and how sure the network is of each kind.

    `kind` is one of NAME_KINDS; `shares` are the mean probabilities of the kinds over the words of the span, in the
    order of NAME_KINDS. What is left of 1 is the probability that the words are no name.
    """

    span: Span
    kind: str
    shares: tuple[float, ...] = ()


NAME_KINDS = ("PERSON", "ORGANIZATION", "LOCATION", "MISC")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement attributed to one source, as spans of the document (Pareti 2015, *attribution relation*).

    `content` holds at least one fragment; `cue` and `source` may be empty. Fragments are in order and do not overlap.
    `confidence` is the detector's, between 0 and 1. `statement_confidence` is the calibrated probability that it is a
    statement, something said or written, rather than an attitude, intention or act.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    kind: Kind
    act: Act
    confidence: float
    polarity: Polarity = Polarity.AFFIRMED
    statement_confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the fullest name of the article without title (None when nobody is named), and of what kind.

    `aliases` are the other forms of the name that the article uses. `gender` ("f" or "m") and `offices` are what the
    article tells of the speaker anywhere: by titles, pronouns, words of kinship and descriptions. `members` are the
    names of the persons of a group ("A and B said"), each without title. `age` is in years, on the day of the article.
    """

    name: str | None
    kind: SpeakerKind
    aliases: tuple[str, ...] = ()
    gender: str | None = None
    offices: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that speaks, or that a speaker belongs to or speaks for, with the abbreviation the article gives."""

    name: str
    abbreviation: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """An attribution whose source has been worked out: who said it, in which role, for whom, through whom.

    `speaker_confidence` is the probability, between 0 and 1, that the speaker is the right one.
    """

    attribution: Attribution
    speaker: Speaker
    organisation: Organisation | None = None
    role: str | None = None
    conduit: str | None = None
    speaker_confidence: float = 1.0
    source_type: SourceType = SourceType.UNNAMED_PERSON

    def text(self, document: Document) -> str:
        """The words of the content; the fragments of a broken quote are joined by ' […] '."""
        return " […] ".join(span.of(document.text) for span in self.attribution.content)


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition: `identity` is equal for all quotes of the claim, `text` is its first wording."""

    identity: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """By what a speaker or organisation of one document can be known again in another.

    Equal `block`: the same name; empty where the name says who it is only inside its document. `variant` holds what
    else is known, as "key=value" words in order: "gender=f middle=rodham". `kin` is what similar names share: the
    family name, the initials of a body; empty where there is none.
    """

    block: str
    variant: str
    kin: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """All speakers or organisations with equal cards, one a document: how many they are, and the row that is first."""

    card: Card
    head: int
    size: int


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the program holds of two rows: one ("same") or perhaps one ("unsure"); `score` between 0 and 1."""

    left: int
    right: int
    verdict: str
    score: float
    reason: str
