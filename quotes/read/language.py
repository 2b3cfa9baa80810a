"""Whether a text is English, the one language that detection is made for.

In: a stored text. Out: None, or the reason why it is refused. It is a module because the model behind it takes 0.8 s to
load, so that most English must be let through without it.

Thresholds measured on pieces of 934 English news articles and of the Universal Declaration of Human Rights in 45
languages (1,500 and 1,350 pieces of each length). "P" is the probability of English that py3langid gives.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from quotes.errors import QuotesError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# With P under 0.05 no English piece of 100 characters or more was refused, and of other languages 0.7 % of the pieces
# of 100, 0.2 % of 200 and none of 400 characters were admitted. At 60 characters it refuses 0.5 % of the English, at
# 30 2.7 %.
LEAST_ENGLISH = 0.05
# Shorter texts are judged by their script alone: the model is wrong about English names and headlines.
TOO_SHORT_TO_TELL = 60
READ = 3_000  # characters; the model needs 2 ms for 4,500, and is sure long before
_COMMON = frozenset(
    {"the", "and", "to", "that", "for", "with", "said", "it", "his", "he", "from", "has", "are", "have"}
)
_COMMON |= {"not", "but", "they", "which", "this", "would", "been", "who"}
# 94 % of the 925 English articles of 60 words and more have this share of those words at their start; of 474 other
# languages of the Declaration, in pieces of 450 characters, only Scots (0.27) and Trinitario (0.18) reach it;
# Nigerian Pidgin has 0.14, Dutch under 0.10.
ENOUGH_COMMON = 0.16
ENOUGH_WORDS = 60
_WORD = re.compile(r"[^\W\d_]+")
ENGLISH = frozenset({"en", "eng", "english"})


def code(declared: str) -> str:
    """The short code of a declared language: "en-GB" and "English" are "en"."""
    first = re.split(r"[-_]", declared.strip().lower())[0]
    return "en" if first in ENGLISH else first


def refusal(text: str, declared: str | None) -> str | None:
    """Why a text is not taken for English, or None; a declared language is believed."""
    if declared is not None:
        return None if code(declared) == "en" else _reason(code(declared), "as declared")
    head = text[:READ]
    words = _WORD.findall(head.lower())
    if len(words) >= ENOUGH_WORDS and sum(word in _COMMON for word in words) >= ENOUGH_COMMON * len(words):
        return None
    if len(head.strip()) < TOO_SHORT_TO_TELL:
        return (
            None
            if _mostly_latin(head)
            else "not in Latin letters; pass --language with its code to add it all the same"
        )
    ranked = _model().rank(head)
    best, probability = ranked[0]
    if best == "en" or dict(ranked)["en"] >= LEAST_ENGLISH:
        return None
    return _reason(best, f"{probability:.2f}")


def _reason(found: str, grounds: str) -> str:
    """The sentence for a text in another language."""
    if found == "zxx":  # ISO 639: no linguistic content
        return "not recognisable as text in any language; pass --language en to add it all the same"
    from babel import Locale

    name = Locale("en").languages.get(found, f'"{found}"')
    return f"in {name} ({grounds}); pass --language {found} to add it all the same"


def _mostly_latin(text: str) -> bool:
    """Whether at least half of the letters are Latin; a text without letters is."""
    letters = "".join(_WORD.findall(text))
    latin = sum(character < "\u0250" for character in letters)
    return latin * 2 >= len(letters)


@cache
def _model() -> LanguageIdentifier:
    """The model, loaded when it is first needed. Raises `QuotesError` where there is no room to unpack it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:  # no fault of the text, which a caller would refuse
        raise QuotesError(
            f"The model that tells languages cannot be unpacked ({error.strerror}). Make room for temporary files "
            "(TMPDIR), raise the limit on file sizes (ulimit -f), or declare the language: --language en."
        ) from error
