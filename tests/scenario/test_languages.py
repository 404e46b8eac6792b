"""Everybody is written to in their own language (F15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.app import new_token
from bot.views.wording.catalogue import LANGUAGES
from care.usecases import invite
from tests.scenario import rows
from tests.scenario.test_rhythm import sets
from tests.scenario.test_summary import answers, tomorrow

if TYPE_CHECKING:
    import pytest

    from tests.world import Person, World

ENGLISH, SPANISH, GERMAN = "English", "Español", "Deutsch"
ACHING = (
    *("Ja, Kopfschmerzen", "7", "4 bis 12 Stunden", "Nichts davon", "Pochend", "Fertig"),
    *("Nichts davon", "Die Hälfte oder weniger", "Viel Stress", "Alkohol", "Fertig"),
)
STRESSED = ("Heute keine Kopfschmerzen", "Viel Stress", "Fertig")
FREE = ("Heute keine Kopfschmerzen", "Nichts davon")


def menu(world: World, person: Person) -> dict[str, str]:
    """The commands that a phone offers, with their words."""
    found = world.control.transcript(person.id)["commands"]
    return {one["command"]: one["description"] for one in found}


async def joined_in_german(world: World) -> Person:
    """Invited in German, with a phone in English; the first questions are open."""
    carol = await world.coordinator()
    token = await world.invited(carol, language=GERMAN)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    ann.sees("Willkommen bei Lindenhof Clinic", "1 von 3")
    await answers(ann, ("Weiter", "Weiter", "Ich stimme zu"))
    ann.sees("Ist es bei Ihnen 09:00?", "Zeitzone: Berlin")
    await answers(ann, ("Ja", "19:30", "Jedes Mal fragen"))
    ann.sees("Sie sind dabei.", "jeden Tag um 19:30")
    carol.sees("P-001 has joined", "19:30", "Berlin")
    return ann


async def days(world: World, ann: Person, *evenings: tuple[str, ...]) -> None:
    for labels in evenings:
        await tomorrow(world)
        ann.sees("Zeit für Ihre Tagesfragen.")
        await answers(ann, labels)


async def test_a_patient_invited_in_german_reads_german_from_the_first_word(world: World) -> None:
    ann = await joined_in_german(world)

    ann.sees("Zeit für Ihre Tagesfragen.", "Montag, 2. März")
    assert menu(world, ann)["today"] == "Die Fragen von heute"
    await ann.says("/help")
    ann.sees("Was Sie hier tun können", "täglich um 19:30", "Im Notfall: 112")
    await ann.says("/nonsense")
    ann.sees("Diesen Befehl kenne ich nicht.")
    assert "Dieser Knopf tut nichts mehr." in ann.notice(await ann.forges("sp:xx"))


async def test_a_headache_day_and_its_week_in_german(world: World) -> None:
    ann = await joined_in_german(world)
    ann.sees("Zeit für Ihre Tagesfragen.")

    await answers(ann, ACHING)
    text = ann.sees("Gespeichert. Das war alles für heute.")
    for receipt in ("Stärkster Schmerz: 7 von 10", "Merkmale: pochend", "die Hälfte oder weniger"):
        assert f"{receipt}\n" in text
    await days(world, ann, STRESSED, *(FREE,) * 5)

    await world.fast_forward_to("20:30")
    summary = ann.sees("Ihre Woche im Rückblick.")
    assert summary.split("\n")[2:] == [
        "Sie haben 7 von 7 Tagen beantwortet.",
        "Kopfschmerzen an 1 von 7 beantworteten Tagen.",
        "Stärkster Schmerz: 7 von 10.",
        "Am häufigsten notiert: viel Stress (2 Tage), Alkohol (1 Tag).",
    ]


async def test_another_language_holds_at_once_everywhere(world: World) -> None:
    ann = await joined_in_german(world)
    ann.sees("Zeit für Ihre Tagesfragen.")
    await ann.says("/settings")
    ann.sees("Einstellungen", "Die Tagesfragen kommen täglich um 19:30.")
    await ann.taps(GERMAN)
    ann.sees("Welche Sprache lesen Sie?")
    assert ann.labels() == [ENGLISH, SPANISH, f"✓ {GERMAN}", "‹ Zurück"]

    await ann.taps(SPANISH)

    ann.sees("Ajustes", "El registro llega cada día a las 19:30.")
    assert SPANISH in ann.labels()
    assert (await rows.patient(world, ann)).language == "es"
    assert menu(world, ann)["today"] == "El registro de hoy"
    open_one = ann.message("Lunes 2 de marzo")
    await ann.taps("Sí, dolor de cabeza", on=open_one["message_id"])
    ann.sees("✓ Dolor de cabeza", "¿Qué tan fuerte fue el dolor")
    await ann.says("/help")
    ann.sees("Qué puede hacer aquí")


async def test_an_alarm_is_answered_in_the_language_of_each_reader(world: World) -> None:
    ann = await joined_in_german(world)
    ann.sees("Zeit für Ihre Tagesfragen.")
    carol = world.people[0]

    await ann.taps("Etwas ist alarmierend")
    await ann.taps("Es ist ein Notfall")

    text = ann.sees("Rufen Sie jetzt 112 an.", "Fahren Sie nicht Auto.")
    assert text.startswith("Das kann ein Notfall sein. Rufen Sie jetzt 112 an.")
    carol.sees("EMERGENCY", "P-001")
    ann.sees("Ihr Behandlungsteam weiß Bescheid.")
    await carol.taps("Take")
    ann.sees("Jemand aus dem Team hat Ihre Meldung gesehen")


async def test_a_coordinator_works_in_german(world: World) -> None:
    token = new_token()
    await invite.invite_colleague(world.respite.core, token=token, language="en")
    carol = world.stranger("Carol", language="de-AT")
    await carol.says(f"/start {token}")
    carol.sees("Sie gehören jetzt zur Koordination von Lindenhof Clinic.")
    assert menu(world, carol)["open"] == "Offene Meldungen"

    await carol.says("/settings")
    carol.sees("Welche Sprache lesen Sie?")
    assert carol.labels() == [ENGLISH, SPANISH, f"✓ {GERMAN}"]
    await carol.taps(ENGLISH)

    assert carol.labels() == [f"✓ {ENGLISH}", SPANISH, GERMAN]
    assert menu(world, carol)["open"] == "Reports that are not closed"


async def test_one_language_is_no_choice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for code in set(LANGUAGES) - {"en"}:
        monkeypatch.delitem(LANGUAGES, code)
    carol, ann = await world.joined("Ann", coordinators=("Carol",))

    await sets(ann)
    assert ENGLISH not in ann.labels()
    await carol.says("/settings")
    carol.sees("I do not know this command")


async def test_a_language_that_nobody_speaks_is_refused(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))

    for person in (carol, ann):
        assert "no longer does" in person.notice(await person.forges("sp:xx"))

    assert (await rows.patient(world, ann)).language == "en"
