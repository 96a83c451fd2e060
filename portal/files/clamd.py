"""Ask a clamd for its verdict over INSTREAM: length-prefixed chunks, one answer."""

import re
import socket
import struct

CHUNK = 128 * 1024
FOUND = re.compile(r"^stream: (?P<name>.+) FOUND$")


class ScannerUnavailable(Exception):
    """No verdict: not reachable, too slow, or an answer that is neither clean nor a finding."""


def connect(address: str, timeout: float) -> socket.socket:
    """`address` is the path of a unix socket or host:port."""
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(timeout)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=timeout)


def scan(file, *, address: str, timeout: float) -> str:
    """The name of what was found, or "" for the literal verdict that the stream is clean.

    Only the words `stream: OK` count as clean. Raises ScannerUnavailable for everything that is no verdict.
    """
    try:
        with connect(address, timeout) as connection:
            connection.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                connection.sendall(struct.pack("!L", len(chunk)) + chunk)
            connection.sendall(struct.pack("!L", 0))
            answer = _read(connection)
    except (OSError, ValueError) as failure:
        raise ScannerUnavailable(f"{type(failure).__name__}: {failure}") from failure
    if answer == "stream: OK":
        return ""
    found = FOUND.match(answer)
    if found:
        return found["name"]
    raise ScannerUnavailable(f"clamd answered {answer[:200]!r}")


def _read(connection) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 4096 and (part := connection.recv(4096)):
        answer += part
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
