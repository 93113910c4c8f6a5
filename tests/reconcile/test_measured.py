"""The figures that are reported stay true: precision and recall on the files that were set aside."""

import pytest

from bench.reconcile import DATA, FIXED, REPORTED, outcome, together


@pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not here")
def test_the_files_set_aside_give_what_is_reported() -> None:
    measured = together("reported on", [outcome(trial) for trial in REPORTED])
    assert (measured.findable, measured.proposed, measured.right) == (218, 185, 181)
    assert round(measured.precision, 3) == 0.978
    assert round(measured.recall, 3) == 0.830


@pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not here")
def test_the_files_that_the_threshold_was_fixed_on() -> None:
    measured = together("fixed on", [outcome(trial) for trial in FIXED])
    assert (round(measured.precision, 3), round(measured.recall, 3)) == (0.992, 0.958)
