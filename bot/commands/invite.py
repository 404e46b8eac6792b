"""`invite`: a coordinator's, lead's or operator's way in, as a link and a QR code."""

from __future__ import annotations

from telegram.error import InvalidToken, TelegramError

from bot.app import migrate_database, new_token, open_core
from bot.clinic_file import load_clinic
from bot.clock import SystemClock
from bot.connection import disconnect, telegram
from bot.drawing import deep_link
from bot.settings import Settings, SettingsError, load_settings
from bot.transport import AiohttpRequest
from bot.views.wording.catalogue import DEFAULT
from care.people import Role
from care.usecases import invite
from reports.qr import qr_text

_NAMES = {Role.COORDINATOR: "a coordinator", Role.LEAD: "a lead", Role.OPERATOR: "an operator"}


async def invite_colleague(role: Role) -> None:
    """Print a link that gives whoever opens it first this role. Raises SettingsError."""
    settings = load_settings()
    clinic = load_clinic(settings)
    username = await _username(settings)
    await migrate_database(settings.database_url)
    core, storage = open_core(settings, clinic, SystemClock())
    token = new_token()
    try:
        made = await invite.invite_colleague(core, role=role, token=token, language=DEFAULT)
    finally:
        await storage.close()
    link = deep_link(username, token)
    print(qr_text(link))
    print(link)
    print(f"Makes one person {_NAMES[role]}. Valid until {made.expires_at:%Y-%m-%d %H:%M} UTC.")


async def _username(settings: Settings) -> str:
    """The bot's own name, asked of Telegram."""
    polling = AiohttpRequest(connections=1)
    application = telegram(settings, polling=polling)
    try:
        await application.bot.initialize()
        username: str = application.bot.username
    except InvalidToken:
        raise SettingsError(
            "BOT_TOKEN is not accepted by Telegram; @BotFather shows the right one."
        ) from None
    except TelegramError:
        raise SettingsError(
            f"Telegram cannot be reached at {settings.bot_api_url}; check the network."
        ) from None
    finally:
        await disconnect(application)
        await polling.shutdown()
    return username
