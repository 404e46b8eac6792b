from __future__ import annotations

from datetime import timedelta

import pytest

from care import attacks
from care.attacks import Asking, AttackState
from care.errors import InvalidAnswer
from tests.builders import NOW, attack, medicine, profile

HOUR = timedelta(hours=1)
ANN = profile(own=(medicine(id=1), medicine(id=2)))


def test_two_hours_after_the_beginning_it_is_asked_how_it_is() -> None:  # F11
    assert attack().next_question == (Asking.HOW, NOW + 2 * HOUR)


def test_a_medicine_moves_the_question_to_two_hours_after_it() -> None:  # section 2, rel
    one = attacks.took(attacks.asked_medicine(attack()), ANN, "m1", chosen=True)

    one = attacks.taken(one, now=NOW + HOUR)

    assert one.next_question == (Asking.RELIEF, NOW + 3 * HOUR)
    assert one.asking is None


def test_what_it_did_ends_the_questions_not_the_attack() -> None:
    one = attacks.relieved(attack(medicines=("m1",), taken_at=NOW), "free")

    assert (one.relief, one.is_running, one.next_question) == ("free", True, None)


def test_how_it_is_is_asked_once() -> None:
    asked = attacks.asked(attack(), Asking.HOW)

    assert asked.asking is Asking.HOW
    assert asked.next_question is None
    assert attacks.still(asked).asking is None


def test_a_second_medicine_is_asked_about_again() -> None:
    one = attacks.relieved(attack(medicines=("m1",), taken_at=NOW), "no")
    one = attacks.took(attacks.asked_medicine(one), ANN, "m2", chosen=True)

    one = attacks.taken(one, now=NOW + 3 * HOUR)

    assert one.medicines == ("m1", "m2")
    assert one.next_question == (Asking.RELIEF, NOW + 5 * HOUR)


def test_done_without_a_medicine_changes_nothing() -> None:
    assert attacks.taken(attacks.asked_medicine(attack()), now=NOW) == attack()
    assert attacks.taken(attack(), now=NOW) == attack()


def test_a_medicine_of_somebody_elses_list_is_refused() -> None:
    with pytest.raises(InvalidAnswer):
        attacks.took(attack(asking=Asking.MEDICINE), ANN, "m3", chosen=True)


def test_the_first_end_stays() -> None:
    ended = attacks.over(attack(), now=NOW + HOUR)

    assert (ended.state, ended.ended_at) == (AttackState.ENDED, NOW + HOUR)
    assert attacks.over(ended, now=NOW + 2 * HOUR) == ended
    assert ended.next_question is None


@pytest.mark.parametrize("state", [AttackState.ENDED, AttackState.MISTAKE, AttackState.LAPSED])
def test_one_that_does_not_run_takes_no_more_taps(state: AttackState) -> None:
    one = attack(state=state)

    assert attacks.asked_medicine(one) == one
    assert attacks.took(one, ANN, "m1", chosen=True) == one
    assert attacks.still(one) == one
    assert attacks.asked(one, Asking.HOW) == one
    assert attacks.taken_back(one) == one


def test_more_than_72_hours_is_long() -> None:  # R-SM-1
    one = attack()

    assert not one.is_long(now=NOW + 72 * HOUR)
    assert one.is_long(now=NOW + 72 * HOUR + timedelta(seconds=1))
    assert not attacks.over(one, now=NOW + HOUR).is_long(now=NOW + 100 * HOUR)
