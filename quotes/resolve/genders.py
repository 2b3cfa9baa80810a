"""The gender that titles, words of kinship and offices tell: "Mrs", "mother of two", "spokeswoman".

In: the titles in front of a name, or a description. Out: "m", "f" or "" where nothing tells. Articles and the cards
of old records read the same words.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.resolve.phrases import head_of
from quotes.text.names import plain
from quotes.text.words import word_set

MR = word_set("mr sir king prince lord duke monsieur herr señor signor uncle alhaji mallam")
MRS = word_set(
    "mrs ms miss mme mlle madam madame dame queen princess lady duchess baroness frau señora signora auntie alhaja "
    "hajia"
)
HE = word_set(
    "husband father dad son brother uncle grandfather grandad widower man boy gentleman king prince duke businessman "
    "fisherman salesman nobleman headmaster barman cameraman frontman policeman waiter landlord son-in-law "
    "father-in-law brother-in-law nephew grandson stepfather stepson"
)
SHE = word_set(
    "wife mother mum mom daughter sister aunt grandmother grandma widow woman girl lady queen princess duchess actress "
    "businesswoman spokeswoman chairwoman congresswoman councilwoman assemblywoman policewoman headmistress waitress "
    "landlady daughter-in-law mother-in-law sister-in-law niece granddaughter stepmother stepdaughter heroine midwife"
)
HE_OF_OFFICE = word_set("spokesman chairman congressman councilman assemblyman alderman statesman foreman")
"""Offices in -man, which women hold too: they tell less than anything else that tells."""

MAX_TITLES = 2  # so many are read from both ends: "Mrs Justice Ash", "President Sir Ines Ash"


def gender_of_titles(titles: Sequence[str]) -> str:
    """What the titles in front of a name tell."""
    low = [plain(title) for title in titles]
    if not low or low[-1] == "mayor":  # "Lord Mayor"
        return ""
    near = {low[-1], low[0]} if len(low) <= MAX_TITLES else {low[-1]}
    return "m" if near & MR else "f" if near & MRS else ""


def gender_of_office(office: str) -> str:
    """What the noun of an office or description tells; offices in -man tell nothing here."""
    head = _noun(office)
    return "m" if head in HE else "f" if head in SHE else ""


def is_he_of_office(office: str) -> bool:
    """Whether it is an office in -man: "committee chairman"."""
    return _noun(office) in HE_OF_OFFICE


def _noun(office: str) -> str:
    return head_of(office.casefold().split()).partition("-of-")[0]
