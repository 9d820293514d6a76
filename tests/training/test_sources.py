"""What `fit`, `evaluate` and `predict` take as data, and the structures that they give back."""

import itertools

import jax
import numpy as np
import pytest
from training.regression import X, Y, equal, fit, regressor

import addax
from addax import Input, Model, layers
from addax.core import settings
from addax.training import sources, transfer


@pytest.mark.parametrize("dtype", ["uint8", "int32", "bool"])
def test_integers_train_like_the_floats_they_stand_for(dtype):
    x = (np.arange(200).reshape(50, 4) % 7).astype(dtype)
    weights = []
    for given in (x, x.astype("float32")):
        addax.utils.set_random_seed(1)
        model = addax.Sequential([layers.Dense(3), layers.Dense(1)])
        model.compile("sgd", "mse")
        fit(model, given)
        weights.append(model.get_weights())
    equal(*weights)


# Structures


def structured(outputs):
    x = Input((4,), name="x")
    parts = [layers.Dense(n)(x) for n in (1, 2)]
    return Model(x, outputs(parts))


STRUCTURES = [
    (lambda p: p, list),
    (lambda p: tuple(p), (list, tuple)),
    (lambda p: {"a": p[0], "b": p[1]}, dict),
    (lambda p: {"a": p[0], "rest": {"b": p[1]}}, dict),
    (lambda p: [p[0], [p[1]]], list),
]


@pytest.mark.parametrize("outputs, kind", STRUCTURES)
@pytest.mark.parametrize("size", [8, 50])
def test_predict_keeps_the_structure(outputs, kind, size):
    model = structured(outputs)
    found = model.predict(X, batch_size=size, verbose=0)
    direct = model(X)
    assert isinstance(found, kind)
    assert jax.tree.structure(found) == jax.tree.structure(direct)
    for a, b in zip(jax.tree.leaves(found), jax.tree.leaves(direct), strict=True):
        assert type(a) is np.ndarray
        a += 1  # may be written to
        np.testing.assert_allclose(a, b + 1, rtol=1e-5)


@pytest.mark.parametrize("size", [1, 7, 32, 50, 99])
def test_predict_is_the_same_for_all_batch_sizes(model, size):
    found = model.predict(X, batch_size=size, verbose=0)
    assert found.flags.writeable
    np.testing.assert_allclose(found, model(X), rtol=1e-5)


# Kinds of data


class Wrapped:
    """What looks like an array to NumPy only: a pandas frame, a polars series..."""

    def __init__(self, values):
        self.values = values
        self.shape = values.shape
        self.columns = ["a"]

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype)

    def __len__(self):
        return len(self.values)

    def __getitem__(self, key):
        raise KeyError(key)  # as a frame does for numbers


class Torch:
    """A tensor of torch as far as training looks at it."""

    def __init__(self, values):
        self.values = values
        self.shape, self.dtype = values.shape, f"torch.{values.dtype}"

    def detach(self):
        return self

    cpu = detach

    def numpy(self):
        return self.values

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype)

    def __len__(self):
        return len(self.values)


class Loader:
    """A torch DataLoader: batches as lists of tensors."""

    batch_size = 16

    def __init__(self, dataset=None):
        self.dataset = dataset

    def __len__(self):
        return 4

    def __iter__(self):
        return ([Torch(X[i : i + 16]), Torch(Y[i : i + 16])] for i in range(0, 50, 16))


class Tf:
    """A tf.data.Dataset."""

    def as_numpy_iterator(self):
        return iter(batches())

    def __iter__(self):
        raise AssertionError("NumPy arrays are asked for")

    def __len__(self):
        return 4


class Batches(addax.utils.PyDataset):
    """Counts what it is told of epochs."""

    begun = ended = 0

    def __len__(self):
        return 4

    def __getitem__(self, i):
        return X[i * 16 : i * 16 + 16], Y[i * 16 : i * 16 + 16]

    def on_epoch_begin(self):
        self.begun += 1

    def on_epoch_end(self):
        self.ended += 1


class Duck:
    """Batches by number, of no class of ours."""

    __len__ = Batches.__len__
    __getitem__ = Batches.__getitem__


def batches(x=X, y=Y, size=16):
    for i in range(0, len(x), size):
        yield x[i : i + size], y[i : i + size]


def endless():
    while True:
        yield from batches()


ARRAYS = {
    "NumPy": (X, Y),
    "float64": (X.astype("float64"), Y.astype("float64")),
    "JAX": (jax.numpy.asarray(X), jax.numpy.asarray(Y)),
    "lists": (X.tolist(), Y.tolist()),
    "flat targets": (X, Y[:, 0]),
    "pandas": (Wrapped(X), Wrapped(Y)),
    "torch": (Torch(X), Torch(Y)),
    "Fortran order": (np.asfortranarray(X), Y),
    "a view": (np.repeat(X, 2, axis=0)[::2], Y),
}
STREAMS = {
    "PyDataset": Batches,
    "duck": Duck,
    "DataLoader": Loader,
    "tf.data": Tf,
    "list of batches": lambda: iter(list(batches())),
    "a function": lambda: batches,
}


@pytest.fixture(scope="module")
def expected():
    model = regressor()
    history = fit(model, shuffle=False).history
    return history, model.evaluate(X, Y, 16, 0), model.predict(X, verbose=0)


def hold_against(expected, model, history):
    for name, values in history.history.items():
        np.testing.assert_allclose(values, expected[0][name][: len(values)], rtol=1e-5)


@pytest.mark.parametrize("kind", ARRAYS)
def test_arrays_of_every_kind(kind, expected, model):
    x, y = ARRAYS[kind]
    hold_against(expected, model, fit(model, x, y, shuffle=False))
    np.testing.assert_allclose(model.evaluate(x, y, 16, 0), expected[1], rtol=1e-5)
    np.testing.assert_allclose(model.predict(x, verbose=0), expected[2], rtol=1e-4)


def test_sparse_matrices(expected, model):
    sparse = pytest.importorskip("scipy.sparse")
    hold_against(expected, model, fit(model, sparse.csr_matrix(X), Y, shuffle=False))
    np.testing.assert_allclose(
        model.predict(sparse.coo_matrix(X), verbose=0), expected[2], rtol=1e-4
    )


@pytest.mark.parametrize("kind", STREAMS)
def test_streams_of_every_kind(kind, expected, model):
    make = STREAMS[kind]
    once = kind == "list of batches"
    history = model.fit(make(), epochs=1 if once else 2, shuffle=False, verbose=0)
    hold_against(expected, model, history)
    assert len(history.epoch) == (1 if once else 2)
    if not once:
        np.testing.assert_allclose(model.evaluate(make(), verbose=0), expected[1], rtol=1e-5)
        np.testing.assert_allclose(model.predict(make(), verbose=0), expected[2], rtol=1e-4)


@pytest.mark.parametrize("apart", [False, True], ids=["threads", "processes"])
def test_workers_fetch_ahead_and_keep_the_order(apart, expected, model):
    dataset = Batches(workers=2, use_multiprocessing=apart, max_queue_size=3)
    hold_against(expected, model, model.fit(dataset, epochs=2, shuffle=False, verbose=0))
    assert (dataset.begun, dataset.ended) == (2, 2)


@pytest.mark.parametrize("apart", [False, True], ids=["threads", "processes"])
def test_a_worker_s_error_reaches_the_caller(apart, model):
    class Broken(Batches):
        def __getitem__(self, i):
            if i == 2:
                raise OSError("no such image")
            return super().__getitem__(i)

    with pytest.raises(OSError, match="no such image"):
        model.fit(Broken(workers=2, use_multiprocessing=apart), verbose=0)


def test_an_endless_dataset_with_workers(model):
    class Endless(Batches):
        num_batches = None

        def __getitem__(self, i):
            return super().__getitem__(i % 4)

    history = model.fit(Endless(workers=2), steps_per_epoch=9, verbose=0)
    assert np.isfinite(history.history["loss"][0])


@pytest.mark.parametrize("shuffle", [True, False, "batch"])
@pytest.mark.parametrize("size", [16, 7])
def test_data_too_large_for_the_device_are_brought_in_runs(shuffle, size, monkeypatch):
    def train():
        model = regressor()
        np.random.seed(0)
        history = fit(model, batch_size=size, shuffle=shuffle).history
        return (
            history["loss"],
            history["mae"],
            model.evaluate(X, Y, size, 0),
            model.get_weights()[0],
        )

    resident = train()
    monkeypatch.setattr(sources, "fits", lambda arrays: False)
    monkeypatch.setattr(transfer, "CHUNK_BATCHES", 2)
    for ours, theirs in zip(train(), resident, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6)


def test_arrays_may_change_after_they_are_placed():
    array = np.zeros((1 << 18,), "float32")
    placed = transfer.place({"x": array, "small": array[:3]})
    array += 1
    assert float(placed["x"].sum()) == float(placed["small"].sum()) == 0


def test_a_generator_may_fill_the_same_memory_again(expected, model):
    def reused():
        x, y = np.empty((16, 4), "float32"), np.empty((16, 1), "float32")
        for bx, by in itertools.chain(batches(), batches()):
            x[: len(bx)], y[: len(by)] = bx, by
            yield x[: len(bx)], y[: len(by)]

    history = model.fit(reused(), steps_per_epoch=4, epochs=2, verbose=0)
    hold_against(expected, model, history)


def test_limits_to_try_a_program_out(model, monkeypatch):
    monkeypatch.setitem(settings._settings, "max_epochs", 2)
    monkeypatch.setitem(settings._settings, "max_steps_per_epoch", 1)
    dataset = Batches()
    with pytest.warns(UserWarning, match=r"max_(epochs|steps_per_epoch)\(\) = "):
        history = model.fit(dataset, epochs=5, verbose=0)
    assert len(history.epoch) == 2
    with pytest.warns(UserWarning, match="max_steps_per_epoch"):
        first = model.evaluate(X, Y, 16, verbose=0)
    monkeypatch.undo()
    np.testing.assert_allclose(first, model.evaluate(X[:16], Y[:16], 16, verbose=0), rtol=1e-6)


def test_generators(expected, model):
    source = itertools.chain(batches(), batches())
    hold_against(expected, model, model.fit(source, steps_per_epoch=4, epochs=2, verbose=0))
    np.testing.assert_allclose(model.evaluate(endless(), steps=4, verbose=0), expected[1], 1e-5)
    assert model.predict(endless(), steps=2, verbose=0).shape == (32, 1)
    validated = model.fit(
        endless(), steps_per_epoch=4, validation_data=endless(), validation_steps=4, verbose=0
    )
    assert sorted(validated.history) == ["loss", "mae", "val_loss", "val_mae"]


def test_a_dataset_hears_of_its_epochs(model):
    dataset = Batches()
    model.fit(dataset, epochs=3, verbose=0)
    assert (dataset.begun, dataset.ended) == (3, 3)
    model.fit(dataset, steps_per_epoch=2, epochs=2, verbose=0)
    assert (dataset.begun, dataset.ended) == (5, 5)


def test_batches_with_weights_and_single_inputs(model):
    weighted = ((x, y, np.zeros(len(x), "float32")) for x, y in batches())
    before = model.get_weights()
    assert model.fit(weighted, verbose=0).history["loss"] == [0.0]
    equal(model.get_weights(), before)
    alone = (x for x, _ in batches())
    assert model.predict(alone, verbose=0).shape == (50, 1)


def test_batches_of_dictionaries():
    left, right = Input((4,), name="left"), Input((1,), name="right")
    model = Model([left, right], layers.Dense(1, name="y")(layers.Concatenate()([left, right])))
    model.compile("sgd", "mse")
    stream = lambda: (({"left": x, "right": y}, {"y": y}) for x, y in batches())  # noqa: E731
    loss = model.evaluate(stream(), verbose=0)
    assert loss == pytest.approx(model.evaluate({"right": Y, "left": X}, Y, 16, 0), rel=1e-5)
    assert model.predict(stream(), verbose=0).shape == (50, 1)


# Generators that end


def few(n):
    for i in range(n):
        yield X[8 * i : 8 * i + 8], Y[8 * i : 8 * i + 8]


DRY = [
    ({"steps_per_epoch": 5}, 2, 1, "after 2 of 5 batches"),
    ({"epochs": 2}, 2, 1, "with an earlier epoch"),
    ({"epochs": 4, "steps_per_epoch": 2}, 5, 3, "after 1 of 2 batches"),
    ({"epochs": 4, "steps_per_epoch": 2}, 4, 2, "after 0 of 2 batches"),
]


@pytest.mark.parametrize("options, made, epochs, said", DRY, ids=str)
def test_a_generator_that_ends_ends_the_training_and_keeps_its_history(
    options, made, epochs, said, model
):
    with pytest.warns(UserWarning, match=said):
        history = fit(model, few(made), None, **options)
    assert history.epoch == list(range(epochs)) and len(history.history["loss"]) == epochs


def test_a_generator_that_ends_ends_evaluate_and_validation(model):
    whole = model.evaluate(X[:16], Y[:16], verbose=0)
    with pytest.warns(UserWarning, match="after 2 of 3 batches"):
        found = model.evaluate(few(2), steps=3, verbose=0)
    np.testing.assert_allclose(found, whole, rtol=1e-6)  # sums in another order
    with pytest.warns(UserWarning, match="after 2 of 3 batches"):
        history = fit(model, X, Y, epochs=1, validation_data=few(2), validation_steps=3)
    assert len(history.history["val_loss"]) == 1
    with pytest.warns(UserWarning, match="after 2 of 3 batches"):
        assert len(model.predict(few(2), steps=3, verbose=0)) == 16


class Steps(addax.callbacks.Callback):
    """Counts the steps that are done."""

    done = 0

    def on_train_batch_end(self, batch, logs=None):
        self.done += 1


@pytest.mark.parametrize("kind", ["generator", "indexed", "iterable"])
def test_a_batch_is_asked_for_after_the_step_before(kind, model):
    steps, seen = Steps(), []

    def batch(i):
        seen.append(steps.done)
        return X[i : i + 4], Y[i : i + 4]

    class Indexed(addax.utils.PyDataset):
        def __len__(self):
            return 6

        def __getitem__(self, i):
            return batch(i)

    class Iterable:
        def __iter__(self):
            return map(batch, range(6))

    made = {"generator": lambda: map(batch, range(6)), "indexed": Indexed, "iterable": Iterable}
    model.fit(made[kind](), callbacks=[steps], verbose=0, shuffle=False)
    assert seen == [0, 1, 2, 3, 4, 5]


def test_a_generator_sees_the_weights_of_the_step_before(model):
    seen = []

    def batches():
        for i in range(4):
            seen.append(int(model.optimizer.iterations.numpy()))
            yield X[i : i + 4], Y[i : i + 4]

    model.fit(batches(), verbose=0)
    assert seen == [0, 1, 2, 3]


def test_a_generator_may_reuse_its_memory(model):
    x, y = np.empty((8, 4), "float32"), np.empty((8, 1), "float32")

    def batches():
        for i in range(6):
            x[:], y[:] = X[8 * i : 8 * i + 8], Y[8 * i : 8 * i + 8]
            yield x, y

    start = model.get_weights()
    model.fit(batches(), verbose=0)
    reused = model.get_weights()
    model.set_weights(start)
    model.compile("sgd", "mse")
    model.fit(few(6), verbose=0)
    equal(reused, model.get_weights())


def test_ready_batches_share_a_dispatch(model):
    """Those that workers have made already go to the device together."""

    class Ready:
        left = 6

        def __iter__(self):
            return self

        def is_ready(self):
            return self.left > 0

        def __next__(self):
            if not self.left:
                raise StopIteration
            self.left -= 1
            return X[:4], Y[:4]

    from addax.training.adapters import as_source

    assert [c.count for c in as_source(Ready()).chunks()] == [6]
    assert [c.count for c in as_source(few(6)).chunks()] == [1] * 6
    assert [c.count for c in as_source(few(6)).chunks(None, 4)] == [4, 2]


def test_predict_makes_few_programs_for_many_sizes(model, monkeypatch):
    from addax.training import session

    monkeypatch.setattr(session, "PREDICT_SIZES", 3)
    expected = np.asarray(model(X))
    for n in range(1, 30):
        np.testing.assert_allclose(model.predict(X[:n], verbose=0), expected[:n], rtol=1e-5)
    program = model._session.call._programs[False]
    assert program._cache_size() <= 3 + 5  # the first three sizes; 4, 8, 16, 32; and X itself


# Data frames

FRAMES = {
    "dummies": lambda pd, frame: pd.get_dummies(frame, columns=["kind"]),
    "integers and floats": lambda pd, frame: frame[["length", "count"]],
    "nullable": lambda pd, frame: frame[["length", "count"]].convert_dtypes(),
    "truths": lambda pd, frame: (frame[["count", "length"]] > 1).astype("boolean"),
    "categories of numbers": lambda pd, frame: frame[["count", "count"]].astype("category"),
}


@pytest.mark.parametrize("name", FRAMES)
def test_data_frames(name):
    """Columns of several types side by side."""
    import pandas as pd

    table = {"length": [0.5, 1.5, 2.5], "count": [1, 2, 3], "kind": ["a", "b", "a"]}
    frame = FRAMES[name](pd, pd.DataFrame(table))
    found = sources.convert(frame)
    assert found.dtype.kind in "bif" and found.shape == frame.shape
    np.testing.assert_array_equal(found, np.array(frame.values.tolist(), "float64"))


def test_what_is_missing_in_a_data_frame():
    import pandas as pd

    frame = pd.DataFrame({"a": pd.array([1, None], dtype="Int64"), "b": [1.0, 2.0]})
    np.testing.assert_array_equal(sources.convert(frame), [[1, 1], [np.nan, 2]])


def test_columns_of_texts_by_their_names():
    import pandas as pd

    frame = pd.DataFrame({"a": [1, 2], "kind": ["x", "y"], "tag": pd.Categorical(["u", "v"])})
    with pytest.raises(ValueError, match=r"columns .kind., .tag. of the data frame.*get_dummies"):
        sources.convert(frame)
