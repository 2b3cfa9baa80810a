from __future__ import annotations

import subprocess
import sys

import pytest

from quotes.read import ReadOptions, language

from .conftest import Write, one, refusal

OTHERS = {
    "French": (
        "Le conseil municipal a voté mardi la fermeture de la vieille jetée. « Nous n’avions pas le "
        "choix », a déclaré la maire, qui a ajouté que l’argent manquait depuis deux ans."
    ),
    "German": (
        "Der Rat hat am Dienstag beschlossen, den alten Steg zu schließen. „Wir hatten keine Wahl“, "
        "sagte die Bürgermeisterin und fügte hinzu, das Geld fehle seit zwei Jahren."
    ),
    "Spanish": (
        "El consejo votó el martes cerrar el viejo muelle. «No teníamos otra opción», dijo la alcaldesa,"
        " que añadió que el dinero faltaba desde hacía dos años."
    ),
    "Dutch": (
        "De raad heeft dinsdag besloten de oude pier te sluiten. “We hadden geen keuze,” zei de "
        "burgemeester, die eraan toevoegde dat het geld al twee jaar ontbrak."
    ),
    "Russian": (
        "Совет проголосовал во вторник за закрытие старого причала. «У нас не было выбора», — сказала "
        "мэр и добавила, что денег не хватает уже два года."
    ),
    "Indonesian": (
        "Dewan kota memutuskan pada hari Selasa untuk menutup dermaga lama. “Kami tidak punya pilihan,” "
        "kata wali kota, yang menambahkan bahwa uang tidak ada."
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_languages_are_refused_by_name(write: Write, name: str) -> None:
    reason = refusal(write("a.txt", OTHERS[name])).reason
    assert reason.startswith(f"in {name} (") or name == "Indonesian"
    assert "; pass --language " in reason


def test_the_forced_language_lets_everything_through(write: Write) -> None:
    assert one(write("a.txt", OTHERS["French"]), ReadOptions(language="fr")).language == "fr"
    assert one(write("a.txt", OTHERS["French"]), ReadOptions(language="EN-gb")).language == "en"


@pytest.mark.parametrize(
    "text",
    [
        "Moss wins.",
        "Pier to close",
        "12 – 7",
        "“Never,” says Hale",
        "Mary Ann Moss, Tom Hale, Jean-Luc Brévignon and Aïcha Mbeki-Laurent took part; Ode Vang did not.",
        "THE COUNCIL VOTED ON TUESDAY TO CLOSE THE OLD PIER, ITS LEADER SAID.",
    ],
)
def test_short_texts_are_given_the_benefit_of_the_doubt(text: str) -> None:
    assert language.refusal(text, None) is None


@pytest.mark.parametrize("text", ["Совет проголосовал", "議会は火曜日に", "صوت المجلس"])
def test_short_texts_in_other_scripts_are_not(text: str) -> None:
    assert language.refusal(text, None) == "not in Latin letters; pass --language with its code to add it all the same"


@pytest.mark.parametrize(
    ("declared", "code"),
    [("en", "en"), ("en-GB", "en"), ("English", "en"), ("EN_us", "en"), ("fr", "fr"), ("pt-BR", "pt")],
)
def test_codes(declared: str, code: str) -> None:
    assert language.code(declared) == code


def test_plain_english_does_without_the_model(article: str) -> None:
    program = (
        "import sys; from quotes.read import language; language.refusal(sys.argv[1], None); "
        "print([name for name in ('py3langid', 'numpy', 'babel') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program, article], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
