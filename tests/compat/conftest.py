"""Keras and TensorFlow mean Addax inside a test that asks for it; real Keras is back after it."""

import pytest

from addax.compat import install, uninstall


@pytest.fixture
def stand_ins():
    install()
    yield
    uninstall()
