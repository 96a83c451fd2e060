#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

from portal.settings.reading import Misconfigured

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    try:
        execute_from_command_line(sys.argv)
    except Misconfigured as problem:
        sys.exit(str(problem))
