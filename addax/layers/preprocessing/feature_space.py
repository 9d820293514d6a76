"""`FeatureSpace`: from the columns of a table to one array, feature by feature."""

import builtins
import itertools
from collections.abc import Iterable, Iterator
from typing import Any, Self

import numpy as np

from addax import ops
from addax.core.checks import one_of
from addax.core.configs import deserialize, serialize
from addax.core.errors import unknown
from addax.core.layer import Layer
from addax.core.names import publish
from addax.core.scope import auto_name
from addax.core.symbol import KerasTensor
from addax.layers.basic import Identity
from addax.layers.input import Input
from addax.layers.preprocessing.categorical import CategoryEncoding, Discretization
from addax.layers.preprocessing.hashing import HashedCrossing, Hashing
from addax.layers.preprocessing.host import on_host
from addax.layers.preprocessing.lookup import IntegerLookup, Lookup, StringLookup
from addax.layers.preprocessing.numeric import Normalization, Rescaling

BATCH = 32  # scalars that `adapt` hands on at once


class Feature:
    """A column: its dtype, the layer that prepares it, and how the result joins the others."""

    def __init__(self, dtype: str, preprocessor: Any, output_mode: str):
        self.output_mode = one_of("output_mode", output_mode, ("int", "one_hot", "float"))
        self.dtype = dtype
        self.preprocessor = deserialize(preprocessor)

    def get_config(self) -> dict:
        """What makes an equal feature."""
        return {
            "dtype": self.dtype,
            "preprocessor": serialize(self.preprocessor),
            "output_mode": self.output_mode,
        }

    @classmethod
    def from_config(cls, config: dict) -> Self:
        """A feature from what `get_config` gave."""
        return cls(**config)


class Cross:
    """The combinations of some features, hashed into `crossing_dim` numbers."""

    def __init__(self, feature_names: Any, crossing_dim: int, output_mode: str = "one_hot"):
        self.output_mode = one_of("output_mode", output_mode, ("int", "one_hot"))
        self.feature_names = tuple(feature_names)
        self.crossing_dim = crossing_dim

    name = property(lambda self: "_X_".join(self.feature_names))

    def get_config(self) -> dict:
        """What makes an equal cross."""
        return {
            "feature_names": self.feature_names,
            "crossing_dim": self.crossing_dim,
            "output_mode": self.output_mode,
        }

    @classmethod
    def from_config(cls, config: dict) -> Self:
        """A cross from what `get_config` gave."""
        return cls(**config)


class TFDIdentity(Identity):
    """The preprocessor of plain floats, under the name that files have for it."""


class FeatureSpace(Layer):
    """The columns of a table as one array `(batch, features)`, or as a dictionary of arrays.

    `features`: name -> "float", "float_normalized", "float_rescaled", "float_discretized",
    "integer_categorical", "string_categorical", "integer_hashed", "string_hashed", or what the
    methods of these names give. `crosses`: pairs (or more) of names whose combinations are hashed.
    Call `adapt` on data, then the object on a dictionary of columns, or of one row's values.

    ValueError for unknown features, before `adapt`, and for outputs that don't fit together.
    """

    def __init__(
        self,
        features: dict,
        output_mode: str = "concat",
        crosses: Any = None,
        crossing_dim: int = 32,
        hashing_dim: int = 32,
        num_discretization_bins: int = 32,
        name: str | None = None,
    ) -> None:
        super().__init__(name=name)
        if not features:
            raise ValueError(f"A FeatureSpace has one or more features; received {features!r}.")
        self.output_mode = one_of("output_mode", output_mode, ("concat", "dict"))
        self.crossing_dim, self.hashing_dim = crossing_dim, hashing_dim
        self.num_discretization_bins = num_discretization_bins
        self.features = {n: self._feature(n, value) for n, value in features.items()}
        self.crosses = [self._cross(value) for value in crosses or ()]
        self.preprocessors = {n: f.preprocessor for n, f in self.features.items()}
        self.crossers = {c.name: HashedCrossing(c.crossing_dim, name=c.name) for c in self.crosses}
        self.one_hot_encoders: dict[str, CategoryEncoding] = {}
        self.inputs = {
            n: Input((1,), dtype=feature.dtype, name=n) for n, feature in self.features.items()
        }
        self.encoded_features: Any = None
        self._is_adapted = not self._adaptable()

    # The kinds of features

    @classmethod
    def cross(cls, feature_names: Any, crossing_dim: int, output_mode: str = "one_hot") -> Cross:
        """The combinations of these features, hashed into so many numbers."""
        return Cross(feature_names, crossing_dim, output_mode)

    @classmethod
    def feature(cls, dtype: str, preprocessor: Any, output_mode: str) -> Feature:
        """A column of this dtype, prepared by a layer of yours."""
        return Feature(dtype, preprocessor, output_mode)

    @classmethod
    def float(cls, name: str | None = None) -> Feature:
        """Floats as they are."""
        return Feature("float32", TFDIdentity(name=_name("float", name)), "float")

    @classmethod
    def float_rescaled(
        cls, scale: Any = 1.0, offset: Any = 0.0, name: str | None = None
    ) -> Feature:
        """Floats times `scale`, plus `offset`."""
        layer = Rescaling(scale=scale, offset=offset, name=_name("float_rescaled", name))
        return Feature("float32", layer, "float")

    @classmethod
    def float_normalized(cls, name: str | None = None) -> Feature:
        """Floats with the mean 0 and the variance 1 over the data of `adapt`."""
        return Feature("float32", Normalization(name=_name("float_normalized", name)), "float")

    @classmethod
    def float_discretized(
        cls,
        num_bins: int | None,
        bin_boundaries: Any = None,
        output_mode: str = "one_hot",
        name: str | None = None,
    ) -> Feature:
        """Floats as the bins that they fall into."""
        named = _name("float_discretized", name)
        layer = Discretization(bin_boundaries=bin_boundaries, num_bins=num_bins, name=named)
        return Feature("float32", layer, output_mode)

    @classmethod
    def integer_categorical(
        cls,
        max_tokens: int | None = None,
        num_oov_indices: int = 1,
        output_mode: str = "one_hot",
        name: str | None = None,
    ) -> Feature:
        """Integers of a vocabulary that `adapt` learns."""
        named = _name("integer_categorical", name)
        layer = IntegerLookup(max_tokens=max_tokens, num_oov_indices=num_oov_indices, name=named)
        return Feature("int32", layer, output_mode)

    @classmethod
    def string_categorical(
        cls,
        max_tokens: int | None = None,
        num_oov_indices: int = 1,
        output_mode: str = "one_hot",
        name: str | None = None,
    ) -> Feature:
        """Texts of a vocabulary that `adapt` learns."""
        named = _name("string_categorical", name)
        layer = StringLookup(max_tokens=max_tokens, num_oov_indices=num_oov_indices, name=named)
        return Feature("string", layer, output_mode)

    @classmethod
    def string_hashed(
        cls, num_bins: int, output_mode: str = "one_hot", name: str | None = None
    ) -> Feature:
        """Texts as the bins that their hashes fall into."""
        return Feature("string", Hashing(num_bins, name=_name("string_hashed", name)), output_mode)

    @classmethod
    def integer_hashed(
        cls, num_bins: int, output_mode: str = "one_hot", name: str | None = None
    ) -> Feature:
        """Integers as the bins that their hashes fall into."""
        return Feature("int32", Hashing(num_bins, name=_name("integer_hashed", name)), output_mode)

    def _feature(self, name: str, value: Any) -> Feature:
        """The feature that a user means by a word, a configuration or an object."""
        if not isinstance(value, str):
            value = deserialize(value)
            if not isinstance(value, Feature):
                raise ValueError(f"Feature {name!r} is a kind by name, or made by a method of that "
                                 f"name; received {value!r}.")  # fmt: skip
            return value
        if value not in KINDS:
            raise unknown("kind of feature", value, KINDS)
        sizes = {"hashed": self.hashing_dim, "discretized": self.num_discretization_bins}
        size = sizes.get(value.split("_")[-1])
        make = getattr(self, value)
        return make(name=name) if size is None else make(size, name=name)

    def _cross(self, value: Any) -> Cross:
        cross = deserialize(value) if isinstance(value, dict) else value
        cross = cross if isinstance(cross, Cross) else Cross(cross, self.crossing_dim)
        for name in cross.feature_names:
            if name not in self.features:
                raise unknown("feature to cross", name, self.features)
        return cross

    # Learning

    def _adaptable(self) -> list[str]:
        """The features whose preprocessors learn from data."""
        return [n for n, layer in self.preprocessors.items() if _learns(layer)]

    def adapt(self, dataset: Any) -> None:
        """Learn from a dictionary of columns, or an iterable of dictionaries of rows or batches."""
        if isinstance(dataset, dict):
            batches = {n: _in_batches(on_host(dataset[n])) for n in self._adaptable()}
        elif isinstance(dataset, Iterable) and not hasattr(dataset, "shape"):
            rows = list(getattr(dataset, "as_numpy_iterator", lambda: dataset)())
            batches = {n: _column(rows, n) for n in self._adaptable()}
        else:
            raise ValueError(
                "adapt() takes a dictionary of columns, or an iterable of dictionaries; received "
                f"{dataset!r} ({type(dataset).__name__})."
            )
        for name, found in batches.items():
            self.preprocessors[name].adapt(found)
        self._is_adapted = True
        self.encoded_features = None
        self.one_hot_encoders.clear()

    def _check_adapted(self) -> None:
        if not self._is_adapted:
            raise ValueError(
                f"FeatureSpace {self.name!r} knows no data yet: call adapt() first, for the "
                f"features {self._adaptable()}."
            )

    # Encoding

    def get_inputs(self) -> dict:
        """An `Input` a feature, where a model can start."""
        self._check_adapted()
        return self.inputs

    def get_encoded_features(self) -> Any:
        """What the features of `get_inputs` are encoded as, to go on with in a model."""
        self._check_adapted()
        if self.encoded_features is None:
            self.encoded_features = self._encode(self.inputs)
        return self.encoded_features

    def __call__(self, data: Any) -> Any:
        self._check_adapted()
        if not isinstance(data, dict):
            raise ValueError(f"A FeatureSpace takes a dictionary of features; received {data!r}.")
        missing = [n for n in self.features if n not in data]
        if missing:
            raise ValueError(f"The data lack the features {missing}; they have {sorted(data)}.")
        columns = {n: on_host(data[n]) for n in self.features}
        single = any(len(x.shape) == 0 for x in columns.values())
        encoded = self._encode({n: _as_column(x) for n, x in columns.items()})
        if not single:
            return encoded
        if isinstance(encoded, dict):
            return {n: x[0] for n, x in encoded.items()}
        return encoded[0]

    def _encode(self, columns: dict) -> Any:
        """Each column prepared, crossed and encoded; in one array, or by name."""
        ready = {n: self.preprocessors[n](x) for n, x in columns.items()}
        crossed = {
            c.name: self.crossers[c.name]([ready[n] for n in c.feature_names]) for c in self.crosses
        }
        specs = self.features | {c.name: c for c in self.crosses}
        results = {
            n: self._one_hot(n, x) if specs[n].output_mode == "one_hot" else x
            for n, x in [*sorted(ready.items()), *sorted(crossed.items())]
        }
        if self.output_mode == "dict":
            return results
        for n, x in results.items():
            if "float" not in str(x.dtype):
                raise ValueError(
                    f"Feature {n!r} is of {x.dtype} and can't join the others in one array: encode "
                    'it with output_mode="one_hot", or use FeatureSpace(output_mode="dict").'
                )
        return ops.concatenate(list(results.values()), axis=-1)

    def _one_hot(self, name: str, x: Any) -> Any:
        if name not in self.one_hot_encoders:
            self.one_hot_encoders[name] = CategoryEncoding(num_tokens=self._cardinality(name, x))
        return self.one_hot_encoders[name](x)

    def _cardinality(self, name: str, x: Any) -> int:
        """The number of categories that the layer of a feature gives."""
        layer = self.preprocessors.get(name) or self.crossers[name]
        if isinstance(layer, Lookup):
            return layer.vocabulary_size()
        if isinstance(layer, Discretization):
            return layer.num_bins or len(layer.bin_boundaries) + 1
        size = getattr(layer, "num_bins", None) or getattr(layer, "num_tokens", None)
        if size is None or "int" not in str(x.dtype):
            raise ValueError(
                f"Feature {name!r} can't be one-hot encoded: {type(layer).__name__} gives "
                f"{x.dtype}, and no known number of categories. "
                'Use output_mode="int" or "float".'
            )
        return size

    # Files

    def save(self, filepath: Any, overwrite: bool = True) -> None:
        """Write the whole object as a `.keras` file; `models.load_model` reads it."""
        from addax.saving import save_model

        save_model(self, filepath, overwrite=overwrite)

    def get_config(self) -> dict:
        return {
            "features": serialize(self.features),
            "output_mode": self.output_mode,
            "crosses": serialize(self.crosses),
            "crossing_dim": self.crossing_dim,
            "hashing_dim": self.hashing_dim,
            "num_discretization_bins": self.num_discretization_bins,
        }

    def get_build_config(self) -> dict:
        return {n: layer.get_build_config() or {} for n, layer in self.preprocessors.items()}

    def build_from_config(self, config: dict) -> None:
        """Build the preprocessors; a file that has a configuration of their shapes was adapted."""
        for name, part in config.items():
            if not self.preprocessors[name].built:
                self.preprocessors[name].build_from_config(part)
        self._is_adapted = True


KINDS = """float float_normalized float_rescaled float_discretized integer_categorical
    string_categorical integer_hashed string_hashed""".split()


def _name(kind: str, name: str | None) -> str:
    return f"{name or auto_name(kind)}_preprocessor"


def _learns(layer: Any) -> bool:
    """Whether a layer has something to learn from data that it was not given."""
    given = getattr(layer, "input_mean", None), getattr(layer, "vocabulary", None)
    fixed = isinstance(layer, Discretization) and layer.num_bins is None
    return hasattr(layer, "adapt") and not fixed and all(g is None for g in given)


def _as_column(x: Any) -> Any:
    if isinstance(x, KerasTensor):
        return x
    return x.reshape(-1, 1) if x.ndim < 2 else x


def _in_batches(x: np.ndarray) -> builtins.list[np.ndarray]:
    column = _as_column(x)
    return [column[i : i + BATCH] for i in range(0, len(column), BATCH)]


def _column(rows: Iterable, name: str) -> Iterator[np.ndarray]:
    """One feature of dictionaries of rows or batches, in batches."""
    values = (on_host((row[0] if isinstance(row, tuple) else row)[name]) for row in rows)
    for single, group in itertools.groupby(values, lambda x: x.ndim == 0):
        if not single:
            yield from map(_as_column, group)
            continue
        while taken := list(itertools.islice(group, BATCH)):
            yield np.stack(taken)[:, None]


publish("keras.utils", [FeatureSpace])
publish("keras.src.layers.preprocessing.feature_space", [Feature, Cross, TFDIdentity])
