"""Size and time of pages of a hundred, a thousand and ten thousand actors, each with twice as many relations.

The budgets stand below, in `BUDGETS`. Bytes are held to the budget, those of the file and those that a server sends with gzip; times to twice the budget, and on a machine that does other work besides to as much more as that work takes.
"""

from __future__ import annotations

import gzip
import os
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph_build.page.facts import facts
from graph_build.page.html import render
from graph_build.page.scenes import MANY
from tests.page.conftest import Open, written
from tests.page.generated import generated


@dataclass(frozen=True)
class Budget:
    """Bytes of the file, as it is and sent with gzip, and seconds to the first paint and until the page answers."""

    actors: int
    size: int
    sent: int
    paint: float
    ready: float


BUDGETS = (
    Budget(100, 650_000, 180_000, 0.5, 1.0),
    Budget(1_000, 900_000, 260_000, 0.7, 2.5),
    Budget(10_000, 1_600_000, 1_200_000, 1.0, 6.0),
)


@pytest.mark.acceptance(7)
@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: str(budget.actors))
def test_the_page_keeps_to_its_budget(budget: Budget, open_page: Open, folder: Path) -> None:
    known = facts(generated(budget.actors))
    assert len(known.nodes) >= budget.actors
    assert len(known.relations) == 2 * budget.actors
    path = written(folder, f"budget-{budget.actors}", render(known))
    assert path.stat().st_size <= budget.size
    assert len(gzip.compress(path.read_bytes(), 9)) <= budget.sent
    page = open_page(path).page
    page.wait_for_selector("html[data-ready=true]", timeout=120_000)
    while not page.evaluate("performance.getEntriesByName('first-contentful-paint').length"):
        page.wait_for_timeout(50)
    paint, ready = page.evaluate(
        "[performance.getEntriesByName('first-contentful-paint')[0].startTime, performance.getEntriesByName('ready')[0].startTime]"
    )
    slack = 2 * _busy()
    assert paint / 1000 <= budget.paint * slack
    assert ready / 1000 <= budget.ready * slack
    if budget.actors > MANY:
        begun = time.perf_counter()
        page.evaluate("document.querySelector('[data-family=all]').click()")
        page.click("#first [data-every=true]", timeout=120_000)
        page.wait_for_selector("#first:has-text('are drawn')", timeout=120_000)
        assert time.perf_counter() - begun <= budget.ready * slack


def _busy() -> float:
    """Return how many times longer a thing takes that shares the processors with what else runs."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
