"""The seeds keep their promises: every annotation fits its article, and every trap the README names is there."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import frontmatter
import pytest

from quotes.records import Act, Kind, SpeakerKind

SEEDS = Path(__file__).parents[1] / "seeds"
SLUGS = sorted(path.stem for path in SEEDS.glob("*.txt"))
KEYS = {"source", "cue", "content", "kind", "act", "speaker", "speaker_kind", "organisation", "role", "conduit"}
OPENING, CLOSING = "“‘«\"'", "”’»\"'"
OPENING_MARK = re.compile(r"[“«]|(?<!\w)[‘'\"](?=\w)")
WORD = re.compile(r"\w+(?:[’'.-]\w+)*")

SHARED_QUOTES = {
    "no family should have to learn from a television screen that a ferry has gone down": {
        "ferry-mourning-brannock-pelican",
        "ferry-sinks-harbour-radio",
        "ferry-sinks-sennet-courier",
    },
    "not one job will be lost": {
        "docks-cuts-northern-ledger",
        "docks-debate-sennet-courier",
        "docks-pledge-harlan-dispatch",
    },
    "there is a net on both sides of this boat": {"lantern-bank-le-fanal", "lantern-bank-oduma-standard"},
}
SAME_SURNAME = {
    "ferry-sinks-sennet-courier": "Tarrant",
    "lantern-bank-oduma-standard": "Bako",
    "planning-bribes-greenbank-examiner": "Garrick",
    "shearers-shield-mullabin-herald": "Drummond",
}
NOT_QUOTES = {
    "docks-debate-sennet-courier": "Sarabwe bill",
    "dry-river-mullabin-herald": "miracle",
    "ferry-mourning-brannock-pelican": "ambulance",
    "ferry-sinks-sennet-courier": "Kitty",
    "interest-rates-northern-ledger": "grey mare",
    "volcano-evacuation-brannock-pelican": "Old Lady",
}
QUOTED_BY_SEVERAL = {
    "Imogen Tarrant": 5,
    "Desmond Quill": 4,
    "Nadia Velloso": 3,
    "Piers Calloway": 2,
    "Helena Strand": 3,
}


class Seed(NamedTuple):
    """One article as it lies on disk, with its front matter and its gold annotation."""

    raw: str
    meta: dict[str, Any]
    body: str
    gold: dict[str, Any]

    @property
    def attributions(self) -> list[dict[str, Any]]:
        return list(self.gold["attributions"])

    def words(self, fragments: list[list[int]]) -> list[str]:
        """The stretches of the body that the fragments cover."""
        return [self.body[start:end] for start, end in fragments]


def load(slug: str) -> Seed:
    raw = (SEEDS / f"{slug}.txt").read_bytes().decode("utf-8")
    post = frontmatter.loads(raw)
    lines = (SEEDS / f"{slug}.gold.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    return Seed(raw, post.metadata, post.content, json.loads(lines[0]))


ALL = {slug: load(slug) for slug in SLUGS}
each_seed = pytest.mark.parametrize("slug", SLUGS)


def plain(text: str) -> str:
    """The words of a text: no case, no punctuation."""
    return " ".join(WORD.findall(text.casefold()))


def stands_in_marks(text: str, start: int, end: int) -> bool:
    """Whether the fragment begins at an opening mark and ends at a closing one or at a paragraph's end."""
    before, after = text[:start][-1:], text[end : end + 1]
    opened = bool(before) and before in OPENING and not text[: start - 1][-1:].isalnum()
    return opened and ((bool(after) and after in CLOSING) or text.startswith("\n\n", end))


def kind_by_marks(seed: Seed, fragments: list[list[int]]) -> str:
    """The kind that the quotation marks on the page show."""
    if all(stands_in_marks(seed.body, start, end) for start, end in fragments):
        return "direct"
    return "mixed" if any(OPENING_MARK.search(seed.body, start, end) for start, end in fragments) else "indirect"


def test_there_are_enough_articles_from_enough_outlets() -> None:
    assert len(SLUGS) >= 15
    assert {path.name.removesuffix(".gold.jsonl") for path in SEEDS.glob("*.jsonl")} == set(SLUGS)
    assert len({seed.meta["outlet"] for seed in ALL.values()}) >= 6


@each_seed
def test_the_file_is_clean(slug: str) -> None:
    raw, _, body, _ = ALL[slug]
    assert unicodedata.is_normalized("NFC", raw)
    assert "\r" not in raw
    assert raw.endswith(f"\n---\n\n{body}\n")
    assert 150 <= len(body.split()) <= 700


@each_seed
def test_the_front_matter_is_whole(slug: str) -> None:
    meta = ALL[slug].meta
    assert set(meta) == {"title", "outlet", "date", "byline", "url"}
    assert type(meta["date"]) is date
    assert all(isinstance(meta[key], str) and meta[key] for key in ("title", "outlet", "byline"))
    address = urlsplit(meta["url"])
    assert address.scheme == "https"
    assert (address.hostname or "").endswith(".example")


@each_seed
def test_the_gold_text_is_the_body(slug: str) -> None:
    seed = ALL[slug]
    assert set(seed.gold) == {"id", "text", "attributions"}
    assert (seed.gold["id"], seed.gold["text"]) == (slug, seed.body)
    assert seed.attributions


@each_seed
def test_spans_are_in_order_and_cut_at_word_edges(slug: str) -> None:
    seed = ALL[slug]
    for attribution in seed.attributions:
        assert attribution["content"]
        for role in ("source", "cue", "content"):
            edges = [edge for fragment in attribution[role] for edge in fragment]
            assert edges == sorted(set(edges)), attribution
            assert not edges or (edges[0] >= 0 and edges[-1] <= len(seed.body))
            for start, end in attribution[role]:
                words = seed.body[start:end]
                assert words == words.strip()
                assert not (seed.body[:start][-1:].isalnum() and words[0].isalnum()), words
                assert not (words[-1].isalnum() and seed.body[end : end + 1].isalnum()), words


@each_seed
def test_no_attribution_is_there_twice(slug: str) -> None:
    seen = [json.dumps([a["content"], a["cue"]]) for a in ALL[slug].attributions]
    assert len(seen) == len(set(seen))


@each_seed
def test_values_are_allowed_and_kinds_agree_with_the_marks(slug: str) -> None:
    seed = ALL[slug]
    for attribution in seed.attributions:
        assert set(attribution) == KEYS
        assert attribution["kind"] == Kind(kind_by_marks(seed, attribution["content"])), attribution
        assert attribution["act"] in set(Act)
        assert attribution["speaker_kind"] in set(SpeakerKind)
        assert (attribution["speaker"] is None) == (attribution["speaker_kind"] == "unnamed")


@each_seed
def test_names_are_words_of_the_article(slug: str) -> None:
    seed = ALL[slug]
    known = set(WORD.findall(f"{seed.body} {seed.meta['byline']}"))
    for attribution in seed.attributions:
        assert set(WORD.findall(attribution["speaker"] or "")) <= known, attribution["speaker"]
        for key in ("organisation", "role", "conduit"):
            assert (attribution[key] or "") in seed.body, attribution[key]


@pytest.mark.parametrize(("quote", "slugs"), SHARED_QUOTES.items())
def test_the_same_quote_is_in_several_outlets(quote: str, slugs: set[str]) -> None:
    found = {
        slug
        for slug, seed in ALL.items()
        for attribution in seed.attributions
        if attribution["kind"] == "direct" and plain(" ".join(seed.words(attribution["content"]))) == quote
    }
    assert found == slugs
    assert len({ALL[slug].meta["outlet"] for slug in slugs}) == len(slugs)


def test_one_statement_is_reported_in_other_words() -> None:
    pair = []
    for slug, word in (
        ("volcano-evacuation-brannock-pelican", "tomorrow"),
        ("volcano-science-tidewater", "within a day"),
    ):
        seed = ALL[slug]
        pair += [(a["speaker"], a["kind"]) for a in seed.attributions if word in " ".join(seed.words(a["content"]))]
    assert pair == [("Nadia Velloso", "direct"), ("Nadia Velloso", "indirect")]


@pytest.mark.parametrize(("slug", "surname"), SAME_SURNAME.items())
def test_two_people_share_a_name(slug: str, surname: str) -> None:
    names = {a["speaker"] for a in ALL[slug].attributions if a["speaker_kind"] == "person"}
    assert len([name for name in names if name.split()[-1] == surname]) == 2


@pytest.mark.parametrize(("slug", "phrase"), NOT_QUOTES.items())
def test_a_phrase_in_marks_is_no_quote(slug: str, phrase: str) -> None:
    seed = ALL[slug]
    at = seed.body.index(phrase)
    assert stands_in_marks(seed.body, at, at + len(phrase))
    assert not any(start <= at < end for a in seed.attributions for start, end in a["content"])


def test_one_quote_runs_over_three_paragraphs() -> None:
    seed = ALL["lantern-prize-sennet-courier"]
    (fragments,) = [a["content"] for a in seed.attributions if len(a["content"]) == 3]
    assert [seed.body[end : end + 3] for _, end in fragments] == ["\n\n‘", "\n\n‘", "’\n\n"]
    assert all(stands_in_marks(seed.body, start, end) for start, end in fragments)


def test_one_article_carries_a_correction() -> None:
    seed = ALL["library-hours-greenbank-examiner"]
    assert seed.body.split("\n\n")[-1].startswith("Correction, ")
    wrong, right = seed.attributions[-2:]
    assert (wrong["speaker_kind"], right["speaker"]) == ("author", "Hettie Ambrose")


def test_every_style_of_mark_opens_a_direct_quote() -> None:
    opened = {
        seed.body[start - 1]
        for seed in ALL.values()
        for attribution in seed.attributions
        if attribution["kind"] == "direct"
        for start, _ in attribution["content"]
    }
    assert opened == set(OPENING)


def test_every_allowed_value_occurs() -> None:
    every = [attribution for seed in ALL.values() for attribution in seed.attributions]
    for key, values in (("kind", Kind), ("act", Act), ("speaker_kind", SpeakerKind)):
        assert {attribution[key] for attribution in every} == set(values)


def test_the_cast_returns_in_several_outlets() -> None:
    outlets = defaultdict(set)
    for seed in ALL.values():
        for attribution in seed.attributions:
            outlets[attribution["speaker"]].add(seed.meta["outlet"])
    assert {name: len(outlets[name]) for name in QUOTED_BY_SEVERAL} == QUOTED_BY_SEVERAL


def test_the_readme_lists_every_article() -> None:
    listed = re.findall(r"^\| `([a-z-]+)` \|", (SEEDS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    keys = {"kind", "act", "speaker", "speaker_kind"}
    assert sorted(set(listed) - keys) == SLUGS
