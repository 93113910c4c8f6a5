"""Country profiles: lists of bodies are taken apart where their signs leave no doubt, sentences are left out."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copy, rmtree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source, recognise
from tests.readers.conversion import DATA, adds_up, errors, same_quads
from tests.readers.drawn import counts, messages, told, types

PROFILES = DATA / "world-factbook"
FORCES = "Armed Forces (AF; aka Army): Ground Forces (includes A, B), Navy<br><br>Ministry of Interior: National Police (2025)"


def profile(
    forces: object = FORCES, participation: object = "UN, OSCE, NAM (observer)", name: object = "Ukraine"
) -> dict[str, object]:
    return {
        "Introduction": {"Background": {"text": "long ago"}},
        "Geography": {"Location": {"text": "Europe"}},
        "People and Society": {"Population": {"total": {"text": "1"}}},
        "Government": {
            "Country name": {"conventional short form": {"text": name}, "conventional long form": {"text": "none"}},
            "Legislative branch": {"legislature name": {"text": "Parliament (Rada)"}},
            "Legislative branch - lower chamber": {"chamber name": {"text": "House"}},
            "Judicial branch": {"highest court(s)": {"text": "Supreme Court (consists of 9 judges); the court is old"}},
            "International organization participation": {"text": participation},
        },
        "Military and Security": {"Military and security forces": {"text": forces}},
    }


def written(folder: Path, content: object) -> Dataset:
    file = folder / "up.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    found = recognise(file)
    assert found is not None
    assert found.name == "factbook"
    made = import_source(file).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


def test_bodies_are_listed_under_others(tmp_path: Path) -> None:
    made = written(tmp_path, profile())
    assert counts(made) == {
        "country": (1, 1, 0, 0), "force": (5, 5, 0, 0), "parliament": (2, 2, 0, 0), "court": (2, 1, 0, 1), "participation": (3, 3, 0, 0),
    }  # fmt: skip
    assert told(made) == {
        ("Ground Forces", "composition", "Armed Forces", ""),
        ("Navy", "composition", "Armed Forces", ""),
        ("National Police", "composition", "Ministry of Interior", ""),
        ("House", "composition", "Parliament", ""),
        ("Ukraine", "membership", "UN", ""),
        ("Ukraine", "membership", "OSCE", ""),
        ("Ukraine", "other", "NAM", "takes part in"),
    }
    assert {r.status for r in made.relations if r.kind == "composition"} == {"draft", "accepted"}
    assert (
        next(r.status for r in made.relations if r.target.endswith("parliament") or r.kind == "membership")
        == "accepted"
    )
    assert types(made)["Ministry of Interior"] == ("ministry",)
    assert {actor.country for actor in made.actors if actor.type != ("international-organisation",)} == {"UA"}
    assert (
        next(a.note for a in made.actors if a.label_en == "Armed Forces")
        == "in the profile: Armed Forces (AF; aka Army)"
    )
    assert 'the section "Geography" is not taken over: 1 fields' in messages(made)


@pytest.mark.parametrize(
    ("forces", "names"),
    [
        ("no regular military forces; Police Corps (under the Ministry)", {"Police Corps"}),
        ("Armed Forces: joint force with air, Ground and support forces", {"Armed Forces"}),
        ("Armed Forces: Army, Navy (not closed, Air Force", {"Armed Forces", "Army"}),
        ("", set()),
        (None, set()),
    ],
)
def test_a_sentence_is_no_list(tmp_path: Path, forces: object, names: set[str]) -> None:
    made = written(tmp_path, profile(forces, "none"))
    assert {actor.label_en for actor in made.actors if actor.type == ("security-agency",)} == names


def test_an_older_profile_has_its_texts_without_objects(tmp_path: Path) -> None:
    older = {**profile(), "Military and Security": {"Military branches": "Army, Navy: Marines"}}
    made = written(tmp_path, older)
    assert counts(made)["force"] == (2, 1, 0, 1)


@pytest.mark.skipif(not PROFILES.exists(), reason="the folder of real files is not there")
def test_the_real_profiles_name_their_forces(tmp_path: Path) -> None:
    for file in sorted(PROFILES.glob("*/*.json")):
        copy(file, tmp_path)
    made = import_source(tmp_path).dataset()
    adds_up(made)
    assert errors([made]) == []
    assert counts(made)["country"] == (86, 85, 0, 1)
    of = {actor.country for actor in made.actors if actor.type == ("security-agency",)}
    assert len(of) > 65
    assert ("National Police of Ukraine", "composition", "Ministry of Internal Affairs", "") in told(made)


@pytest.mark.skipif(not PROFILES.exists(), reason="the folder of real files is not there")
def test_a_real_profile_gives_the_same_quads_as_a_folder(tmp_path: Path) -> None:
    same_quads(PROFILES / "central-asia/gg.json", tmp_path / "folder")


TEXT = st.none() | st.integers() | st.text(st.sampled_from("AaBb ,;:()<br>is.é\n"), max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT, TEXT, TEXT)
@example(":", ":", ":")
def test_any_texts_are_read_counted_and_convert_to_the_same(tmp_path: Path, forces: object, participation: object, name: object) -> None:  # fmt: skip
    rmtree(tmp_path / "folder", ignore_errors=True)
    written(tmp_path, profile(forces, participation, name))
    same_quads(tmp_path / "up.json", tmp_path / "folder")
