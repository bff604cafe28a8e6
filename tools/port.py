"""Says whether a port of this machine is free, before anything else is begun."""

import socket
import sys


def complaint(text: str) -> str | None:
    """Why a server cannot listen at this port of 127.0.0.1, or None."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        return f"PORT={text} is no port: write a number from 1 to 65535."
    with socket.socket() as probe:
        # As servers do: a port whose last connections are only dying away is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError:
            return f"Port {text} is kept for the system. Choose another one: make demo PORT=8001"
        except OSError:
            return (
                f"Port {text} is taken by another program. Choose another one: make demo PORT={int(text) % 65000 + 1}"
            )
    return None


if __name__ == "__main__":
    sys.exit(complaint(sys.argv[1]))
