"""Reads production's environment and remembers everything that is wrong with it, to say it all at once."""

import environ
from django.core.exceptions import ImproperlyConfigured

REQUIRED = object()


class Misconfigured(ImproperlyConfigured):
    pass


class Environment:
    def __init__(self, variables=None):
        self.source = environ.Env()
        if variables is not None:
            self.source.ENVIRON = variables
        self.problems = []

    def read(self, name, kind="str", *, default=REQUIRED, accept=lambda value: None):
        """The value of `name`; `accept` returns what is wrong with it, as the end of a sentence, or None.

        Returns None where something is wrong: settings made from it are never used, because `finish` raises.
        """
        raw = self.source.ENVIRON.get(name, "").strip()
        if not raw:
            if default is REQUIRED:
                self.problems.append(f"{name} is missing")
                return None
            return default
        try:
            value = getattr(self.source, kind)(name)
            problem = accept(value)
        except Exception:
            # Not the error's own text: it may quote the value, and the value may be a secret.
            problem = f"is not a valid {kind.replace('_', ' ')}"
            value = None
        if problem:
            self.problems.append(f"{name} {problem}")
            return None
        return value

    def finish(self):
        if self.problems:
            lines = "\n".join(f"  - {problem}" for problem in self.problems)
            raise Misconfigured(
                f"The portal does not start; its environment (.env.example) has problems:\n{lines}"
            )
