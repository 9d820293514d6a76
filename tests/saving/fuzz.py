"""Mutated models on every route: each is read, or refused by one type of error, within seconds.

`python -m tests.saving.fuzz --count 100000` runs longer than the suite does.
"""

import argparse
import copy
import io
import json
import random
import time
import warnings
import zipfile
from typing import Any

import addax
from addax import layers, saving
from addax.models import Model, Sequential, model_from_json

SECONDS = 2.0
ODD = [
    None, True, -1, 0, 10**12, 1.5, float("nan"), "", "x", "Dense", "os", "relu", [], [[]], {},
    [None], [1, 2, 3], {"class_name": "Dense", "config": {}},
    {"class_name": "__numpy__", "config": {}},
]  # fmt: skip


def sources() -> list[Model]:
    """A stack and a graph, compiled."""
    stack = Sequential([layers.Input((4,)), layers.Dense(3, "relu"), layers.Dropout(0.1)], name="s")
    x = layers.Input((4, 2), name="x")
    y = layers.Concatenate()([layers.LSTM(2)(x), addax.ops.mean(x, axis=1)])
    graph = Model(x, layers.Dense(2)(stack(y)), name="g")
    for model in (stack, graph):
        model.compile("adam", "mse", metrics=["mae"])
    return [stack, graph]


def places(value: Any, path: tuple = ()) -> list[tuple]:
    """The paths to everything inside nested dictionaries and lists."""
    found: list[tuple] = []
    if not isinstance(value, (dict, list)):
        return found
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        found += [(*path, key), *places(inner, (*path, key))]
    return found


def mutated(config: Any, random: random.Random) -> Any:
    """A copy with one to three places removed, replaced or exchanged."""
    config = copy.deepcopy(config)
    for _ in range(random.randint(1, 3)):
        known = places(config)
        if not known:
            break
        *outer, last = random.choice(known)
        holder = config
        for key in outer:
            holder = holder[key]
        kind = random.random()
        if kind < 0.3:
            del holder[last]
        elif kind < 0.8:
            holder[last] = copy.deepcopy(random.choice(ODD))
        else:
            other: Any = config
            for key in random.choice(known)[:-1]:
                other = (
                    other[key] if isinstance(other, (dict, list)) and _has(other, key) else other
                )
            holder[last] = copy.deepcopy(other)
    return config


def _has(value: Any, key: Any) -> bool:
    if isinstance(value, dict):
        return key in value
    return isinstance(value, list) and isinstance(key, int) and key < len(value)


def flipped(raw: bytes, random: random.Random) -> bytes:
    """A copy with a few bytes changed, or cut off."""
    changed = bytearray(raw)
    if random.random() < 0.2:
        return raw[: random.randrange(len(raw))]
    for _ in range(random.randint(1, 8)):
        changed[random.randrange(len(raw))] = random.randrange(256)
    return bytes(changed)


def written(model: Model, name: str, folder: Any) -> bytes:
    path = folder / name
    model.save(path)
    return path.read_bytes()


def archive(raw: bytes, config: Any) -> io.BytesIO:
    """The archive with another configuration."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, json.dumps(config) if name == "config.json" else old.read(name))
    return buffer


def attempts(count: int, seed: int, folder: Any) -> Any:
    """Pairs of a route's name and a function that reads one mutated model."""
    chance, models = random.Random(seed), sources()
    texts = [json.loads(m.to_json()) for m in models]
    archives = [written(m, "m.keras", folder) for m in models]
    old = [written(m, "m.h5", folder) for m in models]
    for i in range(count):
        which = chance.randrange(len(models))
        if i % 5 < 3:
            config = mutated(texts[which], chance)
            inner, text = config.get("config"), json.dumps(config)
            if i % 5 == 0:
                yield "json", lambda text=text: model_from_json(text)
            elif i % 5 == 1 or not isinstance(inner, dict):
                yield "deserialize", lambda config=config: saving.deserialize(config)
            else:
                cls = type(models[which])
                yield "from_config", lambda cls=cls, inner=inner: cls.from_config(inner)
        elif i % 5 == 3:
            file = archive(archives[which], mutated(texts[which], chance))
            yield "archive", lambda file=file: saving.load_model(file)
        else:
            raw = flipped(chance.choice((archives, old))[which], chance)
            yield "bytes", lambda raw=raw: saving.load_model(io.BytesIO(raw))


def run(count: int, seed: int, folder: Any) -> list[str]:
    """What went wrong: errors of other types, and attempts that took too long."""
    wrong = []
    for i, (route, read) in enumerate(attempts(count, seed, folder)):
        start = time.process_time()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                read()
        except ValueError:
            pass
        except Exception as error:
            wrong.append(f"{i} {route}: {type(error).__name__}: {error!s:.200}")
        if (seconds := time.process_time() - start) > SECONDS:
            wrong.append(f"{i} {route}: {seconds:.1f} s")
    return wrong


if __name__ == "__main__":
    import tempfile
    from pathlib import Path

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = run(options.count, options.seed, Path(name))
    print("\n".join(found) or f"{options.count} attempts: read, or refused clearly.")
    raise SystemExit(bool(found))
