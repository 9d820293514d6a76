"""Files that mean harm, each tried on every way of loading; run as a program by test_hostile.py.

Prints one JSON line an attempt: route, file, error, seconds, extra MiB, what it touched.
"""

import io
import json
import os
import pickle
import resource
import struct
import sys
import time
import zipfile
from pathlib import Path

import h5py
import numpy as np

import addax.layers as layers
import addax.models as models
from addax import saving

ALLOWED = sys.argv[1] if len(sys.argv) > 1 else "."


def model():
    return models.Sequential([layers.Input((4,)), layers.Dense(3, name="d")], name="m")


def weights(change=None):
    """The HDF5 bytes of a good model's weights, changed."""
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        good = file.create_group("layers/dense/vars")
        good["0"], good["1"] = np.zeros((4, 3), "f4"), np.zeros(3, "f4")
        if change is not None:
            change(good)
    return buffer.getvalue()


def archive(config=None, h5=None, members=(), name="model.weights.h5", compress=0):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compress) as z:
        config = saving.serialize_keras_object(model()) if config is None else config
        z.writestr(
            "config.json", config if isinstance(config, (str, bytes)) else json.dumps(config)
        )
        z.writestr(name, weights() if h5 is None else h5)
        for member, data in members:
            z.writestr(member, data)
    return buffer.getvalue()


def stack(*entries, **config):
    rows = [
        {"class_name": "InputLayer", "config": {"batch_shape": [None, 4], "name": "i"}},
        *entries,
    ]
    return {"class_name": "Sequential", "config": {"name": "m", "layers": rows} | config}


def layer(name, **config):
    return {"module": "keras.layers", "class_name": name, "config": {"name": "x"} | config}


def graph(*nodes):
    """A functional model whose inbound nodes are given: (name, inbound)."""
    source = {"class_name": "InputLayer", "name": "i", "inbound_nodes": []}
    entries = [source | {"config": {"batch_shape": [None, 4], "name": "i"}}]
    for name, inbound in nodes:
        dense = {"class_name": "Dense", "name": name, "config": {"units": 4, "name": name}}
        tensors = [{"class_name": "__keras_tensor__", "config": {"keras_history": [inbound, 0, 0]}}]
        entries.append(dense | {"inbound_nodes": [{"args": tensors, "kwargs": {}}]})
    ends = {"input_layers": ["i", 0, 0], "output_layers": [nodes[-1][0], 0, 0]}
    return {"class_name": "Functional", "config": {"name": "m", "layers": entries} | ends}


def nested(depth):
    return '{"class_name": "Sequential", "config": ' + '{"a":' * depth + "1" + "}" * depth + "}"


def replaced(key, make):
    def change(group):
        del group[key]
        make(group)

    return change


def bomb(group):
    group.create_dataset("0", (10**6, 10**6), "f4", chunks=(1000, 1000), compression="gzip")


def small_bomb(group):
    data = np.zeros((4000, 4000), "f4")
    group.create_dataset("0", data=data, chunks=(1000, 4000), compression="gzip")


def virtual(group):
    layout = h5py.VirtualLayout((4, 3), "f4")
    layout[:] = h5py.VirtualSource("/etc/hostname", "x", (4, 3))
    group.create_virtual_dataset("0", layout)


def external(group):
    group.create_dataset("0", (4, 3), "f4", external=[("/etc/hostname", 0, 48)])


def texts(group):
    group.create_dataset("0", data=["a"] * 12, dtype=h5py.string_dtype())


def cycle(group):
    group["loop"] = group.file["layers"]


def deep(group):
    group.create_group("/".join("a" * 500))


def many_names(group):
    group.file.attrs["layer_names"] = np.array([b"n%d" % i for i in range(5000)])


def foreign_filter(group):
    group.create_dataset("0", data=np.zeros((4, 3), "f4"), chunks=(4, 3), compression="lzf")


def old_h5(config, training=None):
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        file.attrs["model_config"] = json.dumps(config)
        if training is not None:
            file.attrs["training_config"] = json.dumps(training)
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = np.array([b"x"])
        names = group.create_group("x")
        names.attrs["weight_names"] = np.array([b"k", b"b"])
        names["k"], names["b"] = np.zeros((4, 3), "f4"), np.zeros(3, "f4")
    return buffer.getvalue()


def tensors(header, data=b"", length=None):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


F32 = {"dtype": "F32", "shape": [4, 3], "data_offsets": [0, 48]}
LAMBDA = {"class_name": "__lambda__", "config": {"code": "4wEAAAA=", "defaults": None}}
GADGET = {
    "module": "os",
    "class_name": "system",
    "config": {"command": "true"},
    "registered_name": None,
}
CALL = {"module": "builtins", "class_name": "function", "config": "system", "registered_name": "os"}

H5 = {
    "bomb": bomb,
    "small bomb": small_bomb,
    "virtual": virtual,
    "external storage": external,
    "texts": texts,
    "soft link": lambda g: g.__setitem__("0", h5py.SoftLink("/layers/dense/vars/1")),
    "external link": lambda g: g.__setitem__("0", h5py.ExternalLink("/etc/hostname", "/x")),
    "other filter": foreign_filter,
}
EXTRA = {"cycle": cycle, "deep": deep, "many names": many_names}
DENSE = layer("Dense", units=3)
CONFIGS = {
    "import": GADGET,
    "gadget in a layer": stack(layer("Dense", units=3, activation=GADGET)),
    "function of a module": stack(layer("Dense", units=3, activation=CALL)),
    "gadget of our own": stack(layer("Dense", units=3, activation="load_model")),
    "lambda layer": stack(layer("Lambda", function=LAMBDA)),
    "old lambda layer": stack(layer("Lambda", function=["4wEAAAA=", None, None])),
    "lambda as activation": stack(layer("Dense", units=3, activation=LAMBDA)),
    "other file's model": stack(layer("TFSMLayer", filepath="/etc", call_endpoint="x")),
    "torch module": stack(
        {"module": "keras.layers", "class_name": "TorchModuleWrapper", "config": {}}
    ),
    "huge units": stack(layer("Dense", units=10**12)),
    "large units": stack(layer("Dense", units=10**9)),
    "large cell": stack(layer("Reshape", target_shape=[2, 2]), layer("LSTM", units=10**8)),
    "large table": stack(layer("Embedding", input_dim=10**9, output_dim=64)),
    "large kernel": stack(
        layer("Reshape", target_shape=[2, 2, 1]),
        {"class_name": "Conv2D", "config": {"filters": 8, "kernel_size": 40000, "padding": "same"}},
    ),
    "negative units": stack(layer("Dense", units=-4)),
    "text units": stack(layer("Dense", units="abc")),
    "unknown key": stack(layer("Dense", units=3, command="true")),
    "unknown class": stack(layer("Dense2", units=3)),
    "no config": {"class_name": "Sequential"},
    "list": [1, 2],
    "a number": 3,
    "config a text": {"class_name": "Sequential", "config": "x"},
    "layers a text": {"class_name": "Sequential", "config": {"layers": "abc"}},
    "class a list": {"class_name": ["Sequential"], "config": {}},
    "a layer": DENSE,
    "a literal": {"class_name": "__numpy__", "config": {"value": [0], "dtype": "(1000000000,)f8"}},
    "vocabulary path": stack(layer("StringLookup", vocabulary="/etc/hostname")),
    "loop": graph(("a", "b"), ("b", "a")),
    "own input": graph(("a", "a")),
    "missing layer": graph(("a", "nobody")),
    "thresholds": stack(DENSE)
    | {
        "compile_config": {
            "optimizer": "sgd",
            "loss": "mse",
            "metrics": [
                {
                    "module": "keras.metrics",
                    "class_name": "AUC",
                    "config": {"num_thresholds": 10**9},
                }
            ],
        }
    },
}
TEXTS = {
    "deep config": nested(200),
    "very deep config": nested(200_000),
    "endless lists": "[" + "[]," * 3_000_000 + "0]",
    "no json": "{",
    "not a number": '{"class_name": NaN}',
}


def corpus():
    good = archive()
    yield from ((f"h5 {n}", weights(replaced("0", c))) for n, c in H5.items())
    yield from ((f"h5 {n}", weights(c)) for n, c in EXTRA.items())
    yield from ((f"archive {n}", archive(h5=weights(replaced("0", c)))) for n, c in H5.items())
    yield from ((f"config {n}", archive(c)) for n, c in CONFIGS.items())
    yield from ((f"config {n}", archive(t)) for n, t in TEXTS.items())
    yield from ((f"old {n}", old_h5(c)) for n, c in CONFIGS.items())
    yield "old optimizer", old_h5(stack(DENSE), {"optimizer_config": GADGET, "loss": "mse"})
    yield (
        "old loss",
        old_h5(
            stack(DENSE), {"optimizer_config": {"class_name": "SGD", "config": {}}, "loss": GADGET}
        ),
    )
    yield "zip up", archive(members=[("../evil", b"x")])
    yield "zip absolute", archive(members=[("/evil", b"x")])
    yield "zip backslash", archive(members=[("a\\..\\evil", b"x")])
    yield "zip bomb", archive(b" " * (300 << 20), compress=zipfile.ZIP_DEFLATED)
    yield (
        "zip weights bomb",
        archive(h5=b"\x89HDF\r\n\x1a\n" + bytes(300 << 20), compress=zipfile.ZIP_DEFLATED),
    )
    yield "zip without config", archive(name="x").replace(b"config.json", b"konfig.json")
    yield "zip without weights", archive(name="x")
    yield "zip npz weights", archive(name="model.weights.npz")
    yield "zip cut", good[: len(good) // 2]
    yield (
        "zip flipped",
        good.replace(weights()[-40:], bytes(40), 1) if weights()[-40:] != bytes(40) else good[:-9],
    )
    yield "h5 cut", weights()[:1500]
    yield "h5 head", b"\x89HDF\r\n\x1a\n" + b"\xff" * 3000
    yield "empty", b""
    yield "text", b"import os\n"
    yield "png", b"\x89PNG\r\n\x1a\n" + bytes(100)
    yield "pickle", pickle.dumps(print)
    yield "st long header", tensors({"a": F32}, bytes(48), 1 << 60)
    yield "st big header", tensors({"a": F32}, bytes(48), 90 << 20)
    yield "st past the end", tensors({"a": F32 | {"data_offsets": [0, 1 << 40]}}, bytes(48))
    yield "st shape", tensors({"a": F32 | {"shape": [1 << 40, 3]}}, bytes(48))
    yield "st negative", tensors({"a": F32 | {"shape": [-4, -3]}}, bytes(48))
    yield "st gap", tensors({"a": F32 | {"data_offsets": [8, 56]}}, bytes(56))
    yield "st overlap", tensors({"a": F32, "b": F32}, bytes(48))
    yield "st dtype", tensors({"a": F32 | {"dtype": "O"}}, bytes(48))
    yield "st list", tensors(b"{        [1]", bytes(48))


ROUTES = {
    "load_model": lambda path: saving.load_model(path),
    "load_model uncompiled": lambda path: saving.load_model(path, compile=False),
    "load_model of a stream": lambda path: saving.load_model(io.BytesIO(Path(path).read_bytes())),
    "load_weights": lambda path: model().load_weights(path),
    "load_weights skipping": lambda path: model().load_weights(path, skip_mismatch=True),
    "inspect_file": lambda path: saving.inspect_file(path),
    "deserialize": lambda path: saving.deserialize_keras_object(
        json.loads(zipfile.ZipFile(path).read("config.json"))
    ),
}


def attempt(route, path, touched):
    touched.clear()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    try:
        ROUTES[route](path)
        error = None
    except Exception as e:
        error = [c.__name__ for c in type(e).__mro__] + [str(e)]
    seconds = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return {"error": error, "seconds": seconds, "grown": grown, "touched": sorted(set(touched))}


def main(folder):
    watched = (
        "import",
        "exec",
        "open",
        "socket",
        "subprocess",
        "os.",
        "pickle",
        "marshal",
        "shutil",
    )
    touched, on = [], []

    def hook(event, arguments):
        if on and event.startswith(watched):
            subject = str(arguments[0]) if arguments else ""
            source = event == "open" and subject.endswith(".py")  # lines for a message
            if not source and not (event == "open" and subject == on[0]):
                touched.append(f"{event} {subject[:80]}")

    files = {}
    for i, (name, data) in enumerate(corpus()):
        files[name] = os.path.join(folder, str(i))
        Path(files[name]).write_bytes(data)
    good = os.path.join(folder, "good")
    Path(good).write_bytes(archive())
    saving.load_model(good).predict(np.zeros((2, 4)), verbose=0)
    for name in ("config large cell", "config large kernel", "config thresholds", "old import"):
        attempt("load_model", files[name], touched)  # what the first use of a layer imports
        attempt("load_weights", files[name], touched)
    sys.addaudithook(hook)
    for name, path in files.items():
        for route in ROUTES:
            if route == "deserialize" and not (name[:7] == "config " and name[7:] in CONFIGS):
                continue
            on[:] = [path]
            report = attempt(route, path, touched)
            on.clear()
            print(json.dumps({"file": name, "route": route} | report), flush=True)


if __name__ == "__main__":
    main(ALLOWED)
