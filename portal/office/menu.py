"""The staff menu. Apps register their items in ready(); the shell shows what the reader's roles allow."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    label: str  # lazily translated
    url_name: str
    roles: frozenset[str]
    order: int
    # URL namespaces, or names of pages, under which the item is shown as current.
    namespaces: tuple[str, ...] = ()
    hint: str = ""  # one sentence for the card on the landing page, lazily translated


_items: list[Item] = []


def register(item: Item) -> None:
    _items.append(item)
    _items.sort(key=lambda each: each.order)


def items_for(user) -> list[Item]:
    if user.is_superuser:
        return list(_items)
    return [item for item in _items if item.roles & user.role_codes]
