"""The small closed classes of English words that the rules steer by.

In: nothing. Out: sets of words in lower case. It is a module because it is data, shared by all rules.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The set of the words of a string."""
    return frozenset(text.split())


SUBJECT_PRONOUNS = word_set("he she they it we i you everyone someone")
DETERMINERS = word_set(
    "a an the this that these those his her its their our my some many most several few both all another other each "
    "every no one two three four five six seven eight nine ten dozens hundreds thousands"
)
APPOSITIVES = word_set("a an the who whose which one former now then also his her its their himself herself")
PREPOSITIONS = word_set(
    "in on at during after before since through by via to about with without within against amid as like from for "
    "of under over into until upon between among near despite outside inside across per"
)
IN_PHRASE = word_set("of for from in at on with against near")
OPENING_PREPOSITIONS = word_set("during despite under amid within inside outside by through via over into")
CLAUSE_EDGE = word_set(
    "and but or nor so yet while when where because although though if unless whether that which who whom whose "
    "than as what why how until since once after before to not"
)
WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
DAYS = WEEKDAYS | word_set(
    "today yesterday tomorrow tonight january february march april may june july august september october november "
    "december jan feb aug sept oct nov dec monday’s week month year morning afternoon evening night earlier later "
    "late early last this"
)
ABBREVIATED = word_set(
    "mr mrs ms dr prof rev hon st jr sr gen col maj capt lt sgt cpl sen sens rep reps gov supt det u.s u.k u.n d.c "
    "no inc co corp ltd calif fla mass conn ariz colo ill mich minn miss tenn va vt wash wis pa ala ga"
)
AUXILIARY = word_set(
    "has have had was were is are be been being will would could should may might can did does do ’s 's"
)
NEGATION = word_set("not never n't didn't hasn't haven't won't doesn't don't didn’t hasn’t haven’t won’t doesn’t don’t")
ADVERB = word_set(
    "also then later often once repeatedly recently already again now still just even soon long previously earlier "
    "first always only simply however meanwhile reportedly publicly"
)
# With these a participle is passive: the subject is spoken of and does not speak.
PASSIVE = word_set("was were is are be been being did")
# Words that no noun phrase ends in.
NO_END = word_set("a an the his her its their our my this these your")
