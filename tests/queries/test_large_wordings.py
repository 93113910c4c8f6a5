"""Wordings that are fast on a large graph, held against the plain ones on a graph where each has something to find."""

from __future__ import annotations

from functools import cache

import pytest

from bench.generate import country, norm
from graph_build.ask import ask
from graph_build.builder import fill
from graph_build.encode import organisation_ids
from graph_build.store import EmbeddedStore
from graph_build.vocabulary import PREFIXES

PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
PLAIN_OVERLAPS = """
SELECT DISTINCT ?beneficiary ?one ?other WHERE {
  VALUES ?first_kind { gov:Funding gov:CapacityBuilding gov:Support gov:Education gov:Expertise }
  VALUES ?second_kind { gov:Funding gov:CapacityBuilding gov:Support gov:Education gov:Expertise }
  ?first a ?first_kind ; gov:topic ?topic ; gov:target|gov:with ?beneficiary ; gov:actor ?one ; adms:status status:accepted .
  ?second a ?second_kind ; gov:topic ?topic ; gov:target|gov:with ?beneficiary ; gov:actor ?other ; adms:status status:accepted .
  ?beneficiary a gov:Actor .
  FILTER ( STR(?one) < STR(?other) )
  FILTER NOT EXISTS { ?first gov:negated true }
  FILTER NOT EXISTS { ?second gov:negated true }
  OPTIONAL { ?first schema:startDate ?first_start }
  OPTIONAL { ?first schema:endDate ?first_end }
  OPTIONAL { ?second schema:startDate ?second_start }
  OPTIONAL { ?second schema:endDate ?second_end }
  FILTER ( !BOUND(?first_start) || !BOUND(?second_end) || ?first_start <= ?second_end )
  FILTER ( !BOUND(?second_start) || !BOUND(?first_end) || ?second_start <= ?first_end )
}"""
PLAIN_FUNDERS = """
SELECT DISTINCT ?watchdog ?watched ?funder WHERE {
  ?funding a gov:Funding ; gov:actor ?funder ; gov:target|gov:with ?watchdog ; adms:status status:accepted .
  ?oversight a gov:Oversight ; gov:actor ?watchdog ; gov:target|gov:with ?watched ; adms:status status:accepted .
  FILTER ( ?watchdog != ?watched )
  OPTIONAL { ?oversight gov:layer ?layer }
  FILTER ( !BOUND(?layer) || ?layer NOT IN ( layer:internal, layer:executive ) )
  {
    ?tie a gov:Oversight ; gov:actor ?watchdog ; gov:target|gov:with ?funder .
    BIND ( ?funder AS ?watched )
  } UNION {
    ?tie a ?kind ; gov:actor ?funder ; gov:target|gov:with ?watched ; adms:status status:accepted
    FILTER ( ?kind IN ( gov:Funding, gov:CapacityBuilding, gov:Support, gov:Direction, gov:Composition, gov:Ownership ) )
  }
  FILTER NOT EXISTS { ?tie gov:negated true }
  FILTER NOT EXISTS { ?funding gov:negated true }
  FILTER NOT EXISTS { ?oversight gov:negated true }
  OPTIONAL { ?funding schema:startDate ?funding_start }
  OPTIONAL { ?funding schema:endDate ?funding_end }
  OPTIONAL { ?oversight schema:startDate ?oversight_start }
  OPTIONAL { ?oversight schema:endDate ?oversight_end }
  OPTIONAL { ?tie schema:startDate ?tie_start }
  OPTIONAL { ?tie schema:endDate ?tie_end }
  FILTER ( !BOUND(?funding_start) || !BOUND(?oversight_end) || ?funding_start <= ?oversight_end )
  FILTER ( !BOUND(?oversight_start) || !BOUND(?funding_end) || ?oversight_start <= ?funding_end )
  FILTER ( !BOUND(?funding_start) || !BOUND(?tie_end) || ?funding_start <= ?tie_end )
  FILTER ( !BOUND(?tie_start) || !BOUND(?funding_end) || ?tie_start <= ?funding_end )
}"""
PLAIN_EXPECTATIONS = """
SELECT DISTINCT ?relation ?giver ?target WHERE {
  VALUES ?kind {
    gov:Information gov:Expertise gov:Education gov:CapacityBuilding gov:Support gov:Partnership gov:Coordination gov:Advocacy gov:Funding
  }
  ?relation a ?kind ; gov:actor ?giver ; gov:target|gov:with ?target ; adms:status status:accepted .
  FILTER EXISTS { id:ua-police-1 gov:partOf* ?target }
  FILTER NOT EXISTS { ?relation gov:negated true }
}"""
MANDATES = """
SELECT ?relation ?kind ?target ?function ?layer ?actor ?start ?end WHERE {
  VALUES ?kind { gov:Oversight gov:Direction gov:Appointment gov:NormSetting }
  ?relation a ?kind ; gov:modality mod:normative ; adms:status status:accepted ; gov:actor ?actor .
  ?relation gov:target ?target ; gov:function ?function ; gov:layer ?layer .
  ?target gov:country ?country .
  FILTER NOT EXISTS { ?relation gov:negated true }
  OPTIONAL { ?relation schema:startDate ?start }
  OPTIONAL { ?relation schema:endDate ?end }
}"""
RULES = """
SELECT ?one ?other WHERE {
  VALUES ?kind { gov:Coordination gov:Partnership gov:Direction gov:Oversight gov:Accountability gov:Composition gov:Appointment }
  ?rule a ?kind ; gov:actor ?one ; gov:target|gov:with ?other .
}"""


@cache
def store() -> EmbeddedStore:
    made = [norm(), country("UA", 1500)]
    held = EmbeddedStore.memory()
    fill(held, made, organisation_ids(made))
    return held


@pytest.mark.parametrize(
    ("name", "values", "plain"),
    [
        ("support-overlaps", {}, PLAIN_OVERLAPS),
        ("watchdogs-and-their-funders", {}, PLAIN_FUNDERS),
        ("expectations", {"receiver": "id:ua-police-1"}, PLAIN_EXPECTATIONS),
    ],
)
def test_the_fast_wording_says_what_the_plain_one_says(name: str, values: dict[str, str], plain: str) -> None:
    expected = {tuple(getattr(term, "value", "") for term in row) for row in store().select(PROLOGUE + plain).rows}
    found = {row[-3:] for row in ask(store(), name, **values)}
    assert expected
    assert found == expected


def test_double_mandates_are_the_pairs_of_mandates_without_a_rule() -> None:
    mandates, rules = (
        [tuple(getattr(term, "value", "") for term in row) for row in store().select(PROLOGUE + text).rows]
        for text in (MANDATES, RULES)
    )
    settled = {frozenset(pair) for pair in rules}
    expected = {
        (target, one, other)
        for _, *first, one, start_one, end_one in mandates
        for _, *second, other, start_other, end_other in mandates
        if first == second and one < other and frozenset((one, other)) not in settled
        and not (end_other and start_one > end_other) and not (end_one and start_other > end_one)
        for target in (first[1],)
    }  # fmt: skip
    assert expected
    assert {row[-3:] for row in ask(store(), "double-mandates")} == expected
