"""Look inside one file in a process of its own: `python -m portal.files.inspection TYPE PATH`.

Prints {"code": "", "flags": [...]} as JSON; a code is one of portal.files.refusals. A file that eats memory
or time kills this process, never a web or worker process. Nothing of Django is imported here.
"""

import json
import resource
import sys
from importlib import import_module

from portal.files.inspection.findings import Found

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 8
# Named, not imported: loading the libraries of all kinds takes longer than most files.
INSPECTORS = {"pdf": "pdf", "docx": "ooxml", "xlsx": "ooxml", "pptx": "ooxml", "jpg": "image", "png": "image"}


def main(type_code, path):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        inspector = import_module(f"portal.files.inspection.{INSPECTORS[type_code]}")
        flags, code = inspector.inspect(path, type_code), ""
    except Found as found:
        flags, code = [], found.code
    except MemoryError:
        flags, code = [], "unsafe"
    json.dump({"code": code, "flags": sorted(flags)}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
