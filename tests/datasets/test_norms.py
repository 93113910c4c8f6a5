"""The norms dataset against the five pages that it cites."""

import csv
import hashlib
import os
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

NORMS = Path(__file__).parents[2] / "datasets" / "norms"
TEXTS = Path(os.environ.get("GOVGRAPH_TEXTS", Path(__file__).parents[3] / "shared" / "sources"))


def rows(name: str) -> list[dict[str, str]]:
    with (NORMS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The pages by source id, as decoded: line ends untranslated."""
    files = {row["id"]: TEXTS / row["file"] for row in rows("sources") if row["file"]}
    if not all(file.is_file() for file in files.values()):
        if os.environ.get("CI"):
            pytest.fail(f"the texts of the five pages are not in {TEXTS}")
        pytest.skip(f"texts of the five pages not found in {TEXTS}; set GOVGRAPH_TEXTS")
    return {key: file.read_bytes().decode("utf-8") for key, file in files.items()}


def span(locator: str) -> tuple[int, int]:
    found = re.fullmatch(r"char=(\d+),(\d+)", locator)
    assert found, locator
    return int(found[1]), int(found[2])


def test_every_range_carries_the_digest_of_its_passage(texts: dict[str, str]) -> None:
    cited = rows("evidence") + [row for row in rows("things") if row["locator"]]
    assert len(cited) > 500
    for row in cited:
        start, end = span(row["locator"])
        passage = texts[row["source"]][start:end]
        assert 0 <= start < end <= len(texts[row["source"]]), row
        assert passage == passage.strip(), row
        assert hashlib.sha256(passage.encode()).hexdigest() == row["sha256"], row


def test_every_relation_has_evidence_within_one_sentence() -> None:
    sentences = defaultdict(list)
    for row in rows("sentences"):
        sentences[row["doc"]].append((int(row["start"]), int(row["end"]), int(row["rows"])))
    documents = {row["id"]: row["file"] for row in rows("sources")}
    counted: Counter[tuple[str, int]] = Counter()
    for row in rows("evidence"):
        start, end = span(row["locator"])
        doc = documents[row["source"]]
        home = [first for first, last, _ in sentences[doc] if first <= start and end <= last]
        assert len(home) == 1, row
        counted[doc, home[0]] += 1
    assert {row["relation"] for row in rows("evidence")} == {row["id"] for row in rows("relations")}
    for doc, spans in sentences.items():
        assert all(counted[doc, start] == number for start, _, number in spans)


def test_sentences_cover_each_page_in_order_and_say_why_they_gave_nothing(texts: dict[str, str]) -> None:
    by_doc = defaultdict(list)
    for row in rows("sentences"):
        assert bool(row["reason"]) == (row["rows"] == "0"), row
        by_doc[row["doc"]].append((int(row["start"]), int(row["end"])))
    documents = {row["file"]: row["id"] for row in rows("sources") if row["file"]}
    for doc, spans in by_doc.items():
        text = texts[documents[doc]]
        between = [text[first[1] : second[0]] for first, second in pairwise([(0, 0), *spans, (len(text), len(text))])]
        assert all(re.fullmatch(r"[\s•\xa0]*", gap) for gap in between), doc


def test_the_pages_never_say_that_parliament_oversees_and_neither_do_we() -> None:
    bodies = {"norm-parliament", "norm-parliamentary-committees", "norm-members-of-parliament"}
    assert not [row for row in rows("relations") if row["kind"] == "oversight" and row["actor"] in bodies]


def test_other_stays_below_eight_per_cent() -> None:
    kinds = Counter(row["kind"] for row in rows("relations"))
    assert kinds["other"] / kinds.total() < 0.08


Statement = tuple[str, str, str, str, str]
Codings = dict[tuple[str, str], dict[str, set[Statement]]]


def codings() -> Codings:
    found: Codings = defaultdict(lambda: {"a": set(), "b": set()})
    for row in rows("coding/agreement"):
        coder = found[row["doc"], row["start"]][row["coder"]]
        if row["actor"]:
            coder.add((row["actor"], row["kind"], row["target"], row["modality"], row["negated"]))
    return found


def test_the_codebook_reports_the_agreement_that_the_codings_have() -> None:
    found = codings()
    kinds = {statement[1] for both in found.values() for coder in both.values() for statement in coder}
    seen = [
        tuple(any(statement[1] == kind for statement in both[coder]) for coder in "ab")
        for both in found.values()
        for kind in kinds
    ]
    agreed = sum(a == b for a, b in seen) / len(seen)
    share_a, share_b = (sum(pair[coder] for pair in seen) / len(seen) for coder in (0, 1))
    chance = share_a * share_b + (1 - share_a) * (1 - share_b)
    kappa = (agreed - chance) / (1 - chance)
    same = sum(len(both["a"] & both["b"]) for both in found.values())
    f1 = 2 * same / sum(len(coder) for both in found.values() for coder in both.values())
    codebook = (NORMS / "CODEBOOK.md").read_text(encoding="utf-8")
    assert f"**kappa = {kappa:.2f}**" in codebook
    assert f"**F1 = {f1:.2f}**" in codebook


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[place : place + 14]) for place in range(len(words) - 13)}


def test_no_published_file_repeats_a_sentence_of_the_pages(texts: dict[str, str]) -> None:
    copied = set().union(*(shingles(line) for text in texts.values() for line in text.split("\n") if "." in line))
    for listed in NORMS.parent.glob("*/sources.csv"):
        with listed.open(encoding="utf-8", newline="") as works:
            titles = [row["title"] for row in csv.DictReader(works)]
        copied -= set().union(*map(shingles, titles))  # the printed title of a work is a fact
    assert copied
    root = NORMS.parents[1]
    kinds = {".csv", ".ttl", ".md", ".rq", ".py", ".json", ".ipynb"}
    for folder in ("ontology", "datasets", "queries", "graph_build", "notebooks", "docs"):
        for file in (path for path in (root / folder).rglob("*") if path.suffix in kinds):
            content = file.read_text(encoding="utf-8")
            # A row of a table is not a sentence: its cells are read one by one.
            pieces = (
                [cell for row in csv.reader(content.splitlines()) for cell in row]
                if file.suffix == ".csv"
                else [content]
            )
            assert not set().union(*map(shingles, pieces)) & copied, file
