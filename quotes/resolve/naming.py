"""All that the store asks of names, in one object: how they are compared, and which of different documents are one.

In: nothing. Out: `NAMING`. It is a module because the store must know none of the modules it is put together from.
"""

from __future__ import annotations

from quotes.resolve import cards, identities
from quotes.text import names


class Naming:
    """The rules of this stage, as the store asks for them."""

    judge = identities.JUDGE
    key = staticmethod(names.name_key)
    speaker_card = staticmethod(cards.speaker_card)
    members = staticmethod(cards.members)
    organisation_card = staticmethod(cards.organisation_card)
    opinion_of_equals = staticmethod(identities.opinion_of_equals)
    views = staticmethod(identities.views)
    doubts_of_single = staticmethod(identities.doubts_of_single)


NAMING = Naming()
