"""The bot's connection to Telegram: the library on our transport, and who we are there."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, Defaults

from bot import logs
from bot.transport import AiohttpRequest

if TYPE_CHECKING:
    from bot.settings import Settings

START_PAUSE_S = 2.0

PtbApplication = Application[Any, Any, Any, Any, Any, Any]


def telegram(settings: Settings, *, polling: AiohttpRequest) -> PtbApplication:
    """PTB with our transport, without its updater, job queue and limiter."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    api = settings.bot_api_url.rstrip("/")
    return (
        ApplicationBuilder()
        .token(settings.bot_token.get_secret_value())
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .request(AiohttpRequest(write_timeout=10.0))
        .get_updates_request(polling)
        .updater(None)
        .job_queue(None)
        .concurrent_updates(concurrent_updates=False)
        .defaults(
            Defaults(
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        .build()
    )


async def connect(application: PtbApplication) -> None:
    """Ask Telegram who we are, patiently; a token that is refused ends it: InvalidToken."""
    while True:
        try:
            await application.initialize()
        except InvalidToken:
            raise
        except TelegramError as error:
            logs.event("telegram_unreachable", error=type(error).__name__)
            await asyncio.sleep(START_PAUSE_S)
        else:
            return


async def disconnect(application: PtbApplication) -> None:
    """Close the connections, also those of a bot whose token was refused: PTB leaves them open."""
    await application.shutdown()
    await application.bot.request.shutdown()
