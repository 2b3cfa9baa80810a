"""Quotes → claims: which quotes state one proposition.

In: the words of a quote. Out: the claim that they state. First version: quotes whose words are equal but for case,
punctuation and quote style are one claim, whoever says them. Claims that say the same in other words are joined by
judgements, which are the store's.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from quotes.records import Claim
from quotes.text.lines import visible

DIGITS = 32
"""Hexadecimal digits of a claim's identity: with 128 bits no two of a thousand million claims collide."""

WORDS = re.compile(r"\w+")
# An apostrophe belongs to its word, whichever way it is set: "don't", "don’t" and "dont" state the same.
APOSTROPHES = re.compile(r"(?<=\w)['’ʼ](?=\w)")


def claim(text: str) -> Claim:
    """The claim that a quote states: `identity` is equal for all quotes of it, `text` the wording at hand."""
    plain = unicodedata.normalize("NFKC", APOSTROPHES.sub("", visible(text))).casefold()
    words = " ".join(WORDS.findall(plain)) or plain
    return Claim(identity=hashlib.sha256(words.encode()).hexdigest()[:DIGITS], text=text)
