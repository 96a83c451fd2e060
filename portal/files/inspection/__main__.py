"""Look inside one file in a process of its own: `python -m portal.files.inspection TYPE PATH`.

Prints {"code": "", "flags": [...]} as JSON; a code is one of portal.files.refusals. A file that eats memory
or time kills this process, never a web or worker process. Nothing of Django is imported here.
"""

import json
import resource
import sys

from portal.files.inspection import image, ooxml, pdf
from portal.files.inspection.findings import Found

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 8
INSPECTORS = {
    "pdf": pdf.inspect,
    "docx": ooxml.inspect,
    "xlsx": ooxml.inspect,
    "pptx": ooxml.inspect,
    "jpg": image.inspect,
    "png": image.inspect,
}


def main(type_code, path):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        flags, code = INSPECTORS[type_code](path, type_code), ""
    except Found as found:
        flags, code = [], found.code
    except MemoryError:
        flags, code = [], "unsafe"
    json.dump({"code": code, "flags": sorted(flags)}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
