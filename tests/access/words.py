"""Made-up words, each planted in one place: whoever is shown a word was shown the text that it stands in."""

import re

MADE = re.compile(r"zq[a-z0-9]+qz", re.IGNORECASE)


class Words:
    """The words of a world, with the people who may read each of them."""

    def __init__(self):
        self.readers: dict[str, frozenset[str]] = {}
        self.where: dict[str, str] = {}  # the text that a word stands for, for messages
        self._as_found: dict[str, str] = {}
        self._texts: list[str] = []

    def plant(self, name: str, readers: str) -> str:
        """A new word for the place of this name, to be put into it by the caller."""
        word = f"Zq{name.replace('_', '')}Qz"
        self._know(word, name, readers)
        return word

    def telephone(self, name: str, readers: str) -> str:
        """A number of Hong Kong that nobody else has, found as it is stored and as pages show it."""
        number = self.know(f"+8522100{len(self.readers):04d}", name, readers)
        self._also_as(f"{number[:4]} {number[4:8]} {number[8:]}", number)
        return number

    def know(self, text: str, name: str, readers: str) -> str:
        """A text of another shape, as a number or an address, that tells the same."""
        self._know(text, name, readers)
        self._texts.append(text.lower())
        return text

    def show(self, names: list[str], readers: str) -> None:
        """More people may read what stands in the places of these names."""
        for text, name in self.where.items():
            if name in names:
                self.readers[text] |= set(readers.split())

    def _also_as(self, shown, text):
        self._as_found[shown] = text
        self._texts.append(shown)

    def _know(self, text, name, readers):
        if text.lower() in self._as_found:
            raise ValueError(f"{text} stands somewhere else already")
        self._as_found[text.lower()] = text
        self.readers[text] = frozenset(readers.split())
        self.where[text] = name

    def found_in(self, text: str) -> set[str]:
        lowered = text.lower()
        found = {match.lower() for match in MADE.findall(lowered)}
        found |= {each for each in self._texts if each in lowered}
        return {self._as_found[each] for each in found if each in self._as_found}
