"""Old module paths, and where each leads."""

import pytest

from addax.compat.paths import HOMES, canonical

PATHS = {
    "keras": "keras",
    "keras.layers": "keras.layers",
    "keras.layers.core": "keras.layers",
    "keras.layers.core.Dense": "keras.layers.Dense",
    "keras.utils.np_utils": "keras.utils",
    "keras.engine.topology": "keras",
    "keras.layers.experimental.preprocessing": "keras.layers",
    "keras.optimizers.legacy": "keras.optimizers",
    "keras.optimizers.schedules": "keras.optimizers.schedules",
    "keras.preprocessing.image": "keras.preprocessing.image",
    "keras.api.layers": "keras.layers",
    "keras.api._v2.keras.layers.core": "keras.layers",
    "tf_keras.models": "keras.models",
    "tensorflow.keras": "keras",
    "tensorflow.python.keras.layers.core": "keras.layers",
    "tensorflow.compat.v1.keras.backend": "keras.backend",
    "tensorflow.nn": "tensorflow.nn",
    "tensorflow.kerasy": "tensorflow.kerasy",
    "numpy.linalg": "numpy.linalg",
}


@pytest.mark.parametrize("old", PATHS)
def test_canonical(old):
    assert canonical(old) == PATHS[old]


@pytest.mark.parametrize("old", HOMES)
def test_every_move_ends(old):
    assert canonical(HOMES[old]) == HOMES[old]
