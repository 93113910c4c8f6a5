"""IATI activities: the counts of real files, all versions, what is left out, and memory that does not grow with the file."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_build.errors import InputError
from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source
from graph_build.readers.iati_text import as_amount, as_day
from graph_build.readers.maps import word_map
from graph_build.records import Actor, Relation
from graph_build.vocabulary import vocabulary
from tests.readers.conversion import DATA, adds_up, errors, labels, same_quads

REAL = DATA / "iati-activities"
real = pytest.mark.skipif(not REAL.exists(), reason="the folder of real files is not there")


def activities(tmp_path: Path, body: str, top: str = '<iati-activities version="2.03">') -> Dataset:
    file = tmp_path / "aid.xml"
    file.write_text(f"{top}{body}</{top[1:].split()[0].rstrip('>')}>", encoding="utf-8")
    made = import_source(file).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


def told(made: Dataset, *fields: str) -> set[tuple[object, ...]]:
    names = labels(made)
    return {
        (names[r.actor], r.phrase, names[r.target], *(getattr(r, field) for field in fields)) for r in made.relations
    }


def payments(made: Dataset) -> list[Relation]:
    return [relation for relation in made.relations if "-transaction-" in relation.id]


@pytest.fixture(scope="module")
def publishers() -> Dataset:
    """What is read of the file of many publishers: it is only looked at."""
    return import_source(REAL / "dportal-2.03-multi-publisher.xml").dataset()


@real
def test_the_real_file_gives_all_that_it_holds(publishers: Dataset) -> None:
    made = publishers
    assert made.report is not None
    counts = made.report.counts
    read = {what: counts[what].read for what in ("iati-activity", "reporting-org", "participating-org", "transaction")}
    assert read == {"iati-activity": 401, "reporting-org": 401, "participating-org": 1335, "transaction": 1033}
    assert len({relation.actor for relation in made.relations if relation.role == "reporting"}) == 18
    assert len(made.things) == counts["iati-activity"].kept == 401
    assert (counts["participating-org"].kept, counts["participating-org"].joined) == (1333, 2)
    roles = Counter(relation.role for relation in made.relations)
    assert (roles["accountable"], roles["extending"], roles["implementing"]) == (191, 102, 422)
    assert roles["funding"] == 620 - 2
    assert (counts["transaction"].kept, counts["transaction"].left_out) == (994, 39)
    assert sum(bool(payment.amount) for payment in payments(made)) == 994 - 34
    assert sum("is below nothing" in finding.message for finding in made.findings) == 34
    assert errors([made]) == []
    adds_up(made)


@real
def test_roles_of_the_two_joined_participations_are_funding(publishers: Dataset) -> None:
    made = publishers
    joined = [item for item in Counter(item.relation for item in made.evidence).items() if item[1] > 1]
    roles = {relation.id: relation.role for relation in made.relations}
    assert sorted((roles[name], number) for name, number in joined) == [("funding", 2), ("funding", 2)]


@real
def test_the_small_real_file_gives_the_same_quads_as_a_folder(tmp_path: Path) -> None:
    same_quads(REAL / "dportal-2.03-small.xml", tmp_path / "folder")


NEW = """
<iati-activity default-currency="EUR" xml:lang="en">
 <iati-identifier>SE-0-77</iati-identifier>
 <reporting-org ref="SE-0" type="10"><narrative>Sweden</narrative></reporting-org>
 <title><narrative>Police reform</narrative><narrative xml:lang="uk">Реформа поліції</narrative></title>
 <description type="1"><narrative>Help.</narrative><narrative xml:lang="fr">Aide.</narrative></description>
 <participating-org ref="SE-0" type="10" role="1"><narrative>Sweden</narrative></participating-org>
 <participating-org ref="47106" type="40" role="4"><narrative>DCAF</narrative></participating-org>
 <participating-org role="2" type="22"><narrative xml:lang="fr">Observatoire</narrative></participating-org>
 <activity-status code="2"/><activity-date iso-date="2021-01-01" type="2"/>
 <recipient-country code="UA" percentage="60"/><recipient-country code="MD" percentage="40"/>
 <sector vocabulary="1" code="15132"/>
 <transaction><transaction-type code="3"/><transaction-date iso-date="2021-05-06"/>
  <value currency="SEK" value-date="2021-05-06">1000.50</value>
  <receiver-org ref="XM-DAC-47106"/></transaction>
 <transaction><transaction-type code="1"/><transaction-date iso-date="2021-05-07"/>
  <value value-date="2021-05-07">20</value><provider-org ref="CH-4"><narrative>SDC</narrative></provider-org></transaction>
</iati-activity>"""
OLD = """
<iati-activity default-currency="EUR" xml:lang="en">
 <iati-identifier>SE-0-77</iati-identifier>
 <reporting-org ref="SE-0" type="10">Sweden</reporting-org>
 <title>Police reform</title><title xml:lang="uk">Реформа поліції</title>
 <description type="1">Help.</description><description type="1" xml:lang="fr">Aide.</description>
 <participating-org ref="SE-0" type="10" role="Funding">Sweden</participating-org>
 <participating-org ref="47106" type="40" role="implementing">DCAF</participating-org>
 <participating-org role="Accountable" type="22" xml:lang="fr">Observatoire</participating-org>
 <activity-status code="2">Implementation</activity-status><activity-date iso-date="2021-01-01" type="start-actual"/>
 <recipient-country code="UA" percentage="60">Ukraine</recipient-country>
 <recipient-country code="MD" percentage="40">Moldova (the Republic of)</recipient-country>
 <sector vocabulary="DAC" code="15132">Police</sector>
 <transaction><transaction-type code="D">Disbursement</transaction-type><transaction-date iso-date="2021-05-06"/>
  <value currency="SEK" value-date="2021-05-06">1000.50</value>
  <receiver-org ref="XM-DAC-47106"/></transaction>
 <transaction><transaction-type code="IF"/><transaction-date iso-date="2021-05-07"/>
  <value value-date="2021-05-07">20</value><provider-org ref="CH-4">SDC</provider-org></transaction>
</iati-activity>"""


@pytest.mark.parametrize("body", [NEW, OLD], ids=["2.03", "1.03"])
def test_both_versions_say_the_same(tmp_path: Path, body: str) -> None:
    made = activities(tmp_path, body)
    where = "Ukraine (UA) 60 %; Moldova (the Republic of) (MD) 40 %"
    assert told(made, "scope", "topic", "role") == {
        ("Sweden", "reports on", "Police reform", where, ("police",), "reporting"),
        ("Sweden", "funds", "Police reform", where, ("police",), "funding"),
        ("DCAF", "implements", "Police reform", where, ("police",), "implementing"),
        ("Observatoire", "answers for", "Police reform", where, ("police",), "accountable"),
        ("Sweden", "disburses money to", "DCAF", f"Police reform; {where}", ("police",), ""),
        ("SDC", "gives money to", "Sweden", f"Police reform; {where}", ("police",), ""),
    }
    money = {(pay.amount, pay.currency, pay.start, pay.end) for pay in payments(made)}
    assert money == {("1000.50", "SEK", "2021-05-06", "2021-05-06"), ("20", "EUR", "2021-05-07", "2021-05-07")}
    (thing,) = made.things
    assert (thing.label_uk, thing.definition_en) == ("Реформа поліції", "Help.")
    assert "actual start: 2021-01-01" in thing.note
    assert "Aide.@fr" in thing.note
    known = {actor.label_en: (actor.type, actor.identifiers) for actor in made.actors}
    assert known["DCAF"] == (("intergovernmental-organisation",), ("org-id:XM-DAC-47106", "crs-channel:47106"))
    assert known["Observatoire"] == (("ngo",), ())
    assert {(r.modality, r.verified, r.status, r.confidence) for r in made.relations} == {
        ("actual", "secondary", "accepted", "")
    }
    assert {(r.start, r.end) for r in made.relations if r.role} == {("", "")}
    assert "iati-activity[1]/transaction[2]" in {item.locator for item in made.evidence}


@pytest.mark.parametrize(
    "top",
    [
        "<iati-activities>",
        '<iati-activities version="1.01" xmlns="http://example.org/iati">',
        '<result ok="1">',
        '<i:iati-activities xmlns:i="http://example.org/iati">',
    ],
)
def test_namespaces_and_wrappers_change_nothing(tmp_path: Path, top: str) -> None:
    assert len(activities(tmp_path, OLD, top).relations) == 6


def transaction(inner: str, more: str = "", attributes: str = 'default-currency="EUR"') -> str:
    return f"""<iati-activity {attributes}><iati-identifier>A-1</iati-identifier><title>T</title>{more}
    <reporting-org ref="AA-1">Us</reporting-org><transaction>{inner}</transaction></iati-activity>"""


@pytest.mark.parametrize(
    ("value", "attributes", "kept", "noted"),
    [
        ('<value currency="usd">1,250,000.50</value>', "", ("1250000.50", "USD"), ""),
        ("<value>-500</value>", 'default-currency="EUR"', ("", ""), "amount: -500 EUR"),
        ("<value>7</value>", "", ("", ""), "amount: 7"),
        ("<value>much</value>", 'default-currency="EUR"', ("", ""), "amount: much EUR"),
        ("<value/>", 'default-currency="EUR"', ("", ""), ""),
        ("<value>1.5E3</value>", 'default-currency="EUR"', ("1500", "EUR"), ""),
    ],
)
def test_an_amount_is_taken_or_told(
    tmp_path: Path, value: str, attributes: str, kept: tuple[str, str], noted: str
) -> None:
    inner = f'<transaction-type code="2"/><transaction-date iso-date="2020"/>{value}<receiver-org>Them</receiver-org>'
    made = activities(tmp_path, transaction(inner, attributes=attributes))
    (payment,) = payments(made)
    assert (payment.amount, payment.currency) == kept
    assert noted in payment.note
    assert bool(kept[0]) != any(finding.field == "value" for finding in made.findings)


def test_a_date_that_is_none_stands_in_the_note(tmp_path: Path) -> None:
    for raw in ("05/06/2021", "2021-02-30", ""):
        inner = f'<transaction-type code="3"/><transaction-date iso-date="{raw}"/><value>1</value><receiver-org>B</receiver-org>'
        made = activities(tmp_path, transaction(inner))
        assert [(payment.start, payment.end) for payment in payments(made)] == [("", "")]
        assert raw in payments(made)[0].note
        assert [finding.field for finding in made.findings] == ["transaction-date"]


def test_who_is_not_named_is_the_reporting_organisation_or_nobody(tmp_path: Path) -> None:
    value = "<value>1</value><transaction-date iso-date='2020-01-01'/>"
    cases = {
        "1": set(),
        "2": {("Us", "commits money to", "T")},
        "3": {("Us", "disburses money to", "T")},
        "4": {("Us", "spends money on", "T")},
        "6": set(),
        "11": set(),
        "": set(),
        "88": set(),
    }
    for code, expected in cases.items():
        made = activities(tmp_path, transaction(f'<transaction-type code="{code}"/>{value}'))
        assert made.report is not None
        assert {item for item in told(made) if item[1] != "reports on"} == expected
        assert made.report.counts["transaction"].left_out == (not expected)


def test_money_to_oneself_goes_to_the_activity(tmp_path: Path) -> None:
    ends = '<provider-org ref="AA-1"/><receiver-org ref="aa-1">Us</receiver-org>'
    made = activities(tmp_path, transaction(f'<transaction-type code="1"/><value>1</value>{ends}'))
    assert ("Us", "gives money to", "T") in told(made)


def test_money_is_spent_on_an_activity_and_paid_to_a_body(tmp_path: Path) -> None:
    made = activities(
        tmp_path,
        transaction('<transaction-type code="E"/><value>1</value><receiver-org>Them</receiver-org>')
        + transaction('<transaction-type code="E"/><value value-date="2020-01-01">1</value>'),
    )
    assert {("Us", "pays", "Them"), ("Us", "spends money on", "T")} <= told(made)


def test_two_payments_that_are_alike_are_two(tmp_path: Path) -> None:
    pay = '<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-01"/><value>1</value></transaction>'
    made = activities(tmp_path, transaction('<transaction-type code="2"/><value>1</value>', more=pay * 2))
    assert len(payments(made)) == 3


def test_the_same_activity_twice_is_one(tmp_path: Path) -> None:
    made = activities(tmp_path, NEW * 2)
    assert made.report is not None
    assert {what: (c.kept, c.joined) for what, c in made.report.counts.items()} == {
        "iati-activity": (1, 1),
        "reporting-org": (1, 1),
        "participating-org": (3, 3),
        "transaction": (2, 2),
        "organisation": (4, 0),
    }


def organisations(tmp_path: Path, *parts: str) -> tuple[Actor, ...]:
    body = "".join(
        f"<iati-activity><iati-identifier>X-{number}</iati-identifier><title>T</title>{part}</iati-activity>"
        for number, part in enumerate(parts)
    )
    return activities(tmp_path, body).actors


def test_a_registered_reference_is_one_body_whatever_its_names(tmp_path: Path) -> None:
    part = '<participating-org role="1" {}><narrative {}>{}</narrative></participating-org>'
    (actor,) = organisations(
        tmp_path,
        part.format('ref="ua-edr-1" type="10"', 'xml:lang="uk"', "Рада"),
        part.format('ref="UA-EDR-1" type="10"', 'xml:lang="en"', "Council"),
        part.format('ref=" UA-EDR-1 " type="22"', 'xml:lang="fr"', "Conseil"),
    )
    assert (actor.label_en, actor.label_uk, actor.alt_labels) == ("Council", "Рада", ("Рада@uk", "Conseil@fr"))
    assert (actor.type, actor.identifiers) == (("public-institution",), ("org-id:UA-EDR-1",))


def test_a_publishers_own_number_and_a_kind_of_body_join_nothing_elsewhere(tmp_path: Path) -> None:
    own = '<reporting-org ref="{}">P</reporting-org><participating-org role="4" ref="{}">{}</participating-org>'
    cases = [
        (("10520", "City"), ("10520", "Village"), 2),
        (("12000", "Recipient Government"), ("12000", "Recipient Government"), 2),
        (("N/A", "Unknown"), ("", "unknown"), 2),
        (("N/A", "Red Cross"), ("", "Red Cross"), 1),
        (("41119", "UNFPA"), ("XM-DAC-41119", "UNFPA"), 1),
    ]
    for first, second, number in cases:
        found = organisations(tmp_path, own.format("AA-1", *first), own.format("BB-2", *second))
        assert len([actor for actor in found if actor.label_en != "P"]) == number, (first, second)


def test_a_body_without_a_name_is_called_by_its_reference_or_its_channel(tmp_path: Path) -> None:
    part = '<participating-org role="4" ref="{}"/>'
    found = organisations(tmp_path, part.format("47131"), part.format("GB-CHC-1"))
    channel = word_map("iati_codes")["channels"]["47131"]
    assert {actor.label_en for actor in found} == {channel, "GB-CHC-1"}


def test_what_names_nobody_is_left_out(tmp_path: Path) -> None:
    made = activities(
        tmp_path, '<iati-activity><title>T</title><participating-org ref="N/A" role="1"/></iati-activity>'
    )
    assert made.relations == ()
    assert [finding.message for finding in made.findings] == [
        "participating-org: left out: it has neither reference nor name"
    ]


def test_an_unknown_role_is_no_role(tmp_path: Path) -> None:
    part = '<participating-org role="{}">Us</participating-org>'
    made = activities(tmp_path, f"<iati-activity><title>T</title>{part.format('9')}{part.format('')}</iati-activity>")
    assert {(r.kind, r.phrase, r.role) for r in made.relations} == {
        ("other", "takes part in", "9"),
        ("other", "takes part in", ""),
    }
    assert sum(finding.field == "role" for finding in made.findings) == 2


def test_what_is_not_taken_over_is_told_with_its_number(tmp_path: Path) -> None:
    inner = '<transaction-type code="3"/><aid-type code="A01"/>'
    more = "<budget/><budget/><contact-info><email>p@example.org</email></contact-info>"
    made = activities(tmp_path, transaction(inner, more))
    assert "p@example.org" not in repr(made)
    message = {f.field: f.message.rpartition(": ")[2] for f in made.findings if "not taken over" in f.message}
    assert message == {"budget": "2 are there", "contact-info": "1 are there", "transaction/aid-type": "1 are there"}


def test_attributes_that_are_not_taken_over_are_told_with_their_number(tmp_path: Path) -> None:
    inner = '<transaction-type code="3"/><value currency="EUR" odd="1">5</value><provider-org ref="A-1" xml:lang="en" x=" "/>'
    more = '<document-link url="https://example.org/a" format="text/html"><category code="A1"/></document-link>'
    more += '<participating-org role="1" ref="B-1" activity-id="B-1-2" crs-channel-code="47106"/><sector vocabulary="7" code="16"/>'
    attributes = (
        'hierarchy="1" last-updated-datetime="2020-01-01" linked-data-uri="x" humanitarian="1" default-currency="EUR"'
    )
    made = activities(tmp_path, transaction(inner, more, attributes) * 2)
    message = {f.field: f.message for f in made.findings if "not taken over" in f.message}
    names = [f"iati-activity@{name}" for name in ("hierarchy", "last-updated-datetime", "linked-data-uri")]
    said = {
        name: f'file: the attribute "{name}" is not taken over: 2 are there'
        for name in (*names, "transaction/value@odd", "document-link@format")
    }
    other = "document-link/category"
    assert message == {**said, other: f'file: the element "{other}" is not taken over: 2 are there'}


def test_a_transaction_says_of_which_activities_it_is_and_what_it_is_for(tmp_path: Path) -> None:
    ends = '<provider-org ref="AA-1" provider-activity-id="AA-1-9"/><receiver-org ref="BB-2" receiver-activity-id="BB-2-7"/>'
    body = transaction(f'<transaction-type code="3"/><value>1</value>{ends}<sector vocabulary="7" code="16"/>')
    made = activities(tmp_path, body.replace("<transaction>", '<transaction humanitarian="1">'))
    (payment,) = payments(made)
    for words in ("under the provider's activity AA-1-9", "under the receiver's activity BB-2-7"):
        assert words in payment.note.split("; ")
    assert {"humanitarian", "sector: SDG goal 16"} <= set(payment.note.split("; "))
    assert not any("not taken over" in finding.message for finding in made.findings)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ('<sector vocabulary="7" code="16"/>', "sector: SDG goal 16"),
        ('<sector vocabulary="99" code="5">Ours</sector>', "sector: Ours (publisher's own code 5)"),
        ('<sector vocabulary="55" code="5"/>', "sector: vocabulary 55 code 5"),
        ('<sector vocabulary="WB" code="BC"/>', "sector: World Bank BC"),
        ('<sector vocabulary="1" code="99997"/>', "sector: DAC 99997"),
        ('<sector code="99997" percentage="30"/>', "sector: 99997 30 %"),
        ('<sector vocabulary="1" code="15132"/>', "sector: Police (15132)"),
        ('<recipient-region vocabulary="1" code="89"/>', "recipients: Europe, regional (89)"),
        ('<recipient-region vocabulary="99" code="89"/>', "recipients: publisher's own region 89"),
        ('<other-identifier ref="X"><owner-org ref="O-1"><narrative>Owner</narrative></owner-org></other-identifier>', "other identifier: X of Owner (O-1)"),
        ('<other-identifier owner-ref="O-1" owner-name="Owner">X</other-identifier>', "other identifier: X of Owner (O-1)"),
        ('<other-identifier ref="X"/>', "other identifier: X"),
        ('<activity-date type="1" iso-date="2020-01-01"><narrative>after the vote</narrative></activity-date>', "planned start: 2020-01-01 (after the vote)"),
        ('<activity-date type="start-planned" iso-date="2020-01-01">2020-01-01Z</activity-date>', "planned start: 2020-01-01"),
        ('<activity-date type="2"><narrative>soon</narrative></activity-date>', "actual start: not told (soon)"),
        ('<activity-date type="2">soon</activity-date>', "actual start: soon"),
    ],
)  # fmt: skip
def test_the_note_says_whose_and_of_what_vocabulary_a_code_is(tmp_path: Path, part: str, said: str) -> None:
    made = activities(tmp_path, f"<iati-activity><title>T</title>{part}</iati-activity>")
    assert [thing.note for thing in made.things] == [said]
    assert made.findings == ()


def test_documents_become_sources_about_the_activity(tmp_path: Path) -> None:
    link = '<document-link url="{}"><title><narrative>Report</narrative></title></document-link>'
    made = activities(
        tmp_path,
        f"<iati-activity><title>T</title>{link.format('https://example.org/a b.pdf')}{link.format('x')}</iati-activity>",
    )
    pages = [source for source in made.sources if source.type == "web-page"]
    assert [(page.title, page.url, page.about) for page in pages] == [
        ("Report", "https://example.org/a%20b.pdf", (made.things[0].id,))
    ]
    assert made.report is not None
    assert made.report.counts["document-link"].left_out == 1


def test_the_words_of_the_map_are_words_of_the_ontology() -> None:
    words, known = word_map("iati"), vocabulary()
    assert {sort["type"] for sort in words["organisation_types"].values()} <= known.actor_types.keys()
    kinds = [*words["roles"].values(), *words["transaction_types"].values()]
    assert {kind["kind"] for kind in kinds} <= known.kinds.keys()
    assert {name for kind in kinds for name in kind.get("function", ())} <= known.schemes["function"].keys()
    assert {topic for topics in words["topics"].values() for topic in topics} <= known.schemes["topic"].keys()
    assert set(words["topics"]) <= word_map("iati_codes")["sectors"].keys()
    assert set(words["transaction_words"].values()) <= words["transaction_types"].keys()


@pytest.mark.parametrize(
    "content",
    [
        "<iati-activities><iati-activity><title>T</title>",
        '<!DOCTYPE a [<!ENTITY b "c">]><iati-activities><iati-activity>&b;</iati-activity></iati-activities>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><iati-activities>&b;</iati-activities>',
        "<iati-activities>" + "<a>" * 100_000,
    ],
    ids=["cut", "entity", "file", "deep"],
)
def test_a_broken_or_hostile_file_is_refused_with_its_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "aid.xml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        import_source(file)
    assert [finding.line for finding in refused.value.findings] == [1]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Ten times the activities, each with a body of its own, hold less than 9 kB each."""
    peaks = []
    filler = "<description>" + "word " * 800 + "</description>"
    for number in (10, 30, 300):
        file = tmp_path / f"{number}.xml"
        with file.open("w", encoding="utf-8") as stream:
            stream.write("<iati-activities>")
            for one in range(number):
                part = NEW.replace("SE-0-77", f"SE-0-{one}").replace("Observatoire", f"Body {one}")
                stream.write(part.replace("<activity-status", f"{filler}<activity-status"))
            stream.write("</iati-activities>")
        tracemalloc.start()
        made = import_source(file)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert made.report.counts["transaction"].kept == 2 * number
    assert file.stat().st_size > 1_500_000
    _first, few, many = peaks  # the first reading loads modules and maps too
    assert many < few + 2_400_000


TEXT = st.text(max_size=10) | st.sampled_from(
    ["AA-1", "N/A", "47106", "12000", "2020-01-01", "2020-02-30", "-5", "1,000", "EUR", "3", "1", "C", "a|b", "x@uk"]
)
NAMES = [
    "iati-identifier",
    "reporting-org",
    "title",
    "description",
    "participating-org",
    "activity-date",
    "recipient-country",
    "sector",
    "related-activity",
    "document-link",
    "transaction",
    "transaction-type",
    "transaction-date",
    "value",
    "provider-org",
    "receiver-org",
    "narrative",
    "other",
]
ATTRIBUTES = ["ref", "type", "role", "code", "iso-date", "currency", "url", "percentage", "vocabulary", "xml:lang"]


def _element(name: str, attributes: dict[str, str], inner: list[str]) -> str:
    said = "".join(f" {key}={quoteattr(_xml(value))}" for key, value in attributes.items())
    return f"<{name}{said}>{''.join(inner)}</{name}>"


def _xml(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() or sign in "\t\n ")


LEAF = TEXT.map(lambda text: escape(_xml(text)))
ELEMENT = st.recursive(
    LEAF,
    lambda inner: st.builds(
        _element,
        st.sampled_from(NAMES),
        st.dictionaries(st.sampled_from(ATTRIBUTES), TEXT, max_size=3),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)
ACTIVITY = st.builds(
    _element,
    st.just("iati-activity"),
    st.dictionaries(st.sampled_from(["default-currency", "xml:lang", "humanitarian"]), TEXT, max_size=2),
    st.lists(ELEMENT, max_size=8),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTIVITY, max_size=3))
def test_any_activities_are_read_counted_and_convert_to_the_same(tmp_path: Path, found: list[str]) -> None:
    file = tmp_path / "aid.xml"
    file.write_text(f"<iati-activities>{''.join(found)}</iati-activities>", encoding="utf-8")
    rmtree(tmp_path / "folder", ignore_errors=True)
    same_quads(file, tmp_path / "folder")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(NEW)), st.integers(0, 40), st.binary(max_size=6))
def test_a_damaged_file_is_read_or_refused_in_words(tmp_path: Path, place: int, cut: int, put: bytes) -> None:
    whole = f"<iati-activities>{NEW}</iati-activities>".encode()
    place += 17
    file = tmp_path / "aid.xml"
    file.write_bytes(whole[:place] + put + whole[place + cut :])
    with suppress(InputError):
        made = import_source(file).dataset()
        adds_up(made)
        assert errors([made]) == []


@given(st.text(max_size=20))
def test_amounts_and_days_are_those_of_the_tables_or_nothing(raw: str) -> None:
    amount, stated = as_amount(raw), as_day(raw)
    assert not amount or amount.replace(".", "", 1).isdecimal()
    assert not stated or len(stated) in (4, 7, 10)
