"""A wire between the portal and a part it talks to, that a test can cut in the middle or let go dead."""

import socket
import struct
import threading
from contextlib import suppress

import pytest

PIECE = 16 * 1024


class Wire:
    """`cut(sending=n)` breaks each new connection after n bytes to the server, `cut(answering=n)` after n
    bytes of answers; `go_dead()` takes connections and says nothing; `mend()` lets everything through."""

    def __init__(self, host, port):
        self.target = (host, port)
        self.taken = self.broken = 0
        self.mend()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.open = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def mend(self):
        self.sending = self.answering = None
        self.is_dead = False

    def cut(self, *, sending=None, answering=None):
        self.sending, self.answering = sending, answering
        self._hang_up()

    def go_dead(self):
        self.is_dead = True
        self._hang_up()

    def close(self):
        # Wakes the thread that waits for the next connection.
        with suppress(OSError):
            self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self._hang_up()

    def _hang_up(self):
        """What was opened before would go on as if nothing had happened."""
        for each in list(self.open):
            self._break(each)

    def _accept(self):
        while True:
            try:
                near, _ = self.server.accept()
            except OSError:
                return
            self.taken += 1
            self.open.add(near)
            if self.is_dead:
                continue
            far = socket.create_connection(self.target)
            self.open.add(far)
            for source, target, most in ((near, far, self.sending), (far, near, self.answering)):
                threading.Thread(target=self._pump, args=(source, target, most), daemon=True).start()

    def _pump(self, source, target, most):
        passed = 0
        with suppress(OSError):
            while piece := source.recv(PIECE):
                if most is not None and passed + len(piece) > most:
                    target.sendall(piece[: most - passed])
                    self.broken += 1
                    break
                passed += len(piece)
                target.sendall(piece)
        self._break(source)
        self._break(target)

    def _break(self, end):
        """Not a polite end but a reset, as of a cable that was pulled."""
        self.open.discard(end)
        with suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@pytest.fixture
def wire_to():
    """`wire_to(host, port)` is a Wire; closed after the test."""
    wires = []

    def connect(host, port):
        wires.append(Wire(host, port))
        return wires[-1]

    yield connect
    for wire in wires:
        wire.close()
