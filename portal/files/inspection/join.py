"""One PDF of several: `python -m portal.files.inspection.join PLAN TARGET`.

PLAN is JSON: {"cover": path, "dividers": path, "parts": [{"path", "title"}]}; page n of the dividers stands
before part n. Prints {"code", "pages"}.
"""

import json
import resource
import sys
from contextlib import ExitStack
from pathlib import Path

import pikepdf

MEMORY = 2 * 1024 * 1024 * 1024
CPU_SECONDS = 300


def main(plan_path, target):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    plan = json.loads(Path(plan_path).read_text())
    with ExitStack() as opened:
        # Grown from the cover, so that its tags, language and title stay.
        whole = opened.enter_context(pikepdf.open(plan["cover"]))
        dividers = opened.enter_context(pikepdf.open(plan["dividers"])) if plan["parts"] else None
        with whole.open_outline() as outline:
            for number, part in enumerate(plan["parts"]):
                place = len(whole.pages)
                whole.pages.append(dividers.pages[number])
                whole.pages.extend(opened.enter_context(pikepdf.open(part["path"])).pages)
                outline.root.append(pikepdf.OutlineItem(part["title"], place))
        if plan["parts"]:
            _claim_no_standard(whole)
        whole.save(target)
        json.dump({"code": "", "pages": len(whole.pages)}, sys.stdout)


def _claim_no_standard(whole):
    """The cover keeps to PDF/UA; pages of strangers behind it may not."""
    with whole.open_metadata() as metadata:
        if "pdfuaid:part" in metadata:
            del metadata["pdfuaid:part"]


if __name__ == "__main__":
    main(*sys.argv[1:])
