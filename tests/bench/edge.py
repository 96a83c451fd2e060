"""A page that the proxy keeps, beside a file of the same size that it keeps for an hour."""

import socket
import statistics
import time
from urllib.parse import urlsplit

from tests.bench.readers import programme
from tests.services import edge as edge_service

TURNS, TIMES = 9, 1500


def measure(report):
    program = edge_service.installed_program()
    if program is None:
        print("page at the proxy: not measured, because nginx is not installed")
        return
    with edge_service.from_program(program, urlsplit(report.address).netloc) as edge:
        page = Line(edge.address, programme().url)
        constant = Line(edge.address, f"/bench/constant/{page.size}")
        work, rate = zip(*(pair(edge, page, constant) for _turn in range(TURNS)), strict=True)
    report.bar("page kept by the proxy, its work against a constant file", statistics.median(work), 1.25)
    report.bar("rate of a constant file against that page (80 %)", statistics.median(rate), 1.25)


def pair(edge, page, constant):
    """How much more work and time the page takes; side by side, so that both meet the same neighbours."""
    (page_work, page_time), (file_work, file_time) = (taken(edge, line) for line in (page, constant))
    return page_work / file_work, page_time / file_time


def taken(edge, line):
    work, begun = edge.work(), time.perf_counter()
    for _time in range(TIMES):
        line.ask()
    return edge.work() - work, time.perf_counter() - begun


class Line:
    """One connection that asks for one thing again and again, with as little work of its own as may be."""

    def __init__(self, address, path):
        host = urlsplit(address)
        self.connection = socket.create_connection((host.hostname, host.port), timeout=20)
        self.request = f"GET {path} HTTP/1.1\r\nHost: {host.netloc}\r\n\r\n".encode()
        self.size = self.ask()

    def ask(self) -> int:
        """Bytes of the answer's content."""
        self.connection.sendall(self.request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _, content = answer.partition(b"\r\n\r\n")
        if b" 200 " not in head.partition(b"\r\n")[0]:
            raise RuntimeError(head.decode())
        lines = (line.partition(b":") for line in head.split(b"\r\n"))
        size = next(int(value) for name, _, value in lines if name.lower() == b"content-length")
        left = size - len(content)
        while left > 0:
            left -= len(self._more())
        return size

    def _more(self):
        piece = self.connection.recv(2**18)
        if not piece:
            raise RuntimeError("The proxy closed the connection.")
        return piece
