"""The loops of `fit`, `evaluate` and `predict`."""

import contextlib
import inspect
import itertools
import math
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import jax
import numpy as np

from addax.callbacks import CallbackList
from addax.callbacks.backup_and_restore import is_saved, saver_of
from addax.core import settings, tree
from addax.core.errors import suggest
from addax.core.seeds import continue_global_stream, global_state
from addax.runtime import allocator
from addax.training.adapters import as_source
from addax.training.dispatch import Interruptible, Pace
from addax.training.run import Run
from addax.training.sources import Chunk, convert, is_structure_of_arrays, split, unpack, whole
from addax.training.step import MOVING, NEVER

_background = ThreadPoolExecutor(1, "addax-compile")


class Dispatched(NamedTuple):
    """Steps that the device works on, and whether their time sets the pace.

    `began` is None for the first steps of a program, which may have compiled it.
    """

    logs: dict[str, Any]
    steps: int
    began: float | None
    paced: bool


class Runner:
    """Runs chunks of one kind ("train" or "test") and tells the callbacks."""

    def __init__(
        self,
        model: Any,
        kind: str,
        callbacks: Any,
        interrupt: Interruptible,
        run: Run | None = None,
    ):
        self.model, self.kind, self.callbacks, self.interrupt = model, kind, callbacks, interrupt
        self.run = run
        self.session = model._session
        each = callbacks.wants_batches(kind)
        self.pace = Pace(fixed_steps(model) or (1 if each else None))
        self.begin = getattr(callbacks, f"on_{kind}_batch_begin")
        self.end = getattr(callbacks, f"on_{kind}_batch_end")
        self.as_numbers = each
        self.warned = False
        self.watch: Any = None
        self.open = 0  # steps since the last call of `begin`, for which `end` was not called yet
        self.zeroed, self.resetting = self.session.metric_state()
        self.under_way: Dispatched | None = None
        self.is_long = False  # a step needs so much memory that two at once are too many

    def pass_over(self, source: Any, limit: int | None) -> dict[str, float]:
        """All batches of an epoch, or `limit` of them; returns the logs."""
        logs: dict[str, Any] = {}
        self.step, self.open, self.watch = 0, 0, None
        if self.run is not None and self.run.step:  # the beginning was made by another process
            self.step, logs = self.run.step, self.run.logs
            self.watch = np.int32(self.step), np.int32(NEVER)
        else:
            self._reset_metrics()
        for chunk in source.chunks(limit, self.pace.fixed or 1, self.step):
            logs = self._run_chunk(chunk)
            if self.model.stop_training and self.kind == "train":
                break
        if self.kind == "train" and source.ran_dry:
            self.model.stop_training = True
        if self.open:
            self._close(logs)
        self._wait()
        source.end_epoch(self.step)
        return numbers(logs)

    def _reset_metrics(self) -> None:
        for variable in self.zeroed:
            variable.zero()
        for metric in self.resetting:
            metric.reset_state()

    def _run_chunk(self, chunk: Chunk) -> dict[str, Any]:
        program = self.session.program(self.kind, chunk.batch_size)
        done, logs = 0, {}
        while done < chunk.count and not (self.kind == "train" and self.model.stop_training):
            steps = self.pace.next(chunk.count - done)
            fixed = self.pace.fixed
            if self.open and fixed:  # an execution of `steps_per_execution` goes on in this chunk
                steps = min(steps, fixed - self.open)
            else:
                if self.run is not None and not fixed:
                    steps = min(steps, self.run.steps_left())
                self.begin(self.step)
            logs = self._dispatch(program, chunk, chunk.start + done, steps)
            done += steps
            self.step += steps
            self.open += steps
            if fixed in (None, self.open):
                self._close(logs)
        return logs

    def _close(self, logs) -> None:
        """End an execution: by the number of its last step, even if it ended earlier, as Keras."""
        steps, self.open = self.open, 0
        missing = (self.pace.fixed or steps) - steps
        self.end(self.step - 1 + missing, numbers(logs) if self.as_numbers else logs)
        if self.run is not None:
            self.run.after_steps(steps, self.step, logs)

    def _dispatch(self, program, chunk, start, steps) -> dict[str, Any]:
        if self.is_long:
            self._wait()
        new, began = self.pace.is_new(program), time.perf_counter()
        self.interrupt.busy = True
        with self.session.values:
            moving, held = halves(self.session, self.kind)
            if self.watch is not None:
                moving["watch"] = self.watch
            where = chunk.data, chunk.order, np.int32(start), np.int32(steps)
            logs, moved = program(moving, held, *where)
            self.session.step_variables().write(moved)
        if new:
            allocator.after_compiling(time.perf_counter() - began)
        if "chance" in moved:
            chance = moved["chance"]  # of one device, whichever those of this model are
            continue_global_stream(chance if self.session.placing() is None else np.asarray(chance))
        self.watch = moved.get("watch")
        paced = self.pace.fixed is None and chunk.count > 1
        dispatched = Dispatched(logs, steps, None if new else began, paced)
        earlier, self.under_way = self.under_way, dispatched
        self.interrupt.release()
        self._finish(earlier)
        if paced:
            self._wait()
        return logs

    def _wait(self) -> None:
        """Wait for all that the device works on."""
        dispatched, self.under_way = self.under_way, None
        self._finish(dispatched)

    def _finish(self, dispatched: Dispatched | None) -> None:
        """Wait for these steps. A short one has the next waiting behind it, a long one nothing."""
        if dispatched is None:
            return
        logs, steps, began, paced = dispatched
        for value in logs.values():
            value.block_until_ready()
        if began is not None and steps == 1:
            self.is_long |= allocator.after_step(time.perf_counter() - began)
        if began is not None and paced:
            self.pace.done(steps)
        self._check_finite(logs)

    def _check_finite(self, logs) -> None:
        """Warn once, when the loss goes wrong, of the step at which it did."""
        loss, run = logs.get("loss"), self.run
        if not self.watch or self.warned or loss is None or run is None:
            return
        if not math.isfinite(loss):
            self.warned = True
            first = int(self.watch[1])
            step = self.step - 1 if first == NEVER else first
            warnings.warn(
                f"The loss became NaN or infinite at step {step + 1} of epoch "
                f"{run.epoch + 1}. Training goes on; the TerminateOnNaN callback would stop "
                "it. Look for NaN in the data, or lower the learning rate.",
                RuntimeWarning,
                stacklevel=2,
            )


def fixed_steps(model: Any) -> int | None:
    """The steps of a dispatch that the user asked for; None where the time decides."""
    return model.steps_per_execution if model.steps_per_execution > 1 else None


def halves(session: Any, kind: str) -> tuple[dict, dict]:
    """The state in two: what a program changes and takes over, and the rest."""
    state = session.step_variables().read()
    if session.draws.get(kind, True):
        state = state._replace(chance=global_state())
    held = state._asdict()
    return {name: held.pop(name) for name in MOVING[kind]}, held


def numbers(logs: dict[str, Any]) -> dict[str, Any]:
    """The logs as Python floats; arrays stay arrays."""
    return {k: np.asarray(v) if np.ndim(v) else float(v) for k, v in logs.items()}


class Validation:
    """The data that `fit` evaluates on, and when."""

    def __init__(
        self, data: Any, fraction: float, steps: int | None, batch_size: int | None, frequency: Any
    ):
        self.data, self.fraction, self.steps = data, fraction, steps
        self.batch_size, self.frequency = batch_size, frequency
        self.source: Any = None

    def take_from(self, data: dict) -> dict:
        """Set the last fraction of the training arrays aside; returns the rest."""
        if self.data is not None:
            x, y, weight = (
                unpack(self.data)
                if isinstance(self.data, (tuple, list))
                else (self.data, None, None)
            )
            self.source = as_source(x, y, weight, self.batch_size, steps=self.steps)
        elif self.fraction:
            if not is_structure_of_arrays(data["x"]):
                raise ValueError(
                    "validation_split works on arrays; give validation_data for data that come in "
                    "batches."
                )
            parts = tuple(convert(data[k]) for k in ("x", "y", "sample_weight"))
            parts, held = split(parts, self.fraction)
            x, y, weight = held
            self.source = as_source(x, y, weight, self.batch_size, steps=self.steps)
            data = data | dict(zip(("x", "y", "sample_weight"), parts, strict=True))
        return data

    def due(self, epoch: int) -> bool:
        if self.source is None:
            return False
        if isinstance(self.frequency, int):
            return (epoch + 1) % self.frequency == 0
        return epoch + 1 in self.frequency


def fit(
    model: Any,
    data: Any,
    validation: Any,
    batch_size: int | None,
    epochs: int,
    verbose: Any,
    callbacks: Any,
    shuffle: Any,
    initial_epoch: int,
    steps: int | None,
    resume: Any = None,
):
    """See `Trainer.fit`."""
    data = validation.take_from(data)
    source = as_source(
        data["x"],
        data["y"],
        data["sample_weight"],
        batch_size,
        shuffle,
        data["class_weight"],
        steps,
    )
    if resume is not None or is_saved(callbacks):
        for noted in (source, validation.source):
            if noted is not None:
                noted.note_position()
    source.endless = steps is not None
    steps = _capped(steps, source)
    last = _at_most("max_epochs", whole("epochs", epochs, least=0))
    model._session.prepare(source, training=True)
    if validation.source is not None:
        model._session.check_held_out(validation.source, source)
    callbacks = _callback_list(model, callbacks, verbose, source, steps, last)
    if resume is not None:
        callbacks.append(saver_of(resume))
    model.stop_training = False
    run = Run(model, source, validation.source, callbacks, initial_epoch)
    with Interruptible() as interrupt, _mode(model), run:
        runner = Runner(model, "train", callbacks, interrupt, run)
        callbacks.on_train_begin()
        run.resume()
        _compile_remainder(model, source, steps)
        trains = run.resumed or run.epoch < last
        logs = _epochs(runner, source, steps, last, validation)
        if getattr(model.optimizer, "use_ema", False) and trains:
            model.optimizer.finalize_variable_values(model._session.step_variables().trainable)
        callbacks.on_train_end(logs)
    return model.history


def _epochs(runner, source, steps, last, validation) -> dict[str, float]:
    """All passes over the data that are left to make; returns the last one's logs."""
    model, callbacks, run = runner.model, runner.callbacks, runner.run
    logs: dict[str, float] = {}
    while run.epoch < last and not (run.resumed and model.stop_training):
        epoch = run.epoch
        if not run.step:
            callbacks.on_epoch_begin(epoch)
        found = runner.pass_over(source, steps)
        if source.ran_dry and not runner.step:  # they ended with the epoch before
            break
        logs = found
        if validation.due(epoch):
            held = validation.source
            limit = _capped(validation.steps, held)
            found = _evaluate(model, held, limit, callbacks, runner.interrupt)
            logs = logs | {f"val_{k}": v for k, v in found.items()}
        callbacks.on_epoch_end(epoch, logs)
        run.after_epoch(is_last=model.stop_training or epoch + 1 == last)
        if model.stop_training:
            break
    return logs


def _capped(steps: int | None, source: Any) -> int | None:
    """The batches of an epoch, with `max_steps_per_epoch` in force; None: all there are."""
    asked = source.num_batches if steps is None else steps
    limit = _at_most("max_steps_per_epoch", asked)
    return steps if limit == asked else limit


def _at_most(setting: str, asked: Any) -> Any:
    """`asked`, or the limit that the user set for trying things out."""
    limit = settings.setting(setting)
    if limit is None or (asked is not None and asked <= limit):
        return asked
    warnings.warn(f"Limited to config.{setting}() = {limit}.", stacklevel=2)
    return limit


def _callback_list(model, callbacks, verbose, source, steps, epochs=None) -> CallbackList:
    """The caller's callbacks and those that belong: a progress bar, and for `fit` the history."""
    if isinstance(callbacks, CallbackList):
        return callbacks
    verbose = 1 if verbose == "auto" else int(verbose)
    return CallbackList(
        callbacks,
        add_history=epochs is not None,
        add_progbar=verbose != 0,
        verbose=verbose,
        epochs=1 if epochs is None else epochs,
        steps=_steps(source, steps),
        model=model,
    )


def _steps(source: Any, limit: int | None) -> int | None:
    if source.endless or source.num_batches is None:
        return limit
    return min(limit or source.num_batches, source.num_batches)


@contextlib.contextmanager
def _mode(model):
    with jax.disable_jit() if model.run_eagerly else contextlib.nullcontext():
        yield


def _compile_remainder(model, source, steps) -> None:
    """Compile the step for the ragged last batch on another thread, beside the first step's."""
    ragged = source.remainder()
    if ragged is None or steps is not None or model.run_eagerly:
        return
    session, key = model._session, ("train", jax.tree.leaves(ragged)[0].shape[0])
    program = session.program(*key)
    if not isinstance(program, CompiledAhead):
        program = session.programs[key] = CompiledAhead(program)
    number = np.int32(0)
    program.expect(*halves(session, "train"), ragged, None, number, number)


class CompiledAhead:
    """A program that another thread compiles for the data that are expected; as ever for others."""

    def __init__(self, program: Callable):
        self.program = program
        self.expected: dict[Any, Any] = {}

    def expect(self, moving: Any, held: Any, data: Any, *rest: Any) -> None:
        """Start compiling for data like these, unless that was done."""
        kind = _kind(data)
        if kind not in self.expected:
            lowered = self.program.lower(moving, held, data, *rest)  # type: ignore[attr-defined]
            self.expected[kind] = _background.submit(lowered.compile)

    def __call__(self, moving: Any, held: Any, data: Any, order: Any, *numbers: Any) -> Any:
        compiled = self.expected.get(_kind(data)) if order is None else None
        run = self.program if compiled is None else compiled.result()
        return run(moving, held, data, order, *numbers)


def _kind(data: Any) -> Any:
    """What an executable is made for: structure, shapes and dtypes."""
    leaves, structure = jax.tree.flatten(data)
    return structure, tuple([(x.shape, x.dtype.name) for x in leaves])


def evaluate(
    model: Any, data: Any, batch_size: int | None, verbose: Any, steps: int | None, callbacks: Any
) -> dict[str, float]:
    """See `Trainer.evaluate`."""
    source = as_source(**data, batch_size=batch_size, steps=steps)
    steps = _capped(steps, source)
    model._session.prepare(source, training=False)
    callbacks = _callback_list(model, callbacks, verbose, source, steps)
    with Interruptible() as interrupt, _mode(model):
        return _evaluate(model, source, steps, callbacks, interrupt)


def _evaluate(model, source, steps, callbacks, interrupt) -> dict[str, float]:
    callbacks.on_test_begin()
    logs = Runner(model, "test", callbacks, interrupt).pass_over(source, steps)
    callbacks.on_test_end(logs)
    return logs


def on_batch(model: Any, kind: str, data: dict) -> dict[str, Any]:
    """One step on the given examples."""
    size = None
    if is_structure_of_arrays(data["x"]):
        size = len(jax.tree.leaves(convert(data["x"]))[0])
    source = as_source(**data, batch_size=size)
    model._session.prepare(source, training=kind == "train")
    with Interruptible() as interrupt, _mode(model):
        quiet = CallbackList(model=model)
        return Runner(model, kind, quiet, interrupt).pass_over(source, None)


def predict(
    model: Any, x: Any, batch_size: int | None, verbose: Any, steps: int | None, callbacks: Any
) -> Any:
    """See `Trainer.predict`."""
    quick = callbacks is None and steps is None and isinstance(x, np.ndarray | jax.Array)
    if quick and 0 < len(x) <= (batch_size or 32):
        return tree.map_structure(np.array, _predict_batch(model, x, len(x)))
    source = as_source(x, batch_size=batch_size, steps=steps)
    steps = _capped(steps, source)
    callbacks = _callback_list(model, callbacks, verbose, source, steps)
    callbacks.on_predict_begin()
    outputs: list = []
    batches = iter(source.batches(steps))
    while group := list(itertools.islice(batches, model.steps_per_execution)):
        begin = len(outputs)
        callbacks.on_predict_batch_begin(begin)
        outputs += [_predict_batch(model, batch[0], source.batch_size) for batch in group]
        found = outputs[-1] if len(group) == 1 else _joined(outputs[-len(group) :])
        callbacks.on_predict_batch_end(begin + model.steps_per_execution - 1, {"outputs": found})
        if model.stop_predicting:
            break
    callbacks.on_predict_end()
    return _joined(outputs)


def _joined(outputs: list) -> Any:
    return tree.map_structure(
        lambda *parts: np.concatenate([np.asarray(p) for p in parts]), *outputs
    )


def _predict_batch(model, x, size) -> Any:
    """The outputs for one batch. A ragged one is padded: what is invented is cut off again."""
    count = len(jax.tree.leaves(x)[0])
    size = model._session.size_to_predict(count if size is None else size)
    if count == size:
        return model._session.outputs(x)
    padded = jax.tree.map(
        lambda a: np.concatenate([np.asarray(a), np.repeat(np.asarray(a[-1:]), size - count, 0)]), x
    )
    return tree.map_structure(lambda a: a[:count], model._session.outputs(padded))


def predict_on_batch(model: Any, x: Any) -> Any:
    """The outputs for `x`, as NumPy arrays that may be written to."""
    return tree.map_structure(
        np.array, model._session.outputs(x if isinstance(x, np.ndarray) else convert(x))
    )


def check_no_more(method: Callable, kwargs: dict) -> None:
    """TypeError for arguments that `method` does not know, with the nearest that it does."""
    for name in kwargs:
        near = suggest(name, inspect.signature(method).parameters)
        raise TypeError(f"{method.__name__}() has no argument {name!r}.{near}")
