"""From attributions to quotes: speaker, role, body and conduit of each.

In: a `Document` and its `Attribution`s. Out: a `Quote` for each, in the same order. It is a module because it is where
the parts that each look at one thing are put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quotes.records import Attribution, Document, Name, Organisation, Quote, SpeakerKind
from quotes.resolve.bodies import body_behind, body_of_office
from quotes.resolve.cast import Cast
from quotes.resolve.conduits import conduit_of
from quotes.resolve.phrases import Sort
from quotes.resolve.source_types import source_types
from quotes.resolve.speakers import Finding, Speakers
from quotes.text.page import Page
from quotes.text.words import ROLES

OFFICES = (ROLES | {"friend"}) - {"source", "insider", "person"}  # what an unnamed speaker is said to be
MAY_SERVE = (Sort.PEOPLE, Sort.PERSON, Sort.NAME)  # sources without a name of their own that may speak for a body


def resolve(
    document: Document, attributions: Sequence[Attribution], names: Sequence[Name] = (), page: Page | None = None
) -> list[Quote]:
    """Who says each attribution: one quote for each, in the same order.

    `names` are those that the detector read in the text, in order; without them, capitals alone tell where names stand.
    `page` is the one of the text, if there is one already.
    """
    page = page or Page(document.text)
    speakers = Speakers(document, names, page)
    said = list(map(page.read, attributions))
    order = sorted(range(len(said)), key=lambda i: _place(said[i]))
    found = {i: speakers.of(said[i]) for i in order}
    quotes = {i: _quote(speakers.cast, page, said[i], found[i]) for i in order}
    for before, i in pairwise(order):
        quotes[i] = _in_one_breath(page, quotes[before], quotes[i])
    speaking = [quotes[i].speaker for i in range(len(said))]
    types = source_types(page.text, (one.source for one in said), speaking)
    given = zip(attributions, types, strict=True)
    return [replace(quotes[i], attribution=one, source_type=type_) for i, (one, type_) in enumerate(given)]


def _in_one_breath(layout: Page, before: Quote, quote: Quote) -> Quote:
    """ "She told AFP that …, adding that …": one source in one sentence has one hearer."""
    ours, theirs = quote.attribution, before.attribution
    if (
        quote.conduit
        or not before.conduit
        or not ours.cue
        or not theirs.cue
        or ours.source != theirs.source
        or before.conduit.startswith("a ")
    ):
        return quote
    same = layout.sentence(ours.cue[0].start) == layout.sentence(theirs.cue[0].start)
    return replace(quote, conduit=before.conduit) if same else quote


def _place(attribution: Attribution) -> int:
    """Where an attribution stands in the text: at its source, cue or content."""
    return (attribution.source or attribution.cue or attribution.content)[0].start


def _quote(cast: Cast, layout: Page, attribution: Attribution, found: Finding) -> Quote:
    entity, speaker = found.entity, found.speaker
    organisation, role = None, found.role
    if speaker.kind is SpeakerKind.ORGANISATION and speaker.name:
        organisation = Organisation(speaker.name, entity.abbreviation if entity else None)
    elif speaker.kind is SpeakerKind.PERSON and entity:
        offices = {office.casefold(): office for office in entity.offices}
        speaker = replace(speaker, gender=entity.told or None, offices=tuple(offices.values()), age=entity.age)
        role = entity.role
        body = cast.named(entity.organisation) if entity.organisation else None
        organisation = (
            Organisation(entity.organisation, body.abbreviation if body else None) if entity.organisation else None
        )
    elif speaker.kind in (SpeakerKind.GROUP, SpeakerKind.UNNAMED) and found.source.sort in MAY_SERVE:
        source = found.source
        named = body_behind(cast, source.start, source.end)
        if source.sort is Sort.PERSON:
            owned = source.owner or source.owner_pronoun
            named = named or (None if owned else body_of_office(cast, source.head, source.start))
            role = source.phrase if speaker.kind is SpeakerKind.UNNAMED and source.head in OFFICES else None
        organisation = Organisation(named) if named else None
    heard = conduit_of(layout, attribution)
    return Quote(attribution, speaker, organisation, role, heard, round(found.confidence, 4))
