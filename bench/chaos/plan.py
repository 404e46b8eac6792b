"""What will happen, decided by a seed alone: who taps, what fails, when a process is killed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CALLS = (
    "sendMessage",
    "editMessageText",
    "answerCallbackQuery",
    "getUpdates",
    "sendPhoto",
    "deleteMessage",
    "getMe",
    "setMyCommands",
)
_HOW_OFTEN = (6, 8, 5, 4, 2, 1, 1, 1)

FAULTS = (
    "disconnect",
    "bad_gateway",
    "server_error",
    "commit_then_hang",
    "flood",
)


class Deed(StrEnum):
    """What a person does: answers a question, rings the alarm, looks at today, sees to a page."""

    ANSWER = "answer"
    ALARM = "alarm"
    TODAY = "today"
    TEND = "tend"


class Leap(StrEnum):
    """How far time moves: by seconds, to what is due next, or into an evening."""

    SECONDS = "seconds"
    NEXT_DUE = "next_due"
    EVENING = "evening"


@dataclass(frozen=True, kw_only=True)
class Action:
    """One person does one thing, so many seconds into the round; `pick` (0 to 1) chooses how."""

    after_s: float
    person: int
    deed: Deed
    pick: float


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A failure that the simulator is asked for; without a method it meets any call."""

    kind: str
    method: str | None
    times: int
    seconds: float
    retry_after: int


@dataclass(frozen=True, kw_only=True)
class Kill:
    """When to kill: at the so many-th call of a method, with or without its effect, or in time.

    At the latest after `within_s` seconds.
    """

    method: str | None
    count: int
    has_effect: bool
    within_s: float


@dataclass(frozen=True, kw_only=True)
class Move:
    """A leap of time, before the process comes up again or while it runs."""

    leap: Leap
    seconds: float
    is_running: bool


@dataclass(frozen=True, kw_only=True)
class Round:
    """From one kill to the next; `victims` are the places of the processes to kill."""

    number: int
    move: Move | None
    actions: tuple[Action, ...]
    wishes: tuple[Wish, ...]
    kill: Kill
    victims: tuple[int, ...]
    is_cold: bool


@dataclass(frozen=True, kw_only=True)
class Cast:
    """How many patients, coordinators and processes take part."""

    patients: int = 6
    coordinators: int = 2
    replicas: int = 1


def rounds(seed: int, kills: int, cast: Cast) -> Iterator[Round]:
    """Every round of a run; each depends on the seed and its number alone."""
    for number in range(kills):
        yield _round(Random(f"{seed}:{number}"), number, cast)  # noqa: S311 - a plan, no secret


def _round(random: Random, number: int, cast: Cast) -> Round:
    kill = _kill(random)
    return Round(
        number=number,
        move=_move(random),
        actions=_actions(random, cast, until_s=kill.within_s),
        wishes=tuple(_wish(random) for _ in range(random.choice((0, 0, 0, 1, 1, 2)))),
        kill=kill,
        victims=_victims(random, cast.replicas),
        is_cold=number % 20 == 10,
    )


def _kill(random: Random) -> Kill:
    is_at_call = random.random() < 0.65
    return Kill(
        method=random.choices(CALLS, _HOW_OFTEN)[0] if is_at_call else None,
        count=random.choice((1, 1, 1, 2, 2, 3, 5, 8)),
        has_effect=random.random() < 0.6,
        within_s=random.uniform(1.5, 2.5) if is_at_call else random.uniform(0.02, 2.5),
    )


def _move(random: Random) -> Move | None:
    kind = random.choices(("none", "lease", "due", "hours", "evening"), (20, 15, 25, 15, 25))[0]
    is_running = random.random() < 0.4
    if kind == "none":
        return None
    if kind == "due":
        return Move(leap=Leap.NEXT_DUE, seconds=0.5, is_running=is_running)
    if kind == "evening":
        offset = random.choice((1.0, 7200.0, 3600.0, 10.0))
        return Move(leap=Leap.EVENING, seconds=offset, is_running=is_running)
    seconds = random.uniform(61, 140) if kind == "lease" else random.uniform(600, 4 * 3600)
    return Move(leap=Leap.SECONDS, seconds=seconds, is_running=is_running)


def _actions(random: Random, cast: Cast, *, until_s: float) -> tuple[Action, ...]:
    """Patients answer, mostly; some go on while nothing runs."""
    found = []
    for _ in range(random.randint(5, 12)):
        deed = random.choices(tuple(Deed), (80, 4, 3, 13))[0]
        first = cast.patients if deed is Deed.TEND else 0
        people = cast.coordinators if deed is Deed.TEND else cast.patients
        found.append(
            Action(
                after_s=random.uniform(0.3, until_s + 0.3),
                person=first + random.randrange(people),
                deed=deed,
                pick=random.random(),
            )
        )
    return tuple(sorted(found, key=lambda one: one.after_s))


def _wish(random: Random) -> Wish:
    kind = random.choice(FAULTS)
    methods = (None, None, "sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates")
    return Wish(
        kind=kind,
        method=random.choice(methods),
        times=random.choice((1, 1, 2, 3)),
        seconds=random.uniform(0.05, 0.6),
        retry_after=random.choice((1, 1, 2)),
    )


def _victims(random: Random, replicas: int) -> tuple[int, ...]:
    if replicas > 1 and random.random() < 0.1:
        return tuple(range(replicas))
    return (random.randrange(replicas),)
