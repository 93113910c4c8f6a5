"""The page as one citable whole: a text for a reader to copy, and a schema.org `Dataset` for programs that look for data.

Both say only what the graph says of its datasets. The day on which one was checked stands as `dateModified`: schema.org has no
nearer word for a dataset, and a check is when it was last made to agree with its sources. Of the whole it is the latest such day.
"""

from __future__ import annotations

from importlib.metadata import version

from graph_build.page.facts import Facts
from graph_build.page.sources import Fields, is_http
from graph_build.page.words import Language, say
from graph_build.vocabulary import PREFIXES


def citation(facts: Facts, title: str, lang: Language) -> str:
    """Return how to cite the whole page: title, each dataset with version, day of its check and address, licence, program."""
    licence = _shared(facts, "licence")
    data = "; ".join(_dataset_text(known, lang, licence=not licence) for known in facts.datasets)
    said = [
        title,
        say(lang, "cite.data", data=data) if data else "",
        say(lang, "cite.licence", licence=licence) if licence else "",
        say(lang, "cite.made", version=version("govgraph")),
    ]
    return " ".join(f"{each}." for each in said if each)


def _dataset_text(known: Fields, lang: Language, *, licence: bool) -> str:
    parts = [
        known.get("title") or known["dataset"],
        known.get("version") and say(lang, "take.version", version=known["version"]),
        known.get("checked") and say(lang, "footer.checked", date=known["checked"]),
        licence and known.get("licence"),
        _address(known),
    ]
    return ", ".join(str(part) for part in parts if part)


def dataset_block(facts: Facts, title: str, lang: Language) -> Fields:
    """Return the page as a schema.org `Dataset` whose parts are the datasets of the graph, ready for JSON-LD."""
    relations, actors = say(lang, "relations", count=len(facts.relations)), say(lang, "actors", count=_actors(facts))
    whole = {name: _shared(facts, name) for name in ("version", "licence")}
    whole["checked"] = max((str(known.get("checked", "")) for known in facts.datasets), default="")
    block = _described({"title": title, **whole})
    block["description"] = say(lang, "cite.description", relations=relations, actors=actors)
    return {"@context": PREFIXES["schema"], **block, "hasPart": [_described(known) for known in facts.datasets]}


def _described(known: Fields) -> Fields:
    found = {
        "@type": "Dataset",
        "@id": _address(known),
        "name": known.get("title") or known["dataset"],
        "description": known.get("description"),
        "version": known.get("version"),
        "license": known.get("licence"),
        "dateModified": known.get("checked"),
    }
    return {name: value for name, value in found.items() if value}


def _address(known: Fields) -> str:
    return str(known["iri"]) if is_http(known.get("iri")) else ""


def _shared(facts: Facts, name: str) -> str:
    """Return what all datasets say of themselves alike, else ""."""
    values = {str(known.get(name, "")) for known in facts.datasets}
    return values.pop() if len(values) == 1 else ""


def _actors(facts: Facts) -> int:
    return sum(node["sort"] == "actor" for node in facts.nodes)
