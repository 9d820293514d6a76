"""Targets that a loss can't mean, found before the first step."""

from typing import Any

import numpy as np

from addax.core.names import builtin_names


def _fits(target: tuple, output: tuple, broadcast: bool) -> bool:
    """Whether the shapes match beyond the batch, give or take a last axis of size 1."""
    if len(target) == len(output) + 1 and target[-1] == 1:
        target = target[:-1]
    elif len(output) == len(target) + 1 and output[-1] == 1:
        output = output[:-1]
    pairs = zip(target[1:], output[1:], strict=False)
    one = (1,) if broadcast else ()
    return len(target) == len(output) and all(
        a == b or b is None or a in one or b in one for a, b in pairs
    )


def _labels_of(target: tuple, output: tuple, axis: int = -1) -> bool:
    """Whether `target` has a number where `output` has classes along `axis`."""
    places = [d for i, d in enumerate(output) if i != axis % len(output)]
    target = target[:-1] if len(target) == len(output) and target[axis] == 1 else target
    return len(target) == len(places) and _fits(target, tuple(places), broadcast=False)


def _shapes(y: np.ndarray, output: tuple) -> str:
    return f"the targets have shape {y.shape}, the model's output {output}"


def _place(index: np.ndarray) -> Any:
    """An index as messages show it."""
    return int(index[0]) if len(index) == 1 else tuple(int(i) for i in index)


def _check_one_hot(name: str, y: np.ndarray, output: tuple, options: dict) -> None:
    axis = options.get("axis", -1)
    classes = output[axis]
    if _fits(y.shape, output, broadcast=False):
        return
    if classes != 1 and _labels_of(y.shape, output, axis):
        raise ValueError(
            f"{name} compares a row of probabilities with a row of targets, but "
            f"{_shapes(y, output)}. For class numbers use loss='sparse_categorical_crossentropy', "
            f"or make rows of them with addax.utils.to_categorical(y, {classes})."
        )
    raise ValueError(f"{name} needs a target for each class: {_shapes(y, output)}.")


def _check_class_numbers(name: str, y: np.ndarray, output: tuple, options: dict) -> None:
    axis = options.get("axis", -1)
    classes = output[axis]
    if not _labels_of(y.shape, output, axis):
        rows = classes != 1 and _fits(y.shape, output, broadcast=False)
        advice = " For one-hot targets use loss='categorical_crossentropy'." if rows else ""
        raise ValueError(f"{name} takes class numbers, but {_shapes(y, output)}.{advice}")
    bad = (y < 0) | (y >= classes if classes is not None else False)
    ignored = options.get("ignore_class")
    bad = bad if ignored is None else bad & (y != ignored)
    if not bad.any():
        return
    first = np.argwhere(bad)[0]
    value = y[tuple(first)].item()
    advice = ""
    if value < 0:
        advice = f" To leave such targets out: SparseCategoricalCrossentropy(ignore_class={value})."
    elif value == classes and y.min() > 0:
        advice = " Classes count from 0: subtract 1."
    known = "numbers from 0 on" if classes is None else f"{classes} classes, 0 to {classes - 1}"
    raise ValueError(
        f"{name}: the target {value} at index {_place(first)} is no class of the model's output, "
        f"which has {known}.{advice}"
    )


def _check_binary(name: str, y: np.ndarray, output: tuple, options: dict) -> None:
    if _fits(y.shape, output, broadcast=False):
        return
    advice = ""
    if _labels_of(y.shape, output):
        advice = (
            " For two classes end the model with one unit; for class numbers of more use "
            "loss='sparse_categorical_crossentropy'."
        )
    raise ValueError(f"{name} needs a target for each output, but {_shapes(y, output)}.{advice}")


def _check_broadcast(name: str, y: np.ndarray, output: tuple, options: dict) -> None:
    if not _fits(y.shape, output, broadcast=True):
        raise ValueError(f"{name} compares targets and outputs, but {_shapes(y, output)}.")


CHECKS = {
    "categorical_crossentropy": _check_one_hot,
    "categorical_focal_crossentropy": _check_one_hot,
    "sparse_categorical_crossentropy": _check_class_numbers,
    "categorical_generalized_cross_entropy": _check_class_numbers,
    "binary_crossentropy": _check_binary,
    "binary_focal_crossentropy": _check_binary,
    "ctc": None,  # these take targets of shapes of their own
    "circle": None,
}


def check_targets(loss: Any, y_true: Any, output_shape: tuple) -> None:
    """ValueError, with the shapes and the remedy, for targets that don't suit a built-in loss.

    `loss`: a name, function or object; `y_true`: an array on the host; `output_shape`: the model's,
    None where a size is unknown.
    """
    known = builtin_names("keras.losses")
    fn = known.get(loss) if isinstance(loss, str) else getattr(loss, "fn", loss)
    name = getattr(fn, "__name__", "")
    check = CHECKS.get(name, _check_broadcast)
    if check is None or known.get(name) is not fn:
        return
    y = np.asarray(y_true)
    if y.dtype.kind == "c":
        raise ValueError(f"The targets are complex numbers, which {name} can't compare.")
    if y.dtype.kind == "f" and y.size and np.isnan(y.min()):
        bad = np.isnan(y)
        raise ValueError(
            f"{bad.sum()} of the {y.size} target values are NaN, the first at index "
            f"{_place(np.argwhere(bad)[0])}: {name} would be NaN. Remove these examples, or give "
            "them the sample_weight 0 and any finite target."
        )
    check(name, y, tuple(output_shape), getattr(loss, "options", {}))
