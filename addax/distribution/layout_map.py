"""`LayoutMap`: layouts of variables by regular expressions of their paths."""

import collections.abc
import re
from collections.abc import Iterator
from typing import Any

from addax.distribution.mesh import DeviceMesh, TensorLayout


class LayoutMap(collections.abc.MutableMapping):
    """Layouts by regular expressions that must match the whole path of a variable.

    `layout_map[".*dense.*kernel"] = (None, "model")`. A path that is a key itself has its layout;
    one that no key matches has None, and is whole on each device. ValueError for a path that
    several keys match, a key that is there already, and a value that is no layout.
    """

    def __init__(self, device_mesh: DeviceMesh):
        self._layouts: dict[str, TensorLayout] = {}
        self.device_mesh = device_mesh

    def __getitem__(self, key: str) -> Any:
        if key in self._layouts:
            return self._layouts[key]
        matching = self.matching(key)
        if len(matching) > 1:
            raise ValueError(
                f"Path {key!r} matches multiple keys of the LayoutMap: {matching}. Make the "
                "regular expressions so that one of them matches."
            )
        return self._layouts[matching[0]] if matching else None

    def matching(self, path: str) -> list[str]:
        """The keys that match a path."""
        return [pattern for pattern in self._layouts if re.fullmatch(pattern, path)]

    def __setitem__(self, key: str, layout: Any) -> None:
        if key in self._layouts:
            raise ValueError(
                f"{key!r} already exists in the LayoutMap, as {self._layouts[key]}. Delete it "
                "first."
            )
        layout = TensorLayout(layout) if isinstance(layout, tuple) else layout
        if not isinstance(layout, TensorLayout):
            raise ValueError(
                f"The layout of {key!r} should be a TensorLayout or a tuple of axis names; "
                f"received {layout!r}."
            )
        if layout.device_mesh is None and self.device_mesh is not None:
            layout.device_mesh = self.device_mesh
        self._layouts[key] = layout

    def __delitem__(self, key: str) -> None:
        del self._layouts[key]

    def __len__(self) -> int:
        return len(self._layouts)

    def __iter__(self) -> Iterator[str]:
        return iter(self._layouts)
