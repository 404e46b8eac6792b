"""A bare callback echo on stock aiogram."""

from __future__ import annotations

import asyncio
import logging
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

from bench.speed import samples


async def echo(query: CallbackQuery) -> None:
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.edit_text(f"You tapped {query.data}")


async def main(api: str) -> None:
    logging.basicConfig(level=logging.WARNING)
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    dispatcher = Dispatcher()
    dispatcher.callback_query.register(echo)
    await dispatcher.start_polling(Bot(samples.TOKEN, session=session))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
