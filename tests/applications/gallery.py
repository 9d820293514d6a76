"""All networks of `addax.applications` against Keras's: `python -m tests.applications.gallery`.

Each gets random weights in Keras, which writes them as its official files are; Addax loads the
file and predicts, and writes files that Keras loads. Names of networks as arguments pick some.
"""

import argparse
import contextlib
import os
import tempfile
import time
import traceback
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0")  # to compile sooner

import jax

from addax.runtime import start
from tests.applications.pairs import NAMES, compare, undrawn

HEAD = f"{'network':20}{'parameters':>13}{'error':>10}{'build':>8}{'Keras':>8}{'lines':>7}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=NAMES, metavar="NETWORK")
    parser.add_argument("--undrawn", action="store_true", help="let Keras build without drawing")
    options, failed, began = parser.parse_args(), [], time.perf_counter()
    names = options.names
    start()
    print(f"{HEAD}   (error of logits, relative; seconds)")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            try:
                with undrawn() if options.undrawn else contextlib.nullcontext():
                    row = compare(name, Path(folder))
            except AssertionError:
                failed.append(name)
                print(f"{name:20} FAILED", flush=True)
                traceback.print_exc()
                continue
            print(
                f"{row.name:20}{row.parameters:13,}{row.error:10.1e}{row.seconds:8.2f}"
                f"{row.keras_seconds:8.2f}{row.lines:7}",
                flush=True,
            )
            jax.clear_caches()
    print(f"{len(names) - len(failed)} of {len(names)} equal, {time.perf_counter() - began:.0f} s")
    return len(failed)


if __name__ == "__main__":
    raise SystemExit(main())
