"""FollowTheMoney streams for the tests: one with all that makes the pieces depend on each other, and long ones."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path


def thorny(file: Path) -> Path:
    """Write a stream in which far lines say the same, contradict each other, name each other, or are broken."""
    lines = [json.dumps(line).encode() for line in _said()]
    lines[40:40] = [b"", b"{", b"[]", b'{"id": "\xff"}', b'{"id": "deep", "a": ' + b"[" * 5_000, b"  \r"]
    file.write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines))  # the last line has no end
    return file


def long(file: Path, number: int) -> Path:
    """Write a stream of so many bodies, each with a payment to one that stands before or after it."""
    chance = random.Random(1)
    with file.open("w", encoding="utf-8") as stream:
        for payer in range(number):
            ends = f"{payer:032x}", f"{chance.randrange(min(2 * payer + 1, number)):032x}"
            names = {"name": [f"Organisation {payer}"], "alias": [f"Організація {payer}"], "country": ["ua"]}
            money = {
                "amount": ["100.50"],
                "currency": ["EUR"],
                "date": ["2020-01-02"],
                "purpose": ["training of staff"],
            }
            for said in (
                _body(ends[0], "Organization", **names),
                _payment(f"p{payer:031x}", ends[0], ends[1], **money),
            ):
                stream.write(json.dumps(said, ensure_ascii=False) + "\n")
    return file


def _body(key: str, schema: str = "Organization", **properties: list[str]) -> dict[str, object]:
    return {"id": key, "schema": schema, "properties": properties}


def _payment(key: str, payer: str, taker: str, **properties: list[str]) -> dict[str, object]:
    return _body(key, "Payment", payer=[payer], beneficiary=[taker], **properties)


def _said() -> Iterator[dict[str, object]]:
    bodies = [f"body-{number}" for number in range(30)]
    for number, name in enumerate(bodies):
        yield _body(name, name=[f"Body {number}"], country=["ua"], phone=["1"])
        yield _payment(f"pay-{number}", name, bodies[number * 7 % 30], amount=["5"], currency=["EUR"])
        yield _payment(f"gone-{number}", name, "nobody")
    yield _body("body-1", alias=["Other name", "Body 1"], name=["Body one"], topics=["gov.security"])
    yield _body(
        "body-2",
        name=['A "quoted" \\ name\twith\nline ends \ud800 and \u202e signs', "|"],
        incorporationDate=["2001-02"],
    )
    yield _body("body-2", name=["Body 2"], incorporationDate=["1999"])
    yield _body("body-3", "Person", name=["Body 3"], notes=["a\u2028line\u2029 within\x85a note"])
    yield _payment("pay-1", bodies[1], bodies[7], amount=["6"], currency=["EUR"], sourceUrl=["https://example.org/a"])
    yield _payment("pay-1-2", bodies[4], bodies[5], amount=["7"], currency=["EUR"], purpose=["x" * 3_000])
    yield _payment(
        "pay-1", bodies[1], bodies[7], amount=["5"], purpose=["the same"], sourceUrl=["https://example.org/a"]
    )
    yield _payment("pay-1-2", bodies[4], bodies[5], amount=["8"], currency=["EUR"])
    yield _body("unit", name=["Unit of body 1"], parent=["body-1"])
    yield _body("own", "Ownership", owner=["body-1"], asset=["body-2"], startDate=["2020"], endDate=["2019"])
    yield _body("link", "UnknownLink", subject=["body-1"], object=["body-2"], role=["met with"])
    yield _body("family", "Family", person=["body-3"], relative=["body-3"], relationship=["itself"])
    yield _body("Ünusual id\u0007", name=["Unusual"])
    yield _payment("several", "body-1", "body-2", sourceUrl=["https://example.org/a", "https://example.org/b"])
    yield _body("many", "Directorship", director=["body-5", "body-6"], organization=["body-7", "unit"])
