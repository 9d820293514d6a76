import gzip
import importlib
import io
import os
import pickle
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from addax.datasets import (
    _load,
    boston_housing,
    california_housing,
    cifar10,
    cifar100,
    digits,
    fashion_mnist,
    mnist,
    reuters,
)
from addax.datasets._read import fingerprint
from addax.datasets._table import SOURCES
from addax.utils import files

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"


def shared(name):
    return pytest.mark.skipif(
        not (SHARED / name).exists(), reason=f"{name} is not in the shared folder of data sets"
    )


def shrink(monkeypatch, name, **rows):
    """Let the data set `name` have fewer rows, and any values: `x_train=20` and so on."""
    source = SOURCES[name]
    arrays = {
        key: array._replace(shape=(rows[key], *array.shape[1:]), sha256=None)
        for key, array in source.arrays.items()
    }
    monkeypatch.setitem(SOURCES, name, source._replace(arrays=arrays))


def draw(name, seed=0):
    """Arrays as the table asks for, of random values but balanced labels."""
    rng, arrays = np.random.default_rng(seed), {}
    for key, array in SOURCES[name].arrays.items():
        if array.balanced:
            values = np.arange(np.prod(array.shape)) % (array.top + 1)
            arrays[key] = rng.permutation(values).reshape(array.shape).astype(array.dtype)
        else:
            dtype = "float64" if array.dtype == "float" else array.dtype
            arrays[key] = rng.integers(0, (array.top or 255) + 1, array.shape).astype(dtype)
    return arrays


def same(pair, arrays):
    """Does `((x, y), (x, y))` hold these arrays, bit for bit?"""
    for found, wanted in zip([*pair[0], *pair[1]], arrays, strict=True):
        assert (found.shape, found.dtype) == (wanted.shape, wanted.dtype)
        np.testing.assert_array_equal(found, wanted)


# --- what needs no file ---------------------------------------------------------------------------


def test_digits():
    (x_train, y_train), (x_test, y_test) = digits.load_data()
    assert (x_train.shape, x_test.shape) == ((1437, 8, 8), (360, 8, 8))
    assert {a.dtype.name for a in (x_train, y_train, x_test, y_test)} == {"uint8"}
    assert (x_train.min(), x_train.max()) == (0, 16)
    assert sorted(set(y_train)) == list(range(10))
    (x, _), (_, y) = digits.load_data(test_split=0, seed=1)
    assert (len(x), len(y)) == (1797, 0)
    nearest = ((x_test[:, None] - x_train[None].astype("int32")) ** 2).sum((2, 3)).argmin(1)
    assert (y_train[nearest] == y_test).mean() > 0.97  # the labels belong to the images


def test_digits_are_those_of_scikit_learn():
    load_digits = pytest.importorskip("sklearn.datasets").load_digits
    (x, y), _ = digits.load_data(test_split=0)
    order = np.arange(1797)
    np.random.RandomState(113).shuffle(order)
    np.testing.assert_array_equal(x, load_digits().images[order])
    np.testing.assert_array_equal(y, load_digits().target[order])


def test_the_file_of_digits_is_made_the_same_every_time(monkeypatch):
    pytest.importorskip("sklearn")
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    tool = importlib.import_module("make_digits")
    made = tool.digits_file()
    assert made == tool.digits_file()
    with zipfile.ZipFile(io.BytesIO(made)) as a, zipfile.ZipFile(tool.PATH) as b:
        assert [(i.filename, i.CRC) for i in a.infolist()] == [
            (i.filename, i.CRC) for i in b.infolist()
        ]


def test_the_package_is_light():
    """Neither jax nor a data set is loaded before somebody asks for it."""
    code = (
        "import sys, types; package = types.ModuleType('addax'); package.__path__ = [sys.argv[1]]\n"
        "sys.modules['addax'] = package\n"
        "import addax.datasets as datasets\n"
        "assert not [m for m in sys.modules if m.startswith('addax.datasets.')]\n"
        "for name in dir(datasets): assert getattr(datasets, name).load_data\n"
        "assert 'jax' not in sys.modules and 'pickle' not in vars(datasets.imdb)"
    )
    subprocess.run([sys.executable, "-c", code, str(ROOT / "addax")], check=True)


def test_an_unknown_data_set_names_the_known_ones():
    import addax.datasets as datasets

    with pytest.raises(AttributeError, match=r"'minst'.*boston_housing.*mnist, reuters"):
        _ = datasets.minst


# --- files that lie in the folder ADDAX_DATASETS --------------------------------------------------


@shared("mnist.npz")
def test_the_real_mnist_is_read_in_place(tmp_path, monkeypatch):
    monkeypatch.setenv("ADDAX_DATASETS", str(SHARED))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    (x_train, y_train), (x_test, y_test) = mnist.load_data()
    assert (x_train.shape, x_test.shape) == ((60000, 28, 28), (10000, 28, 28))
    assert y_train[:5].tolist() == [5, 0, 4, 1, 9]
    assert y_test[:5].tolist() == [7, 2, 1, 0, 4]
    assert {a.dtype.name for a in (x_train, y_train, x_test, y_test)} == {"uint8"}
    assert list(tmp_path.iterdir()) == []


@shared("mnist.npz")
def test_a_changed_mnist_is_refused(folder):
    with np.load(SHARED / "mnist.npz", allow_pickle=False) as file:
        arrays = dict(file)
    arrays["y_test"][7] = (arrays["y_test"][7] + 1) % 10
    np.savez(folder / "mnist.npz", **arrays)
    with pytest.raises(ValueError, match=r"sets/mnist.npz.*y_test has the right shape but other"):
        mnist.load_data()


def npz(path, arrays):
    np.savez(path, **arrays)


def idx(path, arrays):
    names = [file.name for file in SOURCES["fashion_mnist"].files]
    for name, array in zip(names, arrays.values(), strict=True):
        head = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">i4").tobytes()
        (path.parent / name).write_bytes(gzip.compress(head + array.tobytes(), 1))


def cifar(path, arrays, layout):
    """The binary version's tar, from arrays (n, 3, 32, 32) and (n, 1)."""
    inner, labels, parts = layout.args
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        for part, names in parts.items():
            columns = [arrays[f"{label}_{part}"] for label in labels]
            images = arrays[f"x_{part}"].reshape(len(columns[0]), -1)
            records = np.concatenate([*columns, images], axis=1)
            for name, chunk in zip(names, np.split(records, len(names)), strict=True):
                info = tarfile.TarInfo(f"{inner}/{name}")
                info.size = chunk.size
                archive.addfile(info, io.BytesIO(chunk.tobytes()))


def write(name, folder, arrays):
    layout = SOURCES[name].layout
    path = folder / SOURCES[name].files[0].name
    if layout.startswith("cifar"):
        cifar(path, arrays, _load._LAYOUTS[layout])
    else:
        {"npz": npz, "idx": idx}[layout](path, arrays)


IMAGES = {
    "mnist": (mnist, {"x_train": 20, "y_train": 20, "x_test": 10, "y_test": 10}),
    "fashion_mnist": (fashion_mnist, {"x_train": 20, "y_train": 20, "x_test": 10, "y_test": 10}),
    "cifar10": (cifar10, {"x_train": 50, "y_train": 50, "x_test": 10, "y_test": 10}),
}


def last(images):
    return images.transpose(0, 2, 3, 1) if images.ndim == 4 else images


@pytest.mark.parametrize("name", IMAGES)
def test_images(folder, monkeypatch, name):
    module, rows = IMAGES[name]
    shrink(monkeypatch, name, **rows)
    arrays = draw(name)
    write(name, folder, arrays)
    same(module.load_data(), [last(array) for array in arrays.values()])


@pytest.mark.parametrize("mode", ["fine", "coarse"])
def test_cifar100(folder, monkeypatch, mode):
    rows = {f"{key}_{part}": 200 for key in ("x", "fine", "coarse") for part in ("train", "test")}
    shrink(monkeypatch, "cifar100", **rows)
    arrays = draw("cifar100")
    write("cifar100", folder, arrays)
    keys = ["x_train", f"{mode}_train", "x_test", f"{mode}_test"]
    same(cifar100.load_data(mode), [last(arrays[key]) for key in keys])


def test_the_channels_come_first_where_the_process_says_so(folder, monkeypatch):
    shrink(monkeypatch, "cifar10", **IMAGES["cifar10"][1])
    arrays = draw("cifar10")
    write("cifar10", folder, arrays)
    says = SimpleNamespace(image_data_format=lambda: "channels_first")
    monkeypatch.setitem(sys.modules, "addax.core.settings", says)
    same(cifar10.load_data(), list(arrays.values()))


def test_fashion_is_not_mistaken_for_mnist(folder, monkeypatch):
    """The files of both have the same names and shapes, but MNIST's classes differ in size."""
    shrink(monkeypatch, "fashion_mnist", **IMAGES["fashion_mnist"][1])
    arrays = draw("fashion_mnist")
    (folder / "fashion-mnist").mkdir()
    write("fashion_mnist", folder / "fashion-mnist", arrays)
    arrays["y_train"] = np.roll(arrays["y_train"] // 2, 1)
    write("fashion_mnist", folder, arrays)
    fashion_mnist.load_data()  # the folder of its own comes first
    for file in (folder / "fashion-mnist").iterdir():
        file.unlink()
    with pytest.raises(ValueError, match="y_train must hold every class equally often"):
        fashion_mnist.load_data()


HOUSES = {
    "boston_housing": (boston_housing, {}),
    "california_housing": (california_housing, {}),
    "california_housing, small": (california_housing, {"version": "small"}),
    "another split": (boston_housing, {"test_split": 0.5, "seed": 7}),
    "no test": (boston_housing, {"test_split": 0}),
}


@pytest.mark.parametrize(("module", "options"), HOUSES.values(), ids=HOUSES)
def test_houses_are_keras(folder, oracle, module, options):
    name = module.__name__.rsplit(".", 1)[1]
    write(name, folder, draw(name))
    wanted = oracle(name, folder / f"{name}.npz").load_data(**options)
    same(module.load_data(**options), [*wanted[0], *wanted[1]])


# --- what is refused ------------------------------------------------------------------------------


class Runs:
    """Its pickle calls os.system."""

    def __reduce__(self):
        return os.system, (f"touch {self.marker}",)

    marker: Path


def hostile(marker):
    rows = np.empty(1, object)
    rows[0] = Runs()
    Runs.marker = marker
    return rows


def stored(header, data=b"", version=b"\1\0"):
    """An .npz whose member x has this header."""
    text = repr(header).encode()
    text += b" " * (-(len(text) + 11) % 64) + b"\n"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        head = b"\x93NUMPY" + version + len(text).to_bytes(2, "little")
        for name in ("x", "y"):
            archive.writestr(f"{name}.npy", head + text + data)
    return stream.getvalue()


def header(shape, descr="<f8"):
    return {"descr": descr, "fortran_order": False, "shape": shape}


DAMAGED = {
    "no archive": (b"<html>404</html>", "not a zip file"),
    "a shape bomb": (stored(header((10**9, 10**9))), "x has 0 bytes, not those of float64"),
    "a negative shape": (stored(header((-1, 13))), "x has 0 bytes"),
    "a decompression bomb": (stored(header((1,)), bytes(1 << 29)), "expected at most"),
    "objects": (stored(header((506, 13), "|O"), pickle.dumps([1])), "dtype object, expected numb"),
    "a table of fields": (stored(header((1,), [("a", "<f8")])), "expected numbers"),
    "no header": (stored("x"), "Header is not a dictionary"),
    "a version to come": (stored("x", version=b"\x09\0"), "version"),
    "another shape": (stored(header((1,)), bytes(8)), r"x is float64 \(1,\), expected float"),
    "another dtype": (
        stored(header((506, 13), "<i8"), bytes(506 * 13 * 8)),
        "x is int64 .* expected float",
    ),
}


@pytest.mark.parametrize(("content", "message"), DAMAGED.values(), ids=DAMAGED)
def test_damaged_arrays(folder, content, message):
    (folder / "boston_housing.npz").write_bytes(content)
    with pytest.raises(
        ValueError, match=rf"(?s)boston_housing.npz: this is not.*{message}.*Remove"
    ):
        boston_housing.load_data()


@pytest.mark.parametrize("name", ["imdb", "reuters", "mnist", "boston_housing"])
def test_a_pickle_that_runs_code_is_refused_and_not_run(folder, tmp_path, name):
    marker = tmp_path / "ran"
    keys = ["x", "y", "x_train", "y_train", "x_test", "y_test"]
    np.savez(folder / f"{name}.npz", **dict.fromkeys(keys, hostile(marker)))
    module = importlib.import_module(f"addax.datasets.{name}")
    with pytest.raises(ValueError, match=r"system|expected numbers"):
        module.load_data()
    assert not marker.exists()


def test_bad_cifar(folder, monkeypatch):
    shrink(monkeypatch, "cifar10", **IMAGES["cifar10"][1])
    path = folder / "cifar-10-binary.tar.gz"
    arrays = draw("cifar10")
    half = {key: array[: len(array) // 2] for key, array in arrays.items()}
    cifar(path, half, _load._LAYOUTS["cifar10"])
    with pytest.raises(ValueError, match="no file of 30730 bytes"):
        cifar10.load_data()
    with tarfile.open(path, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("elsewhere/data_batch_1.bin"))
    with pytest.raises(ValueError, match=r"it lacks cifar-10-batches-bin/data_batch_1.bin"):
        cifar10.load_data()
    with tarfile.open(path, "w:gz") as archive:
        link = tarfile.TarInfo("cifar-10-batches-bin/test_batch.bin")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    with pytest.raises(ValueError, match=r"test_batch.bin is no file of"):
        cifar10.load_data()


def test_bad_idx(folder, monkeypatch):
    shrink(monkeypatch, "fashion_mnist", **IMAGES["fashion_mnist"][1])
    arrays = draw("fashion_mnist")
    write("fashion_mnist", folder, arrays | {"x_test": arrays["x_test"][:5]})
    with pytest.raises(ValueError, match=r"no IDX file of uint8 \(10, 28, 28\)"):
        fashion_mnist.load_data()


ARGUMENTS = {
    "label_mode": (lambda: cifar100.load_data("medium"), "'medium', expected 'fine' or 'coarse'"),
    "version": (lambda: california_housing.load_data("huge"), "'huge', expected 'small'"),
    "test_split": (lambda: digits.load_data(test_split=1), "is 1, expected 0 <= test_split < 1"),
    "a negative split": (lambda: reuters.load_data(test_split=-0.1), "is -0.1, expected"),
}


@pytest.mark.parametrize(("call", "message"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_arguments(folder, call, message):
    with pytest.raises(ValueError, match=message):
        call()


# --- where files come from ------------------------------------------------------------------------


def test_a_repacked_file_is_as_good_but_other_values_are_not(folder, monkeypatch):
    shrink(monkeypatch, "mnist", **IMAGES["mnist"][1])
    arrays = draw("mnist")
    source = SOURCES["mnist"]
    known = {k: a._replace(sha256=fingerprint(arrays[k])) for k, a in source.arrays.items()}
    monkeypatch.setitem(SOURCES, "mnist", source._replace(arrays=known))
    np.savez_compressed(folder / "mnist.npz", **arrays)
    same(mnist.load_data(), list(arrays.values()))
    arrays["x_test"][3, 4, 5] ^= 1
    npz(folder / "mnist.npz", arrays)
    with pytest.raises(ValueError, match=r"mnist.npz.*x_test has the right shape but other values"):
        mnist.load_data()


def test_a_missing_file_names_folder_file_and_ways_out(folder):
    message = r"sets', but there is no file 'mnist.npz'.*https://.*unset ADDAX_DATASETS.*digits"
    with pytest.raises(FileNotFoundError, match=message):
        mnist.load_data()


def test_a_path_is_read_in_place(tmp_path, monkeypatch):
    monkeypatch.delenv("ADDAX_DATASETS", raising=False)
    shrink(monkeypatch, "mnist", **IMAGES["mnist"][1])
    arrays = draw("mnist")
    npz(tmp_path / "mine.npz", arrays)
    same(mnist.load_data(str(tmp_path / "mine.npz")), list(arrays.values()))
    with pytest.raises(FileNotFoundError, match=r"no file .*/gone.npz"):
        mnist.load_data(str(tmp_path / "gone.npz"))


def test_the_usual_place_and_cache(web, tmp_path, monkeypatch):
    shrink(monkeypatch, "mnist", **IMAGES["mnist"][1])
    arrays = draw("mnist")
    npz(web.folder / "mnist.npz", arrays)
    source = SOURCES["mnist"]
    digest = files.hash_file(web.folder / "mnist.npz")
    file = source.files[0]._replace(origin=f"{web.url}/", hash=digest)
    monkeypatch.setitem(SOURCES, "mnist", source._replace(files=(file,)))
    same(mnist.load_data(), list(arrays.values()))
    assert files.hash_file(tmp_path / "home/datasets/mnist.npz") == digest
    same(mnist.load_data("renamed.npz"), list(arrays.values()))
    assert files.hash_file(tmp_path / "home/datasets/renamed.npz") == digest
    (web.folder / "mnist.npz").unlink()
    same(mnist.load_data(), list(arrays.values()))  # from the cache
    (tmp_path / "home/datasets/mnist.npz").write_bytes(b"damaged")
    with pytest.raises(files.DownloadError, match=r"404.*ADDAX_DATASETS"):
        mnist.load_data()


@pytest.mark.parametrize("name", SOURCES)
def test_the_table(name):
    """Every file has an https origin and, Fashion-MNIST's aside, a hash."""
    for file in SOURCES[name].files:
        assert file.url.startswith("https://")
        assert (file.hash is None) == (name == "fashion_mnist")
        assert file.hash is None or len(file.hash) in (32, 64)


KERAS_FILES = ["mnist", "imdb", "reuters", "boston_housing", "california_housing"]


@pytest.mark.parametrize("name", KERAS_FILES)
def test_keras_asks_for_the_same_files(oracle, monkeypatch, name):
    asked = []
    module = oracle(name, "")
    monkeypatch.setattr(module, "get_file", lambda *args, **kwargs: asked.append((args, kwargs)))
    with pytest.raises((TypeError, AttributeError, ValueError)):
        module.load_data()
    ((args, options),) = asked
    file = SOURCES[name].files[0]
    assert (options["origin"], options["file_hash"]) == (file.url, file.hash)
    assert (options.get("fname") or args[0]) == file.name


def test_a_fingerprint_is_of_the_array():
    array = np.arange(6, dtype="uint8").reshape(2, 3)
    assert fingerprint(array) == fingerprint(np.asfortranarray(array))
    others = [array.reshape(3, 2), array.astype("int8"), array[::-1]]
    assert len({fingerprint(other) for other in [array, *others]}) == 4
