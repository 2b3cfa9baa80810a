"""The lexicon of cues: which verbs report, what they represent, and what may follow them.

In: a word in lower case. Out: the cue it is a form of, or none. It is a module because it is data: whoever wants
another verb adds it here and nowhere else.

The groups follow what stands after the verb. A verb stands in a group where it marks an attribution at least about
half of the time in PolNeAR's training part: "maintained that …" does, "maintained …" does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto

from quotes.detect.grammar import word_set
from quotes.records import Act


class Takes(Flag):
    """What a reporting verb may be followed by."""

    QUOTE = auto()  # “…,” she warned
    CLAUSE = auto()  # she said [that] it was over
    THAT = auto()  # she warned that it was over, but not: she warned it
    INFINITIVE = auto()  # she vowed to go on
    OBJECT = auto()  # she denied the charge
    HEARER = auto()  # she told AFP [that] it was over
    LABEL = auto()  # she called it “a disgrace”


@dataclass(frozen=True, slots=True)
class Cue:
    """One verb: its base form, what it represents and what it takes."""

    base: str
    act: Act
    takes: Takes


_Q, _C, _T, _I, _O, _H, _L = Takes
_SAY = _Q | _C | _T

_GROUPS: list[tuple[Act, Takes, str]] = [
    (Act.SPEECH, _SAY, "say add claim insist argue note explain"),
    (Act.SPEECH, _SAY, "acknowledge stress suggest predict admit warn announce declare"),
    (Act.SPEECH, _SAY, "concede complain contend reiterate joke assert"),
    (Act.SPEECH, _SAY, "emphasize emphasise testify recall boast confirm deny"),
    (Act.SPEECH, _SAY, "report reveal"),
    (Act.SPEECH, _O, "confirm deny"),
    (Act.SPEECH, _Q | _H | _T, "tell remind assure inform"),
    (Act.SPEECH, _Q | _T, "reply respond exclaim observe counter continue"),
    (Act.SPEECH, _Q | _T, "point_out muse lament caution retort interject opine"),
    (Act.SPEECH, _Q | _T, "indicate repeat conclude state allege maintain estimate remark quip"),
    (Act.SPEECH, _Q, "ask shout yell chant whisper cry begin sigh"),
    (Act.SPEECH, _Q, "laugh thunder implore plead enthuse intone urge offer go_on"),
    (Act.SPEECH, _T | _I, "agree promise threaten pledge vow swear"),
    (Act.SPEECH, _I, "refuse decline offer demand"),
    (Act.SPEECH, _O, "call_for call_on urge criticize criticise condemn"),
    (Act.SPEECH, _O, "denounce reject dismiss praise blast blame accuse"),
    (Act.SPEECH, _L, "call describe dub brand label decry"),
    (Act.SPEECH, _L, "deride denounce characterize characterise portray slam blast"),
    (Act.WRITING, _Q | _T, "write tweet post"),
    (Act.WRITING, _Q, "retweet blog email e-mail text caption"),
    (Act.THOUGHT, _C | _T | _Q, "think believe"),
    (Act.THOUGHT, _T | _C, "hope fear"),
    (Act.THOUGHT, _T, "realize realise doubt decide guess reckon worry suspect expect feel"),
]  # fmt: skip

IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote writing",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "swear": "swears swore swearing",
    "begin": "begins began beginning",
    "go": "goes went going",
    "quip": "quips quipped quipping",
    "admit": "admits admitted admitting",
    "blog": "blogs blogged blogging",
    "slam": "slams slammed slamming",
    "plead": "pleads pleaded pled pleading",
    "retweet": "retweets retweeted retweeting",
    "cry": "cries cried crying",
    "dub": "dubs dubbed dubbing",
    "label": "labels labelled labeled labelling",
}
# Forms that are nouns as often as verbs: what stands before them has to decide.
NOUNS = word_set(
    "report reports claim claims cry cries offer offers demand demands fear fears hope hopes estimate estimates "
    "text texts post posts label labels call calls state states note notes remark remarks tweet tweets email emails "
    "e-mail e-mails pledge pledges promise promises vow vows doubt doubts guess blog blogs caution laugh shout "
    "chant question suspect suspects worry worries brand blame praise caption captions joke jokes address"
)


def forms(base: str) -> tuple[list[str], list[str]]:
    """The finite forms of a verb ("says", "said", "say") and its other ones ("saying")."""
    if base in IRREGULAR:
        words = IRREGULAR[base].split()
        return [base, *(w for w in words if not w.endswith("ing"))], [w for w in words if w.endswith("ing")]
    stem = base[:-1] if base.endswith("e") else base
    if base.endswith("y") and base[-2] not in "aeiou":
        return [base, base[:-1] + "ies", base[:-1] + "ied"], [base + "ing"]
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "ss")) else "s")
    return [base, third, stem + "ed"], [stem + "ing"]


def _lexicon() -> tuple[dict[str, Cue], dict[str, Cue], dict[tuple[str, str], Cue]]:
    """Finite forms, participles, and finite forms of two words, each with its cue."""
    cues: dict[str, Cue] = {}
    for act, takes, bases in _GROUPS:
        for base in bases.split():
            known = cues.get(base)
            cues[base] = Cue(base, known.act if known else act, takes | known.takes if known else takes)
    finite: dict[str, Cue] = {}
    participles: dict[str, Cue] = {}
    double: dict[tuple[str, str], Cue] = {}
    for base, cue in cues.items():
        verb, _, particle = base.partition("_")
        main, ing = forms(verb)
        if particle:
            double |= {(word, particle): cue for word in main}
        else:
            finite |= dict.fromkeys(main, cue)
            participles |= dict.fromkeys(ing, cue)
    return finite, participles, double


FINITE, PARTICIPLE, DOUBLE = _lexicon()
