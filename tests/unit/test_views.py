from __future__ import annotations

import inspect
import pkgutil
import re
from collections import Counter
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from bot import views
from bot.callbacks import decode, encode
from bot.views import (
    checkin as checkins,
    escalating,
    infusing,
    labels as names,
    safety,
    settings,
    summary,
)
from bot.views.questions import Sheet
from bot.views.screen import Button, Screen, lines
from bot.views.wording.catalogue import LANGUAGES, Wording, wording
from care import question_sets as daily
from care.escalation import EscalationState, Urgency
from care.happenings import Happening
from care.promises import Kind
from care.questions import NONE, Item
from care.triage import Tier
from simulator.entities import utf16_length
from simulator.markup import parse_html
from tests.builders import (
    NOW,
    TODAY,
    answers,
    checkin,
    clinic,
    escalation,
    patient,
    profile,
    week,
)
from tests.unit.forbidden import PRIVATE
from tests.unit.screens import LARGE, arriving, notices, patient_screens, team_screens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from care.escalation import Escalation
    from care.lifecycle import CheckIn

TEXT_LIMIT, CAPTION_LIMIT, ALERT_LIMIT = 4096, 1024, 200  # telegram facts, 1
FITS = {1: 40, 2: 24, 3: 13, 4: 12, 5: 6, 7: 5}
"""Characters that a phone shows on a button, by how many stand beside each other.

English uses up to 33, 22 (tick and all), 11, 12, 5 and 4. What a person named themselves and the
names of places are not ours to shorten.
"""
EMOJI = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")

EN = wording("en")


@pytest.fixture(params=LANGUAGES)
def say(request: pytest.FixtureRequest) -> Wording:
    return wording(request.param)


def everything(say: Wording) -> Iterator[tuple[str, Screen]]:
    yield from patient_screens(say)
    yield from team_screens(say)


def buttons(screen: Screen) -> list[Button]:
    return [button for row in screen.keyboard for button in row]


def labels(screen: Screen) -> list[str]:
    return [button.text for button in buttons(screen)]


def test_every_view_has_a_sample() -> None:
    modules = [
        import_module(found.name) for found in pkgutil.iter_modules(views.__path__, "bot.views.")
    ]
    defined = {
        f"{module.__name__.removeprefix('bot.views.')}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and function.__annotations__.get("return") == "Screen"
    }

    assert defined - {name.split()[0] for name, _ in everything(EN)} == set()


def test_every_text_is_good_html_and_short_enough(say: Wording) -> None:
    for name, screen in everything(say):
        plain = parse_html(screen.text).text
        limit = CAPTION_LIMIT if screen.photo else TEXT_LIMIT

        assert 0 < utf16_length(plain) <= limit, name
        assert "{" not in plain, name
        assert "&lt;" not in plain, name
        assert "&amp;" not in plain, name


def test_every_keyboard_is_one_that_telegram_takes(say: Wording) -> None:
    for name, screen in everything(say):
        assert len(buttons(screen)) <= 100, name
        assert all(0 < len(row) <= 8 for row in screen.keyboard), name
        assert all(label.strip() for label in labels(screen)), name


def test_every_button_can_be_read_on_a_phone(say: Wording) -> None:
    for name, screen in everything(say):
        for row in screen.keyboard:
            for label in (button.text for button in row if _is_ours(button, name)):
                assert len(label) <= FITS[len(row)], (name, label)


def _is_ours(button: Button, name: str) -> bool:
    """Not named by a person, nor a place, nor a sample's enormous number."""
    is_named = "WWW" in button.text or str(LARGE) in button.text
    return not is_named and not name.startswith("settings.region")


def test_every_button_leads_to_a_payload_of_ours(say: Wording) -> None:
    for name, screen in everything(say):
        for button in buttons(screen):
            assert not button.url, name
            if button.start:
                assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button.start), name
                continue
            assert 1 <= len(button.data.encode()) <= 64, name
            assert encode(decode(button.data)) == button.data, name


REPEATED = ("infusing.sessions", "infusing.patients", "reported.", "relaying.listed")


def test_no_two_buttons_of_a_screen_look_the_same(say: Wording) -> None:
    """But those that only show something, and people and sessions, which samples repeat."""
    for name, screen in everything(say):
        if name.startswith(REPEATED):
            continue
        counted = Counter(button.text for button in buttons(screen) if button.data != "-")

        assert [label for label, times in counted.items() if times > 1] == [], name


def test_every_notice_fits_over_the_chat(say: Wording) -> None:
    for text in notices(say):
        assert 0 < len(text) <= ALERT_LIMIT, text
        assert "<" not in text, text


def test_what_arrives_by_itself_says_nothing_private_first(say: Wording) -> None:
    """The lock screen shows the first line: no word of illness or treatment."""
    private = re.compile(PRIVATE[say.language], re.IGNORECASE)
    for name, screen in arriving(say):
        first = parse_html(screen.text).text.split("\n")[0]

        assert not private.search(first), (name, first)


def test_only_what_is_to_be_passed_on_is_unprotected(say: Wording) -> None:  # telegram facts, 10
    unprotected = {name for name, screen in everything(say) if not screen.is_protected}

    assert unprotected == {"enrolment.invited", "enrolment.colleague_invited"}


def test_the_voice_is_calm(say: Wording) -> None:  # product.md, Voice
    for name, screen in everything(say):
        words = " ".join([parse_html(screen.text).text, *labels(screen)])

        assert "!" not in words, name
        assert not re.search(f"{EMOJI.pattern}\\s*{EMOJI.pattern}", words), name


def test_lines_never_leave_two_blank_ones() -> None:
    assert lines("", "a", "", "", "", "b", "") == "a\n\nb"


def asked(item: Item | None, **known: str | tuple[str, ...]) -> Screen:
    return checkins.screen(sheet(checkin(asking=item), **known), clinic=clinic(), now=NOW)


def sheet(of: CheckIn, **known: str | tuple[str, ...]) -> Sheet:
    return Sheet(say=EN, checkin=of, answers=answers(**known), profile=profile())


def test_the_first_question_is_four_buttons_and_the_alarm() -> None:  # R-ITEM-1
    assert labels(checkins.prompt(sheet(checkin()), checkins.Prompt.FIRST)) == [
        "No headache today",
        "Yes, a headache",
        "Yes, still from yesterday",
        "Too ill to answer",
        "⚠ Something is alarming",
    ]


def test_a_late_prompt_says_that_the_delay_was_ours() -> None:  # R-REM-1
    text = checkins.prompt(sheet(checkin(is_delayed=True)), checkins.Prompt.FIRST).text

    assert text.startswith("Time for your check-in. It comes late today; the delay was ours.")


def test_pain_is_asked_from_1_to_10_in_two_rows_and_0_apart() -> None:  # F03
    screen = asked(Item.PAIN, hd="yes")
    first, second, none, back = ([button.text for button in row] for row in screen.keyboard)

    assert [*first, *second] == [str(level) for level in range(1, 11)]
    assert (none, back) == (["0 · no pain after all"], ["‹ Back", "Skip", "Too ill"])
    assert [button.style for button in screen.keyboard[0]] == [
        None,
        None,
        None,
        "primary",
        "primary",
    ]
    assert {button.style for button in screen.keyboard[1][1:]} == {"danger"}  # R-DAY-7


def test_saved_answers_stand_above_the_question() -> None:  # F03
    text = asked(
        Item.EXPOSURES,
        hd="yes",
        pk="7",
        aura=("visual", "speech"),
        aura_min="gt60",
        exp=("alcohol",),
    ).text

    *receipts, blank, question = text.split("\n")[:7]
    assert receipts == [
        "<b>Monday 2 March</b>",
        "✓ Headache",
        "✓ Worst pain: 7 of 10",
        "✓ Aura: seeing, speech, over 60 minutes",
        "✓ The day: alcohol",
    ]
    assert (blank, question[:3]) == ("", "<b>")


def test_an_answer_that_is_asked_again_is_marked_on_its_button() -> None:
    screen = asked(Item.PAIN, hd="yes", pk="7")

    assert "✓ 7" in labels(screen)
    assert "Worst pain: 7" not in screen.text


def test_a_chosen_option_is_ticked_and_its_button_lets_it_go() -> None:
    screen = asked(Item.AURA, hd="yes", pk="3", aura=("speech",))
    ticked = next(button for button in buttons(screen) if button.text == "✓ Speech")

    assert ticked.data.endswith(":aura:speech:0")
    assert "Done" in labels(screen)


def test_with_nothing_chosen_the_way_on_says_so() -> None:
    assert "None of these" in labels(asked(Item.AURA, hd="yes", pk="3"))
    assert "None of these" in labels(asked(Item.AURA, hd="yes", pk="3", aura=NONE))


@pytest.mark.parametrize(
    ("known", "end"),
    [
        ({"hd": "too_ill"}, "Saved. Rest now; nothing more is needed today."),
        ({"hd": "no", "exp": NONE}, "Saved. That is all for today."),
    ],
)
def test_the_end_says_that_all_is_saved(known: dict[str, str], end: str) -> None:
    screen = asked(None, **known)

    assert screen.text.endswith(end)
    assert labels(screen)[0].startswith("‹ Change")
    assert labels(screen)[1:] == ["⚠ Something is alarming"]


def test_a_closed_day_has_no_buttons() -> None:  # R-FILL-1
    day = checkin(asking=Item.PAIN)
    empty = checkins.screen(sheet(day), clinic=clinic(), now=day.locks_at)
    kept = checkins.screen(sheet(day, hd="yes"), clinic=clinic(), now=day.locks_at)

    assert empty.keyboard == kept.keyboard == ()
    assert "There was no answer" in empty.text
    assert "Your answers are kept" in kept.text


def test_words_of_safety_come_before_anything_else() -> None:  # R-EMG-1, R-REP-1
    emergency = escalation(rule="ALARM", tier="emergency")
    for raised in (escalation(), emergency):
        screen = checkins.screen(
            sheet(checkin(asking=Item.AURA), hd="yes", pk="9"),
            clinic=clinic(),
            now=NOW,
            raised=(raised,),
        )

        assert screen.text.startswith(safety.raised(EN, clinic(), raised))


def test_the_emergency_text_is_that_of_the_rules() -> None:  # R-EMG-1
    plain = parse_html(safety.emergency(EN, clinic())).text

    assert plain == (
        "This may be an emergency. Call 112 now. Do not drive. "
        "This bot and your clinic do not watch messages 24/7."
    )


def test_an_emergency_is_not_told_to_wait_until_it_gets_worse() -> None:  # R-EMG-1
    found = escalation(tier=Tier.EMERGENCY, told_at=NOW)

    for kind in (Kind.TEAM_TOLD, Kind.TEAM_UNREACHABLE):
        told = safety.told(EN, clinic(), kind, patient(), found)
        assert "If you have not called 112 yet, please call now." in told.text
        assert "gets worse" not in told.text


def test_an_urgent_report_says_whom_to_call() -> None:  # R-REP-1
    told = safety.told(EN, clinic(), Kind.TEAM_TOLD, patient(), escalation(told_at=NOW))

    assert "If this gets worse, or you are worried, call 030 5550 0123 or 112." in told.text


def test_a_report_is_told_with_the_patients_own_time() -> None:  # R-TRI-6
    there = patient(zone="Asia/Kathmandu")
    told = safety.told(EN, clinic(), Kind.TEAM_TOLD, there, escalation(told_at=NOW))

    assert told.text.startswith("Your care team has been told")
    assert "Tue 3 Mar, 00:15" in told.text
    assert "E-21" in told.text


def test_nobody_to_reach_means_a_telephone_number() -> None:  # R-TRI-6, R-TRI-7
    text = safety.told(EN, clinic(), Kind.TEAM_UNREACHABLE, patient(), escalation()).text

    assert text.startswith("<b>We could not reach your care team. Please call.</b>")
    assert "030 5550 0123" in text


def test_out_of_hours_a_report_says_when_the_team_is_told() -> None:  # R-REP-1
    waits = escalation(climbs_since=NOW)  # Monday, 19:30
    text = safety.told(EN, clinic(), Kind.REPORT_NOTED, patient(), waits).text

    assert text.startswith("The clinic is closed now. Your care team is told at Tue 3 Mar, 09:00.")
    assert "call 030 5550 0123 or 112" in text


def test_what_can_wait_says_when_the_team_looks() -> None:  # R-REP-1
    waits = escalation(tier=Tier.ROUTINE)

    told = safety.told(EN, clinic(), Kind.REPORT_NOTED, patient(), waits)
    assert told.text.startswith("Noted for your care team, who look on working days.")
    assert labels(told) == ["Needs someone today", "Can wait"]


def test_an_answered_question_of_urgency_is_not_asked_again() -> None:  # R-TRI-5
    said = escalation(urgency=Urgency.CAN_WAIT, told_at=NOW)
    told = safety.report(EN, clinic(), patient(), said)

    assert "You said: it can wait." in told.text
    assert labels(told) == []


def page_of(found: Escalation, *, number: int = 1, said: tuple[Happening, ...] = ()) -> Screen:
    case = escalating.Case(escalation=found, patient=patient(), owner=None, said=said)
    return escalating.page(EN, case, clinic=clinic(), number=number)


def test_a_page_says_who_what_how_bad_since_when_and_what_was_said() -> None:  # F41
    found = escalation(count=2, take_by=NOW + timedelta(hours=4))
    page = page_of(found, number=2)

    who, what, state, _, since, told = parse_html(page.text).text.split("\n")
    assert who == "🟠 URGENT · P-007 · E-21 · repeat 2"
    assert what == "Worst pain 9 of 10. Reported 2 times."
    assert since == "Since Mon 2 Mar, 19:30"
    assert "the patient" in told
    assert state == "Nobody has taken it yet. Please take it by Mon 2 Mar, 23:30."
    assert labels(page) == ["Take", "History"]


def test_what_rings_at_any_hour_is_to_be_taken_now() -> None:  # R-SUI-2
    page = page_of(escalation(rule="R-SUI-1", reason={}, take_by=NOW + timedelta(hours=9)))

    assert "Please take it now." in page.text
    assert "take it by" not in page.text


def test_a_page_says_what_the_patient_said_of_it() -> None:  # R-EMG-1, R-TRI-5
    page = page_of(escalation(rule="ALARM", reason={}), said=(Happening.CALLED,))

    assert "The patient says: has called the emergency number." in page.text


def test_a_lowered_alarm_still_says_what_the_patient_was_told() -> None:  # F41, R-EMG-3
    def told(**given: object) -> str:
        page = page_of(escalation(rule="ALARM", reason={}, **given))
        return next(line for line in page.text.split("\n") if line.startswith("We told"))

    assert told(tier=Tier.URGENT, is_mistake=True) == told(tier=Tier.EMERGENCY)


def test_a_crisis_shows_nothing_of_what_was_said() -> None:  # R-SUI-4
    text = parse_html(page_of(escalation(rule="R-SUI-1", reason={})).text).text

    assert text.split("\n")[:2] == ["🟠 URGENT · P-007 · E-21", "Please call this patient."]


@pytest.mark.parametrize(
    ("state", "label"),
    [
        (EscalationState.OPEN, ["Take", "History"]),
        (EscalationState.TAKEN, ["Close …", "I call back", "Hand over …", "History"]),
        (EscalationState.CLOSED, ["History"]),
    ],
)
def test_each_state_has_its_one_step_on(state: EscalationState, label: list[str]) -> None:
    assert labels(page_of(escalation(state=state))) == label


def test_a_month_shows_only_days_that_can_be_chosen() -> None:
    screen = infusing.month(EN, patient(), 0, TODAY, today=TODAY)
    numbers = [label for label in labels(screen) if label.isdecimal()]

    assert numbers == [str(day) for day in range(2, 32)]
    assert labels(screen)[0] == "·"  # nothing to turn back to


def test_a_month_far_away_is_the_last_that_can_be_chosen() -> None:
    shown = infusing.month(EN, patient(), 0, TODAY.replace(year=9999), today=TODAY)

    assert labels(shown)[:3] == ["‹", "Mar 2027", "·"]


def test_a_summary_begins_with_how_much_was_answered() -> None:  # F20, R-ADH-1
    days = {TODAY: answers(hd="yes", pk="7", aura="visual", aura_min="lt5", exp="alcohol")}

    said = summary.text(EN, week(days=days), week(), profile()).split("\n")

    expected = ["week", "", "1 of 1 day", "1 of 1 answered", "7 of 10", "1 day", "alcohol (1 day)"]
    assert [part in line for part, line in zip(expected, said, strict=True)] == [True] * 7


def test_a_summary_is_silent_on_what_is_not_known() -> None:  # F20
    assert summary.text(EN, week(), week(), profile()) == (
        "Your week in review.\n\nYou answered 0 of 0 days."
    )


def test_every_item_of_the_diary_has_its_words(say: Wording) -> None:
    for asked in daily.DAILY:
        codes = [*asked.options, NONE] if asked.takes_many else asked.options
        named = {names.answer(say, asked.item, code) for code in codes}

        assert len(named) == len(codes), asked.item
        if asked.item is not Item.PAIN:
            assert not named & {code for code in codes if "_" in code}, asked.item
        assert names.question(say, asked.item)
        assert names.topic(say, asked.item)


def test_a_place_is_offered_by_its_name_of_today_once() -> None:  # F01
    offered: list[str] = []
    for name in settings.REGIONS:
        page, known = 0, set[str]()
        while (
            not (
                found := {
                    button.data.removeprefix("z:")
                    for button in buttons(settings.region(EN, name, page))
                    if button.data.startswith("z:")
                }
            )
            <= known
        ):
            offered.extend(found)
            known, page = known | found, page + 1

    assert len(offered) == len(set(offered)) > 350
    assert {"Europe/Berlin", "Asia/Kolkata", "America/New_York", "Europe/Kyiv"} <= set(offered)
    assert not {"Asia/Calcutta", "Europe/Kiev", "America/Fort_Wayne"} & set(offered)
