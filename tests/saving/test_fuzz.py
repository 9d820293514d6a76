"""A short run of fuzz.py; its own command runs longer."""

from saving import fuzz


def test_mutated_models_are_read_or_refused(tmp_path):
    assert fuzz.run(400, 7, tmp_path) == []
