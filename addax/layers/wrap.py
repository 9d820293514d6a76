"""Layers around other layers, and around modules of other libraries."""

import copy
import inspect
from typing import Any


from addax import ops
from addax.core import tree
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.registry import deserialize, serialize


def check_layer(layer: Any, wrapper: str) -> None:
    if not isinstance(layer, Layer):
        raise ValueError(f"{wrapper} takes a layer; received {layer!r}.")


@fields
class Wrapper(Layer):
    """Base of layers around one other, `layer`; subclasses define `call`."""

    layer: Any

    def setup(self):
        if isinstance(self.layer, dict):
            self.layer = deserialize(self.layer)
        check_layer(self.layer, type(self).__name__)

    def build(self, input_shape=None):
        if not self.layer.built:
            self.layer.build(input_shape)
            self.layer.built = True


class TimeDistributed(Wrapper):
    """The layer applied to each time step: (batch, time, ...) -> (batch, time, ...).

    Time steps are treated as so many more examples, in one call.
    """

    def setup(self):
        super().setup()
        self.supports_masking = True

    def build(self, input_shape):
        if len(input_shape) < 3:
            raise ValueError(
                "TimeDistributed takes inputs (batch, time, ...) of at least 3 axes; the shape "
                f"is {tuple(input_shape)}."
            )
        super().build((input_shape[0], *input_shape[2:]))

    def call(self, inputs, training=None, mask=None):
        batch, time = inputs.shape[:2]
        kwargs = self._child_arguments(inputs, training, mask)
        outputs = self.layer(_merge(inputs), **kwargs)
        split = lambda x: ops.reshape(x, (batch, time, *x.shape[1:]))  # noqa: E731
        return tree.map_structure(split, outputs)

    def _child_arguments(self, inputs, training, mask) -> dict:
        accepted = inspect.signature(self.layer.call).parameters
        kwargs = {"training": training} if "training" in accepted else {}
        if mask is None:
            return kwargs
        if tuple(mask.shape[:2]) != tuple(inputs.shape[:2]):
            raise ValueError(
                f"A mask for TimeDistributed has the first two axes of its input, "
                f"{tuple(inputs.shape[:2])}; received one of shape {tuple(mask.shape)}."
            )
        # A mask of whole steps says nothing about the inside of one.
        return kwargs | {"mask": _merge(mask)} if mask.ndim > 2 and "mask" in accepted else kwargs


def _merge(x):
    return ops.reshape(x, (x.shape[0] * x.shape[1], *x.shape[2:]))


MERGES = {
    "concat": lambda a, b: ops.concatenate([a, b], axis=-1),
    "sum": lambda a, b: a + b,
    "ave": lambda a, b: (a + b) / 2,
    "mul": lambda a, b: a * b,
    None: lambda a, b: (a, b),
}


def _renamed(layer: Any, prefix: str, **changes: Any) -> Any:
    config = copy.deepcopy(serialize(layer))
    config["config"] |= {"name": prefix + layer.name.removeprefix(prefix), **changes}
    config.pop("build_config", None)
    return deserialize(config)


class Bidirectional(Layer):
    """A recurrent layer run forwards, and another backwards; their outputs merged.

    `merge_mode`: "concat", "sum", "ave", "mul", or None for both. States are the forward layer's,
    then the backward layer's. ValueError when the two don't fit together.
    """

    def __init__(
        self,
        layer: Any,
        merge_mode: str | None = "concat",
        weights: Any = None,
        backward_layer: Any = None,
        **kwargs: Any,
    ):
        check_layer(layer, "Bidirectional")
        if merge_mode not in MERGES:
            raise ValueError(f"merge_mode is one of {list(MERGES)}; received {merge_mode!r}.")
        super().__init__(weights=weights, **kwargs)
        if backward_layer is not None:
            check_layer(backward_layer, "Bidirectional")
        self.forward_layer = _renamed(layer, "forward_")
        self.backward_layer = backward_layer or _renamed(layer, "backward_", go_backwards=True)
        self._check_pair()
        for one in (self.forward_layer, self.backward_layer):
            if hasattr(one, "zero_output_for_mask"):
                one.zero_output_for_mask = one.return_sequences
        self.merge_mode = merge_mode
        self.stateful = layer.stateful
        self.return_sequences = layer.return_sequences
        self.return_state = layer.return_state
        self.supports_masking = True
        self.input_spec = layer.input_spec

    def _check_pair(self):
        pair = self.forward_layer, self.backward_layer
        if pair[0].go_backwards == pair[1].go_backwards:
            raise ValueError(
                f"One of the two layers goes backwards; both have go_backwards="
                f"{pair[0].go_backwards}."
            )
        for name in ("stateful", "return_sequences", "return_state"):
            values = [getattr(one, name) for one in pair]
            if values[0] != values[1]:
                raise ValueError(f"Both layers need the same {name}; received {values}.")

    def build(self, sequences_shape, initial_state_shape=None):
        for layer in (self.forward_layer, self.backward_layer):
            if not layer.built:
                layer.build(sequences_shape)

    def call(self, sequences, initial_state=None, mask=None, training=None):
        half = 0 if initial_state is None else len(initial_state) // 2
        given = (initial_state[:half], initial_state[half:]) if half else (None, None)
        outputs, states = [], []
        for layer, initial in zip((self.forward_layer, self.backward_layer), given, strict=True):
            accepted = inspect.signature(layer.call).parameters
            options = {"initial_state": initial, "mask": mask, "training": training}
            kwargs = {k: v for k, v in options.items() if k in accepted and v is not None}
            output = layer(sequences, **kwargs)
            output, *rest = output if self.return_state else (output,)
            outputs.append(ops.cast(output, self.compute_dtype))
            states += rest
        forward, backward = outputs
        if self.return_sequences:
            backward = ops.flip(backward, axis=1)
        merged = MERGES[self.merge_mode](forward, backward)
        if not self.return_state:
            return merged
        return (*(merged if self.merge_mode is None else (merged,)), *states)

    @property
    def states(self) -> tuple | None:
        """The states of a stateful layer's two layers."""
        both = [*(self.forward_layer.states or ()), *(self.backward_layer.states or ())]
        return tuple(both) or None

    def reset_state(self) -> None:
        """Set the states of both layers back to zero. AttributeError if they aren't stateful."""
        if not self.stateful:
            raise AttributeError(f"{self.name!r} is not stateful: it has no states to reset.")
        self.forward_layer.reset_state()
        self.backward_layer.reset_state()

    reset_states = reset_state

    def compute_mask(self, inputs, mask=None):
        mask = mask[0] if isinstance(mask, (list, tuple)) else mask
        mask = mask if self.return_sequences else None
        masks = [mask] if self.merge_mode else [mask, mask]
        if self.return_state:
            masks += [None] * (2 * len(self.forward_layer.state_size))
        return masks if len(masks) > 1 else mask

    def get_config(self) -> dict:
        layers = {"layer": self.forward_layer, "backward_layer": self.backward_layer}
        config = {k: serialize(v) for k, v in layers.items()}
        return super().get_config() | {"merge_mode": self.merge_mode} | config

    @classmethod
    def from_config(cls, config: dict) -> "Bidirectional":
        config = copy.deepcopy(config)
        layers = {k: deserialize(config.pop(k)) for k in ("layer", "backward_layer") if k in config}
        return cls(**layers, **config)
