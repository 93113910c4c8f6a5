"""Stories: short texts, step by step, each with what of the page is open and which actors and relations it tells of."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from graph_build.network import node_id, rows
from graph_build.page.sources import Fields
from graph_build.store import Store
from graph_build.vocabulary import local_name, term


def stories(
    store: Store, countries: Collection[str], actors: Collection[str], relations: Collection[str]
) -> list[Fields]:
    """Return the stories whose steps all lie in countries, and name actors and relations, that the page has; sorted by name.

    Each step has its texts in English and Ukrainian, "" where there is none.
    """
    found: dict[str, dict[int, Fields]] = {}
    for row in rows(store, "page-stories"):
        steps = found.setdefault(str(row["story"]), {})
        number = int(str(row["number"]))
        step = steps.setdefault(number, _step(row))
        part = str(row.get("part") or "")
        if part.startswith(_RELATION):
            _listed(step, "relations").append(local_name(part))
        elif part:
            _listed(step, "actors").append(node_id(part))
    named = {name: [steps[number] for number in sorted(steps)] for name, steps in sorted(found.items())}

    def fits(step: Fields) -> bool:
        whole = set(_listed(step, "actors")) <= set(actors) and set(_listed(step, "relations")) <= set(relations)
        return whole and str(step["scope"]) in {*countries, ""}

    return [{"id": name, "steps": steps} for name, steps in named.items() if all(map(fits, steps))]


_RELATION = term("rel:").value


def _listed(step: Fields, name: str) -> list[str]:
    found = step[name]
    assert isinstance(found, list)
    return found


def _step(row: Mapping[str, object]) -> Fields:
    texts = {name: [str(row.get(f"{name}_{lang}") or "") for lang in ("en", "uk")] for name in ("title", "text")}
    state = {name: str(row.get(column) or "") for name, column in _STATE.items()}
    return {**texts, **state, "actors": [], "relations": []}


_STATE = {"view": "view", "scope": "country", "asof": "day"}
