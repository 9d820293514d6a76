"""`tf` itself, where it is more than a line: variables, modules, control, gathering, scattering."""

import contextlib
import functools
import itertools
import operator
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

import addax
from addax.compat.placed import is_text, library, mathematical, ops
from addax.core.scope import to_snake_case
from addax.core.symbol import is_traced
from addax.core.tracking import Trackable, Tracking
from addax.data.elements import Composite, element, in_pipeline, plain
from addax.data.ragged import RaggedTensor as RaggedTensor
from addax.data.sparse import SparseTensor as SparseTensor

# --- variables and modules ------------------------------------------------------------------------


class _VariableType(type):
    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, addax.Variable)


class Variable(addax.Variable, metaclass=_VariableType):
    """A Variable of Addax under TensorFlow's arguments; every Variable is an instance.

    A callable gives the value when called. Texts are not held.
    """

    def __init__(
        self,
        initial_value: Any = None,
        trainable: bool | None = None,
        validate_shape: bool = True,
        caching_device: Any = None,
        name: str | None = None,
        variable_def: Any = None,
        dtype: Any = None,
        import_scope: Any = None,
        constraint: Any = None,
        synchronization: Any = "auto",
        aggregation: Any = None,
        shape: Any = None,
        **ignored: Any,
    ):
        value = initial_value() if callable(initial_value) else initial_value
        if is_text(value):
            raise TypeError("A Variable holds numbers; texts are data, in tf.constant.")
        name = None if name is None else str(name).partition(":")[0].replace("/", "_")
        trains = trainable is not False
        value = addax.ops.convert_to_tensor(value, dtype=dtype)
        super().__init__(value, trainable=trains, autocast=False, name=name or None)
        if constraint is not None:
            self.constraint = constraint

    def assign(
        self, value: Any, use_locking: Any = None, name: Any = None, read_value: bool = True
    ):
        """Replace the value."""
        return super().assign(value)

    def assign_add(self, delta: Any, *args: Any, **options: Any):
        """Add to the value."""
        return super().assign_add(delta)

    def assign_sub(self, delta: Any, *args: Any, **options: Any):
        """Subtract from the value."""
        return super().assign_sub(delta)

    def read_value(self) -> Any:
        """The value."""
        return self.value

    def get_shape(self) -> tuple:
        """`shape`."""
        return self.shape

    def scatter_nd_update(self, indices: Any, updates: Any, name: Any = None):
        """Replace the values at places."""
        return self.assign(tensor_scatter_nd_update(self.value, indices, updates))

    def scatter_nd_add(self, indices: Any, updates: Any, name: Any = None):
        """Add to the values at places."""
        return self.assign(tensor_scatter_nd_add(self.value, indices, updates))


class Module(Tracking, Trackable):
    """Something that has Variables, modules and layers as attributes, also in lists."""

    def __init__(self, name: str | None = None):
        self._name = name or to_snake_case(type(self).__name__)

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @property
    def name_scope(self) -> Any:
        """A context that does nothing."""
        return contextlib.nullcontext()

    @classmethod
    def with_name_scope(cls, method: Callable) -> Callable:
        """The method itself."""
        return method

    @property
    def submodules(self) -> tuple:
        """The modules and layers in it, and in those."""
        found: list = []
        for child in self.tracked(Trackable):
            if not isinstance(child, addax.Variable):
                found += [child, *getattr(child, "submodules", ())]
        return tuple({id(m): m for m in found}.values())

    @property
    def variables(self) -> tuple:
        """All Variables in it, and in its modules and layers."""
        found: list = []
        for child in self.tracked(Trackable):
            found += [child] if isinstance(child, addax.Variable) else _variables_of(child)
        return tuple({id(v): v for v in found}.values())

    @property
    def trainable_variables(self) -> tuple:
        """Those that are trained."""
        return tuple(v for v in self.variables if v.trainable)

    @property
    def non_trainable_variables(self) -> tuple:
        """Those that are not trained."""
        return tuple(v for v in self.variables if not v.trainable)


def _variables_of(child: Any) -> list:
    return list(getattr(child, "variables", ()) or ())


STATEFUL = (Trackable, addax.Optimizer, list, tuple, dict)


def mirrored(thing: Any) -> Any:
    """A layer with the same parts, which files of weights can hold, in place of each module."""
    if isinstance(thing, dict):
        return {key: mirrored(value) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [mirrored(value) for value in thing]
    if not isinstance(thing, (Module, addax.Variable)):
        return thing
    holder = addax.Layer(name="module")
    if isinstance(thing, addax.Variable):
        holder.value = thing  # under a name of its own, not by its place among others
    for name, value in vars(thing).items() if isinstance(thing, Module) else ():
        if name not in Tracking.untracked and isinstance(value, STATEFUL):
            # Files go by the first way to an object, in alphabetical order: not by a model that
            # was compiled with it.
            kind = "at" if isinstance(value, addax.Optimizer) else "of"
            setattr(holder, f"{kind}_{name}", mirrored(value))
    holder.built = True
    return holder


class TensorShape(tuple):
    """A shape: a tuple, None where a size is not known."""

    def __new__(cls, dims: Any = ()):
        return super().__new__(cls, () if dims is None else dims)

    rank = ndims = property(len)
    dims = property(list)

    def as_list(self) -> list:
        """The sizes."""
        return list(self)

    def num_elements(self) -> int | None:
        """The product of the sizes, None if one is not known."""
        return None if None in self else int(np.prod(self, dtype=int))

    def is_fully_defined(self) -> bool:
        """Whether all sizes are known."""
        return None not in self


class Shape(TensorShape):
    """The sizes that `tf.shape` gives: known whole numbers, which add up and multiply as a tensor.

    It is no array, for a shape in compiled code must be known.
    """

    def numpy(self) -> np.ndarray:
        """The sizes as an array."""
        return np.array(self, "int32")

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key if isinstance(key, slice) else int(key))
        return Shape(found) if isinstance(key, slice) else found


def _arithmetic(name: str, reflected: bool) -> Callable:
    function = getattr(operator, f"__{name}__")

    def computed(self: Shape, other: Any) -> Any:
        mine = self.numpy()
        found = function(np.asarray(other), mine) if reflected else function(mine, other)
        return Shape(found.tolist()) if found.ndim == 1 and found.dtype.kind == "i" else found

    return computed


for _name in "add sub mul floordiv truediv mod".split():
    setattr(Shape, f"__{_name}__", _arithmetic(_name, False))
    setattr(Shape, f"__r{_name}__", _arithmetic(_name, True))


class TensorArray:
    """A list of tensors that `stack` makes one. Each `write` gives the list back."""

    def __init__(self, dtype: Any = None, size: Any = None, *args: Any, **options: Any):
        self.dtype, self._values = dtype, [None] * int(size or 0)

    def write(self, index: Any, value: Any, name: Any = None) -> "TensorArray":
        """Put a value at a place, which is a number known now."""
        index = int(index)
        self._values += [None] * (index + 1 - len(self._values))
        self._values[index] = value
        return self

    def read(self, index: Any, name: Any = None) -> Any:
        """The value at a place."""
        return self._values[int(index)]

    def unstack(self, value: Any, name: Any = None) -> "TensorArray":
        """Take the rows of a tensor."""
        self._values = list(value)
        return self

    def stack(self, name: Any = None) -> Any:
        """All values as one tensor; zeros where none was written."""
        given = next(v for v in self._values if v is not None)
        return ops.stack([ops.zeros_like(given) if v is None else v for v in self._values])

    def concat(self, name: Any = None) -> Any:
        """All values end to end."""
        return ops.concatenate(self._values)

    def gather(self, indices: Any, name: Any = None) -> Any:
        """The values at places."""
        return ops.stack([self._values[int(i)] for i in indices])

    def size(self, name: Any = None) -> int:
        """How many there are."""
        return len(self._values)

    def mark_used(self) -> None:
        """Nothing."""


# --- Python in between ----------------------------------------------------------------------------


def numpy_function(
    func: Callable, inp: Sequence[Any], Tout: Any, stateful: bool = True, name: Any = None
) -> Any:
    """`func` of NumPy's arrays; what it gives as the types `Tout`."""
    found = func(*[_as_numpy(x) for x in inp])
    return _typed(found, Tout)


def py_function(func: Callable, inp: Sequence[Any], Tout: Any, name: Any = None) -> Any:
    """`func` of the tensors; what it gives as the types `Tout`."""
    return _typed(func(*[element(x) if is_text(x) else x for x in inp]), Tout)


def _as_numpy(x: Any) -> Any:
    return plain(element(x)) if is_text(x) or isinstance(x, Composite) else np.asarray(x)


def _typed(found: Any, kinds: Any) -> Any:
    if isinstance(kinds, (list, tuple)):
        several = found if isinstance(found, (list, tuple)) else [found]
        return [_typed(f, k) for f, k in zip(several, kinds, strict=True)]
    if kinds is None:
        return None
    if str(kinds) == "string" or is_text(found):
        return element(found)
    return element(np.asarray(found).astype(addax.backend.standardize_dtype(kinds)))


def print(
    *inputs: Any, output_stream: Any = None, sep: str = " ", end: str = "\n", **options: Any
) -> None:
    """Print tensors, to standard error unless `output_stream` says otherwise; in programs too."""
    if any(is_traced(x) for x in inputs):
        import jax

        jax.debug.print(sep.join("{}" for _ in inputs), *inputs)
        return
    text = sep.join(map(_shown, inputs)) + end
    if isinstance(output_stream, str):
        with open(output_stream.removeprefix("file://"), "a", encoding="utf-8") as file:
            file.write(text)
    else:
        (sys.stderr if output_stream is None else output_stream).write(text)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_shown, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k!r}: {_shown(v)}" for k, v in value.items()) + "}"
    if not hasattr(value, "dtype") or isinstance(value, Composite):
        return str(value)
    array = plain(element(np.asarray(value)))
    return array.decode() if isinstance(array, bytes) else str(array)


def Assert(condition: Any, data: Sequence[Any], summarize: Any = None, name: Any = None) -> None:
    """ValueError with the data where the condition is false."""
    if not bool(np.all(np.asarray(condition))):
        raise ValueError(f"The condition does not hold: {_shown(list(data))}")


def group(*inputs: Any, **options: Any) -> None:
    """Nothing: what is given has been computed."""


def no_op(name: Any = None) -> None:
    """Nothing."""


def _context(*args: Any, **options: Any) -> Any:
    return contextlib.nullcontext()


def control_dependencies(control_inputs: Any) -> Any:
    """A context that does nothing: what is given has been computed."""
    return _context()


def init_scope() -> Any:
    """A context that does nothing."""
    return _context()


def timestamp(name: Any = None) -> Any:
    """Seconds since 1970."""
    import time

    return element(np.float64(time.time()))


# --- control --------------------------------------------------------------------------------------


def while_loop(
    cond: Callable, body: Callable, loop_vars: Any, *args: Any, maximum_iterations: Any = None,
    **options: Any,
) -> Any:  # fmt: skip
    """`body` of the variables again and again while `cond` of them is true."""
    if in_pipeline():
        values, turns = loop_vars, itertools.count()
        most = None if maximum_iterations is None else int(maximum_iterations)
        while bool(cond(*values)) and (most is None or next(turns) < most):
            values = body(*values)
        return values

    def step(*values: Any) -> Any:
        found = body(*values)
        return tuple(found) if isinstance(found, (list, tuple)) else (found,)

    start = tuple(ops.convert_to_tensor(v) for v in loop_vars)
    found = addax.ops.while_loop(cond, step, start, maximum_iterations)
    return list(found) if isinstance(loop_vars, list) else found


def map_fn(
    fn: Callable, elems: Any, dtype: Any = None, *args: Any, fn_output_signature: Any = None,
    **options: Any,
) -> Any:  # fmt: skip
    """`fn` of each row, together as one; texts and ragged rows in Python."""
    first = addax.tree.flatten(elems)[0]
    if not (in_pipeline() or is_text(first) or isinstance(first, (Composite, np.ndarray))):
        return addax.ops.map(fn, elems)
    if isinstance(elems, (list, tuple)):
        found = [fn(type(elems)(row)) for row in zip(*elems, strict=True)]
    else:
        found = [fn(row) for row in elems]
    return addax.tree.map_structure(lambda *rows: _stacked(rows), *found)


def _stacked(rows: Sequence[Any]) -> Any:
    if any(isinstance(r, Composite) for r in rows) or len({np.shape(r) for r in rows}) > 1:
        return RaggedTensor.from_rows(rows)
    return element(np.stack([np.asarray(r) for r in rows])) if in_pipeline() else ops.stack(rows)


def scan(fn: Callable, elems: Any, initializer: Any = None, *args: Any, **options: Any) -> Any:
    """All states of `state = fn(state, row)`; it begins with the first row if nothing else."""
    rows = list(_rows(elems))
    states = [rows.pop(0)] if initializer is None else []
    state = states[0] if states else initializer
    for row in rows:
        state = fn(state, row)
        states.append(state)
    return addax.tree.map_structure(lambda *s: ops.stack(s), *states)


def foldl(fn: Callable, elems: Any, initializer: Any = None, *args: Any, **options: Any) -> Any:
    """The last state of `state = fn(state, row)`."""
    rows = list(_rows(elems))
    state = rows.pop(0) if initializer is None else initializer
    return functools.reduce(fn, rows, state)


def foldr(fn: Callable, elems: Any, initializer: Any = None, *args: Any, **options: Any) -> Any:
    """`foldl` from the last row to the first."""
    rows = list(_rows(elems))[::-1]
    state = rows.pop(0) if initializer is None else initializer
    return functools.reduce(fn, rows, state)


def _rows(elems: Any) -> Iterator[Any]:
    if isinstance(elems, (list, tuple)):
        return zip(*elems, strict=True)
    return (elems[i] for i in range_(len(elems)))


range_ = range  # tf.range is a row of the table


def switch_case(
    branch_index: Any, branch_fns: Any, default: Callable | None = None, name: Any = None
) -> Any:
    """What the function of that number gives; the last, or `default`, for others."""
    numbered = isinstance(branch_fns, dict) or not callable(branch_fns[0])
    branches = dict(branch_fns if numbered else enumerate(branch_fns))
    listed = [branches[i] for i in sorted(branches)]
    if not is_traced(branch_index):
        return branches.get(int(branch_index), default or listed[-1])()
    last = len(listed)
    listed = [*listed, default or listed[-1]]
    index = ops.where((branch_index >= 0) & (branch_index < last), branch_index, last)
    return addax.ops.switch(index, listed)


def case(pred_fn_pairs: Any, default: Callable | None = None, *args: Any, **options: Any) -> Any:
    """What the function of the first true condition gives."""
    pairs = pred_fn_pairs.items() if isinstance(pred_fn_pairs, dict) else pred_fn_pairs
    pairs = list(pairs)
    if default is None:
        *pairs, (_, default) = pairs
    found: Any = default
    for condition, function in reversed(pairs):
        found = functools.partial(addax.ops.cond, condition, function, found)
    return found()


# --- taking and putting ---------------------------------------------------------------------------


def gather(
    params: Any,
    indices: Any,
    validate_indices: Any = None,
    axis: Any = None,
    batch_dims: int = 0,
    name: Any = None,
) -> Any:
    """The rows of `params` at `indices`, along `axis`; the first `batch_dims` axes go together."""
    if isinstance(params, RaggedTensor):
        return RaggedTensor.from_rows([params[int(i)] for i in np.ravel(np.asarray(indices))])
    if isinstance(indices, RaggedTensor):
        return indices.with_flat_values(np.asarray(gather(params, indices.flat_values, axis=axis)))
    count = int(batch_dims) % max(len(np.shape(indices)), 1) if batch_dims else 0
    axis = count if axis is None else int(axis)
    if not count:
        return ops.take(params, indices, axis=axis)
    return _gather_together(params, indices, axis, count)


@mathematical
def _gather_together(params: Any, indices: Any, axis: int, count: int) -> Any:
    xp = library()
    params, indices = xp.asarray(params), xp.asarray(indices)
    axis = axis % params.ndim
    moved = xp.moveaxis(params, axis, count)
    own = [
        np.arange(n).reshape([-1 if i == k else 1 for i in range_(indices.ndim)])
        for k, n in enumerate(indices.shape[:count])
    ]
    found = moved[(*own, indices)]
    return xp.moveaxis(
        found, list(range_(count, indices.ndim)), list(range_(axis, axis + indices.ndim - count))
    )


@mathematical
def gather_nd(params: Any, indices: Any, batch_dims: int = 0) -> Any:
    """What stands at places: indices (..., k) of the first k axes."""
    xp = library()
    params, indices = xp.asarray(params), xp.asarray(indices)
    if not batch_dims:
        return params[tuple(xp.moveaxis(indices, -1, 0))]
    own = np.arange(params.shape[0]).reshape((-1,) + (1,) * (indices.ndim - 2))
    if batch_dims > 1:
        raise ValueError(f"batch_dims is 0 or 1; received {batch_dims}.")
    return params[(own, *xp.moveaxis(indices, -1, 0))]


def scatter_nd(indices: Any, updates: Any, shape: Any, name: Any = None) -> Any:
    """Zeros of a shape, to which values are added at places (..., k)."""
    sizes = [int(n) for n in np.asarray(shape)]
    updates = ops.convert_to_tensor(updates)
    return tensor_scatter_nd_add(ops.zeros(sizes, updates.dtype), indices, updates)


def _scatter(how: str) -> Callable:
    def scattered(tensor: Any, indices: Any, updates: Any, name: Any = None) -> Any:
        return _scattered(tensor, indices, updates, how)

    scattered.__name__ = f"tensor_scatter_nd_{'update' if how == 'set' else how}"
    scattered.__doc__ = f"The tensor with values put in at places (..., k): {how}."
    return scattered


@mathematical
def _scattered(tensor: Any, indices: Any, updates: Any, how: str) -> Any:
    xp = library()
    places = tuple(xp.moveaxis(xp.asarray(indices), -1, 0))
    if xp is np:
        found = np.array(tensor)
        if how == "set":
            found[places] = updates
        else:
            _UFUNCS[how].at(found, places, updates)
        return found
    return getattr(xp.asarray(tensor).at[places], how)(updates)


_UFUNCS = {"add": np.add, "sub": np.subtract, "max": np.maximum, "min": np.minimum}
tensor_scatter_nd_update = _scatter("set")
tensor_scatter_nd_add = _scatter("add")
tensor_scatter_nd_max = _scatter("max")
tensor_scatter_nd_min = _scatter("min")


def tensor_scatter_nd_sub(tensor: Any, indices: Any, updates: Any, name: Any = None) -> Any:
    """The tensor with values subtracted at places (..., k)."""
    return tensor_scatter_nd_add(tensor, indices, -ops.convert_to_tensor(updates))


def where(condition: Any, x: Any = None, y: Any = None, name: Any = None) -> Any:
    """`x` where the condition is true, `y` elsewhere; without both the places, (n, rank)."""
    if (x is None) != (y is None):
        raise ValueError("tf.where takes x and y, or neither.")
    if x is not None:
        return ops.where(condition, x, y)
    return ops.convert_to_tensor(np.argwhere(np.asarray(condition)))


def boolean_mask(tensor: Any, mask: Any, axis: Any = 0, name: Any = None) -> Any:
    """The entries where the mask is true; it stands for as many axes as it has, from `axis`."""
    mask = np.asarray(mask).astype(bool)
    first, tensor = int(axis or 0), ops.convert_to_tensor(tensor)
    shape = tuple(tensor.shape)
    merged = (*shape[:first], -1, *shape[first + mask.ndim :])
    flat = tensor if mask.ndim == 1 else ops.reshape(tensor, merged)
    return ops.take(flat, np.flatnonzero(mask), axis=first)


@mathematical
def sequence_mask(lengths: Any, maxlen: Any = None, dtype: Any = "bool") -> Any:
    """(..., maxlen): true at the first `lengths` places."""
    xp = library()
    lengths = xp.asarray(lengths)
    size = int(np.max(np.asarray(lengths))) if maxlen is None else int(maxlen)
    return (xp.arange(size) < lengths[..., None]).astype(addax.backend.standardize_dtype(dtype))


@mathematical
def reverse_sequence(
    input: Any, seq_lengths: Any, seq_axis: int | None = None, batch_axis: int | None = None
) -> Any:
    """The first `seq_lengths` entries of each sequence in reverse."""
    xp = library()
    steps, batch = int(seq_axis or 0), int(batch_axis or 0)
    x = xp.moveaxis(xp.asarray(input), (batch, steps), (0, 1))
    lengths, time = xp.asarray(seq_lengths)[:, None], np.arange(x.shape[1])
    places = xp.where(time < lengths, lengths - 1 - time, time)
    found = x[np.arange(x.shape[0])[:, None], places]
    return xp.moveaxis(found, (0, 1), (batch, steps))


def unique(x: Any, out_idx: Any = "int32", name: Any = None) -> tuple:
    """(the values in the order in which they come first, the number of each entry's value)."""
    return unique_with_counts(x, out_idx)[:2]


def unique_with_counts(x: Any, out_idx: Any = "int32", name: Any = None) -> tuple:
    """As `unique`, and how often each comes."""
    given = element(np.asarray(x)).view(np.ndarray)
    values, first, inverse, counts = np.unique(given, True, True, True)
    order = np.argsort(first)
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    found = values[order], number[inverse.ravel()].astype(out_idx), counts[order].astype(out_idx)
    return tuple(element(f) for f in found)


def dynamic_partition(data: Any, partitions: Any, num_partitions: int, name: Any = None) -> list:
    """The entries by the number of their part."""
    return [boolean_mask(data, np.asarray(partitions) == i) for i in range_(int(num_partitions))]


def dynamic_stitch(indices: Any, data: Any, name: Any = None) -> Any:
    """The inverse of `dynamic_partition`: entries at their places."""
    places = np.concatenate([np.ravel(np.asarray(i)) for i in indices])
    rows = [np.asarray(d).reshape(np.size(i), -1) for i, d in zip(indices, data, strict=True)]
    inner = np.shape(data[0])[len(np.shape(indices[0])) :]
    found = np.zeros((int(places.max()) + 1, rows[0].shape[1]), rows[0].dtype)
    found[places] = np.concatenate(rows)
    return ops.convert_to_tensor(found.reshape(-1, *inner))


@mathematical
def strided_slice(input_: Any, begin: Any, end: Any, strides: Any = None, **options: Any) -> Any:
    """`input_[begin[0]:end[0]:strides[0], ...]`."""
    steps = [1] * len(begin) if strides is None else strides
    parts = zip(begin, end, steps, strict=True)
    return input_[tuple(slice(int(a), int(b), int(s)) for a, b, s in parts)]


# --- numbers --------------------------------------------------------------------------------------


@mathematical
def complex(real: Any, imag: Any) -> Any:
    """`real + i imag`."""
    xp = library()
    return xp.asarray(real) + 1j * xp.asarray(imag)


@mathematical
def clip_by_norm(t: Any, clip_norm: Any, axes: Any = None) -> Any:
    """The tensor, scaled down to a norm of at most `clip_norm`."""
    xp = library()
    t = xp.asarray(t)
    axes = tuple(axes) if isinstance(axes, list) else axes
    norm = xp.sqrt(xp.sum(t * t, axes, keepdims=True))
    return t * clip_norm / xp.maximum(norm, clip_norm)


@mathematical
def clip_by_global_norm(t_list: Any, clip_norm: Any, use_norm: Any = None) -> tuple:
    """The tensors, scaled down together to a norm of at most `clip_norm`, and the norm."""
    xp = library()
    given = [t for t in t_list if t is not None]
    norm = xp.sqrt(sum(xp.sum(xp.square(xp.asarray(t))) for t in given))
    norm = norm if use_norm is None else use_norm
    scale = clip_norm / xp.maximum(norm, clip_norm)
    return [None if t is None else t * scale for t in t_list], norm


def ensure_shape(x: Any, shape: Any, name: Any = None) -> Any:
    """The tensor. ValueError if its shape is another; None stands for any size."""
    if shape is None:
        return x
    fits = len(x.shape) == len(shape) and all(
        None in (a, b) or a == b for a, b in zip(x.shape, shape, strict=True)
    )
    if not fits:
        raise ValueError(f"A tensor has the shape {tuple(x.shape)}; {tuple(shape)} was expected.")
    return x


def broadcast_static_shape(shape_x: Any, shape_y: Any) -> TensorShape:
    """The shape of the sum of tensors of two shapes."""
    return TensorShape(np.broadcast_shapes(tuple(shape_x), tuple(shape_y)))


def bitcast(input: Any, type: Any, name: Any = None) -> Any:
    """The same bits as another type."""
    return addax.ops.view(input, type)


def histogram_fixed_width(
    values: Any, value_range: Any, nbins: int = 100, dtype: Any = "int32", name: Any = None
) -> Any:
    """How many values are in each of `nbins` parts of a range; the outer parts take the rest."""
    low, high = (float(v) for v in np.asarray(value_range))
    flat = np.asarray(values).ravel()
    places = np.floor((flat - low) / (high - low) * nbins).astype(int).clip(0, nbins - 1)
    return ops.convert_to_tensor(np.bincount(places, minlength=nbins).astype(dtype))


def edit_distance(
    hypothesis: Any, truth: Any, normalize: bool = True, name: str = "edit_distance"
) -> Any:
    """Insertions, deletions and replacements from each row to the true one, by its length."""

    def rows(sparse: SparseTensor) -> dict:
        found: dict = {}
        pairs = zip(sparse.indices.tolist(), sparse.values.tolist(), strict=True)
        for place, value in pairs:
            found.setdefault(tuple(place[:-1]), []).append(value)
        return found

    given, wanted = rows(hypothesis), rows(truth)
    shape = tuple(np.maximum(hypothesis.shape, truth.shape)[:-1].tolist())
    distances = np.zeros(shape, "float32")
    for place in np.ndindex(*shape):
        a, b = given.get(place, []), wanted.get(place, [])
        count = _edits(a, b)
        if normalize:
            distances[place] = count / len(b) if b else (np.inf if a else 0)
        else:
            distances[place] = count
    return element(distances)


def _edits(a: list, b: list) -> int:
    row = list(range_(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
    return row[-1]


def sort(values: Any, axis: int = -1, direction: str = "ASCENDING", name: Any = None) -> Any:
    """The values in order; direction="DESCENDING" puts the largest first."""
    found = ops.sort(values, axis=axis)
    return ops.flip(found, axis=axis) if direction == "DESCENDING" else found


def argsort(
    values: Any,
    axis: int = -1,
    direction: str = "ASCENDING",
    stable: bool = False,
    name: Any = None,
) -> Any:
    """The places of the values in order."""
    values = ops.convert_to_tensor(values)
    return ops.argsort(-values if direction == "DESCENDING" else values, axis=axis)


def one_hot(
    indices: Any,
    depth: Any,
    on_value: Any = None,
    off_value: Any = None,
    axis: int | None = None,
    dtype: Any = None,
    name: Any = None,
) -> Any:
    """One more axis of `depth` places: `on_value` at the index, `off_value` elsewhere."""
    hot = ops.one_hot(indices, int(depth), -1 if axis is None else axis, dtype or "float32")
    if on_value is None and off_value is None:
        return hot
    on, off = 1 if on_value is None else on_value, 0 if off_value is None else off_value
    return ops.where(hot == 1, ops.cast(on, hot.dtype), ops.cast(off, hot.dtype))


def eye(
    num_rows: int, num_columns: int | None = None, batch_shape: Any = None,
    dtype: Any = "float32", name: Any = None,
) -> Any:  # fmt: skip
    """The identity matrix, as often as `batch_shape` says."""
    matrix = ops.eye(num_rows, num_columns, dtype=dtype)
    return matrix if batch_shape is None else ops.broadcast_to(
        matrix, (*[int(n) for n in batch_shape], *matrix.shape)
    )  # fmt: skip


def stack(values: Any, axis: int = 0, name: Any = None) -> Any:
    """Tensors of one shape as one; ragged ones too."""
    if any(isinstance(v, RaggedTensor) for v in values):
        return RaggedTensor.from_rows(values)
    return ops.stack(values, axis=axis)


def concat(values: Any, axis: int = 0, name: Any = None) -> Any:
    """Tensors end to end along an axis; ragged ones too."""
    if not isinstance(values, (list, tuple)):
        return values
    if any(isinstance(v, Shape) for v in values):
        return Shape([int(n) for v in values for n in v])
    if not any(isinstance(v, RaggedTensor) for v in values):
        return ops.concatenate(values, axis=axis)
    if axis == 0:
        return RaggedTensor.from_rows([row for v in values for row in v])
    rows = [[r[i] for r in values] for i in range_(len(values[0]))]
    return RaggedTensor.from_rows([element(np.concatenate(row)) for row in rows])


def shape(input: Any, out_type: Any = None, name: Any = None) -> Any:
    """The shape."""
    if isinstance(input, RaggedTensor):
        return input.bounding_shape()
    return Shape(getattr(input, "shape", None) or np.shape(input))


class Count(int):
    """A known whole number that also answers as a tensor."""

    dtype = "int32"

    def numpy(self) -> np.int32:
        """The number as NumPy has it."""
        return np.int32(self)


def size(input: Any, out_type: Any = None, name: Any = None) -> Any:
    """The number of entries."""
    if isinstance(input, RaggedTensor):
        return Count(input.flat_values.size)
    return Count(ops.size(input))


def rank(input: Any, name: Any = None) -> Any:
    """The number of axes."""
    return Count(ops.ndim(input))


def reduce_sum(
    input_tensor: Any, axis: Any = None, keepdims: bool = False, name: Any = None
) -> Any:
    """The sum, along axes; of ragged rows along their axis too."""
    if isinstance(input_tensor, RaggedTensor):
        return _of_rows(input_tensor, axis, np.sum)
    return ops.sum(input_tensor, axis, keepdims)


def reduce_mean(
    input_tensor: Any, axis: Any = None, keepdims: bool = False, name: Any = None
) -> Any:
    """The mean, along axes; of ragged rows along their axis too."""
    if isinstance(input_tensor, RaggedTensor):
        return _of_rows(input_tensor, axis, np.mean)
    return ops.mean(input_tensor, axis, keepdims)


def reduce_max(
    input_tensor: Any, axis: Any = None, keepdims: bool = False, name: Any = None
) -> Any:
    """The largest, along axes; of ragged rows along their axis too."""
    if isinstance(input_tensor, RaggedTensor):
        return _of_rows(input_tensor, axis, np.max)
    return ops.max(input_tensor, axis, keepdims)


def _of_rows(ragged: RaggedTensor, axis: Any, function: Callable) -> Any:
    if axis is None:
        return element(function(ragged.flat_values.view(np.ndarray)))
    if axis not in (1, -1) or ragged.ragged_rank > 1:
        raise ValueError(f"Ragged rows are reduced along axis 1 or None; received {axis}.")
    return element(np.stack([function(np.asarray(row), 0) for row in ragged]))
