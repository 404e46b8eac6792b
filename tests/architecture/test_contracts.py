from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT


def test_every_import_contract_is_kept() -> None:
    """In a process of its own: the linter sets logging up for itself."""
    linter = Path(sys.executable).with_name("lint-imports")

    ran = subprocess.run(  # noqa: S603 - our own tool, no words of others
        [linter, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
