import sys

if sys.version_info < (3, 11):
    sys.exit(
        "The portal needs Python 3.11 or newer; this is %d.%d. Try: make run PYTHON=python3.11"
        % sys.version_info[:2]
    )

from portal.start import commands
from portal.start.problems import Problem

try:
    commands.run(sys.argv[1:])
except Problem as problem:
    sys.exit(f"\n{problem}")
except KeyboardInterrupt:
    sys.exit("\nStopped.")
