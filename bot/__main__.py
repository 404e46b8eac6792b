"""The command line: parse, dispatch."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from bot.settings import SettingsError
from care.people import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

DEMO_PORT = 8080


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(
        prog="python -m bot",
        description="Respite: check-ins, infusions and escalations in Telegram.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="run the bot with the settings of the environment and .env")
    demo = commands.add_parser("demo", help="the whole product in a browser; no token, no network")
    demo.add_argument("--empty", action="store_true", help="a clinic where nobody has joined yet")
    _port(demo)
    _port(commands.add_parser("simulate", help="the simulated Telegram alone"))
    invite = commands.add_parser(
        "invite", help="print a link and a QR code for a coordinator, lead or operator"
    )
    invite.add_argument(
        "role",
        choices=["coordinator", "lead", "operator"],
        help="patients are invited in the chat",
    )
    commands.add_parser(
        "doctor", help="say what is wrong with the installation, and how to mend it"
    )
    commands.add_parser("migrate", help="bring the database to the newest schema")
    return top


def _port(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--port", type=int, default=DEMO_PORT, help=f"where to listen (default {DEMO_PORT})"
    )


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 2 for settings that are wrong, 1 as doctor says."""
    arguments = parser().parse_args(words)
    try:
        with asyncio.Runner(loop_factory=loop_factory()) as runner:
            return runner.run(_chosen(arguments)) or 0
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The quicker event loop, where there is one: uvloop has no Windows."""
    try:
        from uvloop import new_event_loop  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return None
    return new_event_loop


def _chosen(arguments: argparse.Namespace) -> Coroutine[None, None, int | None]:
    """The command's coroutine; each is imported only when it is asked for."""
    match arguments.command:
        case "run":
            from bot.commands.run import run  # noqa: PLC0415 - keeps --help quick

            return run()
        case "demo":
            from bot.demo.serve import demo  # noqa: PLC0415 - likewise

            return demo(port=arguments.port, is_empty=arguments.empty)
        case "simulate":
            from bot.demo.serve import simulate  # noqa: PLC0415 - likewise

            return simulate(port=arguments.port)
        case "invite":
            from bot.commands.invite import invite_colleague  # noqa: PLC0415 - likewise

            return invite_colleague(Role(arguments.role))
        case "doctor":
            from bot.commands.doctor import doctor  # noqa: PLC0415 - likewise

            return doctor()
        case _:
            from bot.commands.migrate import migrate  # noqa: PLC0415 - likewise

            return migrate()


if __name__ == "__main__":
    sys.exit(main())
