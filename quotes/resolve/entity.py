"""One person, body or group of an article, with all that the article says of it.

In: its mentions, one after the other. Out: an `Entity`, filled by the cast and by its profile. It is a module because
everything that resolves sources hands entities about, and only the cast makes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes.records import SpeakerKind
from quotes.resolve.mentions import Mention
from quotes.text.names import identity, plain
from quotes.text.words import first_names, word_set

MALE = word_set(
    "mr sir king prince lord duke congressman spokesman chairman father son husband brother man businessman actor"
)
FEMALE = word_set(
    "mrs ms miss mme mlle dame queen princess lady duchess baroness congresswoman spokeswoman chairwoman mother "
    "daughter wife sister woman businesswoman actress"
)


@dataclass(slots=True, eq=False)
class Entity:
    """One person, body or group of the article."""

    name: str
    kind: SpeakerKind | None
    gender: str = ""  # "m", "f", or "" where nothing tells, not even the first name
    told: str = ""  # the gender that the article itself tells
    age: int | None = None
    mentions: list[Mention] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    abbreviation: str | None = None
    role: str | None = None
    organisation: str | None = None
    offices: dict[str, None] = field(default_factory=dict)  # all that the article calls it, in order, each once
    described: set[str] = field(default_factory=set)  # words of its titles and roles, to know it again by
    full: list[int] = field(default_factory=list)  # where it is named in full
    outside: list[Mention] = field(default_factory=list)  # its mentions that stand in no quotation marks
    place: bool = False  # read as a town or country
    sure: float = 0.0  # probability of the kind of its fullest name

    def add(self, mention: Mention) -> None:
        """Enter one more mention."""
        self.mentions.append(mention)
        if mention.name == self.name:
            self.sure = max(self.sure, mention.sure)
            self.place = self.place or mention.place
        if len(mention.words) > 1:
            self.full.append(mention.start)
        if mention.name != self.name and mention.name not in self.aliases:
            self.aliases.append(mention.name)
        self.described.update(plain(title) for title in mention.titles)


def title_gender(titles: Sequence[str]) -> str:
    """What titles tell: "m", "f", or "" where they tell nothing."""
    low = {plain(title) for title in titles}
    return "m" if low & MALE else "f" if low & FEMALE else ""


def gender_of(entity: Entity) -> str:
    """From titles and roles, else from the first name."""
    if entity.kind is not SpeakerKind.PERSON:
        return ""
    if entity.described & MALE:
        return "m"
    if entity.described & FEMALE:
        return "f"
    words = identity(entity.name).split()
    gender = first_names().get(words[0], "") if len(words) > 1 else ""
    return gender if gender in ("m", "f") else ""
