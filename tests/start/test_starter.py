"""The starter, run as `make` runs it, in a copy of its files: what it says when something is wrong."""

import shutil
import socket
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.fixture
def clone(tmp_path):
    (tmp_path / "portal").mkdir()
    shutil.copytree(settings.BASE_DIR / "portal" / "start", tmp_path / "portal" / "start")
    (tmp_path / "portal" / "__init__.py").touch()
    shutil.copy(settings.BASE_DIR / "Makefile", tmp_path)
    (tmp_path / "var").mkdir()
    return tmp_path


def make(clone, *arguments, **environment):
    return subprocess.run(
        ["make", "--silent", *arguments, f"PYTHON={sys.executable}"],
        cwd=clone, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def sentence(answer):
    """What the person reads, without make's own last line."""
    lines = [line for line in answer.stderr.splitlines() if line and not line.startswith("make")]
    assert answer.returncode != 0
    assert "Traceback" not in answer.stderr
    assert len(lines) == 1, answer.stderr
    return lines[0]


def test_a_busy_port_is_named_with_a_way_out(clone):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        said = sentence(make(clone, "run", f"PORT={port}"))

    assert said == f"Port {port} is in use by another program; take another one: make run PORT={port + 1}"


@pytest.mark.parametrize("port", ["eighty", "80", "70000", "-1"])
def test_a_port_that_is_none_is_refused(clone, port):
    assert "PORT must be a number from 1024 to 65535" in sentence(make(clone, "run", f"PORT={port}"))


@pytest.mark.parametrize("content", [b"this is no database" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_database_is_named_with_a_way_out(clone, content):
    (clone / "var" / "portal.sqlite3").write_bytes(content)

    said = sentence(make(clone, "run", "PORT=8899"))

    assert "var/portal.sqlite3 is damaged" in said
    assert said.endswith("make reset")
    assert (clone / "var" / "portal.sqlite3").read_bytes() == content


def test_reset_removes_the_data_and_says_what(clone):
    for name in ("portal.sqlite3", "portal.sqlite3-wal"):
        (clone / "var" / name).touch()
    for name in ("private", "mail", "assets"):
        (clone / "var" / name).mkdir()

    answer = make(clone, "reset")

    assert "var/mail, var/portal.sqlite3, var/portal.sqlite3-wal, var/private" in answer.stdout
    assert [path.name for path in (clone / "var").iterdir()] == ["assets"]
    assert "Nothing to remove" in make(clone, "reset").stdout


def test_reset_leaves_a_running_portal_alone(clone):
    (clone / "var" / "portal.sqlite3").touch()
    with subprocess.Popen(["sleep", "60"]) as other:
        (clone / "var" / "run.pid").write_text(str(other.pid))
        said = sentence(make(clone, "reset"))
        other.kill()

    assert "stop it with Ctrl-C first" in said
    assert (clone / "var" / "portal.sqlite3").exists()


def test_every_command_is_listed_by_help(clone):
    listed = make(clone, "help").stdout

    for name in ("run", "test", "reset", "code", "audit", "bench", "lint", "fmt", "messages", "lock"):
        assert f"\n{name} " in f"\n{listed}"
