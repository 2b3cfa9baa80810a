"""Speech, writing or thought: read off the cue.

In: the words of a cue. Out: an `Act`. A module because the lexicon is a list that people will want to add to.
"""

from __future__ import annotations

import re

from quotes.records import Act

_WRITING = (
    "wr(?:ites?|ote|itten|iting) tweet(?:s|ed|ing)? retweet\\w* post(?:s|ed|ing)? blog(?:s|ged|ging)? "
    "e-?mail(?:s|ed|ing)? text(?:s|ed|ing)? publish\\w* print(?:s|ed) statement letter memo reports? article "
    "op-?ed editorial\\w* headlin\\w* book caption\\w* read(?:s|ing)? (?:en)?titled document\\w* filing polls? "
    "survey(?:s|ed)? study studies"
)
_THOUGHT = (
    "th(?:inks?|ought|inking) believ\\w+ beliefs? hop(?:e|es|ed|ing) want(?:s|ed|ing)? wish(?:es|ed|ing)? "
    "fear(?:s|ed|ing)? expect(?:s|ed|ing|ation\\w*)? know(?:s|n|ing)? knew feel(?:s|ing)? felt "
    "consider(?:s|ed|ing)? regard\\w* suspect\\w* doubt(?:s|ed|ing)? assum\\w+ imagin\\w+ plan(?:s|ned|ning)? "
    "intend\\w* decid\\w+ decision prefer\\w* lik(?:es|ed) lov(?:e|es|ed) hat(?:e|es|ed) worr\\w+ "
    "concern(?:s|ed)? seek(?:s|ing)? sought aim(?:s|ed|ing)? understand\\w* understood reali[sz]\\w+ remember\\w* "
    "forg(?:et|ot)\\w* learn\\w* view(?:s|ed|ing)? seems? seemed appears? appeared support(?:s|ed|ing)? "
    "favou?r\\w* oppos\\w+ wonder\\w* determin\\w+ desire\\w* willing interest(?:ed)? confiden\\w+ optimis\\w+ "
    "mind"
)
_SPEECH = "sa(?:y|ys|id|ying) t(?:ell|ells|old|elling) ask(?:s|ed|ing)? according"


def _any(words: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words.split()) + r")\b", re.IGNORECASE)


_ORDER = ((_any(_SPEECH), Act.SPEECH), (_any(_WRITING), Act.WRITING), (_any(_THOUGHT), Act.THOUGHT))


def act_of(cue: str) -> Act:
    """The act that a cue names; speech where it names none."""
    return next((act for words, act in _ORDER if words.search(cue)), Act.SPEECH)
