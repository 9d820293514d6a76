"""`addax.data.Dataset` yields what tf.data yields, in order, and leaves no thread behind."""

import gc
import json
import threading
from pathlib import Path

import numpy as np
import pytest
from data.make_dataset_goldens import answer, names, rows

import addax
from addax.compat import install, uninstall
from addax.data import AUTOTUNE, INFINITE_CARDINALITY, UNKNOWN_CARDINALITY, Dataset, TensorSpec

GOLDENS = json.loads((Path(__file__).parent / "data" / "dataset_goldens.json").read_text())


@pytest.fixture(scope="module")
def given():
    """What the rows may use, under the names that TensorFlow has for it."""
    install()
    import tensorflow as tf

    yield names(tf, lambda n: np.arange(n), len)
    uninstall()


@pytest.fixture(autouse=True)
def no_thread_is_left():
    yield
    gc.collect()
    for thread in threading.enumerate():
        if thread.name.startswith("addax-data"):
            thread.join(10)
            assert not thread.is_alive(), thread.name


@pytest.mark.parametrize("row", rows())
def test_a_pipeline_yields_what_tensorflows_yields(row, given):
    wanted, dataset = GOLDENS[row], eval(row, given)
    assert answer(dataset) == wanted
    assert answer(dataset)["elements"] == wanted["elements"]  # a second pass


def test_every_pipeline_is_recorded():
    assert list(GOLDENS) == rows()


def numbers(dataset):
    return [int(v) for v in dataset]


# --- chance ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [1, 2, 5, 20, 100])
def test_shuffling_permutes_within_the_reach_of_the_buffer(room):
    found = numbers(Dataset.range(20).shuffle(room, seed=3))
    assert sorted(found) == list(range(20))
    assert all(number <= place + room - 1 for place, number in enumerate(found))
    assert (found == list(range(20))) is (room == 1)


def test_a_seed_gives_the_same_orders_again():
    one, other = (Dataset.range(20).shuffle(20, seed=3) for _ in range(2))
    passes = [numbers(one) for _ in range(3)]
    assert passes == [numbers(other) for _ in range(3)]
    assert len(set(map(tuple, passes))) == 3
    assert numbers(Dataset.range(20).shuffle(20, seed=4)) != passes[0]
    repeated = numbers(Dataset.range(20).shuffle(20, seed=3).repeat(3))
    assert repeated == [number for one in passes for number in one]


@pytest.mark.parametrize("seed", [None, 3])
def test_one_order_for_all_passes(seed):
    dataset = Dataset.range(20).shuffle(20, seed, reshuffle_each_iteration=False)
    assert numbers(dataset) == numbers(dataset) != list(range(20))


def test_without_a_seed_the_one_of_the_process_decides():
    found = []
    for seed in (1, 1, 2):
        addax.utils.set_random_seed(seed)
        found.append(numbers(Dataset.range(20).shuffle(20)))
    assert found[0] == found[1] != found[2]


def test_buckets_of_chance_are_even():
    firsts = [numbers(Dataset.range(4).shuffle(4, seed=s))[0] for s in range(400)]
    assert min(map(firsts.count, range(4))) > 60


# --- what elements are ----------------------------------------------------------------------------


def test_elements_answer_as_tensors_do():
    x, y = next(iter(Dataset.from_tensor_slices(([[1.0, 2.0]], ["a"])).batch(1)))
    assert type(x.numpy()) is np.ndarray and x[0, 1].numpy() == 2.0
    assert y[0].numpy().decode() == "a" and x.get_shape() == (1, 2)
    assert [v.numpy() for v in y] == [b"a"]
    assert addax.ops.sum(x) == 3
    x.set_shape((None, 2))
    with pytest.raises(ValueError, match=r"has shape \(1, 2\); \(3, 2\) was expected"):
        x.set_shape((3, 2))


def test_numpy_iterators_give_plain_values():
    pairs = Dataset.from_tensor_slices(([1, 2], ["a", "b"])).as_numpy_iterator()
    assert [(type(x), x, t) for x, t in pairs] == [(np.int32, 1, b"a"), (np.int32, 2, b"b")]


SPECS = [
    (Dataset.from_tensor_slices(np.zeros((6, 2))), TensorSpec((2,), "float64")),
    (Dataset.from_tensor_slices(np.zeros((6, 2))).batch(4), TensorSpec((None, 2), "float64")),
    (Dataset.range(6).batch(4, drop_remainder=True), TensorSpec((4,), "int64")),
    (Dataset.from_tensor_slices(["a"]), TensorSpec((), "string")),
    (Dataset.range(6).batch(4).unbatch(), TensorSpec((), "int64")),
    (Dataset.range(6).batch(4).map(lambda x: x * 1.0).prefetch(1), TensorSpec((None,), "float64")),
    (Dataset.range(4).map(np.arange).padded_batch(2), TensorSpec((None, None), "int64")),
    (
        Dataset.from_generator(list, output_signature=TensorSpec((None, 3), "float32")),
        TensorSpec((None, 3), "float32"),
    ),
]


@pytest.mark.parametrize("dataset, wanted", SPECS)
def test_specs(dataset, wanted):
    assert dataset.element_spec == wanted


SIZES = [
    (Dataset.range(7).batch(2), 4),
    (Dataset.range(7).repeat(), INFINITE_CARDINALITY),
    (Dataset.range(7).repeat().batch(3).map(lambda x: x), INFINITE_CARDINALITY),
    (Dataset.range(7).filter(bool), UNKNOWN_CARDINALITY),
    (Dataset.range(7).filter(bool).batch(2), UNKNOWN_CARDINALITY),
    (Dataset.range(7).filter(bool).repeat(2), UNKNOWN_CARDINALITY),
    (Dataset.zip(Dataset.range(7), Dataset.range(5).repeat()), 7),
]


@pytest.mark.parametrize("dataset, wanted", SIZES)
def test_sizes(dataset, wanted):
    assert dataset.cardinality().numpy() == wanted and bool(dataset)
    if wanted >= 0:
        assert len(dataset) == wanted
    else:
        with pytest.raises(TypeError, match="has no end" if wanted == -1 else "unknown length"):
            len(dataset)


def test_reduce():
    assert Dataset.range(5).reduce(0, lambda state, x: state + x).numpy() == 10
    pairs = Dataset.range(5).map(lambda x: (x, 2 * x))
    total = pairs.reduce((0, 0), lambda state, v: (state[0] + v[0], state[1] + v[1]))
    assert tuple(map(int, total)) == (10, 20)


def test_a_cache_is_filled_by_a_whole_pass_only():
    seen = []
    dataset = Dataset.range(4).map(lambda x: seen.append(int(x)) or x).cache()
    assert numbers(dataset.take(2)) == [0, 1] and seen == [0, 1]
    assert numbers(dataset) == numbers(dataset) == [0, 1, 2, 3]
    assert seen == [0, 1, 0, 1, 2, 3]


def test_files_are_listed(tmp_path):
    for name in "cab":
        (tmp_path / f"{name}.txt").touch()
    wanted = [str(tmp_path / f"{name}.txt").encode() for name in "abc"]
    pattern = str(tmp_path / "*.txt")
    assert list(Dataset.list_files(pattern, shuffle=False).as_numpy_iterator()) == wanted
    assert list(Dataset.list_files([pattern, pattern], False).as_numpy_iterator()) == wanted
    assert sorted(Dataset.list_files(pattern, seed=1).as_numpy_iterator()) == wanted


# --- threads --------------------------------------------------------------------------------------


def fails_at_three(x):
    if x == 3:
        raise OSError("a broken file")
    return x


@pytest.mark.parametrize("calls", [None, 1, 4, AUTOTUNE])
@pytest.mark.parametrize("ahead", [0, 2])
def test_an_error_comes_where_its_element_is_asked_for(calls, ahead):
    found = []
    with pytest.raises(OSError, match="a broken file") as error:
        for x in Dataset.range(9).map(fails_at_three, num_parallel_calls=calls).prefetch(ahead):
            found.append(int(x))
    assert found == [0, 1, 2]
    assert error.value.__notes__ == ["This is from the function of Dataset.map, element 3."]


def test_an_error_after_threads_ends_them():
    with pytest.raises(OSError, match="a broken file"):
        for _ in Dataset.range(99).map(abs, num_parallel_calls=4).prefetch(2).map(fails_at_three):
            pass


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_a_loop_that_breaks_off_ends_the_threads(error):
    dataset = Dataset.range(1000).map(abs, num_parallel_calls=4).batch(2).prefetch(2)
    with pytest.raises(error):
        for _ in dataset:
            raise error
    for _ in dataset.repeat():
        break


def test_elements_are_made_ahead_in_order():
    first, second = threading.Event(), threading.Event()

    def wait(x):
        """The first element waits for the second one."""
        if x == 0:
            assert second.wait(20)
            first.set()
        elif x == 1:
            second.set()
        return x

    passed = iter(Dataset.range(6).map(wait, num_parallel_calls=2))
    assert first.wait(20)
    assert next(passed) == 0 and [int(x) for x in passed] == [1, 2, 3, 4, 5]


def test_a_pass_says_whether_its_next_element_is_ready():
    go = threading.Event()
    passed = iter(Dataset.range(3).map(lambda x: go.wait(20) and x, num_parallel_calls=1))
    assert not passed.is_ready()
    go.set()
    assert next(passed) == 0
    while not passed.is_ready():
        pass
    passed.close()
    assert not iter(Dataset.range(3)).is_ready()


def test_stop_iteration_in_a_function_is_an_error():
    with pytest.raises(RuntimeError, match="StopIteration"):
        list(Dataset.range(3).map(lambda x: next(iter(())), num_parallel_calls=2))


# --- training -------------------------------------------------------------------------------------

X = np.random.default_rng(0).random((50, 4)).astype("float32")
Y = X.sum(1, keepdims=True)


def model():
    addax.utils.set_random_seed(0)
    made = addax.Sequential([addax.Input((4,)), addax.layers.Dense(1)])
    made.compile("sgd", "mse")
    return made


def test_training_equals_training_on_arrays():
    dataset = Dataset.from_tensor_slices((X, Y)).map(lambda x, y: (x, y), 2).batch(8).prefetch(2)
    ours, theirs = model(), model()
    found = ours.fit(dataset, epochs=3, shuffle=True, validation_data=dataset, verbose=0)
    wanted = theirs.fit(
        X, Y, epochs=3, batch_size=8, shuffle=False, validation_data=(X, Y), verbose=0
    )
    for name, values in wanted.history.items():
        np.testing.assert_allclose(found.history[name], values, rtol=1e-5)
    assert ours.evaluate(dataset, verbose=0) == pytest.approx(theirs.evaluate(X, Y, verbose=0))
    alone = dataset.map(lambda x, y: x)
    np.testing.assert_allclose(ours.predict(alone, verbose=0), theirs.predict(X, verbose=0), 1e-5)


def test_dictionaries_texts_and_weights_train():
    inputs = {"a": addax.Input((2,), name="a"), "b": addax.Input((2,), name="b")}
    joined = addax.layers.Concatenate()(list(inputs.values()))
    made = addax.Model(inputs, addax.layers.Dense(1)(joined))
    made.compile("sgd", "mse")
    slices = ({"a": X[:, :2], "b": X[:, 2:]}, Y, np.ones(50))
    history = made.fit(Dataset.from_tensor_slices(slices).batch(8), epochs=2, verbose=0)
    assert history.history["loss"][1] < history.history["loss"][0]
    texts = addax.layers.TextVectorization()
    texts.adapt(Dataset.from_tensor_slices(["a b", "b c", "b"]).batch(2))
    assert texts.get_vocabulary()[:3] == ["", "[UNK]", "b"]
    assert texts(next(iter(Dataset.from_tensor_slices(["b b"]).batch(1)))).tolist() == [[2, 2]]


def test_steps_go_on_through_an_endless_data_set():
    seen = []
    data = Dataset.from_tensor_slices((X, Y)).map(lambda x, y: seen.append(0) or (x, y))
    history = model().fit(data.batch(10).repeat(), steps_per_epoch=3, epochs=5, verbose=0)
    assert len(history.history["loss"]) == 5 and 150 <= len(seen) < 200


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_training_that_breaks_off_ends_the_threads(error):
    class Breaks(addax.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            raise error

    data = Dataset.from_tensor_slices((X, Y)).map(lambda x, y: (x, y), 2).batch(2).prefetch(2)
    with pytest.raises(error):
        model().fit(data.repeat(), steps_per_epoch=50, callbacks=[Breaks()], verbose=0)


# --- bad input ------------------------------------------------------------------------------------


def ten():
    return Dataset.range(10)


BAD = [
    (lambda: model().fit(ten().repeat()), ValueError, "repeats without end: say steps_per_epoch"),
    (lambda: Dataset.from_tensor_slices(5), ValueError, "Arrays with rows are expected"),
    (lambda: Dataset.from_tensor_slices((X, Y[:3])), ValueError, r"they have \[3, 50\]"),
    (lambda: Dataset.from_tensors(object()), ValueError, "numbers or texts of one shape; <object"),
    (lambda: Dataset.from_generator(iter([])), TypeError, "for each pass a new one"),
    (lambda: Dataset.zip(ten(), [1, 2]), TypeError, "zip takes data sets.* received Dataset, list"),
    (lambda: Dataset.list_files("/no/where/*"), FileNotFoundError, "No file matches /no/where"),
    (lambda: ten().batch(0), ValueError, "batch_size is a positive number; received 0"),
    (lambda: ten().shuffle(0), ValueError, "buffer_size is a positive number; received 0"),
    (lambda: ten().shard(3, 3), ValueError, "index is below num_shards=3; received 3"),
    (lambda: ten().map("abs"), TypeError, "Dataset.map takes a function; received 'abs'"),
    (lambda: ten().map(abs, num_parallel_calls=-5), ValueError, "received -5"),
    (lambda: list(ten().flat_map(abs)), TypeError, "A Dataset was expected; Element came"),
    (lambda: ten().concatenate([1]), TypeError, "A Dataset was expected; list came"),
    (lambda: list(ten().map(np.arange).batch(2)), ValueError, "must have one shape.*padded_batch"),
    (lambda: list(ten().map(np.arange).padded_batch(5, [3])), ValueError, "can't be padded to"),
    (lambda: list(ten().unbatch()), ValueError, "Arrays with rows are expected"),
    (lambda: Dataset.from_tensor_slices([]).element_spec, ValueError, "has no element that would"),
    (
        lambda: list(Dataset.from_generator(lambda: [[1]], "int32", (2,))),
        ValueError,
        r"has shape \(1,\); \(2,\) was expected",
    ),
]


@pytest.mark.parametrize("call, kind, said", BAD)
def test_bad_input_is_told(call, kind, said):
    with pytest.raises(kind, match=said):
        call()
