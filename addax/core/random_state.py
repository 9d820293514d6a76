"""Where the random streams of this process stand: Python's, NumPy's, and the global one of ours."""

import random
from typing import Any

import numpy as np

from addax.core import seeds

VERSION = 3  # of the state of Python's generator
NO_GAUSS = np.nan  # neither generator keeps a second normal number back


def read() -> dict[str, np.ndarray]:
    """The states of all streams, as arrays."""
    _, words, gauss = random.getstate()
    numpy: Any = np.random.get_state(legacy=False)
    kept = numpy["gauss"] if numpy["has_gauss"] else NO_GAUSS
    found = {
        "python": np.array(words, "uint32"),
        "python_gauss": np.array(NO_GAUSS if gauss is None else gauss),
        "numpy": np.array(numpy["state"]["key"], "uint32"),
        "numpy_position": np.array(numpy["state"]["pos"]),
        "numpy_gauss": np.array(kept),
    }
    if seeds._global:
        found["addax"] = np.array(seeds.global_state())
    return found


def write(state: dict[str, np.ndarray]) -> None:
    """Let all streams go on from `state`."""
    gauss = float(state["python_gauss"])
    words = tuple(state["python"].tolist())
    random.setstate((VERSION, words, None if np.isnan(gauss) else gauss))
    kept = float(state["numpy_gauss"])
    has_kept = not np.isnan(kept)
    position = int(state["numpy_position"])
    np.random.set_state(
        ("MT19937", state["numpy"], position, int(has_kept), kept if has_kept else 0.0)
    )
    if "addax" in state:
        seeds.continue_global_stream(np.asarray(state["addax"], "uint32"))
    else:
        seeds.reset_global_seed_generator()
