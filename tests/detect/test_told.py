import pytest

from quotes.detect.nobody import said_by_nobody
from quotes.detect.told import Parts, corrected, signed
from quotes.records import Act, Attribution, Kind, Span
from quotes.text.page import Page

HEAD = "Bridge plan stirs up the town\n\nThe town is not amused by it.\n\n"


def parts(text: str, content: list[str], cue: str, source: str) -> tuple[Page, Parts]:
    page = Page(text)

    def place(words: str) -> Span:
        start = page.text.index(words)
        return Span(start, start + len(words))

    spans = tuple(map(place, content))
    return page, Parts(spans, (place(cue),) if cue else (), (place(source),) if source else ())


@pytest.mark.parametrize(
    ("text", "found", "content", "cue", "source"),
    [
        ("SARK (AP) — Bo Ash said he won.", (["he won"], "said", "SARK"), ["he won"], "said", "Bo Ash"),
        ("SARK (CNN)Bo Ash said he won.", (["he won"], "said", "SARK (CNN)Bo Ash"), ["he won"], "said", "Bo Ash"),
        (
            "Bo Ash (through a clerk): It is.",
            (["It is"], ":", "Bo Ash (through"),
            ["It is"],
            ":",
            "Bo Ash (through a clerk)",
        ),
        (
            "Sir, – He says we won. It is so.\n\nBo Ash\n\nSir, – The pier is shut.\n\nOdile Marsh",
            (["we won", "It is so"], "says", "He"),
            ["we won"],
            "says",
            "He",
        ),
        (
            "“No,” he said. “It is so.”",
            (["“No,”", "“It is so.”"], "said", "he"),
            ["“No,”", "“It is so.”"],
            "said",
            "he",
        ),
        ("A sign read “Shut until June”.", (["“Shut"], "read", "A sign"), ["“Shut until June”"], "read", "A sign"),
        ("A: Hm.\n\nB: No.\n\nA: says who?", (["who"], "says", "A"), ["says who"], ":", "A"),
        ("‘A gift’: mayor attacks plan\n\nSo it is.", (["plan"], "attacks", "mayor"), ["‘A gift’"], ":", "mayor"),
    ],
)
def test_the_page_corrects_what_was_found(
    text: str, found: tuple[list[str], str, str], content: list[str], cue: str, source: str
) -> None:
    page, given = parts(text, *found)
    if "A: says" in text:
        given = given._replace(source=(Span(text.rindex("A:"), text.rindex("A:") + 1),))
    right = corrected(page, given)
    assert [span.of(page.text) for span in right.content] == content
    assert [span.of(page.text) for span in (*right.cue, *right.source)] == [cue, source]


def test_what_the_page_says_nothing_of_stays() -> None:
    page, given = parts(HEAD + "Bo Ash said that he won.", ["that he won"], "said", "Bo Ash")
    assert corrected(page, given) == given
    page, given = parts("He says we won. It is so.", ["we won", "It is so"], "says", "He")
    assert corrected(page, given) == given
    page, given = parts("‘A gift’: mayor attacks plan\n\nSo it is.", ["plan"], "attacks", "mayor")
    assert corrected(page, given, {1}) == given
    page, given = parts("Bo: Hm.\n\nIda: No.\n\nAnn: says who?", ["who"], "says", "Ann")
    assert corrected(page, given, {page.text.index("says")}) == given
    page, given = parts("A sign read “Shut until June”.", ["“Shut", "until June”"], "read", "A sign")
    assert corrected(page, given, {page.text.index("until")}) == given
    page, given = parts("So it is.", ["it is"], "", "")
    assert corrected(page, given) == given


@pytest.mark.parametrize(("source", "told"), [("Odile", 0), ("", 1), ("Us", 1)])
def test_a_byline_takes_nobodys_words(source: str, told: int) -> None:
    page, given = parts("Odile said no.\n\n“Us they asked.”\n\n— Bo Ash", ["Us they asked."], "", source)
    found = Attribution(given.content, (), given.source, Kind.DIRECT, Act.SPEECH, 0.9)
    assert len(list(signed(page, [found]))) == told


@pytest.mark.parametrize(
    ("text", "found", "nobody"),
    [
        ("Q&A: the woman at the light", (["the woman at the light"], ":", "Q&A"), True),
        ("Holm: the woman at the light", (["the woman at the light"], ":", "Holm"), False),
        ("Agency names Bo Ash to lead it", (["Bo Ash to lead it"], "names", "Agency"), True),
        ("Agency names the culprits", (["the culprits"], "names", "Agency"), False),
        ("Bo Ash says that Odile Marsh is to lead", (["that Odile Marsh is to lead"], "says", "Bo Ash"), False),
    ],
)
def test_labels_and_appointments_are_nobodys_words(text: str, found: tuple[list[str], str, str], nobody: bool) -> None:
    page, given = parts(text, *found)
    assert said_by_nobody(page.text, given.cue, given.source, given.content, Kind.INDIRECT) is nobody
