"""`Config`: named values, as attributes and as a dictionary, that can be frozen."""

import json
from collections.abc import ItemsView, KeysView, ValuesView
from typing import Any


class Config:
    """Values by name: `config.rate` is `config["rate"]`. Frozen, it takes no others.

    ValueError for a change while it is frozen, AttributeError or KeyError for an unknown name.
    """

    def __init__(self, **kwargs: Any):
        vars(self)["_config"], vars(self)["_frozen"] = kwargs, False

    @property
    def frozen(self) -> bool:
        """Whether it is frozen."""
        return self._frozen

    def freeze(self) -> None:
        """Take no changes from now on."""
        vars(self)["_frozen"] = True

    def unfreeze(self) -> None:
        """Take changes again."""
        vars(self)["_frozen"] = False

    def _check(self) -> None:
        if self._frozen:
            raise ValueError("The config is frozen: unfreeze() lets it change.")

    def as_dict(self) -> dict[str, Any]:
        """A dictionary of the values."""
        return dict(self._config)

    def to_json(self) -> str:
        """The values as JSON."""
        return json.dumps(self._config)

    def keys(self) -> KeysView[str]:
        """The names."""
        return self._config.keys()

    def values(self) -> ValuesView[Any]:
        """The values."""
        return self._config.values()

    def items(self) -> ItemsView[str, Any]:
        """Names and values."""
        return self._config.items()

    def get(self, keyname: str, value: Any = None) -> Any:
        """The value of that name, or `value`."""
        return self._config.get(keyname, value)

    def pop(self, *args: Any) -> Any:
        """Take a value out."""
        self._check()
        return self._config.pop(*args)

    def update(self, *args: Any, **kwargs: Any) -> None:
        """Set several values."""
        self._check()
        self._config.update(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name in vars(self).get("_config", ()):
            return self._config[name]
        raise AttributeError(f"The config has no {name!r}; it has {', '.join(self._config)}.")

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __getitem__(self, key: str) -> Any:
        return self._config[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._check()
        self._config[key] = value

    def __delitem__(self, key: str) -> None:
        self.pop(key)

    def __delattr__(self, name: str) -> None:
        self.pop(name)

    def __contains__(self, key: object) -> bool:
        return key in self._config

    def __iter__(self) -> Any:
        return iter(sorted(self._config))

    def __len__(self) -> int:
        return len(self._config)

    def __repr__(self) -> str:
        return f"<Config {self._config}>"
