"""The HDF5 layout of Keras 3: `<path of attributes>/vars/<number>`."""

from typing import Any

import numpy as np

from addax.saving.state import collect


def write_weights(target: Any, root: Any) -> None:
    """Write the state of `root` into an HDF5 file (a name or a binary file)."""
    import h5py

    with h5py.File(target, "w") as file:
        for place, store in collect(root):
            group = file.require_group(place.prefix.rstrip("/"))
            name = getattr(place.owner, "name", None)
            if isinstance(name, str):
                group.attrs["name"] = name
            for key, value in store.items():
                put(group, key, value)


def put(group: Any, key: str, value: Any) -> None:
    """Write one variable or array; HDF5 has no bfloat16, so an attribute says it."""
    array = np.asarray(value)
    dataset = group.create_dataset(key, data=array)
    if array.dtype.name == "bfloat16":
        dataset.attrs["dtype"] = "bfloat16"
