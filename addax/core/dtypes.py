"""Data types, their promotion, and the policies that pair a compute type with a storage type."""

import functools
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from addax.core import settings

ALLOWED = frozenset(
    "bool uint8 uint16 uint32 uint64 int8 int16 int32 int64 int4 uint4 string complex64 complex128"
    " float8_e4m3fn float8_e5m2".split()
).union(settings.FLOATS)
PYTHON_TYPES: dict[Any, str | None] = {
    bool: "bool",
    int: "int32",
    "int": "int32",
    float: None,
    str: "string",
    complex: "complex64",
}


def standardize_dtype(dtype: Any) -> str:
    """The name of `dtype`; `floatx()` for None and for Python's float."""
    if type(dtype) is str and dtype in ALLOWED:
        return dtype
    dtype = PYTHON_TYPES.get(dtype, dtype) if isinstance(dtype, (type, str)) else dtype
    if dtype is None:
        return settings.floatx()
    name = getattr(dtype, "name", None) or getattr(dtype, "__name__", None) or str(dtype)
    name = name.rsplit(".", 1)[-1]  # torch.float32, jax.numpy.float32
    if name not in ALLOWED:
        raise ValueError(f"Unknown dtype {dtype!r}. Known: {', '.join(sorted(ALLOWED))}.")
    return name


def is_float(dtype: Any) -> bool:
    """Whether the name `dtype` is that of a floating type."""
    return "float" in standardize_dtype(dtype)


def is_int(dtype: Any) -> bool:
    """Whether the name `dtype` is that of an integer type."""
    return "int" in standardize_dtype(dtype)


def result_type(*dtypes: Any) -> str:
    """What an operation on these types gives; Python's int, float and complex adapt to the others.

    The table is JAX's (https://docs.jax.dev/en/latest/type_promotion.html), with `floatx()` for
    floats that no array fixes.
    """
    scalars = {int: 0, float: 0.0, complex: 0j}
    if any("float8" in str(d) for d in dtypes):
        raise ValueError(f"float8 types are not promoted: cast first. Received {dtypes}.")
    known = [scalars[d] if d in scalars else np.dtype(jax_dtype(d)) for d in dtypes]
    if all(not isinstance(k, np.dtype) for k in known):
        known = [np.dtype(jax_dtype(d)) for d in dtypes] or [np.dtype(settings.floatx())]
    return jnp.result_type(*known).name


def jax_dtype(dtype: Any):
    """What JAX stores for `dtype`: 64 bits become 32 unless they were enabled."""
    return _stored(standardize_dtype(dtype), jax.config.jax_enable_x64)  # type: ignore[attr-defined]


@functools.cache
def _stored(name: str, x64: bool):
    if name == "string":
        raise TypeError(
            "Texts can't be computed with: put TextVectorization, StringLookup or Hashing before."
        )
    return jax.dtypes.canonicalize_dtype(jnp.dtype(name))


class DTypePolicy:
    """Compute and storage type of a layer: "float32", "bfloat16", "mixed_bfloat16"...

    `mixed_x` computes in x and stores float32.
    """

    def __init__(self, name: str | None = None):
        name = dtype_policy().name if name is None else name
        if not isinstance(name, str):
            raise TypeError(f"A dtype policy is named by a string; received {name!r}.")
        self._name = name
        if name in ("mixed_float16", "mixed_bfloat16"):
            self._compute_dtype, self._variable_dtype = standardize_dtype(name[6:]), "float32"
        else:
            self._compute_dtype = self._variable_dtype = standardize_dtype(name)

    name = property(lambda self: self._name, doc="The text the policy was made from.")
    compute_dtype = property(lambda self: self._compute_dtype, doc="The type of the arithmetic.")
    variable_dtype = property(lambda self: self._variable_dtype, doc="The type of the weights.")
    quantization_mode: str | None = None

    def at(self, path: str | None) -> "DTypePolicy":
        """The policy of the layer at `path`: this one, if it is no map of several."""
        return self

    def __eq__(self, other):
        return type(self) is type(other) and self.get_config() == other.get_config()

    def __hash__(self):
        return hash((type(self), self.name))

    def __repr__(self):
        return f'<DTypePolicy "{self.name}">'

    def convert_input(self, x: Any, autocast: bool, dtype: str):
        """`x` as a tensor, floats cast to `dtype` if `autocast`; what is no tensor stays."""
        from addax.core.symbol import convert_input

        return convert_input(x, dtype if autocast and is_float(dtype) else None)

    def get_config(self) -> dict:
        return {"name": self.name}

    @classmethod
    def from_config(cls, config: dict):
        return cls(**config)


FloatDTypePolicy = DTypePolicy  # another name of the same

_policy: list[DTypePolicy | None] = [None]


def dtype_policy() -> DTypePolicy:
    """The policy of layers that name none."""
    return _policy[0] or DTypePolicy(settings.floatx())


def set_dtype_policy(policy: "str | DTypePolicy | None") -> None:
    """Set `dtype_policy()`."""
    _policy[0] = None if policy is None else get_policy(policy)


def get_policy(identifier: Any) -> DTypePolicy:
    """A policy from None, a policy, a dtype, a name, or a configuration."""
    if identifier is None:
        return dtype_policy()
    if isinstance(identifier, DTypePolicy):
        return identifier
    from addax.dtype_policies import get  # knows the quantized ones

    return get(identifier)
