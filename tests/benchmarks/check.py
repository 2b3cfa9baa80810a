"""How many quotations of drafts `quotes check` tells right, by the way in which they were altered.

    python -m tests.benchmarks.check [--corpus ARTICLES.jsonl] [--rounds 4]
    python -m tests.benchmarks.check --speed DATABASE [--quotations 50]

The drafts are made of the articles in `seeds/`, and of those of --corpus, in the form of the corpora
(`tests/verify/drafts.py`); the articles are read into a new database first. "passed" are quotations that the verdict
lets stand, of which there must be none where they were altered or invented; "accused" are verbatim ones of which it
says that words or speaker are wrong, at most one in a hundred; "asked about" are those whose speaker no article
confirms. What is altered may be told by another word than the usual: a dropped word may look like two pieces.

--speed takes a database that `python -m tests.benchmarks.million` has filled, and prints the processor time of checking
a draft with that many quotations of it, half of them with a word changed, as a ratio to as many bare full-text queries
for three words of each. Finding the quotations in the draft is not timed.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from quotes.pipeline import add, extract, seeds
from quotes.records import Act, Attribution, Document, Kind, Quote, Span, Speaker, SpeakerKind
from quotes.store.engine import open_database
from quotes.store.fulltext import ranked
from quotes.verify import Finding, Verdict, check
from quotes.verify.differences import Change
from tests.verify.drafts import LEAST, WAYS, Draft, Quoted, drafts

UNALTERED = ("verbatim", "translated marks")
USUAL = {
    "verbatim": (Verdict.VERBATIM,),
    "translated marks": (Verdict.VERBATIM,),
    "fair cut": (Verdict.ALTERED,),
    "dropped word": (Verdict.ALTERED,),
    "changed number": (Verdict.ALTERED,),
    "swapped speaker": (Verdict.OTHER_SPEAKER,),
    "invented": (Verdict.NOT_FOUND,),
    "stitched": (Verdict.MERGED,),
    "tense changed": (Verdict.ALTERED,),
    "negation dropped": (Verdict.ALTERED,),
}


@dataclass(frozen=True)
class Told:
    """A quotation of a draft and what was found out about it."""

    quoted: Quoted
    finding: Finding | None

    @property
    def passed(self) -> bool:
        """Whether it would be printed."""
        if self.finding is None:
            return True
        return self.finding.stands or (self.finding.verdict is Verdict.ALTERED and bool(self.finding.fair))

    @property
    def accused(self) -> bool:
        """Whether words or speaker are said to be wrong."""
        return not self.passed and self.finding is not None and self.finding.verdict is not Verdict.UNCONFIRMED

    @property
    def right(self) -> bool:
        """Whether the verdict is the one for the way, with the change that was made."""
        if self.finding is None or self.finding.verdict not in USUAL[self.quoted.way]:
            return False
        changed = {"changed number": Change.NUMBER, "negation dropped": Change.NEGATION}.get(self.quoted.way)
        fair = self.quoted.way == "fair cut"
        return (changed is None or changed in self.finding.changes) and self.finding.fair in (None, fair)


def told(engine: Engine, draft: Draft) -> Iterator[Told]:
    """What is found out about each quotation of a draft."""
    document = Document(draft.id, draft.text)
    findings = [finding for finding in check(engine, document, extract(document)) if finding.passage.quoted]
    start = 0
    for quoted in draft.quoted:
        end = start + len(quoted.paragraph)
        inside = [one for one in findings if start <= one.passage.spans[0].start < end]
        yield Told(quoted, inside[0] if inside else None)
        start = end + 2


def articles(corpus: Path | None = None) -> list[dict[str, Any]]:
    """Annotated articles: those of a corpus, else those of `seeds/`."""
    paths = [corpus] if corpus else sorted(seeds().glob("*.gold.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def filled(path: Path, corpus: Path | None = None) -> Engine:
    """A new database with the articles, as `quotes add` makes it."""
    engine = open_database(str(path), create=True)
    add(engine, [str(corpus) if corpus else str(seeds() / "*.txt")])
    return engine


def report(results: Sequence[Told]) -> Iterator[str]:
    """The figures, a line a way."""
    yield f"{'way':18}{'quotations':>11}{'told right':>12}{'passed':>8}  verdicts"
    for way in WAYS:
        own = [one for one in results if one.quoted.way == way]
        verdicts = Counter(one.finding.verdict.value if one.finding else "no quotation seen" for one in own)
        right, passed = sum(one.right for one in own), sum(one.passed for one in own)
        counts = ", ".join(f"{verdict} {count}" for verdict, count in verdicts.most_common())
        yield f"{way:18}{len(own):11}{right / max(len(own), 1):12.1%}{passed:8}  {counts}"
    wrong = [one for one in results if one.passed and one.quoted.way not in (*UNALTERED, "fair cut")]
    clean = [one for one in results if one.quoted.way in UNALTERED]
    accused = sum(one.accused for one in clean)
    unsure = sum(not (one.passed or one.accused) for one in clean)
    yield f"altered or invented, passed: {len(wrong)}"
    yield f"verbatim, accused: {accused} of {len(clean)} ({accused / max(len(clean), 1):.1%}); asked about: {unsure}"


RUNS = 3


def drawn(engine: Engine, count: int) -> tuple[Document, list[Quote], list[str]]:
    """A draft with so many quotations of a database, its quotes, and three words of each."""
    chance = random.Random(1)
    with engine.connect() as connection:
        most = connection.scalar(text("SELECT max(quote_id) FROM attributed_quote")) or 0
        ids = ", ".join(str(chance.randint(1, most)) for _ in range(4 * count))
        found = connection.execute(text(f"SELECT text, speaker FROM attributed_quote WHERE quote_id IN ({ids})"))
        pairs = [(words.split(), speaker) for words, speaker in found if len(words.split()) > LEAST][:count]
    said_so, quotes = [], []
    for number, (words, speaker) in enumerate(pairs):
        words = [*words[:2], "unheard", *words[3:]] if number % 2 else words
        said_so.append(f"“{' '.join(words)},” {speaker} said.")
    body = "\n\n".join(said_so)
    for paragraph, (_, speaker) in zip(said_so, pairs, strict=True):
        start = body.index(paragraph)
        content = Span(start + 1, start + paragraph.index("”"))
        source = Span(start + paragraph.index("”") + 2, start + len(paragraph) - len(" said."))
        attribution = Attribution((content,), (), (source,), Kind.DIRECT, Act.SPEECH, 0.9)
        quotes.append(Quote(attribution, Speaker(speaker, SpeakerKind.PERSON)))
    return Document("draft", body), quotes, [" ".join(words[-3:]) for words, _ in pairs]


def speed(engine: Engine, count: int) -> Iterator[str]:
    """How long a draft takes, and as many bare queries."""
    draft, quotes, phrases = drawn(engine, count)
    ratios, ours, bare = [], [], []
    for _ in range(RUNS):
        start = time.process_time()
        findings = check(engine, draft, quotes)
        ours.append(time.process_time() - start)
        start = time.process_time()
        for phrase in phrases:
            with engine.connect() as connection:
                connection.execute(
                    ranked(connection.dialect, f'"{phrase}"', any_word=True, listed=False).limit(40)
                ).all()
        bare.append(time.process_time() - start)
        ratios.append(ours[-1] / bare[-1])
    verdicts = Counter(finding.verdict.value for finding in findings)
    yield f"quotations {len(findings)}: {', '.join(f'{name} {count}' for name, count in verdicts.items())}"
    yield f"check: {1000 * statistics.median(ours) / count:.1f} ms a quotation"
    yield f"bare full-text query: {1000 * statistics.median(bare) / count:.1f} ms"
    yield f"check / bare query: {statistics.median(ratios):.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--speed", metavar="DATABASE")
    parser.add_argument("--quotations", type=int, default=50)
    given = parser.parse_args()
    if given.speed:
        print("\n".join(speed(open_database(given.speed), given.quotations)))
        return
    with tempfile.TemporaryDirectory() as folder:
        engine = filled(Path(folder) / "check.db", given.corpus)
        made = list(drafts(articles(given.corpus), given.rounds))
        results = [one for draft in made for one in told(engine, draft)]
        print(f"drafts {len(made)}")
        print("\n".join(report(results)))
        engine.dispose()


if __name__ == "__main__":
    main()
