"""The expressions whose values TensorFlow gave, and all of them in eager code.

    python -m tests.compat.tensorflow_rows

The suite runs every third in eager code, and all in functions of data sets.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from data.make_tf_goldens import answer, rows  # noqa: E402

GOLDENS = json.loads((ROOT / "data" / "tf_goldens.json").read_text())


def close(found, wanted):
    """Equal structures, numbers near each other."""
    if isinstance(wanted, dict):
        assert found.keys() == wanted.keys()
        for key in wanted:
            close(found[key], wanted[key])
    elif wanted and isinstance(wanted, list) and wanted[0] in ("int", "float", "bool"):
        assert found[:2] == wanted[:2]
        np.testing.assert_allclose(found[2], wanted[2], rtol=2e-5, atol=5e-5)
    elif isinstance(wanted, list) and wanted and isinstance(wanted[0], (list, dict)):
        assert len(found) == len(wanted)
        for ours, theirs in zip(found, wanted, strict=True):
            close(ours, theirs)
    elif isinstance(wanted, float):
        assert found == pytest.approx(wanted, rel=2e-5, abs=5e-5)
    else:
        assert found == wanted


def main() -> int:
    from addax.compat import install

    install()
    import tensorflow as tf

    wrong = 0
    for row in rows():
        try:
            close(answer(row, tf, tf.convert_to_tensor), GOLDENS[row])
        except Exception as error:
            wrong += 1
            print(f"{row}: {error}")
    print(f"{wrong} of {len(rows())} differ.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
