"""A virus scanner with one hand-made signature: the EICAR test text."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.services import unavailable
from tests.services.ports import wait_for

# In two pieces, so that no scanner takes this file for an infected one.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
CONFIGURATION = """\
Foreground yes
LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
StreamMaxLength 64M
MaxScanSize 256M
MaxFileSize 64M
AlertExceedsMax yes
"""


def answers(path):
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(2)
        client.connect(str(path))
        client.sendall(b"zPING\0")
        return client.recv(16).startswith(b"PONG")


class Scanner:
    """`socket` is its path; `stop()` and `start()` for tests of an outage."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.socket = folder / "clamd.sock"
        self.process = None

    def start(self):
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.program, "--config-file", self.folder / "clamd.conf"], stdout=log, stderr=log
            )
        wait_for(lambda: answers(self.socket), seconds=20, what="clamd", process=self.process)

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None


@pytest.fixture(scope="session")
def clamd_server():
    program = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        unavailable("virus scanner (clamd)", "not installed")
    folder = Path(tempfile.mkdtemp(prefix="portal-clamd-"))
    (folder / "signatures").mkdir()
    (folder / "signatures" / "test.ndb").write_text(f"Test.Eicar.Body:0:*:{EICAR.hex()}\n")
    text = CONFIGURATION.format(folder=folder) + ("User root\n" if os.geteuid() == 0 else "")
    (folder / "clamd.conf").write_text(text)
    scanner = Scanner(program, folder)
    try:
        scanner.start()
    except RuntimeError as error:
        unavailable("virus scanner (clamd)", str(error))
    yield scanner
    scanner.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def clamd(clamd_server):
    """The running scanner; started again for the next test if this one stopped it."""
    if clamd_server.process is None:
        clamd_server.start()
    return clamd_server
