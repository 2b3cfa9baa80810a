"""From the network's scores to linked attributions: Viterbi over tags, pointers to cue and source.

In: `Scored` (one document's pieces and scores). Out: `Found` attributions as spans of the text, with the features from
which confidence is computed. Pure, and a module because every decision that is not the network's is taken here.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from quotes.detect.windows import Pieces

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
ROLES = ("source", "cue", "content")
SOURCE, CUE, CONTENT = range(3)
ENTITIES = ("PERSON", "ORGANIZATION", "LOCATION", "MISC")
LINK = 128

NEAR = 96
"""Words to either side in which a cue or a source is sought."""

# F1 on kept-back articles (70 of PolNeAR / 72 written) without: EAGERNESS 0.0 / -0.1, source tokens -0.4 / -0.2; APART
# -0.2 / 0.0, direct -0.6 / 0.0; RECOVER -0.4 / -0.4. NEAR 64 or 140: -0.1 to -0.2 / 0.0.
EAGERNESS = np.array([[1, 0, 0], [0, 0, 0], [0.3, 0, 0]], np.float32)
"""Taken from the log-probability of O, by role; what is found too much falls to `confidence`."""
APART = 0.1
"""What is left of a pointer's share where it leaves the paragraph: of 18,360 gold sources 62 stand in another one."""
AHEAD = 0.015
"""The same where it goes on to a later paragraph: of 40,643 gold contents 42 stand before their cue's, 309 after it."""
RECOVER = 0.3
"""Share from which a pointer is believed although the tags found no span where it points."""
VOTERS = 512
"""Words of a content, half of them at each end, that say where its cue and source are: with all of them work and memory
grow with the square of its length. The longest of 24,818 contents in annotated articles has 291 words."""
WIDEST = VOTERS + 8 * NEAR
"""Words from first to last that are compared with one another; of a wider stretch only those near a voter."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One document as the network saw it; arrays run over word pieces.

    `tags` (n, 3, 3) log-probabilities of O, B, I by role; `entities` (n, 9) of O and B, I of each of ENTITIES;
    `links` (n, 4, 128) cue query, cue key, source query, source key; `none` (windows, 2, 128) the keys of "no cue"
    and "no source"; `window` (n,) which window spoke for a piece.
    """

    pieces: Pieces
    tags: Floats
    entities: Floats
    links: Floats
    none: Floats
    window: NDArray[np.int64]


@dataclass(slots=True)
class Stretch:
    """Words first..last (inclusive, as indices of words) of one role."""

    first: int
    last: int


@dataclass(slots=True)
class Found:
    """One attribution in words of the document."""

    content: list[Stretch]
    cue: Stretch | None
    source: Stretch | None
    features: dict[str, float] = field(default_factory=dict)


def decoded(scored: Scored) -> list[Found]:
    """All attributions of a document in order."""
    words = _Words(scored)
    if not len(words.heads):
        return []
    roles = [viterbi(words.tags[:, role] - EAGERNESS[role]) for role in range(len(ROLES))]
    sources, cues, contents = map(stretches, roles)
    return _Linker(words, sources, cues).linked(contents)


class _Words:
    """The first piece of each word, with its scores."""

    def __init__(self, scored: Scored) -> None:
        self.scored = scored
        self.heads = np.flatnonzero(scored.pieces.first)
        self.tags = scored.tags[self.heads]
        starts = scored.pieces.paragraph[self.heads].cumsum()
        self.paragraph = starts
        self.links = np.ascontiguousarray(scored.links[self.heads].transpose(1, 0, 2))
        self.links[[0, 2]] /= np.float32(np.sqrt(LINK))
        self.window = scored.window[self.heads]
        self._breaks: dict[int, Ints] = {}

    def breaks(self, role: int) -> Ints:
        """The words that do not continue a span of a role as the tags see it, and the end of the text."""
        if role not in self._breaks:
            tags = self.tags[:, role]
            goes_on = tags[:, 2] > np.maximum(tags[:, 0], tags[:, 1])
            self._breaks[role] = np.append(np.flatnonzero(~goes_on), len(tags))
        return self._breaks[role]


def viterbi(scores: Floats) -> NDArray[np.int64]:
    """The likeliest O/B/I sequence in which I never follows O.

    Where the best tag of each word makes a legal sequence, it is the best sequence. Around an I that follows an O the
    best is searched: from the B before it, which asks nothing of what stands before, to the end of the I.
    """
    path: NDArray[np.int64] = scores.argmax(1)
    begins, breaks = np.flatnonzero(path == 1), np.flatnonzero(path != 2)
    unsure: list[tuple[int, int]] = []
    for at in np.flatnonzero((path[1:] == 2) & (path[:-1] == 0)).tolist():
        before, stop = int(np.searchsorted(begins, at)), int(np.searchsorted(breaks, at + 1))
        start = int(begins[before - 1]) if before else 0
        end = int(breaks[stop]) if stop < len(breaks) else len(path)
        while unsure and start < unsure[-1][1]:
            start = min(start, unsure.pop()[0])
        unsure.append((start, end))
    for start, end in unsure:
        path[start:end] = _searched(scores[start:end].tolist())
    return path


def _searched(scores: list[list[float]]) -> list[int]:
    """Viterbi (1967) over a few words, in plain Python."""
    (o, b, i), *rest = scores
    back: list[tuple[int, int]] = []
    for new_o, new_b, new_i in rest:
        from_any = 0 if o >= b and o >= i else 1 if b >= i else 2
        from_said = 1 if b >= i else 2
        top, said = max(o, b, i), max(b, i)
        back.append((from_any, from_said))
        o, b, i = top + new_o, top + new_b, said + new_i
    path = [0 if o >= b and o >= i else 1 if b >= i else 2]
    for step in reversed(back):
        path.append(step[path[-1] == 2])
    return path[::-1]


def stretches(tags: NDArray[np.int64]) -> list[Stretch]:
    """Runs of B I I ... as stretches."""
    out: list[Stretch] = []
    for i in np.flatnonzero(tags).tolist():
        if tags[i] == 1 or not out or out[-1].last != i - 1:
            out.append(Stretch(i, i))
        else:
            out[-1].last = i
    return out


class _Linker:
    """Finds each content's cue and source."""

    def __init__(self, words: _Words, sources: list[Stretch], cues: list[Stretch]) -> None:
        self.words, self.sources, self.cues = words, sources, cues

    def linked(self, contents: list[Stretch]) -> list[Found]:
        """Contents that point at the same cue are fragments of one attribution."""
        found: list[Found] = []
        by_cue: dict[int, Found] = {}
        for content in contents:
            cue, sure = self._best(_voters([content]), CUE, self.cues)
            if cue is not None and cue.first in by_cue:
                by_cue[cue.first].content.append(content)
                continue
            one = Found([content], cue, None, {"cue_link": sure})
            found.append(one)
            if cue is not None:
                by_cue[cue.first] = one
        for one in found:
            one.source, one.features["source_link"] = self._source(one)
            one.features |= self._features(one)
        return found

    def _features(self, one: Found) -> dict[str, float]:
        """What the network was sure of, for `confidence`."""
        whole = np.concatenate([np.arange(c.first, c.last + 1) for c in one.content])
        tags = np.exp(self.words.tags[whole, CONTENT])
        begins = np.zeros(len(whole), np.bool_)
        begins[np.cumsum([0, *(c.last - c.first + 1 for c in one.content[:-1])])] = True
        after = [c.last + 1 for c in one.content if c.last + 1 < len(self.words.tags)]
        return {
            "content": float(1 - tags[:, 0].mean()),
            "low": float(1 - tags[:, 0].max()),
            "begin": float(tags[begins, 1].min()),
            "rival": float(tags[~begins, 1].max(initial=0.0)),
            "after": float(np.exp(self.words.tags[after, CONTENT, 2]).max(initial=0.0)),
            "cue": self._spoken(one.cue, CUE),
            "source": self._spoken(one.source, SOURCE),
            "has_cue": float(one.cue is not None),
            "has_source": float(one.source is not None),
            "length": float(np.log1p(len(whole))),
            "fragments": float(len(one.content) > 1),
        }

    def _spoken(self, stretch: Stretch | None, role: int) -> float:
        """How sure the tags are of a cue or source."""
        if stretch is None:
            return 0.0
        return float(1 - np.exp(self.words.tags[stretch.first : stretch.last + 1, role, 0]).mean())

    def _shares(self, at: Ints, role: int) -> tuple[Floats, int]:
        """Where the words `at` point on average: (1 + nearby words) shares, "none" first; and the first such word."""
        words = self.words
        low, high = max(int(at.min()) - NEAR, 0), min(int(at.max()) + NEAR + 1, len(words.heads))
        query, key = (0, 1) if role == CUE else (2, 3)
        asked, keys = words.links[query, at], words.links[key, low:high]
        near = _near(at, len(words.heads)) if high - low > WIDEST else None
        if near is not None:
            keys = words.links[key, near]
        nobody = words.scored.none[words.window[at], 0 if role == CUE else 1]
        scores = np.empty((len(at), 1 + len(keys)), np.float32)
        scores[:, 0] = np.einsum("ij,ij->i", asked, nobody)
        np.matmul(asked, keys.T, out=scores[:, 1:])
        shares = np.exp(scores - scores.max(1, keepdims=True))
        average: Floats = (1 / shares.sum(1) / len(at)) @ shares
        if near is None:
            return average, low
        spread = np.zeros(1 + high - low, np.float32)
        spread[np.append(0, 1 + near - low)] = average
        return spread, low

    def _best(self, at: Ints, role: int, among: list[Stretch]) -> tuple[Stretch | None, float]:
        """The stretch that the words `at` point to most, and their share; None where they point to none."""
        shares, low = self._shares(at, role)
        nobody, near = float(shares[0]), shares[1:]
        paragraph = self.words.paragraph[low : low + len(near)]
        own = self.words.paragraph[at]
        near[paragraph < own.min()] *= APART
        near[paragraph > own.max()] *= AHEAD
        best, top = None, 0.0
        first = bisect_left(among, low, key=lambda s: s.last)
        for s in among[first : bisect_left(among, low + len(near), key=lambda s: s.first)]:
            if (share := float(near[max(s.first - low, 0) : s.last - low + 1].sum())) > top:
                best, top = s, share
        target = int(near.argmax())
        if (share := float(near[target])) > max(top, nobody, RECOVER):
            return self._recovered(low + target, role), share
        return (best, top) if top > nobody else (None, nobody)

    def _recovered(self, at: int, role: int) -> Stretch:
        """A span where the pointer is sure but the tags were not: the word and what the tags say continues it."""
        breaks = self.words.breaks(role)
        return Stretch(at, int(breaks[np.searchsorted(breaks, at + 1)]) - 1)

    def _source(self, one: Found) -> tuple[Stretch | None, float]:
        """The content's and the cue's pointers vote."""
        at = [_voters(one.content)]
        if one.cue is not None:
            cue = _voters([one.cue])
            at += [cue] * max(1, len(at[0]) // (2 * len(cue)))
        return self._best(np.concatenate(at), SOURCE, self.sources)


def _voters(content: list[Stretch]) -> Ints:
    """The words that are asked: all, or those at both ends of a very long content."""
    words = np.concatenate([np.arange(c.first, c.last + 1) for c in content])
    return words if len(words) <= VOTERS else np.concatenate([words[: VOTERS // 2], words[-VOTERS // 2 :]])


def _near(at: Ints, count: int) -> Ints:
    """The words, in order, that are at most NEAR from any of `at`, of `count` words in all."""
    around = np.unique(at)[:, None] + np.arange(-NEAR, NEAR + 1)
    return np.unique(np.clip(around, 0, count - 1))
