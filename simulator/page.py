"""The chat page: `GET /` and its assets under `/static/`."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).parent / "static"
_HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


def add_to(application: web.Application) -> None:
    """Register the addresses."""
    application.router.add_get("/", _index)
    application.router.add_get("/static/{path:.+}", _asset)


async def _index(_: web.Request) -> web.StreamResponse:
    """Give the page itself."""
    return _file("index.html")


async def _asset(request: web.Request) -> web.StreamResponse:
    """Give a style sheet, a script, a picture."""
    return _file(request.match_info["path"])


def _file(path: str) -> web.StreamResponse:
    """Give a file from inside the folder, and nothing from outside of it."""
    wanted = (STATIC / path).resolve()
    if not wanted.is_relative_to(STATIC.resolve()) or not wanted.is_file():
        return web.Response(text="Not found", status=404)
    return web.FileResponse(wanted, headers=_HEADERS)
