"""The table of rows: what is measured, on whom, and what Addax should reach.

Figures are costs (time, memory): less is better everywhere. A row with a `workload` is a module of
`benchmarks/workloads` that stays alive and measures one round at a time; a row with `commands`
(arguments for Python by imported module) is a whole process per round.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.peers import KERAS, RAW
from benchmarks.ratios import BEST_KERAS, BEST_RAW, Target

GROUPS = {BEST_KERAS: KERAS, BEST_RAW: RAW}


@dataclass(frozen=True)
class Row:
    """`quick_options` replace options under `--quick`; `quick` says whether it runs there."""

    name: str
    about: str
    unit: str
    peers: tuple[str, ...]
    targets: tuple[Target, ...]
    workload: str = ""
    commands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    quick_options: Mapping[str, Any] = field(default_factory=dict)
    rounds: int | None = None
    quick: bool = True


_IRIS = "benchmarks/programs/iris.py"
# A lazy package must not look fast by loading nothing: names that every program types are touched.
_IMPORT = {
    name: ("-c", f"import {name}; {name}.Sequential, {name}.layers.Dense")
    for name in ("addax", "keras")
} | {"jax": ("-c", "import jax")}


def _stretch(limit: float) -> Target:
    return Target("step", limit, BEST_RAW, stretch=True)


def _first_epoch(start: str, about: str, limit: float, *, quick: bool = True) -> Row:
    return Row(
        f"first-epoch-{start}",
        f"import, compile and 100 steps of mnist-cnn, from process start to exit; {about}",
        "s",
        ("addax", *KERAS),
        (Target("wall", limit, BEST_KERAS),),
        commands={
            name: ("-m", "benchmarks.programs.first_epoch", name, start)
            for name in ("addax", "keras")
        },
        quick=quick,
    )


_BASE = (
    Row(
        "import",
        "whole process that imports the library, its Sequential and Dense (raw-jax: `import jax`)",
        "s",
        ("addax", "raw-jax", *KERAS),
        (Target("wall", 0.15, "raw-jax", "plus"),),
        commands=_IMPORT,
    ),
    Row(
        "iris-mlp",
        "fit, 4-10-1, Adam, binary cross-entropy, accuracy, 120 rows by 10, 100 epochs "
        "(raw-jax: an epoch is a scan over device-resident data, same arithmetic)",
        "µs a step",
        ("addax", *RAW, *KERAS),
        (Target("step", 0.1, BEST_KERAS), _stretch(1.1)),
        workload="iris_mlp",
    ),
    Row(
        "mnist-mlp",
        "fit, 784-512-10, RMSprop, categorical cross-entropy, accuracy, 60000 rows by 128, "
        "five epochs, one if quick (raw-jax: as in iris-mlp)",
        "µs a step",
        ("addax", *RAW, *KERAS),
        (Target("step", 1 / 1.4, BEST_KERAS), Target("step", 1.15, "raw-jax"), _stretch(1.1)),
        workload="mnist_mlp",
        options={"epochs": 5},
        quick_options={"epochs": 1},
    ),
    Row(
        "iris-program",
        "the iris script from process start to exit: scale, 100 epochs, predict, score",
        "s",
        ("addax", *KERAS),
        (Target("wall", 0.5, BEST_KERAS),),
        commands={"addax": ("-m", "addax", "run", _IRIS), "keras": (_IRIS,)},
    ),
    _first_epoch("cold", "an empty cache of programs", 0.8),
    _first_epoch("warm", "programs of the run before at hand", 0.4, quick=False),
    Row(
        "predict-one",
        "`model.predict(x, verbose=0)` of one example, 784-512-10 (raw-jax: a bare jitted call; "
        "raw-torch: a bare module)",
        "µs a call",
        ("addax", "raw-jax", "raw-torch", *KERAS),
        (Target("call", 1.5, "raw-jax"), Target("call", 0.3, BEST_KERAS)),
        workload="one_example",
        options={"how": "predict"},
    ),
    Row(
        "call-one",
        "`model(x)` of one example, 784-512-10 (raw-jax, raw-torch: as in predict-one)",
        "µs a call",
        ("addax", "raw-jax", "raw-torch", *KERAS),
        (Target("call", 1.5, "raw-jax"), Target("call", 0.2, BEST_KERAS)),
        workload="one_example",
        options={"how": "call"},
    ),
    Row(
        "generator",
        "an epoch of mnist-mlp from arrays, and the same batches from a Python generator",
        "µs a step",
        ("addax", *KERAS),
        (Target("generator", 1.0, BEST_KERAS),),
        workload="generator",
        options={"steps": 468},
        quick_options={"steps": 100},
    ),
    *(
        Row(
            f"on-batch-{layers}",
            f"one call that makes one step, of {layers} Dense layers of 16, batch 32",
            "µs a call",
            ("addax", *KERAS),
            (Target("train_on_batch", 0.5, BEST_KERAS), Target("fit", 1.0, BEST_KERAS)),
            workload="on_batch",
            options={"layers": layers},
            quick=layers == 2,
        )
        for layers in (2, 50)
    ),
    Row(
        "texts",
        "TextVectorization of 10,662 sentences: learning 10,000 tokens, and the indices of 40 each",
        "ms",
        ("addax", "keras-tf"),
        (Target("adapt", 1.0, BEST_KERAS), Target("call", 1.0, BEST_KERAS)),
        workload="texts",
    ),
    Row(
        "leak",
        "resident memory while a 784-512-10 model is built, compiled, fitted, deleted",
        "MiB",
        ("addax", "keras-jax"),
        (Target("growth a round", 0.1, how="alone"),),
        workload="leak",
        options={"first": 20, "last": 200},
        rounds=1,
        quick=False,  # growth over a few rounds says nothing
    ),
)


def _step(
    model: str, about: str, steps: int, limit: float, stretch: float, *, quick: bool = False
) -> Row:
    return Row(
        model.replace("_", "-"),
        "training step, and first fit with nothing compiled before (ms), peak memory (MiB), Adam: "
        f"{about}",
        "ms, MiB",
        ("addax", "raw-torch", "raw-torch-compiled", *KERAS),
        (
            Target("step", limit, BEST_KERAS),
            _stretch(stretch),
            Target("peak memory", 0.9, BEST_KERAS),
        ),
        workload="train_step",
        options={"model": model, "steps": steps},
        quick_options={"steps": max(2, steps // 4)},
        quick=quick,
    )


_STEPS = (
    _step("mnist_cnn", "28 px, conv 32, pool, dense 128, batch 64", 80, 0.7, 0.8, quick=True),
    _step(
        "cifar_cnn",
        "32 px, conv 64-64, pool, norm, conv 128, pool, dense 256, batch 64",
        12,
        0.9,
        0.9,
    ),
    _step("lstm_text", "embedding 10000 x 128, LSTM 128, 200 tokens, batch 64", 12, 0.7, 0.7),
    _step(
        "bi_gru", "embedding 10000 x 64, bidirectional GRU 64, 100 tokens, batch 64", 20, 0.7, 0.7
    ),
    _step("resnet50", "64 px, batch 16", 4, 0.7, 1.0),
    _step("mobilenet_v2", "96 px, batch 16", 4, 0.7, 1.0),
    _step("unet", "64 px, 16-32-64-128 channels, transposed convolutions, batch 8", 10, 0.9, 1.0),
    _step("autoencoder", "28 px, conv 32 twice, transposed conv 32 twice, batch 64", 20, 0.9, 1.0),
    _step("transformer", "2 blocks of 128, 4 heads, 128 tokens, batch 32", 12, 0.9, 1.0),
)

ROWS = {row.name: row for row in _BASE + _STEPS}
