from __future__ import annotations

import pytest

from quotes.read import legacy

SENTENCES = [
    "“We will not leave,” the minister said – and she meant it.",
    "It’s a question of £5 million, “no more,” Mr. O’Neill told the café’s owner…",
    "The café in Zürich sold crème brûlée for 7€ to Señor Peña.",
    "He was born in Łódź, said Kaczyński’s office.",
    "A naïve résumé, “à la carte”, from São Paulo to Malmö.",
    "The temperature rose to 30°, 5½ more than in 1990.",
    'Straight quotes "only", but a café.',
    "Only one word—here.",
    "The word «Слово» means word, the editor said.",
    "ÉLYSÉE PALACE, PARIS: “Non,” said Élise.",
]
ENCODINGS = (*legacy._LATIN, *legacy._OTHER, "mac_iceland", "cp865", "iso8859-1")


def _can_hold(name: str, sentence: str) -> bool:
    return sentence.encode(name, "ignore").decode(name) == sentence


@pytest.mark.parametrize(
    ("sentence", "name"),
    [(sentence, name) for sentence in SENTENCES for name in ENCODINGS if _can_hold(name, sentence)],
)
def test_right_or_refused_but_never_mojibake(sentence: str, name: str) -> None:
    assert legacy.decode(sentence.encode(name)) in (sentence, None)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("“We will not leave,” the minister said – and it’s “true”.", "cp1252"),
        ("It’s a question of £5 million, “no more,” Mr. O’Neill told the café…", "cp1252"),
        ("“We will not leave,” the minister said – and it’s “true”.", "mac_roman"),
        ("A quiet café", "cp1252"),
    ],
)
def test_what_the_usual_marks_prove_is_read(sentence: str, name: str) -> None:
    assert legacy.decode(sentence.encode(name)) == sentence


@pytest.mark.parametrize("sentence", ["Señor Peña spoke.", "Only one word—here.", "That’s why."])
def test_doubt_is_refused(sentence: str) -> None:
    assert legacy.decode(sentence.encode("cp1252")) is None


@pytest.mark.parametrize(
    "data", [bytes(range(128, 256)), b"\xff\xfe\xfd" * 50, "“We”".encode("cp1252") + b"\x81\x8d\x8f"]
)
def test_nonsense_is_refused(data: bytes) -> None:
    assert legacy.decode(data) is None
