"""`Variable`: a named array that layers own and training replaces."""

import math
import operator
from typing import TYPE_CHECKING, Any, cast

import jax
import jax.numpy as jnp
import numpy as np
from jax.core import Tracer

from addax.core import dtypes
from addax.core.names import resolve
from addax.core.placement import current, place_new
from addax.core.scope import (
    AutocastScope,
    StatelessScope,
    SymbolicScope,
    VariableBudget,
    auto_name,
    current_path,
)
from addax.core.tracking import Trackable
from addax.runtime import start

readers: list = []  # functions of a variable and its value, called when it is read: tapes
AGGREGATIONS = (None, "none", "mean", "sum", "only_first_replica")


def standardize_shape(shape: Any) -> tuple:
    """`shape` as a tuple of Python ints and Nones."""
    if isinstance(shape, (int, np.integer)):
        shape = (shape,)
    if shape is None or isinstance(shape, (str, bytes)):
        raise ValueError(f"A shape is a tuple of integers or None; received {shape!r}.")
    for d in shape:
        if d is not None and (not isinstance(d, (int, np.integer)) or d < 0):
            raise ValueError(f"A shape is a tuple of integers >= 0 or None; received {shape!r}.")
    return tuple(None if d is None else int(d) for d in shape)


def _is_function(value: Any) -> bool:
    return value is None or callable(value)


def _checked(name: str, accepts: Any, error: type[Exception]) -> Any:
    """An attribute that is checked when it is set."""
    kind = "a function of an array, or None" if accepts is _is_function else "True or False"

    def write(self, value):
        if not accepts(value):
            raise error(f"{name} is {kind}; received {value!r}.")
        self.__dict__[f"_{name}"] = value

    return property(lambda self: self.__dict__[f"_{name}"], write)


class Variable(Trackable):
    """An array with a name, a shape and a dtype that stay, and a value that changes.

    `initializer`: an array, or a callable `(shape, dtype=...)`. A seeded initializer of the
    package runs when the value is first read, so that loading a file costs no random numbers.
    Inside a `StatelessScope` reading and assigning go to the scope.
    Raises ValueError for a value of another shape.
    """

    def __init__(
        self,
        initializer: Any,
        shape: Any = None,
        dtype: Any = None,
        trainable: bool = True,
        autocast: bool = True,
        aggregation: str | None = "none",
        synchronization: str | None = "auto",
        name: str | None = None,
        **kwargs: Any,
    ):
        if kwargs:
            raise TypeError(f"Variable takes no arguments named {', '.join(kwargs)}.")
        if name is not None and (not isinstance(name, str) or "/" in name):
            raise ValueError(f"A variable's name is a string without '/'; received {name!r}.")
        if aggregation not in AGGREGATIONS:
            raise ValueError(f"aggregation is one of {AGGREGATIONS}; received {aggregation!r}.")
        start()
        self.name = name or auto_name(type(self).__name__)
        self.path = f"{current_path()}/{self.name}".lstrip("/")
        self.trainable = bool(trainable)
        self.autocast = bool(autocast)
        self.aggregation = aggregation
        self.synchronization = synchronization
        self.regularizer = None
        self.constraint = None
        self.overwrite_with_gradient = False
        self.born_trainable = self.trainable
        self.reference: Variable | None = None  # the weight that an optimizer keeps this for
        self._value: Any = None
        self._zeros: Any = None
        self._initializer: Any = None
        self._start(resolve("initializer", initializer), shape, dtype)

    def _start(self, initializer, shape, dtype):
        if not callable(initializer):
            with jax.ensure_compile_time_eval():  # a layer may be built while it is traced
                value = own_array(initializer, dtype and dtypes.standardize_dtype(dtype))
            self._shape, self._dtype = tuple(value.shape), value.dtype.name
            if shape is not None and standardize_shape(shape) != self._shape:
                raise ValueError(
                    f"Variable {self.path!r} has shape {shape}, its value {self._shape}."
                )
            self._value = place_new(self, value)
            return
        if shape is None:
            raise ValueError(f"Variable {self.path!r} needs a shape beside its initializer.")
        self._shape = standardize_shape(shape)
        if None in self._shape:
            raise ValueError(f"Variable {self.path!r} needs a known shape; received {shape}.")
        self._dtype = dtypes.standardize_dtype(dtype)
        budget = VariableBudget.current()
        if budget is not None:
            itemsize = dtypes.jax_dtype(self._dtype).itemsize
            budget.spend(self.path, self._shape, math.prod(self._shape) * itemsize)
        self._initializer = initializer
        if not getattr(initializer, "deferrable", False) and SymbolicScope.current() is None:
            self._initialize()

    def _initialize(self):
        with jax.ensure_compile_time_eval():
            value = self._initializer(self._shape, dtype=self._dtype)
            if tuple(value.shape) != self._shape:
                raise ValueError(
                    f"The initializer of variable {self.path!r} gave shape {tuple(value.shape)} "
                    f"where {self._shape} was asked for."
                )
            self._value = place_new(self, value) if current() else own_array(value, self._dtype)
        self._initializer = None

    regularizer: Any = _checked("regularizer", _is_function, ValueError)
    constraint: Any = _checked("constraint", _is_function, ValueError)
    overwrite_with_gradient: Any = _checked(
        "overwrite_with_gradient", lambda value: isinstance(value, bool), TypeError
    )
    shape = property(lambda self: self._shape)
    ndim = property(lambda self: len(self._shape))
    size = property(lambda self: int(np.prod(self._shape)))

    @property
    def dtype(self) -> str:
        scope = AutocastScope.current()
        casts = scope is not None and scope.dtype and self.autocast and "float" in self._dtype
        return scope.dtype if casts else self._dtype  # type: ignore[union-attr]

    @property
    def raw(self):
        """The array as stored, outside every scope."""
        if self._value is None:
            self._initialize()
        for note in readers:
            note(self, self._value)
        return self._value

    @property
    def value(self) -> Any:
        """The array: the scope's if there is one, cast if an autocast scope asks for it."""
        scope = StatelessScope.current()
        value: Any = scope.get_current_value(self) if scope is not None else None
        if value is not None:
            for note in readers:
                note(self, value)
        elif self._value is None and SymbolicScope.current() is not None:
            value = jnp.zeros(self._shape, self._dtype)
        else:
            value = self.raw
        dtype = self.dtype
        return value if dtype == self._dtype else value.astype(dtype)

    def check_value(self, value: Any):
        """`value` as an array of this variable's dtype; ValueError for another shape."""
        value = value.value if isinstance(value, Variable) else value
        if not hasattr(value, "shape"):
            value = jnp.asarray(value, dtypes.jax_dtype(self._dtype))
        if tuple(value.shape) != self._shape:
            raise ValueError(
                f"Variable {self.path!r} has shape {self._shape}; it can't take a value of shape "
                f"{tuple(value.shape)}."
            )
        return value if str(value.dtype) == self._dtype else jnp.asarray(value, self._dtype)

    def assign(self, value: Any):
        """Replace the value; returns it."""
        value = self.check_value(value)
        scope = StatelessScope.current()
        if scope is not None:
            scope.state_mapping[id(self)] = value
        elif isinstance(value, Tracer):
            raise ValueError(
                f"Variable {self.path!r} was assigned inside a JAX transformation. Call the layer "
                "through `stateless_call`, which returns what it would assign."
            )
        else:
            self._value, self._initializer = own_array(value), None
        return value

    def assign_add(self, value: Any):
        """Add `value` to the variable."""
        return self.assign(self.value + value)

    def assign_sub(self, value: Any):
        """Subtract `value` from the variable."""
        return self.assign(self.value - value)

    def zero(self) -> None:
        """Set to zero, always with the same array: only for variables no program takes over."""
        if StatelessScope.current() is not None:
            self.assign(np.zeros(self._shape, self._dtype))
            return
        if self._zeros is None:
            self._zeros = own_array(np.zeros(self._shape, self._dtype))
        self._value, self._initializer = self._zeros, None

    def numpy(self) -> np.ndarray:
        """A copy of the value as a NumPy array."""
        return np.array(self.value)

    def __array__(self, dtype=None, copy=None):
        return np.array(self.value, dtype)

    def __jax_array__(self):
        return self.value

    def __len__(self):
        return len(self.value)

    def __iter__(self):
        return iter(self.value)

    def __getitem__(self, index):
        return self.value[index]

    def __bool__(self):
        if self.size != 1:
            raise TypeError(
                f"Variable {self.path!r} of shape {self.shape} is neither true nor false."
            )
        return bool(self.value)

    def __round__(self, ndigits=None):
        return jnp.round(self.value, ndigits or 0)

    def __float__(self):
        return float(self.value)

    def __int__(self):
        return int(self.value)

    if TYPE_CHECKING:  # the operators are set below, in a loop
        __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = cast(Any, None)
        __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = cast(Any, None)
        __mod__ = __rmod__ = __pow__ = __rpow__ = __matmul__ = __rmatmul__ = cast(Any, None)
        __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = cast(Any, None)
        __lt__ = __le__ = __gt__ = __ge__ = __neg__ = __pos__ = __invert__ = cast(Any, None)
        __abs__ = cast(Any, None)

    __index__ = __int__
    __array_priority__ = 200  # NumPy arrays leave operators to the variable

    def __repr__(self):
        drawn = f"pending, of {self._initializer!r}"
        known = drawn if self._value is None else np.asarray(self._value)
        return f"<Variable path={self.path}, shape={self.shape}, dtype={self.dtype}, value={known}>"


# Where JAX takes arrays, as arguments and results of compiled functions, a Variable is its value.
jax.tree_util.register_pytree_node(
    Variable, lambda variable: ((variable.value,), None), lambda _, values: values[0]
)


def own_array(value: Any, dtype: Any = None):
    """A new array: one that shares memory with nothing, so that training may reuse its buffer."""
    if isinstance(value, Tracer):
        return value if dtype is None else value.astype(dtype)
    if isinstance(value, jax.Array) and dtype in (None, value.dtype.name):
        return jax.device_put(value, may_alias=False)  # jnp.array would compile a copy
    if dtype is None and isinstance(value, float):
        dtype = dtypes.settings.floatx()
    return jnp.array(value, dtype and dtypes.jax_dtype(dtype), copy=True)


BINARY = "add sub mul truediv floordiv mod pow matmul and or xor".split()
COMPARE = "eq ne lt le gt ge".split()
UNARY = "neg pos abs invert".split()
# Of truth values, whatever the dtype; `~`, as in Keras, is of bits.
LOGIC = {"and": jnp.logical_and, "or": jnp.logical_or, "xor": jnp.logical_xor}


def _operand(x: Any) -> Any:
    return x.value if isinstance(x, Variable) else jnp.asarray(x) if isinstance(x, list) else x


def _forward(name: str, reflected: bool = False):
    fn: Any = LOGIC.get(name) or (abs if name == "abs" else getattr(operator, f"__{name}__"))

    def method(self, *other):
        if name in LOGIC and getattr(other[0], "__array_priority__", 0) > self.__array_priority__:
            return NotImplemented  # a symbolic tensor records the call
        other = tuple(map(_operand, other))
        return fn(*other, self.value) if reflected else fn(self.value, *other)

    return method


for _name in BINARY + COMPARE + UNARY:
    setattr(Variable, f"__{_name}__", _forward(_name))
for _name in BINARY:
    setattr(Variable, f"__r{_name}__", _forward(_name, reflected=True))
Variable.__hash__ = object.__hash__  # type: ignore[method-assign]
