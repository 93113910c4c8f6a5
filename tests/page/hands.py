"""Two ways to use the page, each alone: the keys of a keyboard, and a pointer or finger that cannot type."""

from __future__ import annotations

from itertools import pairwise
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

_MOST_TABS = 400


class Hands(Protocol):
    """What a reader can do to the page."""

    page: Page

    def press(self, selector: str) -> None:
        """Press a button, a tick or a summary."""

    def view(self, name: str) -> None:
        """Go to a view."""

    def pick(self, name: str, type_: str) -> None:
        """Select an actor by its name; `type_` is one of its types."""

    def day_in(self, year: int) -> None:
        """Go to a day in a year."""


class Keyboard:
    """Tab, arrows, Enter, Space and letters; nothing is pointed at."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, selector: str) -> None:
        for _ in range(_MOST_TABS):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector}")

    def press(self, selector: str) -> None:
        self.reach(selector)
        box = self.page.evaluate("document.activeElement.type === 'checkbox'")
        self.page.keyboard.press("Space" if box else "Enter")

    def view(self, name: str) -> None:
        self.reach("[role=tab][aria-selected=true]")
        for _ in range(5):
            if self.page.evaluate("document.activeElement.dataset.view") == name:
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"arrows do not lead to the view {name}")

    def pick(self, name: str, type_: str) -> None:
        self.page.keyboard.press("/")
        self.page.keyboard.type(name)
        expect(self.page.locator("#found [role=option]").first).to_contain_text(name)
        self.page.keyboard.press("Enter")

    def day_in(self, year: int) -> None:
        self.reach("#asof-date")
        self.page.keyboard.type(f"0630{year}")
        while self.page.evaluate("document.activeElement.id") == "asof-date":  # its own parts come first
            self.page.keyboard.press("Tab")


class Pointer:
    """Presses alone, with the button of a mouse or with a finger."""

    def __init__(self, page: Page, *, finger: bool = False) -> None:
        self.page = page
        self.finger = finger

    def on(self, place: Locator) -> None:
        if self.finger:
            place.tap()
        else:
            place.click()

    def press(self, selector: str) -> None:
        self.on(self.page.locator(selector).first)

    def view(self, name: str) -> None:
        self.press(f"#tab-{name}")

    def pick(self, name: str, type_: str) -> None:
        """Tick the type, then press the name in the table."""
        if not self.page.locator("#facets").is_visible():
            self.press("#filters > summary")
        self.press(f"label:has([data-facet=type][data-value={type_}])")
        self.view("table")
        self.on(self.page.locator("#table button.name", has_text=name).first)

    def day_in(self, year: int) -> None:
        """Press on the axis of reforms, where the years beside it tell that the year is."""
        axis = self.page.locator("#axis")
        axis.scroll_into_view_if_needed()
        box = axis.bounding_box()
        assert box
        ticks = axis.evaluate("""each => [...each.querySelectorAll('text')].map((text) => {
            const box = text.getBoundingClientRect();
            return [Number(text.textContent), (box.left + box.right) / 2];
        })""")
        known = next((low, high) for low, high in pairwise(ticks) if low[0] <= year < high[0] or high == ticks[-1])
        (first, left), (second, right) = known
        x = left + (year + 0.6 - first) * (right - left) / (second - first)
        if self.finger:
            self.page.touchscreen.tap(x, box["y"] + 10)
        else:
            self.page.mouse.click(x, box["y"] + 10)
