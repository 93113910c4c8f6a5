"""The twelve tests that the page must pass before anybody sees it, and that each is there.

A test says which it carries by `@pytest.mark.acceptance(number)`; `pytest -m acceptance` runs them all.
"""

from __future__ import annotations

import re
from pathlib import Path

TWELVE = {
    1: "hostile data run nothing, ask for nothing and raise no error",
    2: "with every route hanging the page paints at once and draws",
    3: "the locale changes no byte",
    4: "two exports of the same input are the same bytes",
    5: "three relations between two actors are three lines, three rows in the table and in the CSV",
    6: "axe finds nothing in any view; keys alone lead from the search to a source",
    7: "bytes and times stay within the budget at 100, 1,000 and 10,000 actors",
    8: "a notebook shows picture and table untrusted, and the page after a run; nbconvert too",
    9: "help answers at once; every example runs; exit codes; a closed pipe leaves no traceback",
    10: "nothing is left to asserts, which -O takes away",
    11: "a missing library ends with 7 and the line that installs it",
    12: "both languages are complete: keys, plurals, lang attributes",
}


def test_each_of_the_twelve_is_carried_by_a_test() -> None:
    texts = [file.read_text(encoding="utf-8") for file in Path(__file__).parents[1].rglob("test_*.py")]
    carried = re.findall(r"^@pytest\.mark\.acceptance\((\d+)\)\n(?:@.*\n)*def test_", "".join(texts), re.MULTILINE)
    assert {int(number) for number in carried} == set(TWELVE)
