from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.process.machine import Machine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def machine(tmp_path: Path) -> AsyncIterator[Machine]:
    machine = Machine(tmp_path)
    await machine.open()
    try:
        yield machine
    finally:
        await machine.close()
