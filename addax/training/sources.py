"""What `fit` accepts as data, as sources of batches.

A source yields chunks: some batches laid end to end, that one dispatch works through. Arrays that
fit on the device are a single chunk for the whole epoch, with the order in which to take the rows.
A batch that a generator makes is a chunk of its own, and the next one is asked for after it.
"""

import contextlib
import itertools
import math
import warnings
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import jax
import numpy as np

from addax.core import dtypes, random_state, settings, tree
from addax.core.errors import describe
from addax.core.variable import Variable
from addax.training.position import Position
from addax.training.transfer import Pile, fits, place, room_for, take

NO_BATCH = "The data are empty: no batch came."


class Chunk(NamedTuple):
    """Rows of `data` in batches of `batch_size`: `count` of them, the first at batch `start`."""

    data: Any
    order: Any
    batch_size: int
    start: int
    count: int


def to_array(x: Any) -> Any:
    """An array-like as a NumPy or device array; floats in `floatx()`."""
    if isinstance(x, (jax.Array, np.ndarray)):
        array = x
    elif isinstance(x, Variable):
        array = x.value
    elif hasattr(x, "toarray"):  # SciPy's sparse matrices
        array = x.toarray()
    elif hasattr(x, "detach"):  # torch
        array = x.detach().cpu().numpy()
    elif hasattr(x, "columns") and hasattr(x, "iloc"):  # a data frame
        array = _frame_as_numpy(x)
    else:
        array = _as_numpy(x)
    if array.dtype == object or array.dtype.kind in "USM":
        raise ValueError(
            f"Training data are numbers; an array of dtype {array.dtype} came. Convert it first "
            "(ragged lists: pad them with utils.pad_sequences; texts and categories: encode them)."
        )
    if array.ndim == 0:
        raise ValueError(
            f"A single number came ({array}) where data are expected: arrays whose first axis "
            "counts the examples."
        )
    if "float" in array.dtype.name and array.dtype.name != "bfloat16":
        return array if array.dtype.name == settings.floatx() else array.astype(settings.floatx())
    return array.astype(dtypes.jax_dtype(array.dtype.name), copy=False)


def _frame_as_numpy(x: Any) -> np.ndarray:
    """The columns of a data frame side by side, in the type that holds them all."""
    columns = [_column_as_numpy(x.iloc[:, i]) for i in range(len(x.columns))]
    pairs = zip(x.columns, columns, strict=True)
    wrong = [repr(name) for name, column in pairs if column.dtype.kind not in "biuf"]
    if wrong:
        raise ValueError(
            f"Training data are numbers; columns {', '.join(wrong)} of the data frame hold "
            "something else. Encode them, as pandas.get_dummies does, or leave them out."
        )
    return np.stack(columns, axis=1)


def _column_as_numpy(column: Any) -> np.ndarray:
    """A column; a nullable type's missing values become NaN."""
    array = np.asarray(column)
    if array.dtype == object and not isinstance(column.dtype, np.dtype):
        with contextlib.suppress(TypeError, ValueError):
            return column.to_numpy(dtype="float64", na_value=np.nan)
    return array


def _as_numpy(x: Any) -> np.ndarray:
    try:
        return np.asarray(x)
    except ValueError as error:
        raise ValueError(
            f"The data are no array: {error}. Lists of different lengths become one with "
            "utils.pad_sequences."
        ) from None


def is_array_like(x: Any) -> bool:
    """Whether `x` is one array, or something NumPy makes into one."""
    if isinstance(x, (jax.Array, np.ndarray, Variable)) or hasattr(x, "__array__"):
        return not hasattr(x, "__next__") and not hasattr(x, "batch_size")
    return hasattr(x, "toarray")


def is_structure_of_arrays(x: Any) -> bool:
    """Whether `x` is an array, or a list, tuple or dict of arrays or numbers."""
    if isinstance(x, (list, tuple)):
        return bool(x) and all(isinstance(v, (int, float)) or is_structure_of_arrays(v) for v in x)
    if isinstance(x, dict):  # None stands for an optional input
        given = [v for v in x.values() if v is not None]
        return bool(given) and all(map(is_structure_of_arrays, given))
    return is_array_like(x)


def convert(x: Any) -> Any:
    """A structure of array-likes with arrays as leaves; a list of numbers is one array."""
    if x is None:
        return None
    if isinstance(x, (list, tuple)):
        if not x or isinstance(x[0], (int, float)) or _is_matrix_of_numbers(x):
            return to_array(x)
        if _is_list_of_examples(x):
            raise ValueError(
                f"The data are a list of {len(x)} examples, each a tuple of {len(x[0])}; arrays "
                "are expected that hold all examples: x, y = map(numpy.stack, zip(*data))."
            )
        return type(x)(map(convert, x)) if not hasattr(x, "_fields") else type(x)(*map(convert, x))
    if isinstance(x, dict):
        return {k: convert(v) for k, v in x.items()}
    return to_array(x)


def _is_matrix_of_numbers(x: Any) -> bool:
    inner = x[0]
    while isinstance(inner, (list, tuple)) and inner:
        inner = inner[0]
    return isinstance(inner, (int, float))


def _is_list_of_examples(x: Any) -> bool:
    """Whether these are tuples whose parts can't be inputs: they have no common number of rows."""
    if not isinstance(x, list) or len(x) < 2 or not all(isinstance(v, tuple) and v for v in x):
        return False
    shapes = [np.shape(part) for part in x[0] if not isinstance(part, (list, tuple, dict))]
    return len({shape[:1] for shape in shapes}) > 1 or () in shapes


def unpack(batch: Any) -> tuple[Any, Any, Any]:
    """`x`, `(x,)`, `(x, y)` or `(x, y, sample_weight)` as three values."""
    if isinstance(batch, list) and len(batch) <= 3 and not isinstance(batch[0], (int, float)):
        batch = tuple(batch)
    if not isinstance(batch, tuple):
        return batch, None, None
    if not 1 <= len(batch) <= 3:
        raise ValueError(
            f"A batch is x, (x, y) or (x, y, sample_weight); a tuple of {len(batch)} came."
        )
    x, y, sample_weight = (*batch, None, None)[:3]
    return x, y, sample_weight


def pack(x: Any, y: Any = None, sample_weight: Any = None) -> Any:
    """The batch as data sources yield it: `x`, `(x, y)` or `(x, y, sample_weight)`."""
    if sample_weight is not None:
        return x, y, sample_weight
    return (x, y) if y is not None else (x if not isinstance(x, (tuple, list)) else (x,))


def rows(data: Any) -> int:
    """The common length of all arrays. ValueError when there is none, or no row at all."""
    arrays = [a for a in tree.flatten(data) if a is not None]
    lengths = {len(a) for a in arrays}
    if len(lengths) > 1:
        x, y, w = data
        parts = {"x": x, "y": y, "sample_weight": w}
        shown = ", ".join(f"{k} {describe(v)}" for k, v in parts.items() if v is not None)
        raise ValueError(f"All arrays must have the same number of examples; received {shown}.")
    if not lengths or lengths == {0}:
        raise ValueError("The data are empty: there is no example to work on.")
    return lengths.pop()


def split(data: tuple, fraction: float) -> tuple[tuple, tuple]:
    """The first examples for training, the last `fraction` for validation."""
    if not 0 < fraction < 1:
        raise ValueError(f"validation_split is between 0 and 1; received {fraction}.")
    total = rows(data)
    edge = math.floor(total * (1 - fraction))
    if edge == 0 or edge == total:
        raise ValueError(
            f"validation_split={fraction} of {total} examples leaves nothing to train on or to "
            "validate with."
        )
    cut = [
        tree.map_structure(lambda a, s=s: None if a is None else a[s], data)
        for s in (slice(0, edge), slice(edge, None))
    ]
    return cut[0], cut[1]


def weigh_classes(y: Any, class_weight: dict, sample_weight: Any = None) -> np.ndarray:
    """Each example's weight from its class: integers, or one-hot rows."""
    if tree.is_nested(y):
        raise ValueError(
            "class_weight works on models with one output; give sample_weight instead."
        )
    y = np.asarray(y)
    classes = y.argmax(-1) if y.ndim > 1 and y.shape[-1] > 1 else y.reshape(len(y)).round()
    weights = np.ones(len(y), settings.floatx())
    for label, weight in class_weight.items():
        weights[classes == label] = weight
    return weights if sample_weight is None else weights * np.asarray(sample_weight)


def whole(name: str, value: Any, least: int = 1) -> int:
    """`value` as an integer. ValueError when it is none, or less than `least`."""
    if not isinstance(value, (int, float, np.integer)) or value % 1 or value < least:
        raise ValueError(f"{name} is an integer from {least} on; received {value!r}.")
    return int(value)


def on_device(placing: Any, data: Any, count: int) -> Any:
    """`count` batches on the device, or on several as a distribution says."""
    if placing is None:
        return jax.device_put(data)
    return placing.put(data, is_batch=count == 1)


class ArraySource:
    """Arrays in memory. `num_batches` counts the ragged last one.

    A limited epoch goes on where the last one stopped, and over into the next pass, if `endless`.
    """

    endless = False
    ran_dry = False
    placing: Any = None  # where a distribution puts the batches

    def __init__(self, data: tuple, batch_size: int | None, shuffle: Any = False):
        self.size = rows(data)
        self.batch_size = whole("batch_size", batch_size or 32)
        self.shuffle = shuffle
        self.host = data
        self.num_batches: int | None = math.ceil(self.size / self.batch_size)
        self._device: Any = None
        self._order: Any = None
        self._notes_position = False
        self._drawn_from: dict | None = None
        self._at = self._began = 0

    def example(self) -> Any:
        """A first batch, to build the model with."""
        n = min(self.batch_size, self.size)
        return tree.map_structure(lambda a: None if a is None else a[:n], self.host)

    def check(self, complain: Callable[[Any], None]) -> None:
        """Let `complain` look at all targets, once."""
        complain(self.host)

    def order(self) -> Any:
        """The rows of an epoch in the order in which batches take them; None as they stand."""
        if not self.shuffle:
            return None
        if self.shuffle == "batch":  # within each batch
            starts = range(0, self.size, self.batch_size)
            sizes = [min(self.batch_size, self.size - s) for s in starts]
            parts = [np.random.permutation(n) + s for s, n in zip(starts, sizes, strict=True)]
            return np.concatenate(parts).astype(np.int32)
        return np.random.permutation(self.size).astype(np.int32)

    def draw(self) -> None:
        """Draw what Keras draws to build a model with: a seed then gives the same batches."""
        if self.shuffle == "batch":
            np.random.permutation(min(self.batch_size, self.size))
        else:
            self.order()

    def note_position(self) -> None:
        """From now on, keep what `state` needs."""
        self._notes_position = True

    def state(self, done: int) -> dict[str, Any]:
        """Where the batches stand when `done` of this epoch are through."""
        return {"at": (done - self._began) % self.num_batches, "drawn_from": self._drawn_from}  # type: ignore[operator]

    def restore(self, state: dict[str, Any]) -> None:
        """Stand there again; the random streams must be set anew after it."""
        self._at, self._drawn_from = state["at"], state["drawn_from"]
        if self._at and self._drawn_from is not None:
            random_state.write(self._drawn_from)
            self._order = self.order()

    def chunks(self, limit: int | None = None, together: int = 1, done: int = 0) -> Iterator[Chunk]:
        """One epoch, at most `limit` batches of it, the first `done` of which are through."""
        if self._device is None and self.num_batches == 1:
            self._device = self.host  # a single step takes it over as quickly
        elif self._device is None and fits(self.host):
            self._device = self._placed(self.host)
        left = self.num_batches if limit is None else limit
        if not self.endless:
            self._at, left = done, min(left, self.num_batches)  # type: ignore[type-var]
        left -= done  # type: ignore[operator]
        while left:
            if self._at == 0:
                noted = self.shuffle and self._notes_position
                self._drawn_from = random_state.read() if noted else None
                self._order = self.order()
            self._began = done - self._at
            start, end = self._at, min(self._at + left, self.num_batches)  # type: ignore[type-var]
            self._at = end % self.num_batches  # type: ignore[operator]
            left, done = left - (end - start), done + end - start
            yield from self._between(start, end)

    def batches(self, limit: int | None = None) -> Iterator[Any]:
        """The batches as they stand in the host's memory, one after the other."""
        for i in range(min(limit or self.num_batches, self.num_batches)):  # type: ignore[type-var]
            rows = slice(i * self.batch_size, (i + 1) * self.batch_size)
            yield jax.tree.map(lambda a, rows=rows: a[rows], self.host)

    def _between(self, start: int, end: int) -> Iterator[Chunk]:
        """The batches from `start` to `end`; the ragged one is a chunk of its own."""
        full = self.size // self.batch_size
        if start < full and self._device is not None:
            yield Chunk(self._device, self._order, self.batch_size, start, min(end, full) - start)
        elif start < full:
            yield from self._streamed(start, min(end, full))
        if end > full:
            last = full * self.batch_size
            yield Chunk(self._rows(last, self.size), None, self.size - last, 0, 1)

    def _streamed(self, start: int, end: int) -> Iterator[Chunk]:
        """Runs of batches, for data too large for the device; all of one shape: one executable."""
        run = room_for(self.example())
        for first in range(start, end, run):
            data = self._rows(first * self.batch_size, (first + run) * self.batch_size)
            data = on_device(self.placing, data, run)
            yield Chunk(data, None, self.batch_size, 0, min(run, end - first))

    def _placed(self, data: Any) -> Any:
        return place(data) if self.placing is None else self.placing.put(data, is_batch=False)

    def _rows(self, start: int, end: int) -> Any:
        """Rows from `start` to `end` in the epoch's order, the last one again behind the end."""
        numbers = np.arange(start, end).clip(max=self.size - 1)
        numbers = numbers if self._order is None else self._order[numbers]
        return jax.tree.map(lambda a: take(a, numbers), self.host)

    def remainder(self) -> Any:
        """The shapes of the ragged last batch, or None."""
        rest = self.size % self.batch_size
        if not rest or self.size < self.batch_size:
            return None
        return jax.tree.map(
            lambda a: jax.ShapeDtypeStruct((rest, *a.shape[1:]), a.dtype), self.host
        )

    def end_epoch(self, done: int) -> None:
        """`done` batches were the epoch's; the next one may go on in the same pass."""
        self._began = -self._at


class StreamSource:
    """Batches from an iterable: a generator, a PyDataset, a loader, a tf.data pipeline.

    `make_iterator(start)` gives the batches of a pass from number `start`. `dataset` is told when
    an epoch begins and ends, if it has methods for that; `draw()` draws the random numbers that
    building a model takes. `endless` is as in ArraySource; `ran_dry`: the batches ended before the
    epoch did.
    """

    endless = False
    ran_dry = False
    placing: Any = None  # where a distribution puts the batches

    def __init__(
        self,
        make_iterator: Callable[[int], Iterator],
        length: int | None,
        restarts: bool,
        dataset: Any = None,
        draw: Callable[[], Any] = tuple,
        position_of: Any = None,
    ):
        self._make = make_iterator
        self.num_batches = length
        self.restarts = restarts
        self.dataset = dataset
        self.draw = draw
        self._iterator: Iterator | None = None
        self._structure: Any = None
        self.batch_size: int | None = None
        self._first: Any = None
        self._peeked = False
        self._position: Position | None = None
        self._position_of = dataset if position_of is None else position_of

    def note_position(self) -> None:
        """From now on, keep what `state` needs; called before the first batch."""
        self._position = Position(self._position_of)

    def state(self, done: int) -> dict[str, Any]:
        """Where the batches stand when `done` of this epoch are through."""
        assert self._position is not None
        return self._position.state(done)

    def restore(self, state: dict[str, Any]) -> None:
        """Stand there again; the random streams must be set anew after it."""
        assert self._position is not None
        read = self._position.restore(state)
        if self.restarts or read is None:
            self._peeked, self._iterator = False, None
        if read is None:
            return
        if self.restarts:
            self._iterator = iter(self._make(read))
        else:
            for _ in range(read):
                self._next(0)

    def _start(self, done: int) -> Iterator:
        if self._position is not None:
            self._position.start_pass(done)
        return iter(self._make(0))

    def example(self) -> Any:
        if self._first is None:
            self._iterator = self._start(0)
            try:
                self._first = self._checked(next(self._iterator))
            except StopIteration:
                raise ValueError(NO_BATCH) from None
            self._peeked = True
        return self._first

    def check(self, complain: Callable[[Any], None]) -> None:
        """Let `complain` look at each batch as it comes."""
        self._complain = complain

    def _checked(self, batch: Any) -> Any:
        batch = convert(unpack(batch))
        rows(batch)
        structure = jax.tree.structure(batch)
        if self._structure is None:
            self._structure = structure
        elif structure != self._structure:
            raise ValueError(
                "The generator changed what it yields: the first batch had the structure "
                f"{self._structure}, a later one {structure} ({describe(batch)})."
            )
        return batch

    def batches(self, limit: int | None, done: int = 0) -> Iterator[Any]:
        complain = getattr(self, "_complain", None)
        for taken in itertools.count(done):
            if limit is not None and taken >= limit:
                return
            batch = self._next(taken)
            if batch is None and self.endless and self.restarts:
                batch = self._next(taken)
            if batch is None:
                self._end_pass(taken, limit)
                return
            if batch is self._first:
                self._first = None
            else:
                batch = self._checked(batch)
            if complain is not None:
                complain(batch)
            yield batch

    def _end_pass(self, taken: int, limit: int | None) -> None:
        """There are no more batches after `taken`: the epoch is over, or the data are."""
        if taken and limit is None:
            self.num_batches = taken
            return
        if self._structure is None:
            raise ValueError(NO_BATCH)
        self.ran_dry = True
        when = f"after {taken} of {limit} batches" if limit else "with an earlier epoch"
        warnings.warn(
            f"The data ran out {when}, so this ends here. Make the generator endless, or ask for "
            "fewer steps or epochs.",
            stacklevel=2,
        )

    def _next(self, done: int) -> Any:
        """The next batch after `done` of this epoch; None at the end of a pass."""
        if self._peeked:
            self._peeked = False
            return self._first
        if self._iterator is None:
            self._iterator = self._start(done)
        try:
            return next(self._iterator)
        except StopIteration:
            self._iterator = None
            return None

    def chunks(self, limit: int | None = None, together: int = 1, done: int = 0) -> Iterator[Chunk]:
        """One epoch after its first `done` batches, which are through.

        A chunk has `together` equal batches end to end, or as many as are there already.
        """
        if not done:
            self._tell("on_epoch_begin")
        pile: Pile | None = None
        for batch in self.batches(limit, done):
            if pile is not None and not pile.takes(batch):
                yield self._chunk(pile)
                pile = None
            if pile is None and together == 1 and not self._is_next_ready():
                data = place(batch) if self.placing is None else on_device(self.placing, batch, 1)
                yield Chunk(data, None, rows(batch), 0, 1)
                continue
            pile = pile or Pile(batch)
            pile.add(batch)
            if pile.count >= together and not self._is_next_ready():
                yield self._chunk(pile)
                pile = None
        if pile is not None:
            yield self._chunk(pile)

    def _is_next_ready(self) -> bool:
        return getattr(self._iterator, "is_ready", bool)()

    def _chunk(self, pile: Pile) -> Chunk:
        """All piles have one shape, and so one executable; a single batch has its own."""
        size = rows(pile.arrays) // pile.room
        data = pile.arrays
        if pile.count == 1:
            data = jax.tree.map(lambda a: a[:size], data)
        return Chunk(on_device(self.placing, data, pile.count), None, size, 0, pile.count)

    def remainder(self) -> Any:
        return None

    def end_epoch(self, done: int) -> None:
        """Restart what can be started anew; a generator goes on where it stands."""
        starts_anew = self.restarts and not self.endless
        if starts_anew:
            self._iterator = None
        if self._position is not None:
            self._position.end_epoch(done, goes_on=not starts_anew)
        self._tell("on_epoch_end")

    def _tell(self, event: str) -> None:
        hook = getattr(self.dataset, event, None)
        if hook is not None:
            hook()
