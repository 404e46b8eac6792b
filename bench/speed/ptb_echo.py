"""A bare callback echo on stock python-telegram-bot."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

from telegram.ext import Application, CallbackQueryHandler

from bench.speed import samples

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import CallbackContext


async def echo(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
    query = update.callback_query
    if query is None:
        return
    await query.answer()
    await query.edit_message_text(f"You tapped {query.data}")


def main(api: str) -> None:
    logging.basicConfig(level=logging.WARNING)
    application = Application.builder().token(samples.TOKEN).base_url(f"{api}/bot").build()
    application.add_handler(CallbackQueryHandler(echo))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1])
