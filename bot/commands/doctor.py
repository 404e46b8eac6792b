"""`doctor`: what is wrong with an installation, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import SecretStr
from telegram.error import InvalidToken, TelegramError

from bot.app import open_core
from bot.clinic_file import load_clinic
from bot.clock import SystemClock
from bot.connection import disconnect, telegram
from bot.settings import Settings, SettingsError, load_settings
from bot.transport import AiohttpRequest
from care.errors import StorageUnavailable
from care.usecases import audit
from storage import migrate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from telegram import Bot, WebhookInfo

    from care.clinic import Clinic
    from care.people import Address
    from care.ports.clock import Clock

SQLITE = "sqlite+aiosqlite:///"
SHOWN = 5

ALIVE_WITHIN = timedelta(minutes=2)
"""A running bot leaves a sign of life every ten seconds."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that was looked at; what is wrong is said with what to do about it."""

    words: str
    is_good: bool = True


async def doctor() -> int:
    """Print one line for each check; 1 if anything is wrong, else 0."""
    checks = await _all_checks()
    for check in checks:
        print(f"{'✓' if check.is_good else '✗'} {check.words}")
    wrong = sum(not check.is_good for check in checks)
    print("All is well." if not wrong else f"Wrong: {wrong} of {len(checks)}.")
    return 1 if wrong else 0


async def _all_checks() -> Sequence[Check]:
    try:
        settings = load_settings()
        clinic = load_clinic(settings)
    except SettingsError as error:
        return [Check(words=f"{error} Then run doctor again.", is_good=False)]
    return await examined(settings, clinic, clock=SystemClock())


async def examined(settings: Settings, clinic: Clinic, *, clock: Clock) -> Sequence[Check]:
    """Every check, for settings that are valid."""
    checks = [Check(words=f"Settings: {_shown(settings)}.")]
    checks.append(Check(words=f"Clinic: {_values(clinic)}."))
    checks += _crisis_line(clinic)
    schema = await _schema(settings.database_url)
    checks.append(schema)
    found = await _found(settings, clinic, clock) if schema.is_good else None
    checks += await _telegram(settings, found)
    if found is not None:
        checks += [*_people(found), *_trouble(found), *_life(found, now=clock.now())]
    return checks


def _shown(settings: Settings) -> str:
    return ", ".join(
        f"{name.upper()}={_value(getattr(settings, name))}" for name in Settings.model_fields
    )


def _value(value: object) -> str:
    if isinstance(value, SecretStr):
        return "(set)" if value.get_secret_value() else "(not set)"
    if isinstance(value, str) and "://" in value:
        return _without_password(value)
    return str(value) if value not in {"", None} else "(not set)"


def _without_password(url: str) -> str:
    """An address without a password, and without a path that may be a secret."""
    parts = urlsplit(url)
    if not parts.hostname:
        return url
    user = f"{parts.username}:***@" if parts.password else ""
    is_database = not parts.scheme.startswith("http")
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{user}{parts.hostname}{port}{parts.path if is_database else ''}"


def _values(clinic: Clinic) -> str:
    return ", ".join(f"{one.name}={getattr(clinic, one.name)}" for one in fields(clinic))


def _crisis_line(clinic: Clinic) -> Sequence[Check]:
    """Allowed, but worth a word: the card for words of crisis is poorer without one."""
    if clinic.crisis_line:
        return []
    words = "CRISIS_LINE is not set: for words of crisis only EMERGENCY_NUMBER is named."
    return [Check(words=words)]


async def _schema(database_url: str) -> Check:
    if not _is_there(database_url):
        return Check(
            words="There is no database yet. `python -m bot migrate` makes it.", is_good=False
        )
    try:
        current = await migrate.current(database_url)
    except (OSError, StorageUnavailable):
        return Check(
            words="The database does not answer. Check DATABASE_URL, and that its server runs.",
            is_good=False,
        )
    if current != migrate.newest():
        words = f"The database has schema {current}, the program needs {migrate.newest()}."
        return Check(words=f"{words} `python -m bot migrate` brings it there.", is_good=False)
    return Check(words=f"The database answers and has the newest schema, {current}.")


def _is_there(database_url: str) -> bool:
    """Whether there is a database; looking into an SQLite file that is missing would make one."""
    path = Path(database_url.removeprefix(SQLITE))
    return not database_url.startswith(SQLITE) or path.exists()


async def _found(settings: Settings, clinic: Clinic, clock: Clock) -> audit.Condition:
    core, storage = open_core(settings, clinic, clock)
    try:
        return await audit.condition(core)
    finally:
        await storage.close()


async def _telegram(settings: Settings, found: audit.Condition | None) -> Sequence[Check]:
    polling = AiohttpRequest(connections=1)
    application = telegram(settings, polling=polling)
    bot: Bot = application.bot
    try:
        await bot.initialize()
        checks = [Check(words=f"Telegram accepts the token: @{bot.username}.")]
        checks += _webhook(settings, await bot.get_webhook_info())
        if found is not None:
            checks += await _chats(bot, found)
    except InvalidToken:
        words = "Telegram refuses BOT_TOKEN; @BotFather shows the right one."
        return [Check(words=words, is_good=False)]
    except TelegramError as error:
        words = f"Telegram cannot be asked ({type(error).__name__}); check the network"
        return [Check(words=f"{words} and BOT_API_URL.", is_good=False)]
    finally:
        await disconnect(application)
        await polling.shutdown()
    return checks


def _webhook(settings: Settings, info: WebhookInfo) -> Sequence[Check]:
    ours = settings.webhook_url.rstrip("/")
    waiting = f"{info.pending_update_count} updates wait at Telegram"
    if not ours and info.url:
        words = f"A webhook is set to {_without_password(info.url)}, but WEBHOOK_URL is empty"
        return [Check(words=f"{words}: `python -m bot run` takes it back.", is_good=False)]
    if ours and not info.url.startswith(ours):
        words = "WEBHOOK_URL is set, but Telegram delivers elsewhere or nowhere"
        return [Check(words=f"{words}: `python -m bot run` sets it.", is_good=False)]
    if info.last_error_message and info.pending_update_count:
        words = f"Telegram could not deliver: {info.last_error_message}; {waiting}"
        return [Check(words=f"{words}. Check the proxy and WEBHOOK_PORT.", is_good=False)]
    way = "by webhook" if ours else "by polling; no webhook is set"
    return [Check(words=f"Updates come {way}; {waiting}.")]


async def _chats(bot: Bot, found: audit.Condition) -> Sequence[Check]:
    """Whether Telegram still knows the chats that pages go to."""
    checks = []
    for one in found.coordinators:
        if one.is_active and not await _knows(bot, one.address):
            words = f"Telegram does not know the chat of coordinator {one.id}"
            checks.append(Check(words=f"{words}; they join again with /start.", is_good=False))
    group = found.group
    if group is not None:
        checks.append(_group(is_there=group.lost_at is None and await _knows(bot, group.address)))
    return checks


async def _knows(bot: Bot, chat_id: Address) -> bool:
    try:
        await bot.get_chat(chat_id)
    except TelegramError:
        return False
    return True


def _group(*, is_there: bool) -> Check:
    if is_there:
        return Check(words="The care team's group can be written to.")
    words = "The care team's group cannot be written to: add the bot to it again,"
    return Check(words=f"{words} or change CARE_TEAM_CHAT_ID.", is_good=False)


def _people(found: audit.Condition) -> Sequence[Check]:
    team = [one for one in found.coordinators if one.is_active]
    reachable = sum(one.is_reachable for one in team)
    words = f"Coordinators: {len(team)}, of whom {reachable} can be reached"
    if not team:
        words += ". Nobody can be told of anything: `python -m bot invite coordinator`"
    elif reachable < len(team):
        words += ". The others have blocked the bot: they unblock it, or write to it"
    checks = [Check(words=f"{words}.", is_good=0 < reachable == len(team))]
    count = len(found.operators)
    advice = "" if count else ". Nobody hears of trouble; `python -m bot invite operator` is a way"
    return [*checks, Check(words=f"Operators: {count}{advice}.")]


def _trouble(found: audit.Condition) -> Sequence[Check]:
    parked = [
        Check(
            words=f"Update {update_id} was tried three times and failed: {error}. Report it.",
            is_good=False,
        )
        for update_id, error in found.parked[:SHOWN]
    ]
    letters = [
        Check(
            words=f"A message was not surely delivered ({one.promise.kind}): "
            f"{one.error or one.state}. Coordinators send it again with /undelivered.",
            is_good=False,
        )
        for one in found.undelivered[:SHOWN]
    ]
    overdue = Check(
        words=f"Messages that have waited for over ten minutes: {found.overdue}."
        + (" Is the bot running, and Telegram reached?" if found.overdue else ""),
        is_good=not found.overdue,
    )
    return [
        *parked,
        *_counted("Updates set aside", len(found.parked)),
        *letters,
        *_counted("Messages of the last week not surely delivered", len(found.undelivered)),
        overdue,
        Check(words=f"Escalations that are not closed: {found.unclosed}."),
    ]


def _counted(what: str, count: int) -> Sequence[Check]:
    """The number where all is well or more than is shown; else each has its own line."""
    is_shown = 0 < count <= SHOWN
    return [] if is_shown else [Check(words=f"{what}: {count}.", is_good=not count)]


def _life(found: audit.Condition, *, now: datetime) -> Sequence[Check]:
    signs = (
        ("Updates last came in", found.heard_at, "Is `python -m bot run` running?"),
        ("Time was last asked what is due", found.ticked_at, "Is `python -m bot run` running?"),
    )
    return [_sign(what, at, advice, now=now) for what, at, advice in signs]


def _sign(what: str, at: datetime | None, advice: str, *, now: datetime) -> Check:
    if at is None:
        return Check(words=f"{what}: never. {advice}", is_good=False)
    is_good = now - at <= ALIVE_WITHIN
    words = f"{what} {at:%Y-%m-%d %H:%M:%S} UTC."
    return Check(words=words if is_good else f"{words} {advice}", is_good=is_good)
