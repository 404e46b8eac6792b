from __future__ import annotations

import socket


def free_port() -> int:
    """A port on which nothing listens, for a server that must know its own beforehand."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
