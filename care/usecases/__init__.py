"""One async function per thing the product can do."""

from __future__ import annotations
