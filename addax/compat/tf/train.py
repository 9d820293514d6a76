"""`tf.train`: checkpoints, as files of weights that Addax reads and writes.

`Checkpoint(model=model, step=step).save("folder/ckpt")` writes `folder/ckpt-1.weights.h5` and
notes it in `folder/checkpoint`, where `latest_checkpoint` looks. TensorFlow's own files are not
read.
"""

import os
import re
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np

import addax
from addax.compat.tf.root import Module, Variable, mirrored
from addax.optimizers import Optimizer
from addax.saving import guard, layout
from addax.saving.atomic import replacing
from addax.saving.state import Plan, make_plan, places

SUFFIX = ".weights.h5"
STATE = "checkpoint"


def _file(path: Any) -> str:
    """The file of a checkpoint. ValueError for one of TensorFlow's, FileNotFoundError for none."""
    path = os.fspath(path)
    for found in (path + SUFFIX, path):
        if os.path.isfile(found):
            return found
    if os.path.exists(path + ".index"):
        raise ValueError(
            f"{path} is a checkpoint of TensorFlow, which Addax does not read. Write the weights "
            "with model.save_weights('....weights.h5') there, and load them with load_weights."
        )
    raise FileNotFoundError(f"There is no checkpoint {path}.")


class Status:
    """What a restored checkpoint held, against what was there to take it."""

    def __init__(self, plan: Plan | None):
        self._problems = plan.problems if plan else []
        self._table = plan.table() if plan else ""

    def _check(self, kinds: set[str]) -> "Status":
        if any(p.kind in kinds for p in self._problems):
            raise AssertionError(f"The checkpoint holds other values:\n{self._table}")
        return self

    def assert_consumed(self) -> "Status":
        """AssertionError unless all values of the checkpoint and all Variables have met."""
        return self._check({"missing", "unexpected"})

    def assert_existing_objects_matched(self) -> "Status":
        """AssertionError unless all Variables got a value."""
        return self._check({"missing"})

    def assert_nontrivial_match(self) -> "Status":
        """Itself."""
        return self

    def expect_partial(self) -> "Status":
        """Itself: nothing is said of what is left over anyway."""
        return self

    def initialize_or_restore(self, session: Any = None) -> None:
        """Nothing: it is restored."""


class Checkpoint(Module):
    """Models, optimizers, Variables and modules under names, which files hold together.

    An optimizer without state takes it when it gets some. ValueError where shapes differ.
    """

    def __init__(self, root: Any = None, **parts: Any):
        super().__init__("checkpoint")
        if root is not None:
            self.root = root
        for name, part in parts.items():
            setattr(self, name, part)
        self.save_counter = Variable(np.int64(0), trainable=False, name="save_counter")

    def write(self, file_prefix: Any, options: Any = None) -> str:
        """Write one file, `file_prefix.weights.h5`; the prefix."""
        prefix = os.fspath(file_prefix)
        os.makedirs(os.path.dirname(os.path.abspath(prefix)), exist_ok=True)
        with replacing(prefix + SUFFIX) as path:
            layout.write_weights(path, mirrored(self))
        return prefix

    def read(self, save_path: Any, options: Any = None) -> Status:
        """Take the values of a file."""
        root = mirrored(self)
        with ExitStack() as files:
            file = files.enter_context(guard.open_file(_file(save_path)))
            with guard.explained(f"The checkpoint {save_path}"):
                tensors = guard.HDF5(file).tensors
            plan = make_plan(root, tensors)
            waiting = _put_off(root, tensors)
            if any(p.kind == "other shape" for p in plan.problems):
                plan.carry_out("checkpoint")
            status = Status(plan)
            plan.problems = []
            plan.anew = [text for text in plan.anew if not any(repr(n) in text for n in waiting)]
            plan.carry_out("checkpoint")
        return status

    def save(self, file_prefix: Any, options: Any = None) -> str:
        """Write `file_prefix-N.weights.h5` with a running number; `file_prefix-N`."""
        self.save_counter.assign_add(1)
        path = self.write(f"{os.fspath(file_prefix)}-{int(self.save_counter)}")
        folder = os.path.dirname(path)
        kept = [p for p in _listed(folder) if p != path]
        note(folder, [*kept, path])
        return path

    def restore(self, save_path: Any, options: Any = None) -> Status:
        """Take the values of a checkpoint; of None nothing."""
        return Status(None) if save_path is None else self.read(save_path)


def _put_off(root: Any, tensors: dict) -> list[str]:
    """Let optimizers without state take theirs when they are built; their names."""
    waiting = []
    for place in places(root):
        optimizer = place.owner
        prefix = place.prefix
        stored = {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
        if not isinstance(optimizer, Optimizer) or optimizer.built or not stored:
            continue
        waiting.append(optimizer.name)
        values = [stored[str(i)].read() for i in range(len(stored)) if str(i) in stored]
        build = optimizer.build

        def build_and_fill(variables, optimizer=optimizer, build=build, values=values):
            vars(optimizer).pop("build", None)
            build(variables)
            own = list(optimizer.variables)
            if [v.shape for v in own] != [v.shape for v in values]:
                raise ValueError(
                    f"The checkpoint's optimizer was of other variables: it has {len(values)} "
                    f"values, {optimizer.name!r} takes {len(own)}."
                )
            for variable, value in zip(own, values, strict=True):
                variable.assign(value)

        vars(optimizer)["build"] = build_and_fill
    return waiting


class CheckpointManager:
    """Writes numbered checkpoints into a folder and keeps the last `max_to_keep`."""

    def __init__(
        self,
        checkpoint: Checkpoint,
        directory: Any,
        max_to_keep: int | None,
        keep_checkpoint_every_n_hours: float | None = None,
        checkpoint_name: str = "ckpt",
        step_counter: Any = None,
        checkpoint_interval: int | None = None,
        init_fn: Any = None,
        **options: Any,
    ):
        self.checkpoint, self.directory = checkpoint, os.fspath(directory)
        self.checkpoint_interval = checkpoint_interval
        self._most, self._hours = max_to_keep, keep_checkpoint_every_n_hours
        self._prefix = os.path.join(self.directory, checkpoint_name)
        self._counter, self._init, self._last = step_counter, init_fn, None
        self._kept_at = time.time()
        self._paths = _listed(self.directory)

    checkpoints = property(lambda self: list(self._paths))

    @property
    def latest_checkpoint(self) -> str | None:
        """The path of the last one."""
        return self._paths[-1] if self._paths else None

    def save(self, checkpoint_number: Any = None, check_interval: bool = True, options: Any = None):
        """Write one, unless less than `checkpoint_interval` steps have passed; its path."""
        step = None if self._counter is None else int(self._counter)
        if check_interval and self.checkpoint_interval and step is not None:
            if self._last is not None and step - self._last < self.checkpoint_interval:
                return None
            self._last = step
        self.checkpoint.save_counter.assign_add(1)
        number = self.checkpoint.save_counter if checkpoint_number is None else checkpoint_number
        path = self.checkpoint.write(f"{self._prefix}-{int(number)}")
        self._paths = [*(p for p in self._paths if p != path), path]
        while self._most and len(self._paths) > self._most:
            self._drop(self._paths.pop(0))
        note(self.directory, self._paths)
        return path

    def _drop(self, path: str) -> None:
        now = time.time()
        if self._hours and now - self._kept_at >= self._hours * 3600:
            self._kept_at = now
            return
        Path(path + SUFFIX).unlink(missing_ok=True)

    def restore_or_initialize(self) -> str | None:
        """Take the values of the last checkpoint, else call `init_fn`; the path."""
        path = self.latest_checkpoint
        if path is not None:
            self.checkpoint.restore(path)
        elif self._init is not None:
            self._init()
        return path


# --- which checkpoints there are ------------------------------------------------------------------


def note(folder: str, paths: list[str]) -> None:
    """Write down the checkpoints of a folder, the last one last."""
    names = [os.path.relpath(p, folder or ".") for p in paths]
    lines = [f'model_checkpoint_path: "{names[-1]}"']
    lines += [f'all_model_checkpoint_paths: "{name}"' for name in names]
    Path(folder, STATE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _listed(folder: str, name: str = "all_model_checkpoint_paths") -> list[str]:
    path = Path(folder, STATE)
    if not path.is_file():
        return []
    found = re.findall(rf'^{name}: "(.*)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    return [
        os.path.join(folder, p) for p in found if os.path.exists(os.path.join(folder, p) + SUFFIX)
    ]


def latest_checkpoint(checkpoint_dir: Any, latest_filename: str | None = None) -> str | None:
    """The path of the last checkpoint of a folder.

    A folder that `ModelCheckpoint` fills has no notes: there it is the file written last.
    """
    folder = os.fspath(checkpoint_dir)
    noted = _listed(folder, "model_checkpoint_path")
    if noted:
        return noted[0]
    files = [p for p in Path(folder).glob("*") if p.suffix in (".h5", ".keras", ".ckpt")]
    files.sort(key=lambda p: (p.stat().st_mtime_ns, p.name))
    return os.fspath(files[-1]) if files else None


def get_checkpoint_state(checkpoint_dir: Any, latest_filename: str | None = None) -> Any:
    """The checkpoints of a folder, None if it has none."""
    paths = _listed(os.fspath(checkpoint_dir))
    return CheckpointState(paths) if paths else None


class CheckpointState:
    """The path of the last checkpoint, and those of all."""

    def __init__(self, paths: list[str]):
        self.model_checkpoint_path, self.all_model_checkpoint_paths = paths[-1], paths


# --- what is in one -------------------------------------------------------------------------------


class Reader:
    """The arrays of a checkpoint by name."""

    def __init__(self, path: Any):
        with ExitStack() as files:
            file = files.enter_context(guard.open_file(_file(path)))
            stored = guard.HDF5(file).tensors
            self._arrays = {name: value.read() for name, value in stored.items()}

    def get_variable_to_shape_map(self) -> dict[str, list[int]]:
        """The shapes."""
        return {name: list(array.shape) for name, array in self._arrays.items()}

    def get_variable_to_dtype_map(self) -> dict[str, str]:
        """The types."""
        return {name: array.dtype.name for name, array in self._arrays.items()}

    def has_tensor(self, name: str) -> bool:
        """Whether there is such an array."""
        return name in self._arrays

    def get_tensor(self, name: str) -> np.ndarray:
        """The array. KeyError if there is none."""
        return self._arrays[name]


def _path_of(path: Any) -> Any:
    return latest_checkpoint(path) if os.path.isdir(path) else path


def load_checkpoint(ckpt_dir_or_file: Any) -> Reader:
    """The arrays of a checkpoint, or of the last one of a folder."""
    return Reader(_path_of(ckpt_dir_or_file))


def list_variables(ckpt_dir_or_file: Any) -> list[tuple[str, list[int]]]:
    """The names and shapes in a checkpoint."""
    return sorted(load_checkpoint(ckpt_dir_or_file).get_variable_to_shape_map().items())


def load_variable(ckpt_dir_or_file: Any, name: str) -> np.ndarray:
    """One array of a checkpoint."""
    return load_checkpoint(ckpt_dir_or_file).get_tensor(name)


class ExponentialMovingAverage:
    """`shadow = decay * shadow + (1 - decay) * value` of Variables, at each `apply`.

    `num_updates` makes the decay `min(decay, (1 + n) / (10 + n))`.
    """

    def __init__(self, decay: float, num_updates: Any = None, *args: Any, **options: Any):
        self.decay, self.num_updates = decay, num_updates
        self._shadows: dict[int, addax.Variable] = {}

    def apply(self, var_list: Any) -> None:
        """Take the values of these Variables in."""
        count = None if self.num_updates is None else float(self.num_updates)
        decay = self.decay if count is None else min(self.decay, (1 + count) / (10 + count))
        for variable in var_list:
            if id(variable) not in self._shadows:
                self._shadows[id(variable)] = addax.Variable(variable.value, trainable=False)
            shadow = self._shadows[id(variable)]
            shadow.assign(decay * shadow.value + (1 - decay) * variable.value)

    def average(self, var: Any) -> Any:
        """The average of a Variable, None if it was never taken in."""
        return self._shadows.get(id(var))
