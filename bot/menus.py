"""The command menus: for patients in every language, for each coordinator their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)
from telegram.error import TelegramError

from bot import logs
from bot.views import general
from bot.views.wording.catalogue import DEFAULT, LANGUAGES, wording
from care.people import Patient

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from care.people import Coordinator


async def introduce(bot: Bot, team: Iterable[Coordinator]) -> None:
    """Register every menu; without one people can still type the commands."""
    try:
        await _patients(bot, DEFAULT, code=None)
        for language in LANGUAGES:
            await _patients(bot, language, code=language)
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    except TelegramError as error:
        logs.event("menu_failed", error=type(error).__name__)
    for coordinator in team:
        await greet(bot, coordinator)


async def _patients(bot: Bot, language: str, *, code: str | None) -> None:
    await bot.set_my_commands(
        _menu(general.patient_commands(wording(language))),
        scope=BotCommandScopeAllPrivateChats(),
        language_code=code,
    )


async def greet(bot: Bot, person: Patient | Coordinator) -> None:
    """Give somebody a menu of their own, in their language."""
    if person.address is None:
        return
    say = wording(person.language)
    if isinstance(person, Patient):
        commands = general.patient_commands(say)
    else:
        commands = general.coordinator_commands(say, is_lead=person.is_lead)
    try:
        await bot.set_my_commands(_menu(commands), scope=BotCommandScopeChat(person.address))
    except TelegramError as error:
        logs.event("menu_failed", chat=person.address, error=type(error).__name__)


async def forget(bot: Bot, person: Coordinator) -> None:
    """Who has left the team finds the menu of everybody again."""
    try:
        await bot.delete_my_commands(scope=BotCommandScopeChat(person.address))
    except TelegramError as error:
        logs.event("menu_failed", chat=person.address, error=type(error).__name__)


def _menu(commands: Sequence[tuple[str, str]]) -> list[BotCommand]:
    return [BotCommand(name, text) for name, text in commands]
