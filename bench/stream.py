"""Files of any size, made up and converted: `python -m bench.stream MEGABYTES [FORMAT]` prints seconds and peak memory.

Reading must not grow with the file (issue 5: 1 GB of FollowTheMoney or IATI below 500 MB). The files are the same each time; bodies
name bodies that stand before or after them, so that no reader can resolve an end when it meets it.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Final

from bench.memory import peak_mb
from graph_build.convert import convert
from graph_build.vocabulary import PREFIXES

_PROSE: Final = (
    "Support to parliamentary committees and civil society in the oversight of police and security services. " * 8
)


def ftm(chance: random.Random) -> Iterator[str]:
    """Give bodies, as full of names and notes as those of OpenSanctions, and the payments between them, one a line."""
    for number in count():
        names = {"name": [f"Organisation {number}"], "country": ["ua"], "notes": [_PROSE]}
        names["alias"] = [f"Організація {number}", f"Организация {number}", f"ТОВ «Організація {number}»"]
        body = {"id": f"{number:032x}", "schema": "Organization", "properties": names}
        ends = {"payer": [f"{number:032x}"], "beneficiary": [f"{chance.randrange(2 * number + 1):032x}"]}
        money = {"amount": ["100.50"], "currency": ["EUR"], "date": ["2020-01-02"], "purpose": ["training of staff"]}
        payment = {"id": f"p{number:031x}", "schema": "Payment", "properties": ends | money}
        yield "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in (body, payment))


def iati(chance: random.Random) -> Iterator[str]:
    """Give activities as publishers write them: some prose, two organisations of many, and three transactions."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n'
    result = (
        f'<result type="1"><title><narrative>Output</narrative></title><description><narrative>{_PROSE}</narrative></description>'
        f'<indicator measure="1"><title><narrative>Hearings held</narrative></title><period><period-start iso-date="2020-01-01"/>'
        f'<period-end iso-date="2020-12-31"/><target value="4"/><actual value="3"/></period></indicator></result>\n'
    ) * 2
    for number in count():
        taker = chance.randrange(2 * number + 1) % 500_000
        transactions = "".join(
            f'<transaction><transaction-type code="3"/><transaction-date iso-date="2020-{month:02}-05"/>'
            f'<value currency="EUR" value-date="2020-{month:02}-05">{number}.50</value>'
            f"<receiver-org><narrative>Receiver {taker}</narrative></receiver-org></transaction>\n"
            for month in (1, 5, 9)
        )
        yield (
            f'<iati-activity default-currency="EUR" xml:lang="en"><iati-identifier>XM-DAC-1-{number}</iati-identifier>\n'
            f'<reporting-org ref="XM-DAC-1" type="10"><narrative>Ministry</narrative></reporting-org>\n'
            f"<title><narrative>Programme {number}</narrative></title>\n"
            f"<description><narrative>{_PROSE}</narrative></description>\n"
            f'<participating-org ref="XM-DAC-1" type="10" role="1"><narrative>Ministry</narrative></participating-org>\n'
            f'<participating-org type="22" role="4"><narrative>Receiver {taker}</narrative></participating-org>\n'
            f'<sector vocabulary="1" code="15210"/><recipient-country code="UA"/>\n{transactions}{result}</iati-activity>\n'
        )


def csv(chance: random.Random) -> Iterator[str]:
    """Give grants as rows of a table; its mapping is written beside it."""
    yield "Number,Donor,Recipient,Sum,Day,Purpose\n"
    for number in count():
        taker = chance.randrange(2 * number + 1)
        yield f"{number},Donor {number % 500},Recipient {taker},{number}.50,2020-01-{number % 28 + 1:02},training of staff {number}\n"


def rdf(chance: random.Random) -> Iterator[str]:
    """Give bodies in the words of ORG, five statements each."""
    yield "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("org", "skos")) + "@prefix e: <urn:e:> .\n"
    for number in count():
        above = chance.randrange(number + 1)
        yield (
            f'e:o{number} a org:Organization ; skos:prefLabel "Body {number}"@en, "Орган {number}"@uk ; '
            f'org:subOrganizationOf e:o{above} ; skos:notation "N{number}" .\n'
        )


_MAPPING: Final = """
[[table]]
file = "stream.csv"
each = "grant"
[table.actor.giver]
name = "Donor"
type = { always = "donor" }
[table.actor.taker]
name = "Recipient"
type = { always = "organisation" }
[[table.relation]]
actor = "giver"
kind = { always = "funding" }
target = "taker"
key = "Number"
amount = "Sum"
currency = { always = "EUR" }
day = "Day"
note = "Purpose"
"""
FORMATS: Final[dict[str, tuple[str, Callable[[random.Random], Iterator[str]], str]]] = {
    "ftm": ("stream.ftm.json", ftm, ""),
    "iati": ("stream.iati.xml", iati, "</iati-activities>\n"),
    "csv": ("stream.csv", csv, ""),
    "rdf": ("stream.ttl", rdf, ""),
}


def write(folder: Path, form: str, megabytes: int) -> Path:
    """Write a file of at least that size, and return the source to convert."""
    name, parts, end = FORMATS[form]
    size = 0
    with (folder / name).open("w", encoding="utf-8") as stream:
        for part in parts(random.Random(1)):
            size += len(part.encode())
            stream.write(part)
            if size >= megabytes * 2**20:
                break
        stream.write(end)
    if form != "csv":
        return folder / name
    (folder / "stream.mapping.toml").write_text(_MAPPING, encoding="utf-8")
    return folder / "stream.mapping.toml"


def main() -> None:
    """Write a file, convert it, and say what that cost."""
    megabytes, form = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "ftm"
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder), form, megabytes)
        begun, used = time.perf_counter(), time.process_time()
        report = convert(file, Path(folder) / "tables")
        seconds, used = time.perf_counter() - begun, time.process_time() - used
    took = f"{seconds:.0f} s ({used:.0f} s of a processor, {megabytes / used:.1f} MB a second)"
    sys.stdout.write(f"{report}\n{megabytes} MB of {form}: {took}, at most {peak_mb():.0f} MB of memory\n")


if __name__ == "__main__":
    main()
