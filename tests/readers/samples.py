"""One small sound file for each way of reading: what hostile tests spoil, and where the fuzzer begins."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from shutil import copy
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZipFile

from tests.readers.tables import ods, xlsx

_GRANTS: Final = """
[[table]]
file = "{file}"
each = "grant"
dates = "DMY"
[table.actor.giver]
name = "Donor"
key = "Number"
separator = ";"
type = {{ column = "Kind", words = {{ "state" = "state" }}, otherwise = "donor" }}
[table.actor.taker]
name = "Recipient"
type = {{ always = "organisation" }}
[[table.relation]]
actor = "giver"
kind = {{ always = "funding" }}
target = "taker"
amount = "Sum"
currency = {{ always = "EUR" }}
day = "Day"
"""
_ROWS: Final = (
    ("Number", "Donor", "Kind", "Recipient", "Sum", "Day"),
    ("1;2", "Norway;Roads; Bridges", "state", "Рада", "1 234,50", "29.12.2011"),
    ("3", "Fund", "", "Рада", "(300)", "2011"),
)
_HXL: Final = "Giver,Taker,Sum\n#org+provider+name,#org+receiver+name,#value+usd\nNorway,Рада,12.5\nFund,,-3\n"
_UNITS: Final = (
    ("unit:id:admin", "unit:name", "unit:name:source", "unit:name:confidence", "unit:classification", "unit:country",
     "unit:related_unit", "unit:relation_type", "unit:related_unit_first_cited_date_year"),
    ("u1", "First Brigade", "a1;a2", "High", "Army", "ua", "Ministry of Defence", "Child", "2014"),
    ("u2", "Ministry of Defence", "a1", "Low", "Government", "ua", "", "", ""),
)  # fmt: skip
_KUMU: Final = {
    "elements": [{"label": "Parliament", "type": "Person", "tags": ["a|b"]}, {"id": "b", "label": "Police"}],
    "connections": [{"from": "Parliament", "to": "b", "type": "oversees", "direction": "mutual"}],
}
_PERSON: Final = {"id": "p1", "name": "Anna", "other_names": [{"name": "Ганна", "lang": "uk"}], "birth_date": "1970"}
_POPOLO: Final = {
    "persons": [{**_PERSON, "memberships": [{"organization_id": "o1", "role": "chair", "start_date": "2012-12"}]}],
    "organizations": [{"id": "o1", "name": "Rada", "classification": "legislature", "parent": {"id": "o2", "name": "X"}}],
    "memberships": [{"person_id": "p1", "organization": {"_id": "o1"}, "on_behalf_of_id": "o3", "area_id": "a1"}],
    "areas": [{"id": "a1", "name": "Lviv"}],
    "events": [{"id": "t", "name": "8th", "classification": "legislative period", "start_date": "2014-11-27"}],
}  # fmt: skip
_FTM: Final[tuple[Any, ...]] = (
    {"id": "a", "schema": "Company", "properties": {"name": ["A"], "country": ["ua"], "wikidataId": ["Q1"]}},
    {"id": "b", "schema": "Person", "caption": "B", "referents": ["c"], "properties": {"firstName": ["B"], "topics": ["role.pep"]}},
    {"id": "o", "schema": "Ownership", "properties": {"owner": ["b"], "asset": ["a"], "percentage": ["51"], "startDate": ["2020"]}},
    {"id": "p", "schema": "Payment", "properties": {"payer": ["a"], "beneficiary": ["b"], "amount": ["5"], "currency": ["EUR"]}},
)  # fmt: skip
_IATI: Final = """<iati-activities version="2.03"><iati-activity default-currency="EUR" xml:lang="en">
<iati-identifier>GB-1-2</iati-identifier><reporting-org ref="GB-1" type="10"><narrative>FCDO</narrative></reporting-org>
<title><narrative>Police</narrative><narrative xml:lang="uk">Поліція</narrative></title><activity-status code="2"/>
<participating-org role="4" type="22"><narrative>TI</narrative></participating-org><sector vocabulary="1" code="15132"/>
<recipient-country code="UA" percentage="50"/><transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-05"/>
<value value-date="2020-01-05">1,234.50</value><receiver-org><narrative>TI</narrative></receiver-org></transaction>
<document-link url="https://example.org/a"><title><narrative>Report</narrative></title></document-link></iati-activity></iati-activities>"""
_OLD_IATI: Final = """<iati-activities version="1.03"><iati-activity><iati-identifier>X</iati-identifier>
<title>Old</title><participating-org role="Funding">Norad</participating-org><participating-org role="Implementing">NGO</participating-org>
<transaction><transaction-type code="D">Disbursement</transaction-type><provider-org>Norad</provider-org><receiver-org>NGO</receiver-org>
<value currency="NOK">10</value><transaction-date iso-date="2010-02-03"/></transaction></iati-activity></iati-activities>"""
_PLANS: Final = """<iati-organisations version="2.03"><iati-organisation default-currency="EUR" xml:lang="en">
<organisation-identifier>SE-0</organisation-identifier><name><narrative>Sida</narrative></name><reporting-org ref="SE-0" type="10"/>
<recipient-org-budget status="2"><recipient-org ref="XM-DAC-47106"><narrative>DCAF</narrative></recipient-org>
<period-start iso-date="2014-01-01"/><period-end iso-date="2014-12-31"/><value value-date="2014-01-01">25,000</value></recipient-org-budget>
<document-link url="https://example.org/a"><title><narrative>Plan</narrative></title></document-link></iati-organisation></iati-organisations>"""
_STATEMENTS: Final = """canonical_id,entity_id,schema,prop,prop_type,value,dataset,external
n,a,Company,name,name,A,x,f
n,a,LegalEntity,country,country,ua,x,f
b,b,Person,name,name,"B, C",x,f
o,o,Ownership,owner,entity,b,x,f
o,o,Ownership,asset,entity,a,x,f
b,c,Person,alias,name,D,x,t
"""
_CLAIMS: Final = """type:claim,status:meta,citation:refs:claim,about_entity:ref:claim,name:annotation,unit:names:assertion,relation:unit:refs:assertion,relation:types:assertion,relation:related_unit:refs:assertion,first_imprecise:range,last_imprecise:range,starting:range
unit,accepted,c1,u1,First Brigade,1 Bde;I Bde,,,,2012-09-01,2012-09-30,Y
unit,accepted,c1,u2,Command,,,,,,,N
relation,conflict,https://example.org/a,r1,,,u1,child-of,u2,2013-01-01,2013-12-31,Y
"""
_PROFILE: Final = {
    "Introduction": {"Background": {"text": "old"}},
    "Geography": {"Location": {"text": "Europe"}},
    "People and Society": {"Population": {"text": "1"}},
    "Government": {
        "Country name": {"conventional short form": {"text": "Ukraine"}},
        "Legislative branch": {"legislature name": {"text": "Rada"}},
        "Judicial branch": {"highest court(s)": {"text": "Supreme Court (9 judges); it is old"}},
        "International organization participation": {"text": "UN, NAM (observer)"},
    },
    "Military and Security": {"Military and security forces": {"text": "Forces (AF): Army, Navy<br>Ministry of A: Police (2025)"}},
}  # fmt: skip
_GEXF: Final = """<gexf xmlns="http://gexf.net/1.3" version="1.3"><meta><creator>me</creator></meta><graph defaultedgetype="directed">
<attributes class="node"><attribute id="0" title="type" type="string"><default>person</default></attribute></attributes>
<nodes><node id="a" label="A"><attvalues><attvalue for="0" value="ministry"/></attvalues><nodes><node id="c" label="C"/></nodes></node>
<node id="b" label="B" start="2001"/></nodes><edges><edge id="1" source="a" target="b" label="funds" weight="2"/></edges></graph></gexf>"""
_GRAPHML: Final = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="k" for="node" attr.name="label" attr.type="string"/>
<graph edgedefault="directed"><node id="a"><data key="k">A</data></node><node id="b"><data key="k">B</data><graph><node id="c"/></graph></node>
<edge source="a" target="b"><data key="k">oversees</data></edge></graph></graphml>"""
_TURTLE: Final = """@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:a> a org:FormalOrganization ; skos:prefLabel "A"@en, "А"@uk ; org:hasUnit <urn:b> .
<urn:b> a org:OrganizationalUnit ; skos:prefLabel "B" ; org:unitOf <urn:a> .
[] a org:Membership ; org:member <urn:c> ; org:organization <urn:a> ; org:role [ skos:prefLabel "chair" ] .
<urn:c> a <http://xmlns.com/foaf/0.1/Person> ; <http://xmlns.com/foaf/0.1/name> "C" .
"""
_RDF_XML: Final = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:org="http://www.w3.org/ns/org#"
 xmlns:skos="http://www.w3.org/2004/02/skos/core#"><org:Organization rdf:about="urn:a"><skos:prefLabel xml:lang="en">A</skos:prefLabel>
<org:subOrganizationOf rdf:resource="urn:b"/></org:Organization></rdf:RDF>"""
_JSON_LD: Final = {
    "@context": {"org": "http://www.w3.org/ns/org#", "skos": "http://www.w3.org/2004/02/skos/core#"},
    "@graph": [{"@id": "urn:a", "@type": "org:Organization", "skos:prefLabel": {"@value": "A", "@language": "en"}}],
}
_LITTLESIS: Final = {
    "data": [
        {"type": "entities", "id": 1, "attributes": {"id": 1, "name": "A", "primary_ext": "Org", "types": ["Business"]}},
        {"type": "entities", "id": 2, "attributes": {"id": 2, "name": "B", "primary_ext": "Person", "start_date": "1970-00-00"}},
        {"type": "relationships", "id": 3, "attributes": {"id": 3, "entity1_id": 2, "entity2_id": 1, "category_id": 10}},
    ]
}  # fmt: skip
_OLIGRAPHER: Final = {
    "id": 1,
    "graph_data": {
        "nodes": {"a": {"id": "a", "name": "A", "url": "https://littlesis.org/org/1-A"}, "b": {"id": "b", "name": "B"}},
        "edges": {"e": {"id": "e", "node1_id": "a", "node2_id": "b", "label": "owns", "arrow": "1->2"}},
    },
    "attributes": {"title": "Map"},
}


def claim(name: str, value: Any, rank: str = "normal", **more: Any) -> dict[str, Any]:
    """Return a statement as Wikibase writes it: about an item, a text, or a time as (time, precision); `None` is not known."""
    return {
        "mainsnak": snak(name, value),
        "type": "statement",
        "rank": rank,
        "id": f"Q1${uuid5(NAMESPACE_URL, repr((name, value, rank)))}",
        **more,
    }


def snak(name: str, value: Any) -> dict[str, Any]:
    if value is None:
        return {"snaktype": "somevalue", "property": name, "hash": "a1", "datatype": "wikibase-item"}
    said: Any = {"type": "string", "value": value}
    if isinstance(value, tuple):
        time, precision, *calendar = value
        model = f"http://www.wikidata.org/entity/{(*calendar, 'Q1985727')[0]}"
        said = {"time": time, "timezone": 0, "before": 0, "after": 0, "precision": precision, "calendarmodel": model}
        said = {"type": "time", "value": said}
    elif isinstance(value, dict):
        said = {"type": "monolingualtext", "value": value}
    elif value[:1] == "Q" and value[1:].isdigit():
        said = {"entity-type": "item", "numeric-id": int(value[1:]), "id": value}
        said = {"type": "wikibase-entityid", "value": said}
    kind = {"string": "url" if "://" in str(value) else "string", "wikibase-entityid": "wikibase-item"}
    return {
        "snaktype": "value", "property": name, "hash": "a2", "datavalue": said,
        "datatype": kind.get(said["type"], said["type"]),
    }  # fmt: skip


def item(number: str, label: str, *claims: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return an item as `Special:EntityData` gives it; an empty object is `[]`, as PHP writes it."""
    by_name: dict[str, list[Any]] = {}
    for one in claims:
        by_name.setdefault(one["mainsnak"]["property"], []).append(
            {**one, "id": one["id"].replace("Q1$", f"{number}$")}
        )
    return {
        "pageid": 7, "ns": 0, "title": number, "lastrevid": 9, "modified": "2026-01-02T03:04:05Z", "type": "item", "id": number,
        "labels": {"en": {"language": "en", "value": label}}, "descriptions": [], "aliases": [],
        "claims": by_name or [], "sitelinks": [], **more,
    }  # fmt: skip


_CITED: Final[dict[str, Any]] = {
    "references": [{"hash": "c", "snaks": {"P854": [snak("P854", "https://example.org/law")], "P813": [snak("P813", ("+2024-05-06T00:00:00Z", 11))]}, "snaks-order": ["P854", "P813"]}],
    "qualifiers": {"P580": [snak("P580", ("+1992-03-25T00:00:00Z", 11))], "P1107": [snak("P1107", "1")]},
    "qualifiers-order": ["P580", "P1107"],
}  # fmt: skip
_ENTITIES: Final[dict[str, Any]] = {
    "entities": {
        "Q1": item("Q1", "Service", claim("P31", "Q47913"), claim("P17", "Q212"), claim("P571", ("+1992-00-00T00:00:00Z", 9)), claim("P749", "Q2", **_CITED), claim("P361", None), claim("P856", "https://example.org/")),
        "Q2": item("Q2", "State", claim("P31", "Q7275")),
    },
    "success": 1,
}  # fmt: skip
_SOLUTIONS: Final = {
    "head": {"vars": ["Donor", "Recipient", "Sum"]},
    "results": {
        "bindings": [
            {"Donor": {"type": "uri", "value": "http://www.wikidata.org/entity/Q20"}, "Recipient": {"type": "literal", "xml:lang": "uk", "value": "Рада"}, "Sum": {"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#decimal", "value": "300"}},
            {"Donor": {"type": "bnode", "value": "b0"}, "Recipient": {"type": "literal", "value": "Roads"}},
        ]
    },
}  # fmt: skip


def _text(value: object) -> bytes:
    return value.encode() if isinstance(value, str) else json.dumps(value, ensure_ascii=False).encode()


def _delimited(sign: str) -> str:
    return "".join(sign.join(f'"{cell}"' if sign in cell else cell for cell in row) + "\r\n" for row in _ROWS)


TEXTS: Final[dict[str, bytes]] = {
    "x.popolo.json": _text(_POPOLO),
    "x.ftm.json": b"\n".join(map(_text, _FTM)),
    "x.delta.json": b"\n".join(_text({"op": "ADD", "entity": entity}) for entity in _FTM),
    "nested.ftm.json": _text({**_FTM[1], "properties": {"name": ["B"], "ownershipOwner": [{**_FTM[2], "properties": {"owner": ["b"], "asset": [_FTM[0]]}}]}}),
    "statements.csv": _text(_STATEMENTS),
    "x.iati.xml": _text(_IATI),
    "plans.iati.xml": _text(_PLANS),
    "old.iati.xml": _text(_OLD_IATI),
    "x.hxl.csv": _text(_HXL),
    "x.hxl.json": _text(json.dumps([line.split(",") for line in _HXL.splitlines()], ensure_ascii=False)),
    "units.csv": _text("\n".join(",".join(row) for row in _UNITS)),
    "claims.csv": _text(_CLAIMS),
    "x.factbook.json": _text(_PROFILE),
    "x.kumu.json": _text(_KUMU),
    "x.kumu.csv": b"From,To,Type,Tags\nA,B|C,oversees,x|y\n",
    "x.littlesis.json": _text(_LITTLESIS),
    "x.oligrapher.json": _text(_OLIGRAPHER),
    "x.gexf": _text(_GEXF),
    "x.graphml": _text(_GRAPHML),
    "x.ttl": _text(_TURTLE),
    "x.nt": b"<urn:a> <http://www.w3.org/2004/02/skos/core#prefLabel> \"A\"@en .\n",
    "x.rdf": _text(_RDF_XML),
    "x.jsonld": _text(_JSON_LD),
    "x.wikidata.json": _text(_ENTITIES),
    "x.wikidata.jsonl": b"\n".join(map(_text, _ENTITIES["entities"].values())),
    "x.mapping.toml": _text(_GRANTS.format(file="beside.csv")),
}  # fmt: skip
"""Files that are a source by themselves, by name: the ending is what people would give them."""

_RECORD: Final = [dict(zip(_ROWS[0], row, strict=True)) for row in _ROWS[1:]]
_PAGE: Final = "<html><head><meta charset=utf-8></head><body><p>Aid<table><thead>{}</table></body></html>".format(
    "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in _ROWS)
)
MAPPED: Final[dict[str, bytes]] = {
    "grants.csv": _text(_delimited(",")),
    "grants.tsv": _text(_delimited("\t")),
    "grants.html": _text(_PAGE),
    "grants.json": _text(_RECORD),
    "grants.jsonl": b"\n".join(map(_text, _RECORD)),
    "grants.srj": _text(_SOLUTIONS),
    "grants.yaml": "".join(f'- {{{", ".join(f"{k}: {json.dumps(v)}" for k, v in row.items())}}}\n' for row in _RECORD).encode(),
}  # fmt: skip
"""Tables that a mapping reads."""


MADE: Final = Path(__file__).parent / "books"
"""Workbooks that need a writer of their own; `make_xls.py.txt` and `make.cjs` beside them say how they were made."""


def book(folder: Path, name: str) -> Path:
    """Write a workbook of a form: `units` (security forces), `kumu` or `grants`, in any of the makes of `BOOKS`."""
    if name.endswith((".xls", ".xlsb")):
        return Path(copy(MADE / name, folder / name))
    sheets: dict[str, dict[str, Sequence[Sequence[object]]]] = {
        "units": {"units": _UNITS},
        "kumu": {"Elements": [("Label", "Type"), ("A", "Person")], "Connections": [("From", "To"), ("A", "B")]},
        "grants": {"Grants": _ROWS},
    }
    return (ods if name.endswith(".ods") else xlsx)(folder / name, sheets[name.partition(".")[0]])


BOOKS: Final = ("units.xlsx", "units.ods", "kumu.xlsx", "grants.xlsx", "grants.ods", "grants.xls", "grants.xlsb")


def source(folder: Path, name: str, content: bytes) -> Path:
    """Write one of these files with that content, and return what is to be read: a table is read by its mapping."""
    file = folder / name
    file.write_bytes(content)
    (folder / "beside.csv").write_text(_delimited(","), encoding="utf-8")
    if not name.startswith("grants."):
        return file
    mapping = folder / "grants.mapping.toml"
    mapping.write_text(_GRANTS.format(file=name), encoding="utf-8")
    return mapping


def repacked(file: Path, part: str, content: bytes) -> Path:
    """Write one part of a zip archive anew."""
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, old in parts.items():
            archive.writestr(name, content if name == part else old)
    return file
