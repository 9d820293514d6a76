"""Dtype policies: plain ones, those of quantized layers, and one for each part of a model."""

import re
import typing as _typing
from collections.abc import Iterator, MutableMapping
from typing import Any, ClassVar

from addax.core import absent as _absent
from addax.core import configs
from addax.core.dtypes import DTypePolicy as DTypePolicy
from addax.core.dtypes import FloatDTypePolicy as FloatDTypePolicy
from addax.core.dtypes import dtype_policy, get_policy, standardize_dtype
from addax.core.names import publish


class QuantizedDTypePolicy(DTypePolicy):
    """Weights stored as `mode` says, arithmetic as in the policy `source_name`.

    A subclass's `form` spells `mode`, e.g. "int4/<block_size>"; its parts become attributes.
    """

    form: ClassVar[str] = ""
    weight_bits_known: ClassVar[tuple[int, ...]] = ()
    modes: ClassVar[tuple[str, ...]] = ("int8", "float8", "int4", "gptq", "awq")

    def __init__(self, mode: str, source_name: str | None = None):
        super().__init__(dtype_policy().name if source_name is None else source_name)
        self.mode, *numbers = str(mode).split("/") if self.form else [mode]
        self._source_name, self._full_mode = self._name, mode
        self._name = f"{mode}_from_{self._source_name}"
        self.quantization_mode = self.mode
        if self.mode not in ([self.form.split("/")[0]] if self.form else self.modes):
            self._refuse()
        if self.mode == "int8" and self.compute_dtype == "float16":
            raise ValueError("int8 products overflow float16: compute in bfloat16 or float32.")
        self._set_parts(numbers)

    def _set_parts(self, numbers: list[str]) -> None:
        names = re.findall(r"<(\w+)>", self.form)
        if len(names) != len(numbers) or not all(re.fullmatch(r"-?\d+", n) for n in numbers):
            self._refuse()
        for name, number in zip(names, map(int, numbers), strict=True):
            known = number in self.weight_bits_known
            if not (known if name == "weight_bits" else number == -1 or number > 0):
                self._refuse()
            setattr(self, name, number)

    def _refuse(self):
        bits = f", weight_bits one of {self.weight_bits_known}" if self.weight_bits_known else ""
        form = f"{self.form}, sizes positive or -1{bits}" if self.form else ", ".join(self.modes)
        raise ValueError(
            f"The mode of a {type(self).__name__} is {form}; it is {self._full_mode!r}."
        )

    def __repr__(self):
        return f'<{type(self).__name__} "{self.name}">'

    def get_config(self) -> dict:
        return {"mode": self._full_mode, "source_name": self._source_name}


class QuantizedFloat8DTypePolicy(QuantizedDTypePolicy):
    """float8 products, scaled by the largest values of the last `amax_history_length` steps."""

    def __init__(self, mode: str, source_name: str | None = None, amax_history_length: int = 1024):
        if not isinstance(amax_history_length, int):
            raise TypeError(f"amax_history_length is an integer; it is {amax_history_length!r}.")
        super().__init__(mode, source_name)
        self.amax_history_length = amax_history_length

    def get_config(self) -> dict:
        return super().get_config() | {"amax_history_length": self.amax_history_length}


class Int4DTypePolicy(QuantizedDTypePolicy):
    """4-bit weights with one scale for each block of `block_size`, for each channel if -1."""

    form = "int4/<block_size>"


class GPTQDTypePolicy(QuantizedDTypePolicy):
    """Weights rounded by GPTQ (https://arxiv.org/abs/2210.17323) in groups of `group_size`."""

    form = "gptq/<weight_bits>/<group_size>"
    weight_bits_known = (2, 3, 4, 8)


class AWQDTypePolicy(QuantizedDTypePolicy):
    """Weights rounded by AWQ (https://arxiv.org/abs/2306.00978) in groups of `group_size`."""

    form = "awq/<weight_bits>/<group_size>"
    weight_bits_known = (4,)


# How the text before `_from_` begins, the longest beginning first.
_BY_MODE: dict[str, type[QuantizedDTypePolicy]] = {
    "int4/": Int4DTypePolicy,
    "int4": QuantizedDTypePolicy,
    "int8": QuantizedDTypePolicy,
    "gptq": GPTQDTypePolicy,
    "awq": AWQDTypePolicy,
    "float8": QuantizedFloat8DTypePolicy,
}


class DTypePolicyMap(DTypePolicy, MutableMapping):
    """Policies by layer path: the exact path, else the one key that matches it as a pattern.

    Other layers get `default_policy`, by default the policy of layers that name none.
    """

    def __init__(self, default_policy: Any = None, policy_map: dict | None = None):
        if isinstance(default_policy, DTypePolicyMap):
            raise ValueError("default_policy is one policy; received a DTypePolicyMap.")
        if policy_map is not None and not isinstance(policy_map, dict):
            raise TypeError(f"policy_map is a dictionary or None; received {policy_map!r}.")
        self._default = None if default_policy is None else get(default_policy)
        self._policies = {key: get(policy) for key, policy in (policy_map or {}).items()}

    default_policy = property(lambda self: self._default or dtype_policy())
    name = property(lambda self: f"map_{self.default_policy.name}")
    compute_dtype = property(lambda self: self.default_policy.compute_dtype)
    variable_dtype = property(lambda self: self.default_policy.variable_dtype)
    quantization_mode = property(lambda self: self.default_policy.quantization_mode)  # type: ignore[assignment]
    __hash__ = DTypePolicy.__hash__
    __eq__ = DTypePolicy.__eq__

    def __getitem__(self, key: str) -> DTypePolicy:
        if key in self._policies:
            return self._policies[key]
        found = [pattern for pattern in self._policies if re.fullmatch(pattern, key)]
        if len(found) > 1:
            raise ValueError(f"The path {key!r} matches several keys of the policy map: {found}.")
        return self._policies[found[0]] if found else self.default_policy

    def at(self, path: str | None) -> DTypePolicy:
        """The policy of the layer at `path`; the default one while it has none."""
        return self[path] if path else self.default_policy

    def __setitem__(self, key: str, policy: Any) -> None:
        if key in self._policies:
            raise ValueError(f"{key!r} already has a policy: {self._policies[key]}.")
        self._policies[key] = get(policy)

    def __delitem__(self, key: str) -> None:
        del self._policies[key]

    def __contains__(self, key: object) -> bool:
        return key in self._policies

    def __len__(self) -> int:
        return len(self._policies)

    def __iter__(self) -> Iterator[str]:
        return iter(self._policies)

    def pop(self, key: str, *default: Any) -> Any:
        """Remove a key; its policy, or `default` where there is none."""
        return self._policies.pop(key, *default)

    def __repr__(self):
        mapping = [(key, policy.name) for key, policy in self._policies.items()]
        default = self._default and self._default.name
        return f"<DTypePolicyMap default_policy={default}, mapping={mapping}>"

    def get_config(self) -> dict:
        return {
            "default_policy": configs.serialize(self._default),
            "policy_map": configs.serialize(self._policies),
        }

    @classmethod
    def from_config(cls, config: dict) -> "DTypePolicyMap":
        return cls(**{key: configs.deserialize(value) for key, value in config.items()})


def get(identifier: Any) -> DTypePolicy:
    """A policy from None, a policy, a dtype, a configuration or a name as "int8_from_float32"."""
    if identifier is None or isinstance(identifier, DTypePolicy):
        return get_policy(identifier)
    if isinstance(identifier, dict):
        return deserialize(identifier)
    name = identifier if isinstance(identifier, str) else standardize_dtype(identifier)
    mode, separator, source = name.partition("_from_")
    found = [cls for head, cls in _BY_MODE.items() if mode.startswith(head)]
    if found and not separator:
        raise ValueError(
            f'{name!r} is the start of a quantized policy, as "int8_from_float32", and no policy.'
        )
    return found[0](mode, source) if found else DTypePolicy(name)


def serialize(dtype_policy: DTypePolicy) -> dict:
    """`dtype_policy` as plain data."""
    return configs.serialize(dtype_policy)


def deserialize(config: dict, custom_objects: dict | None = None) -> DTypePolicy:
    """The policy that `serialize` wrote. ValueError for what is no policy."""
    policy = configs.deserialize(config, custom_objects)
    if not isinstance(policy, DTypePolicy):
        raise ValueError(f"This is the configuration of no dtype policy: {config}.")
    return policy


publish(
    "keras.dtype_policies",
    [
        QuantizedDTypePolicy,
        QuantizedFloat8DTypePolicy,
        Int4DTypePolicy,
        GPTQDTypePolicy,
        AWQDTypePolicy,
        DTypePolicyMap,
    ],
)

if not _typing.TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
