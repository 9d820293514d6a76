"""Optimizers made of others: one per variable, or an optax transformation."""

import re
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from typing import Any, Self

from addax import ops
from addax.core import configs, tree
from addax.core.types import Rate
from addax.core.variable import Variable
from addax.optimizers.base import Optimizer
from addax.optimizers.scaling import LossScaleOptimizer


def _checked(optimizer: Any) -> Optimizer:
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"Variables are mapped to optimizers; received {optimizer!r}.")
    if isinstance(optimizer, (LossScaleOptimizer, MultiOptimizer)):
        raise ValueError(f"A {type(optimizer).__name__} can't be part of a MultiOptimizer.")
    return optimizer


class OptimizerMap(MutableMapping):
    """Regular expressions that match a variable's whole path -> its optimizer.

    TypeError for what is no optimizer, ValueError when two expressions match one path and for an
    optimizer that consists of others.
    """

    def __init__(self, default_optimizer: Optimizer, optimizer_map: dict | None = None) -> None:
        if not isinstance(default_optimizer, Optimizer):
            raise TypeError(f"default_optimizer is an optimizer; received {default_optimizer!r}.")
        if not isinstance(optimizer_map, (dict, type(None))):
            raise TypeError(f"optimizer_map is a dictionary; received {optimizer_map!r}.")
        self.default_optimizer = default_optimizer
        self._map = {k: _checked(v) for k, v in (optimizer_map or {}).items()}

    def __getitem__(self, key: str) -> Optimizer:
        if key in self._map:
            return self._map[key]
        found = [pattern for pattern in self._map if re.fullmatch(pattern, key)]
        if len(found) > 1:
            raise ValueError(f"The variable {key!r} matches several expressions: {found}.")
        return self._map[found[0]] if found else self.default_optimizer

    def __setitem__(self, key: str, optimizer: Optimizer) -> None:
        if not isinstance(key, str) or key in self._map:
            raise ValueError(f"A new key is a text that is not in the map yet; received {key!r}.")
        self._map[key] = _checked(optimizer)

    def __delitem__(self, key: str) -> None:
        del self._map[key]

    def __len__(self) -> int:
        return len(self._map)

    def __iter__(self):
        return iter(self._map)

    def __call__(self, variable: Variable) -> Optimizer:
        """The optimizer of `variable`."""
        return self[variable.path]

    def get_config(self) -> dict:
        return {
            "default_optimizer": configs.serialize(self.default_optimizer),
            "optimizer_map": configs.serialize(self._map),
        }

    @classmethod
    def from_config(cls, config: dict, custom_objects: dict | None = None) -> Self:
        return cls(**{k: configs.deserialize(v, custom_objects) for k, v in config.items()})


class MultiOptimizer(Optimizer):
    """Each variable has its own optimizer, `optimizer_map(variable)`.

    AttributeError for its learning rate, as each part has its own; ValueError for a part that
    consists of others.
    """

    def __init__(
        self,
        optimizer_map: OptimizerMap | Callable,
        loss_scale_factor: float | None = None,
        name: str | None = None,
    ) -> None:
        self._optimizers: list[Optimizer] = []
        super().__init__(learning_rate=0.0, loss_scale_factor=loss_scale_factor, name=name)
        self.optimizer_map = optimizer_map
        if isinstance(optimizer_map, OptimizerMap):
            for optimizer in (*optimizer_map.values(), optimizer_map.default_optimizer):
                self._add(optimizer)

    def _add(self, optimizer: Any) -> int:
        """The position of `optimizer` among the parts."""
        for i, known in enumerate(self._optimizers):
            if known is optimizer:
                return i
        _checked(optimizer).loss_scale_factor = self.loss_scale_factor
        self._optimizers.append(optimizer)
        return len(self._optimizers) - 1

    @property
    def optimizers(self) -> list[Optimizer]:
        """The parts."""
        return self._optimizers

    @property
    def loss_scale_factor(self) -> float | None:
        """The factor of all parts."""
        return self._factor

    @loss_scale_factor.setter
    def loss_scale_factor(self, value: float | None) -> None:
        self._factor = value
        for optimizer in self._optimizers:
            optimizer.loss_scale_factor = value

    @property
    def learning_rate(self) -> Any:
        raise AttributeError("Each part of a MultiOptimizer has its own: see `optimizers`.")

    @learning_rate.setter
    def learning_rate(self, value: Any) -> None:
        if hasattr(self, "_iterations"):
            raise AttributeError("Set the learning rates of the parts: see `optimizers`.")
        self._rate = value

    def build(self, var_list: Iterable[Variable]) -> None:
        if self.built:
            return
        variables = list(var_list)
        self._part = [self._add(self.optimizer_map(v)) for v in variables]
        for i, optimizer in enumerate(self._optimizers):
            theirs = [v for v, part in zip(variables, self._part, strict=True) if part == i]
            if theirs:
                optimizer.build(theirs)
        super().build(variables)

    @property
    def variables(self) -> list[Variable]:
        return super().variables + [v for part in self._optimizers for v in part.variables]

    def _by_part(self, variables, values=None):
        groups: list[list] = [[] for _ in self._optimizers]
        for v, value in zip(variables, variables if values is None else values, strict=True):
            groups[self._part[self._get_variable_index(v)]].append((value, v))
        return [(o, g) for o, g in zip(self._optimizers, groups, strict=True) if g]

    def apply(
        self, grads: Sequence[Any], trainable_variables: Iterable[Variable] | None = None
    ) -> None:
        variables = self._known(list(grads), trainable_variables)
        for optimizer, pairs in self._by_part(variables, grads):
            optimizer.apply_gradients(pairs)
        self._iterations.assign_add(1)

    def finalize_variable_values(self, var_list: Iterable[Variable]) -> None:
        for optimizer, pairs in self._by_part(list(var_list)):
            optimizer.finalize_variable_values([v for _, v in pairs])

    def get_config(self) -> dict:
        return {
            "optimizer_map": configs.serialize(self.optimizer_map),
            "loss_scale_factor": self.loss_scale_factor,
            "name": self.name,
        }

    @classmethod
    def from_config(cls, config: dict, custom_objects: dict | None = None) -> Self:
        parts = configs.deserialize(config["optimizer_map"], custom_objects)
        return cls(**{**config, "optimizer_map": parts})


class OptaxOptimizer(Optimizer):
    """An optax transformation as an optimizer: `w + learning_rate * update`.

    NotImplementedError from `get_config`: functions can't be stored.
    """

    def __init__(self, transformation: Any, learning_rate: Rate = 1.0, **kwargs: Any) -> None:
        self.transformation = transformation
        super().__init__(learning_rate=learning_rate, **kwargs)

    def build(self, var_list: Iterable[Variable]) -> None:
        if self.built:
            return
        variables = list(var_list)
        super().build(variables)
        state = self.transformation.init([v.value for v in variables])
        leaves, self._structure = tree.flatten_with_structure(state)
        self._leaves = [
            self.add_variable(x.shape, lambda shape, dtype, x=x: x, x.dtype, f"state_{i}")
            if hasattr(x, "dtype")
            else x
            for i, x in enumerate(leaves)
        ]

    def _step(self, grads, variables):
        given = {id(v): g for g, v in zip(self._clip(grads), variables, strict=True)}
        known = self._trainable_variables
        grads = [given[id(v)] if id(v) in given else ops.zeros_like(v.value) for v in known]
        rate = ops.convert_to_tensor(self.learning_rate)
        self._decay(variables, rate)
        values = [getattr(x, "value", x) for x in self._leaves]
        state = tree.unflatten(self._structure, values)
        updates, state = self.transformation.update(grads, state, [v.value for v in known])
        for v, u in zip(known, updates, strict=True):
            if id(v) in given:
                v.assign(v.value + u * ops.cast(rate, u.dtype))
        for leaf, value in zip(self._leaves, tree.flatten(state), strict=True):
            if hasattr(leaf, "assign"):
                leaf.assign(value)

    def get_config(self) -> dict:
        raise NotImplementedError(
            "An optax transformation consists of functions and can't be stored. Save the model "
            "without its optimizer and compile it again, or use an optimizer of addax.optimizers."
        )
