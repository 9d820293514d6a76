"""A worker's side of the conversation: one JSON line when ready, then one for each "round"."""

import argparse
import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

Measure = Callable[[], dict[str, float]]


def serve(prepare: Callable[..., Measure]) -> None:
    """Run `prepare(keras, **options)`, then the function it returned at every line of input."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keras", default="addax")
    parser.add_argument("--options", type=json.loads, default={})
    given = parser.parse_args()
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the libraries print must not end up between the answers

    def answer(message: dict[str, Any]) -> None:
        print(json.dumps(message), file=channel, flush=True)

    try:
        measure = prepare(importlib.import_module(given.keras), **given.options)
        answer({})
        for _ in sys.stdin:
            answer(measure())
    except Exception as error:
        traceback.print_exc()
        answer({"unavailable": f"{type(error).__name__}: {error}".splitlines()[0]})


def seconds(call: Callable[[], Any], least: float = 0.3) -> float:
    """Mean seconds of a call, repeated until `least` seconds have passed."""
    count, start = 0, time.perf_counter()
    while (passed := time.perf_counter() - start) < least:
        call()
        count += 1
    return passed / count
