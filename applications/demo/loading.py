from applications.demo import cases, round


def load() -> None:
    """The demonstration round and its applications; nothing where they stand already."""
    cases.load(round.make())
