"""A lazy sequence of elements: `tf.data.Dataset` as programs use it, on NumPy arrays."""

import builtins
import contextlib
import glob
import itertools
import math
import os
import random
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from addax.data import stages
from addax.data.ahead import Ahead
from addax.data.elements import (
    Composite,
    TensorSpec,
    apply,
    element,
    elements,
    leaves,
    length,
    map_structure,
    pad,
    pipeline,
    plain,
    rows,
    stack,
)

AUTOTUNE = -1
INFINITE_CARDINALITY = -1
UNKNOWN_CARDINALITY = -2
UNKNOWN = math.nan


class Dataset:
    """Elements that are made anew each time somebody iterates: arrays, in tuples and dictionaries.

    Methods return new data sets and compute nothing. `map` with `num_parallel_calls` and `prefetch`
    work ahead in threads, always in order; what a user's function raises is raised where its
    element is asked for. `class_names` and `file_paths` are there where a folder was read.
    """

    class_names: list[str] | None
    file_paths: list[str]

    def __init__(
        self,
        make: Callable[[], Iterator],
        length: float = UNKNOWN,
        open_axes: int = 0,
        spec: Any = None,
    ):
        """`make()` starts a pass over `length` elements, whose first `open_axes` sizes may vary."""
        self._make = make
        self._length = length
        self._open_axes = open_axes
        self._spec = spec
        self._batch_size: int | None = None
        self._passes = Passes()

    # --- where elements come from

    @staticmethod
    def from_tensor_slices(tensors: Any, name: str | None = None) -> "Dataset":
        """The rows of arrays of one length: (rows, ...) -> elements (...)."""
        arrays = elements(tensors)
        return Dataset(lambda: rows(arrays), length(arrays))

    @staticmethod
    def from_tensors(tensors: Any, name: str | None = None) -> "Dataset":
        """One element."""
        only = elements(tensors)
        return Dataset(lambda: iter([only]), 1)

    @staticmethod
    def from_generator(
        generator: Callable[..., Iterable],
        output_types: Any = None,
        output_shapes: Any = None,
        args: Sequence[Any] | None = None,
        output_signature: Any = None,
        name: str | None = None,
    ) -> "Dataset":
        """What `generator(*args)` yields, in the dtypes of `output_signature` or `output_types`."""
        if not callable(generator):
            raise TypeError(
                "from_generator takes a function that makes an iterator, for each pass a new one; "
                f"received {type(generator).__name__}."
            )
        spec = output_signature
        if spec is None and output_types is not None:
            spec = _specs(output_types, output_shapes)
        given = [plain(element(a)) for a in args or ()]
        return Dataset(lambda: (_typed(v, spec) for v in generator(*given)), spec=spec)

    @staticmethod
    def range(*args: int, output_type: Any = "int64", name: str | None = None) -> "Dataset":
        """The numbers of Python's `range`."""
        numbers = builtins.range(*map(int, args))
        return Dataset(lambda: (element(np.array(i, output_type)) for i in numbers), len(numbers))

    @staticmethod
    def zip(*args: Any, datasets: Any = None, name: str | None = None) -> "Dataset":
        """Elements that hold one of each data set; it ends with the shortest.

        Takes several data sets, or one tuple or dictionary of them, which may be nested.
        """
        structure = datasets if datasets is not None else args[0] if len(args) == 1 else args
        parts = leaves(structure)
        if not parts or not all(isinstance(p, Dataset) for p in parts):
            kinds = ", ".join(type(p).__name__ for p in parts)
            raise TypeError(f"zip takes data sets, in a tuple or dictionary; received {kinds}.")

        def make():
            with contextlib.ExitStack() as opened:
                start = lambda p: opened.enter_context(contextlib.closing(p._start()))  # noqa: E731
                passes = map_structure(start, structure)
                while True:
                    try:
                        together = map_structure(next, passes)
                    except StopIteration:
                        return
                    yield together

        axes = min(p._open_axes for p in parts)
        zipped = Dataset(make, stages.count(p._length for p in parts), axes)
        zipped._passes = Passes().joined(*[p._passes for p in parts])
        return zipped

    @staticmethod
    def list_files(
        file_pattern: Any, shuffle: bool | None = None, seed: int | None = None, name: Any = None
    ) -> "Dataset":
        """The paths that match a pattern or one of several, shuffled unless `shuffle=False`."""
        given = [file_pattern] if isinstance(file_pattern, (str, os.PathLike)) else file_pattern
        patterns = [os.fspath(p) for p in given]
        paths = sorted({path for pattern in patterns for path in glob.glob(pattern)})
        if not paths:
            raise FileNotFoundError(f"No file matches {', '.join(patterns)}.")
        found = Dataset.from_tensor_slices(paths)
        return found if shuffle is False else found.shuffle(len(paths), seed)

    @staticmethod
    def counter(start: int = 0, step: int = 1, **options: Any) -> "Dataset":
        """`start`, `start + step`, and so on without end."""
        return Dataset(lambda: map(_number, itertools.count(int(start), int(step))), math.inf)

    @staticmethod
    def random(seed: int | None = None, **options: Any) -> "Dataset":
        """Random numbers of 32 bits without end."""
        fixed = random.getrandbits(64) if seed is None else abs(int(seed))

        def make():
            rng = np.random.default_rng(fixed)
            return (_number(rng.integers(1 << 32)) for _ in itertools.count())

        return Dataset(make, math.inf)

    @staticmethod
    def choose_from_datasets(
        datasets: Sequence["Dataset"], choice_dataset: "Dataset", stop_on_empty_dataset: bool = True
    ) -> "Dataset":
        """Each time the next element of the data set whose number `choice_dataset` gives."""
        parts = [_dataset(d) for d in datasets]

        def make():
            choices = (int(c) for c in choice_dataset)
            return stages.chosen([p._start() for p in parts], choices, stop_on_empty_dataset)

        return Dataset(make, UNKNOWN, min(p._open_axes for p in parts))

    @staticmethod
    def sample_from_datasets(
        datasets: Sequence["Dataset"],
        weights: Any = None,
        seed: int | None = None,
        stop_on_empty_dataset: bool = False,
        rerandomize_each_iteration: bool | None = None,
    ) -> "Dataset":
        """Each time the next element of a data set drawn by chance, in proportion to `weights`.

        `weights` is one number a data set, or a data set of such lists; None makes all alike.
        """
        parts = [_dataset(d) for d in datasets]
        given = [1.0] * len(parts) if weights is None else weights

        def make():
            rng = np.random.default_rng(random.getrandbits(64) if seed is None else abs(int(seed)))
            passes = [p._start() for p in parts]
            rows = iter(given) if isinstance(given, Dataset) else itertools.repeat(given)
            numbers = stages.drawn(passes, rows, rng)
            return stages.chosen(passes, numbers, stop_on_empty_dataset)

        return Dataset(make, UNKNOWN, min(p._open_axes for p in parts))

    @staticmethod
    def load(path: Any, *args: Any, **options: Any) -> "Dataset":
        """What `save` wrote."""
        from addax.data import saved

        make, count = saved.reader(os.fspath(path))
        return Dataset(make, count)

    # --- one element after the other

    def map(
        self,
        map_func: Callable,
        num_parallel_calls: int | None = None,
        deterministic: bool | None = None,
        synchronous: bool | None = None,
        name: str | None = None,
    ) -> "Dataset":
        """`map_func` of each element, whose parts are its arguments if it is a tuple.

        With `num_parallel_calls` in that many threads, AUTOTUNE in one a core, and ahead. The order
        is that of the elements, whatever `deterministic` says.
        """
        call = _Called(map_func, "map")
        if num_parallel_calls is None:
            return self._then(lambda items: (call(i) for i in enumerate(items)))
        threads = _threads(num_parallel_calls)

        def make():
            items = self._start()
            pool = ThreadPoolExecutor(threads, "addax-data")
            return Ahead(pool, call, enumerate(items), 2 * threads, items.close)

        return self._of(make)

    def filter(self, predicate: Callable, name: str | None = None) -> "Dataset":
        """The elements for which `predicate` is true."""
        call = _Called(predicate, "filter", bool)
        return self._then(lambda items: (v for i, v in enumerate(items) if call((i, v))), UNKNOWN)

    def enumerate(self, start: int = 0, name: str | None = None) -> "Dataset":
        """(number, element) from `start`."""
        return Dataset.zip(Dataset(lambda: map(_number, itertools.count(start)), math.inf), self)

    def reduce(self, initial_state: Any, reduce_func: Callable, name: str | None = None) -> Any:
        """`state = reduce_func(state, element)` over all elements; the last state."""
        state = elements(initial_state)
        for value in self:
            state = elements(reduce_func(state, value))
        return state

    def scan(self, initial_state: Any, scan_func: Callable, name: str | None = None) -> "Dataset":
        """The results of `state, result = scan_func(state, element)`, one for each element."""
        call = _Called(lambda state, value: scan_func(state, value), "scan", tuple)
        start = elements(initial_state)

        def step(state, numbered):
            number, value = numbered
            return map(elements, call((number, (state, value))))

        return self._then(lambda items: stages.scanned(items, start, step))

    def unique(self, name: str | None = None) -> "Dataset":
        """The elements without those that came before."""
        key = lambda value: tuple(  # noqa: E731
            tuple(a.ravel().tolist()) for a in leaves(value)
        )
        return self._then(lambda items: stages.distinct(items, key), UNKNOWN)

    # --- several at once

    def batch(
        self,
        batch_size: int,
        drop_remainder: bool = False,
        num_parallel_calls: int | None = None,
        deterministic: bool | None = None,
        name: str | None = None,
    ) -> "Dataset":
        """Elements (...) together as (batch, ...); the last batch may be shorter, or is dropped."""
        return self._batched(batch_size, drop_remainder, stack, 1)

    def padded_batch(
        self,
        batch_size: int,
        padded_shapes: Any = None,
        padding_values: Any = None,
        drop_remainder: bool = False,
        name: str | None = None,
    ) -> "Dataset":
        """As `batch`, with elements filled up to `padded_shapes`, or to the batch's largest sizes.

        `padding_values` is 0, or the empty text. Both are one for all arrays of an element, or a
        structure as that of the elements.
        """
        return self._batched(
            batch_size, drop_remainder, lambda parts: pad(parts, padded_shapes, padding_values), 32
        )

    def ragged_batch(
        self,
        batch_size: int,
        drop_remainder: bool = False,
        row_splits_dtype: Any = None,
        name: str | None = None,
    ) -> "Dataset":
        """As `batch`, where rows of different lengths become a RaggedTensor."""
        from addax.data.ragged import RaggedTensor

        def join(parts):
            return map_structure(RaggedTensor.stacked, *parts)

        return self._batched(batch_size, drop_remainder, join, 1)

    def rebatch(self, batch_size: int, drop_remainder: bool = False, **options: Any) -> "Dataset":
        """Batches as batches of another size."""
        return self.unbatch().batch(batch_size, drop_remainder)

    def group_by_window(
        self,
        key_func: Callable,
        reduce_func: Callable,
        window_size: int | None = None,
        window_size_func: Callable | None = None,
        name: str | None = None,
    ) -> "Dataset":
        """What `reduce_func(key, data set)` makes of each `window_size` elements of one key."""
        if (window_size is None) == (window_size_func is None):
            raise ValueError("group_by_window takes one of window_size and window_size_func.")
        key_of = _Called(key_func, "group_by_window", int)
        sizes: Any = (lambda key: window_size) if window_size_func is None else window_size_func

        def reduce(key, group):
            part = Dataset(lambda: iter(group), len(group), self._open_axes)
            return _dataset(reduce_func(element(np.int64(key)), part))._start()

        def make(items):
            return stages.grouped(
                items, lambda v: key_of((0, v)), lambda key: int(sizes(np.int64(key))), reduce
            )

        return self._then(make, UNKNOWN, 32)

    def bucket_by_sequence_length(
        self,
        element_length_func: Callable,
        bucket_boundaries: Sequence[int],
        bucket_batch_sizes: Sequence[int],
        padded_shapes: Any = None,
        padding_values: Any = None,
        pad_to_bucket_boundary: bool = False,
        no_padding: bool = False,
        drop_remainder: bool = False,
        name: str | None = None,
    ) -> "Dataset":
        """Batches of elements of similar lengths, filled up to the longest of each batch.

        A bucket holds lengths from one boundary up to below the next, and has a batch size;
        `pad_to_bucket_boundary` fills up to one less than the next boundary.
        """
        if len(bucket_batch_sizes) != len(bucket_boundaries) + 1:
            raise ValueError(
                f"{len(bucket_boundaries)} boundaries make {len(bucket_boundaries) + 1} buckets; "
                f"received {len(bucket_batch_sizes)} batch sizes."
            )

        def bucket(*parts):
            return np.searchsorted(bucket_boundaries, int(element_length_func(*parts)), "right")

        def batch(key, part):
            size = int(bucket_batch_sizes[int(key)])
            if no_padding:
                return part.batch(size, drop_remainder)
            shapes = padded_shapes
            if pad_to_bucket_boundary:
                if int(key) == len(bucket_boundaries):
                    raise ValueError(
                        "pad_to_bucket_boundary needs a boundary above every length; an element "
                        f"is not shorter than {bucket_boundaries[-1]}."
                    )
                first = next(iter(part))
                most = int(bucket_boundaries[int(key)]) - 1
                shapes = map_structure(lambda a: [most] * a.ndim, first)
            return part.padded_batch(size, shapes, padding_values, drop_remainder)

        return self.group_by_window(
            bucket, batch, window_size_func=lambda key: bucket_batch_sizes[int(key)]
        )

    def rejection_resample(
        self,
        class_func: Callable,
        target_dist: Any,
        initial_dist: Any = None,
        seed: int | None = None,
        name: str | None = None,
    ) -> "Dataset":
        """(class, element) of elements kept by chance, so that classes come as `target_dist` says.

        `initial_dist` says how often they come now; without it they are counted on the way.
        """
        class_of = _Called(class_func, "rejection_resample", int)

        def make(items):
            rng = np.random.default_rng(random.getrandbits(64) if seed is None else abs(int(seed)))
            kept = stages.resampled(
                items, lambda v: class_of((0, v)), np.asarray(target_dist), initial_dist, rng
            )
            return ((element(np.int64(number)), value) for number, value in kept)

        return self._then(make, UNKNOWN)

    def _batched(self, size: int, drop: bool, join: Callable, axes: int) -> "Dataset":
        size = _positive("batch_size", size)
        length = (_floor if drop else _ceil)(self._length / size)
        batches = self._then(
            lambda items: map(join, stages.groups(items, size, drop)), length, 0 if drop else axes
        )
        batches._batch_size = size
        return batches

    def unbatch(self, name: str | None = None) -> "Dataset":
        """Elements (batch, ...) as single ones (...)."""

        return self._then(lambda items: itertools.chain.from_iterable(map(rows, items)), UNKNOWN, 0)

    def window(
        self,
        size: int,
        shift: int | None = None,
        stride: int = 1,
        drop_remainder: bool = False,
        name: str | None = None,
    ) -> "Dataset":
        """Data sets of `size` elements, `stride` apart; each begins `shift` after the last one."""
        size, stride = _positive("size", size), _positive("stride", stride)
        shift = size if shift is None else _positive("shift", shift)
        reach = (size - 1) * stride + 1 if drop_remainder else 1
        length = max(_floor((self._length - reach) / shift) + 1, 0)

        def parts(group):
            return map_structure(
                lambda *same: Dataset(lambda: iter(same), len(same)), group[0], *group[1:]
            )

        def make(items):
            return map(parts, stages.windows(items, size, shift, stride, drop_remainder))

        return self._then(make, length, 0)

    def flat_map(self, map_func: Callable, name: str | None = None) -> "Dataset":
        """The elements of the data sets that `map_func` makes of each element, end to end."""
        return self.interleave(map_func, cycle_length=1)

    def interleave(
        self,
        map_func: Callable,
        cycle_length: int | None = None,
        block_length: int | None = None,
        num_parallel_calls: int | None = None,
        deterministic: bool | None = None,
        name: str | None = None,
    ) -> "Dataset":
        """`block_length` elements in turn of `cycle_length` data sets that `map_func` makes."""
        cycle = _threads(AUTOTUNE if cycle_length is None else cycle_length)
        block = _positive("block_length", 1 if block_length is None else block_length)
        call = _Called(map_func, "interleave", _dataset)

        def make(items):
            inner = (call(i)._start() for i in enumerate(items))
            return stages.interleaved(inner, cycle, block)

        return self._then(make, UNKNOWN)

    # --- which, and in what order

    def shuffle(
        self,
        buffer_size: int,
        seed: int | None = None,
        reshuffle_each_iteration: bool | None = None,
        name: str | None = None,
    ) -> "Dataset":
        """Each time one of the next `buffer_size` elements, by chance.

        For one `seed` the first pass always has the same order, and so has the second; without one
        `utils.set_random_seed` decides. `reshuffle_each_iteration=False` has one order for all.
        """
        room = _positive("buffer_size", buffer_size)
        again = reshuffle_each_iteration is not False
        passes = Count()
        fixed = random.getrandbits(64) if seed is None and not again else seed

        def make(items):
            start = random.getrandbits(64) if fixed is None else abs(int(fixed))
            rng = np.random.default_rng([start, passes.next() if again else 0])
            return stages.shuffled(items, room, rng)

        shuffled = self._then(make)
        shuffled._passes = self._passes.joined(Passes([passes]))
        return shuffled

    def take(self, count: int, name: str | None = None) -> "Dataset":
        """The first `count` elements; all for -1."""
        stop = None if count < 0 else int(count)
        length = self._length if stop is None else min(self._length, stop)
        return self._then(lambda items: itertools.islice(items, stop), length)

    def skip(self, count: int, name: str | None = None) -> "Dataset":
        """All but the first `count` elements; none for -1."""
        if count < 0:
            return self.take(0)
        start = int(count)
        length = max(self._length - start, 0)
        return self._then(lambda items: itertools.islice(items, start, None), length)

    def shard(self, num_shards: int, index: int, name: str | None = None) -> "Dataset":
        """Every `num_shards`-th element, from number `index`."""
        num_shards, index = int(num_shards), int(index)
        if not 0 <= index < num_shards:
            raise ValueError(f"index is below num_shards={num_shards}; received {index}.")
        length = max(_ceil((self._length - index) / num_shards), 0)
        return self._then(lambda items: itertools.islice(items, index, None, num_shards), length)

    def take_while(self, predicate: Callable, name: str | None = None) -> "Dataset":
        """The elements before the first for which `predicate` is false."""
        return self._then(
            lambda items: itertools.takewhile(lambda v: apply(predicate, v), items), UNKNOWN
        )

    def repeat(self, count: int | None = None, name: str | None = None) -> "Dataset":
        """The elements `count` times; without end for None or -1."""
        times = math.inf if count is None or count < 0 else int(count)
        if not (self._length and times):
            return self.take(0)
        length = math.inf if times == math.inf else self._length * times
        return self._of(lambda: stages.repeated(self._start, times), length)

    def concatenate(self, dataset: "Dataset", name: str | None = None) -> "Dataset":
        """These elements and then those of another data set."""
        axes = min(self._open_axes, _dataset(dataset)._open_axes)
        both = (self, dataset)
        make = lambda: itertools.chain.from_iterable(d._start() for d in both)  # noqa: E731
        joined = Dataset(make, self._length + dataset._length, axes)
        joined._passes = self._passes.joined(dataset._passes)
        return joined

    # --- when

    def cache(self, filename: str = "", name: str | None = None) -> "Dataset":
        """Keep what a whole pass gave for the passes after it, in memory whatever `filename` is."""
        memory: list[list] = []

        def make():
            return iter(memory[0]) if memory else stages.remembered(self._start(), memory)

        return self._of(make)

    def prefetch(self, buffer_size: int = AUTOTUNE, name: str | None = None) -> "Dataset":
        """Make up to `buffer_size` elements ahead, in a thread; AUTOTUNE makes a few."""
        room = 8 if buffer_size < 0 else int(buffer_size)
        if not room:
            return self

        def make():
            items = self._start()
            pool = ThreadPoolExecutor(1, "addax-data")
            return Ahead(pool, lambda _: next(items), itertools.count(), room, items.close)

        return self._of(make)

    def snapshot(self, path: Any = "", *args: Any, **options: Any) -> "Dataset":
        """`cache`."""
        return self.cache()

    # --- the whole of it

    def save(self, path: Any, *args: Any, **options: Any) -> None:
        """Write the elements into a folder, for `Dataset.load`."""
        from addax.data import saved

        saved.write(os.fspath(path), self)

    def get_single_element(self, name: str | None = None) -> Any:
        """The only element. ValueError if there are none or several."""
        first = list(self.take(2))
        if len(first) != 1:
            raise ValueError(
                f"One element was expected; there are {'several' if first else 'none'}."
            )
        return first[0]

    def options(self) -> None:
        """None: there are no options to set."""

    def apply(self, transformation_func: Callable) -> "Dataset":
        """`transformation_func` of this data set."""
        return transformation_func(self)

    def with_options(self, options: Any, name: str | None = None) -> "Dataset":
        """This data set: TensorFlow's options for its runtime mean nothing here."""
        return self

    def cardinality(self) -> Any:
        """The number of elements, INFINITE_CARDINALITY or UNKNOWN_CARDINALITY."""
        special = {math.inf: INFINITE_CARDINALITY}
        unknown = math.isnan(self._length)
        return _number(UNKNOWN_CARDINALITY if unknown else special.get(self._length, self._length))

    def __len__(self) -> int:
        if not math.isfinite(self._length):
            endless = math.isinf(self._length)
            raise TypeError(f"The data set {'has no end' if endless else 'is of unknown length'}.")
        return int(self._length)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Any]:
        return _Converted(self._make(), lambda value: value)

    def as_numpy_iterator(self) -> Iterator[Any]:
        """The elements as NumPy's arrays, numbers and bytes."""
        return _Converted(self._make(), lambda value: map_structure(plain, value))

    @property
    def element_spec(self) -> Any:
        """Shape and dtype of each array, those of the first element where nobody said them."""
        if self._spec is not None:
            return self._spec
        for first in self.take(1):
            return map_structure(self._spec_of, first)
        raise ValueError("The data set has no element that would say its shape.")

    def _spec_of(self, array: Any) -> Any:
        if isinstance(array, (Dataset, Composite)):
            return array
        varies = [None] * min(self._open_axes, array.ndim)
        dtype = "string" if array.dtype == object else array.dtype.name
        return TensorSpec((*varies, *array.shape[len(varies) :]), dtype)

    def __repr__(self) -> str:
        count = f"{self._length:g}" if self._length == self._length else "an unknown number of"
        return f"<Dataset of {count} elements>"

    def _start(self) -> Generator:
        """A pass as a generator, which closes what it reads when it ends or is closed."""
        items = self._make()
        try:
            yield from items
        finally:
            _close(items)

    def _of(self, make: Callable[[], Iterator], length: float | None = None) -> "Dataset":
        """Another way to elements of the same kind."""
        made = Dataset(make, self._length if length is None else length, self._open_axes)
        made._passes = self._passes
        return made

    def _then(
        self,
        stage: Callable[[Iterator], Iterator],
        length: float | None = None,
        axes: int | None = None,
    ) -> "Dataset":
        """`stage` of the elements, with another length and number of open axes where given."""

        def make():
            items = self._make()
            try:
                yield from stage(items)
            finally:
                _close(items)

        made = self._of(make, length)
        made._open_axes = self._open_axes if axes is None else axes
        return made


class Count:
    """The number of passes that a shuffled data set has begun."""

    def __init__(self):
        self.value = 0

    def next(self) -> int:
        """This number, before it grows by one."""
        self.value += 1
        return self.value - 1


class Passes:
    """The counts of all shuffled data sets that one is made of: they decide about its order."""

    def __init__(self, counts: Iterable[Count] = ()):
        self.counts = list(counts)

    def joined(self, *others: "Passes") -> "Passes":
        """These counts and those of `others`."""
        return Passes([*self.counts, *(c for other in others for c in other.counts)])

    def get(self) -> list[int]:
        """The numbers, to be saved."""
        return [count.value for count in self.counts]

    def set(self, values: list[int]) -> None:
        """Go on from saved numbers."""
        for count, value in builtins.zip(self.counts, values, strict=True):
            count.value = value


class _Called:
    """A user's function of numbered elements; what it raises says in which element and method."""

    def __init__(self, function: Callable, method: str, convert: Callable = elements):
        if not callable(function):
            raise TypeError(f"Dataset.{method} takes a function; received {function!r}.")
        self.function, self.method, self.convert = function, method, convert

    def __call__(self, numbered: tuple[int, Any]) -> Any:
        number, value = numbered
        try:
            with pipeline():
                result = apply(self.function, value)
            return self.convert(tuple(result) if isinstance(result, list) else result)
        except Exception as error:
            error.add_note(f"This is from the function of Dataset.{self.method}, element {number}.")
            if isinstance(error, StopIteration):  # which would end the data as if all were well
                raise RuntimeError(f"Dataset.{self.method}: StopIteration") from error
            raise


class _Converted(Iterator):
    """A pass whose elements go through a function; it can tell what the pass can tell."""

    def __init__(self, items: Iterator, convert: Callable):
        self.items, self.convert = items, convert

    def __next__(self) -> Any:
        return self.convert(next(self.items))

    def is_ready(self) -> bool:
        """Whether the next element is there already."""
        return getattr(self.items, "is_ready", bool)()

    def close(self) -> None:
        """End the pass."""
        _close(self.items)


def _close(items: Any) -> None:
    getattr(items, "close", bool)()


def _dataset(value: Any) -> Dataset:
    if isinstance(value, Dataset):
        return value
    raise TypeError(f"A Dataset was expected; {type(value).__name__} came.")


def _positive(name: str, value: Any) -> int:
    if int(value) < 1:
        raise ValueError(f"{name} is a positive number; received {value}.")
    return int(value)


def _threads(count: int) -> int:
    return os.cpu_count() or 1 if count == AUTOTUNE else _positive("The number of calls", count)


def _floor(x: float) -> float:
    return math.floor(x) if math.isfinite(x) else x


def _ceil(x: float) -> float:
    return math.ceil(x) if math.isfinite(x) else x


def _number(value: Any) -> Any:
    return element(np.int64(value))


def _specs(types: Any, shapes: Any) -> Any:
    """A TensorSpec for each dtype."""
    if isinstance(types, (dict, tuple)):
        keys = types if isinstance(types, dict) else builtins.range(len(types))
        specs = {k: _specs(types[k], None if shapes is None else shapes[k]) for k in keys}
        return specs if isinstance(types, dict) else tuple(specs.values())
    return TensorSpec(None if shapes is None else tuple(shapes), types)


def _typed(value: Any, spec: Any) -> Any:
    """What a generator yielded, as arrays in the dtypes and shapes that were promised."""
    if isinstance(spec, dict):
        return {k: _typed(value[k], s) for k, s in spec.items()}
    if isinstance(spec, tuple) and not isinstance(spec, TensorSpec):
        return tuple(_typed(v, s) for v, s in builtins.zip(value, spec, strict=True))
    if spec is None:
        return elements(value)
    array = element(value if str(spec.dtype) == "string" else np.asarray(value, spec.dtype))
    if spec.shape is not None:
        array.set_shape(spec.shape)
    return array
