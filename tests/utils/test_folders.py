"""Data sets of folders and arrays hold what Keras's on TensorFlow hold: order, splits, pixels."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest
from data import make_folder_goldens as maker

import addax
from addax.data import Dataset

GOLDENS = json.loads((Path(__file__).parents[1] / "data" / "folder_goldens.json").read_text())


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    root = tmp_path_factory.mktemp("folders")
    for name, inside in GOLDENS["files"].items():
        maker.write(root / name, {n: base64.b64decode(c) for n, c in inside.items()})
    return {name: str(root / name) for name in GOLDENS["files"]}


@pytest.fixture(scope="module")
def ours(folders):
    return dict(maker.answers(addax, Dataset, folders))


def near(found, wanted, least=2e-3):
    """Equal but for roundings of pixels in float32."""
    if isinstance(wanted, list) and wanted and wanted[0] in ("float32", "uint8"):
        assert found[:2] == wanted[:2]
        np.testing.assert_allclose(found[2], wanted[2], rtol=1e-5, atol=least)
    elif isinstance(wanted, dict):
        assert found.keys() == wanted.keys()
        for key in wanted:
            near(found[key], wanted[key], least)
    elif isinstance(wanted, list):
        assert len(found) == len(wanted)
        for f, w in zip(found, wanted, strict=True):
            near(f, w, least)
    else:
        assert found == wanted


@pytest.mark.parametrize("row", [name for name, _ in GOLDENS["rows"]])
def test_data_sets_are_keras_s(row, ours):
    found, wanted = ours[row], dict(GOLDENS["rows"])[row]
    if not row.startswith("image"):  # Keras gives other data sets no paths
        found = found | {"found": [f | {"paths": []} for f in found["found"]]}
    # TensorFlow decodes JPEG files by a faster and less exact transform than Pillow.
    has_jpeg = any("j/" in path for part in wanted["found"] for path in part["paths"])
    near(found, wanted, 3 if has_jpeg else 2e-3)


def test_every_row_is_recorded(ours):
    assert list(ours) == [name for name, _ in GOLDENS["rows"]]
