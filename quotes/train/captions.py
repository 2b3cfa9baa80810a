"""Lines that a page puts between an article's paragraphs: captions, credits, links to other articles, notices.

In: a random generator and names. Out: a line and the entities in it. A module because the annotated corpora were
cleaned of such lines and readers' files are not: a caption after a quote's paragraph was taken for its speaker.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from quotes.train.corpus import Example

Line = tuple[str, tuple[tuple[int, int, str], ...]]

SCENES = (
    "The {thing} in {place}",
    "{place}’s {thing}, seen from the air",
    "{person} outside the {thing} in {place}",
    "{person}, left, with {person} at the {thing}",
    "{person} of {body}",
    "{person}",
    "{person} speaks to reporters in {place} on {day}",
    "People wait at the {thing} in {place}, {day}",
    "A view of the {thing} near {place}",
    "Members of {body} at the {thing} on {day}",
    "The {thing}: a long wait",
    "{body} has its offices beside the {thing}",
)
THINGS = ("harbour", "market", "court", "stadium", "bridge", "clinic", "school", "river", "port", "mine", "town hall")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "12 March", "June 4", "last year")
CAPTION = ("{scene}", "{scene}.", "- {scene}", "– {scene}", "▲ {scene}", "({scene})", "[{scene}]", "* {scene}")
CREDIT = ("", "", "", " Photo: {person}", " Photograph: {person}/{body}", " ({body})", " / {body}", " © {person}")
LABEL = ("", "", "", "", "Image: ", "Photo: ", "Picture: ", "Image caption ", "FILE PHOTO: ", "Above: ", "PICTURED: ")
TITLES = (
    "five things to know about the {thing}",
    "how {place} built its {thing}",
    "inside the {thing} of {place}",
    "the long road to {place}",
    "why the {thing} matters",
    "{place}: a timeline",
    "the week in pictures",
    "who is {person}?",
    "a short history of {body}",
)
LINKS = (
    "Read more: {title}",
    "READ MORE: {title}",
    "Read also: {title}",
    "Also read | {title}",
    "See also: {title}",
    "Related: {title}",
    "Watch: {title}",
    "» {title}",
    "{title}",
)
NOTICES = (
    "Advertisement",
    "ADVERTISEMENT",
    "Story continues below",
    "Article continues after this advertisement",
    "Share this article",
    "Sign up to our newsletter",
    "Sign up for our daily briefing from {place}",
    "Subscribe now for full access",
    "Video",
    "Gallery: {place} in pictures",
    "Play video",
    "Skip to comments",
    "* * *",
    "---",
    "What you need to know",
    "Background",
)


def line_between(rng: random.Random, names: Mapping[str, Sequence[str]]) -> Line:
    """A caption (half of them), a link or a notice, and its entities (start, end, type)."""
    manner = rng.random()
    if manner < 0.5:
        scene = rng.choice(CAPTION).replace("{scene}", rng.choice(SCENES))
        return _filled(rng.choice(LABEL) + scene + rng.choice(CREDIT), rng, names)
    if manner < 0.75:
        title = rng.choice(TITLES)
        return _filled(rng.choice(LINKS).replace("{title}", title[0].upper() + title[1:]), rng, names)
    return _filled(rng.choice(NOTICES), rng, names)


def breaks_between(example: Example) -> list[re.Match[str]]:
    """Where one paragraph ends and the next begins, but not inside a span of an attribution."""
    spans = [f for r in example.relations for role in (r.source, r.cue, r.content) for f in role]
    ends = re.finditer(r"(?<=\S)\s*\n\s*(?=\S)", example.text)
    return [m for m in ends if not any(s < m.end() and m.start() < e for s, e in spans)]


def _filled(pattern: str, rng: random.Random, names: Mapping[str, Sequence[str]]) -> Line:
    text, entities = "", []
    for part in re.split(r"(\{\w+\})", pattern):
        if part in ("{person}", "{body}", "{place}"):
            word, kind = _named(part, rng, names)
            entities.append((len(text), len(text) + len(word), kind))
            text += word
        else:
            text += part.replace("{thing}", rng.choice(THINGS)).replace("{day}", rng.choice(DAYS))
    return text, tuple(entities)


def _named(slot: str, rng: random.Random, names: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    if slot == "{person}":
        return f"{rng.choice(names['given'])} {rng.choice(names['surnames'])}", "PERSON"
    if slot == "{body}":
        return rng.choice(names["organisations"]), "ORGANIZATION"
    return rng.choice(names["places"]), "LOCATION"
