"""What pieces tell of their entries comes together as one machine would have told it."""

import random

from graph_build.readers.entries import Note
from graph_build.readers.findings import Report
from graph_build.records import Place
from graph_build.spark.tally import Tally


def test_tallies_of_pieces_in_any_order_give_the_report_of_the_whole() -> None:
    chance = random.Random(3)
    messages = [
        'it has no name: "{}"',
        "left out",
        'far too long: "' + "x" * 500 + '{}"',
        *(f"sort {n}" for n in range(9)),
    ]
    told = [(number, chance.choice(messages).format(number), chance.choice("ab")) for number in range(3_000)]
    whole = Report("file", "form")
    pieces = [Tally() for _ in range(5)]
    for number, message, what in told:
        piece = pieces[number * 5 // len(told)]
        piece.order = (0, number)
        for report in (whole, piece):
            report.of(what).read += 1
            report.add(what, Place("file", number), [Note("name", message)], "left out: ")
    chance.shuffle(pieces)
    together = Tally()
    for piece in pieces:
        together.join(piece)
    made = together.report("file", "form")
    assert made.findings == whole.findings
    assert any("more like" in finding.message for finding in made.findings)
    assert made.as_json() == whole.as_json()
