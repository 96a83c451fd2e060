import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"
VAR = ROOT / "var"
DATABASE = VAR / "portal.sqlite3"
ASSETS = VAR / "assets"
STAMPS = VAR / "stamps"
