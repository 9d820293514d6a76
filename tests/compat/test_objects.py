"""What of TensorFlow has a state: modules, checkpoints, tables, writers, strategies; bad input."""

import os

import numpy as np
import pytest

import addax
from addax.data import Dataset, TFRecordDataset, TFRecordWriter
from addax.data.elements import pipeline
from addax.data.records import BLOCK, crc32c


@pytest.fixture
def tf(stand_ins, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    import tensorflow

    return tensorflow


def test_a_module_knows_its_variables(tf):
    class Pair(tf.Module):
        def __init__(self):
            super().__init__()
            self.a = tf.Variable(1.0, name="a:0")
            self.rest = [tf.Variable([2.0], trainable=False), tf.Module(name="inner")]
            self.rest[1].dense = tf.keras.layers.Dense(1)

    pair = Pair()
    assert pair.name == "pair" and len(pair.variables) == 2 and len(pair.submodules) == 2
    pair.rest[1].dense.build((None, 3))
    assert [v.shape for v in pair.trainable_variables] == [(), (3, 1), (1,)]
    assert isinstance(pair.a, tf.Variable) and isinstance(addax.Variable(0.0), tf.Variable)
    with pytest.raises(TypeError, match="holds numbers"):
        tf.Variable("text")


def test_a_checkpoint_keeps_what_it_holds(tf):
    def make():
        model = tf.keras.Sequential([tf.keras.layers.Input((2,)), tf.keras.layers.Dense(1)])
        return model, tf.keras.optimizers.Adam(0.1), tf.Variable(0), [tf.Variable(1.0)]

    model, optimizer, step, loose = make()
    model.compile(optimizer, "mse")
    model.fit(np.ones((4, 2)), np.ones((4, 1)), epochs=2, verbose=0)
    step.assign(7)
    loose[0].assign(3.0)
    first = tf.train.Checkpoint(model=model, optimizer=optimizer, step=step, loose=loose)
    path = first.save("folder/ckpt")
    assert path == "folder/ckpt-1" == tf.train.latest_checkpoint("folder")
    assert os.path.exists("folder/ckpt-1.weights.h5") and os.path.exists("folder/checkpoint")

    model2, optimizer2, step2, loose2 = make()
    second = tf.train.Checkpoint(step=step2, loose=loose2, model=model2, optimizer=optimizer2)
    second.restore(path)
    assert int(step2) == 7 and float(loose2[0]) == 3.0 and int(second.save_counter) == 1
    np.testing.assert_array_equal(model2.get_weights()[0], model.get_weights()[0])
    optimizer2.build(model2.trainable_variables)
    for ours, theirs in zip(optimizer2.variables, optimizer.variables, strict=True):
        np.testing.assert_array_equal(ours, theirs)

    third = tf.train.Checkpoint(step=tf.Variable(0), more=tf.Variable(0))
    status = third.restore(path).expect_partial()
    with pytest.raises(AssertionError, match="more"):
        status.assert_existing_objects_matched()
    reader = tf.train.load_checkpoint("folder")
    name = next(n for n, shape in tf.train.list_variables(path) if shape == [2, 1])
    np.testing.assert_array_equal(reader.get_tensor(name), tf.train.load_variable(path, name))
    with pytest.raises(ValueError, match="other shape"):
        tf.train.Checkpoint(step=tf.Variable([1, 2])).restore(path)


def test_a_manager_keeps_the_last_ones(tf):
    step = tf.Variable(0)
    manager = tf.train.CheckpointManager(tf.train.Checkpoint(step=step), "c", max_to_keep=2)
    assert manager.restore_or_initialize() is None
    for _ in range(3):
        step.assign_add(1)
        manager.save()
    files = sorted(f for f in os.listdir("c") if f != "checkpoint")
    assert files == ["ckpt-2.weights.h5", "ckpt-3.weights.h5"]
    step.assign(0)
    again = tf.train.CheckpointManager(tf.train.Checkpoint(step=step), "c", max_to_keep=2)
    assert again.restore_or_initialize() == os.path.join("c", "ckpt-3") and int(step) == 3
    assert tf.train.latest_checkpoint(".") is None
    assert tf.train.get_checkpoint_state("c").all_model_checkpoint_paths[-1] == "c/ckpt-3"


def test_tables_change_where_they_may(tf):
    table = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1)
    table.insert(tf.constant(["a", "b"]), tf.constant([1, 2]))
    table.remove(tf.constant(["a"]))
    assert table.lookup(tf.constant(["a", "b"])).numpy().tolist() == [-1, 2] and table.size() == 1
    tf.io.write_file("words.txt", "one\ntwo\n")
    words = tf.lookup.TextFileInitializer(
        "words.txt", tf.string, tf.lookup.TextFileIndex.WHOLE_LINE,
        tf.int64, tf.lookup.TextFileIndex.LINE_NUMBER,
    )  # fmt: skip
    numbers = tf.lookup.StaticHashTable(words, default_value=-1)
    assert numbers[tf.constant(["two", "x"])].numpy().tolist() == [1, -1]


def test_numbers_are_looked_up_in_compiled_code(tf):
    import jax

    keys, values = np.array([5, 3]), np.array([1.5, 2.5], "float32")
    table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(keys, values), 0.0)
    found = jax.jit(table.lookup)(np.array([[3, 4], [5, 9]]))
    assert found.tolist() == [[2.5, 0.0], [1.5, 0.0]]


def test_a_strategy_has_one_replica(tf, monkeypatch):
    strategy = tf.distribute.MirroredStrategy()
    with strategy.scope():
        assert tf.distribute.get_strategy() is strategy
    found = strategy.run(lambda a, b: a + b, args=(1, 2))
    assert strategy.reduce(tf.distribute.ReduceOp.SUM, found, axis=None) == 3
    data = strategy.distribute_datasets_from_function(
        lambda context: Dataset.range(context.get_per_replica_batch_size(4))
    )
    assert len(data) == 4 and strategy.num_replicas_in_sync == 1
    with pytest.raises(RuntimeError, match="JAX trains on a TPU"):
        tf.distribute.TPUStrategy()
    monkeypatch.setenv("TF_CONFIG", '{"cluster": {"worker": ["a", "b"]}}')
    with pytest.raises(RuntimeError, match="several workers"):
        tf.distribute.MultiWorkerMirroredStrategy()


def test_summaries_are_written(tf):
    pytest.importorskip("tensorboard")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    writer = tf.summary.create_file_writer("logs")
    assert not tf.summary.scalar("loss", 1.0, step=0)
    with writer.as_default(step=3):
        tf.summary.scalar("loss", tf.constant(2.0))
        tf.summary.image("picture", np.zeros((2, 4, 4, 3)), max_outputs=1)
        tf.summary.text("word", "hello")
        with tf.summary.record_if(False):
            tf.summary.scalar("silent", 2.0)
    with writer.as_default(), pytest.raises(ValueError, match="'loss' needs a step"):
        tf.summary.scalar("loss", 1.0)
    writer.close()
    events = EventAccumulator("logs")
    events.Reload()
    assert set(events.Tags()["tensors"]) == {"loss", "picture/0", "word"}


def test_chance_of_a_generator_repeats(tf):
    first, second = (tf.random.Generator.from_seed(3) for _ in range(2))
    np.testing.assert_array_equal(first.normal([4]), second.normal([4]))
    assert not np.array_equal(first.normal([4]), first.normal([4]))
    assert first.make_seeds(2).shape == (2, 2)
    same = [tf.random.stateless_uniform([3], seed=(1, 2)) for _ in range(2)]
    np.testing.assert_array_equal(*same)
    assert tf.random.gamma([5], [1.0, 2.0]).shape == (5, 2)
    assert tf.random.poisson([6], [2.0]).shape == (6, 1)


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, 3 * BLOCK + 7])
def test_checksums_in_blocks_are_those_of_bytes(size):
    content = bytes(np.random.default_rng(0).integers(0, 256, size, "uint8"))
    state = 0xFFFFFFFF
    for byte in content:
        state ^= byte
        for _ in range(8):
            state = state >> 1 ^ (0x82F63B78 if state & 1 else 0)
    assert crc32c(content) == state ^ 0xFFFFFFFF
    assert crc32c(b"123456789") == 0xE3069283


def broken(tmp_path, place):
    path = tmp_path / "broken.tfrecord"
    with TFRecordWriter(path) as writer:
        writer.write(b"content")
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    return path


def test_broken_records_are_told(tmp_path):
    for place, said in ((0, "no TFRecord file, or broken at record 0"), (14, "broken at record 0")):
        with pytest.raises(ValueError, match=said):
            list(TFRecordDataset(str(broken(tmp_path, place))))
    with pytest.raises(FileNotFoundError):
        list(TFRecordDataset("/no/where"))


def test_elements_come_back_from_a_folder(tmp_path):
    data = Dataset.from_tensor_slices({"x": np.ones((3, 2), "float32"), "t": ["a", "b", "c"]})
    data.map(lambda d: (d, d["t"])).save(tmp_path / "kept")
    kept = Dataset.load(tmp_path / "kept")
    assert len(kept) == 3
    assert [t.numpy() for _, t in kept] == [b"a", b"b", b"c"]
    assert next(iter(kept))[0]["x"].dtype == np.float32
    with pytest.raises(FileNotFoundError, match="no folder that"):
        Dataset.load(tmp_path)


def test_functions_of_data_sets_compute_on_the_host(tf):
    seen = []

    def change(x):
        y = tf.cast(x, tf.float32) / 2.0 + tf.random.uniform([])
        y = tf.reshape(tf.concat([y[None], tf.zeros((1,))], 0), [2, 1])
        seen.append([type(v).__name__ for v in (tf.square(y), tf.shape(y), tf.constant(1.0))])
        return tf.image.adjust_brightness(tf.ones((2, 2, 3)), 0.1), y

    list(tf.data.Dataset.range(2).map(change))
    assert {name for names in seen for name in names} == {"Element", "Shape"}
    assert tf.square(tf.constant(2.0)).__class__.__name__ == "ArrayImpl"


BAD = [
    (lambda tf: tf.train.BytesList(value=["a"]), TypeError, "holds bytes; received 'a'"),
    (lambda tf: tf.train.Int64List(value=[1.5]), TypeError, "whole numbers; received 1.5"),
    (
        lambda tf: tf.io.parse_single_example(
            tf.train.Example().SerializeToString(), {"n": tf.io.FixedLenFeature([], tf.int64)}
        ),
        ValueError,
        "'n' is required",
    ),
    (lambda tf: tf.io.parse_single_example(b"\x0a\xff", {}), ValueError, "no such message"),
    (lambda tf: tf.io.decode_csv("a", [[0]]), ValueError, "Field 0 of record 0 is no int32: 'a'"),
    (lambda tf: tf.io.decode_csv("1,2", [[0]]), ValueError, "has 2 fields; 1 were expected"),
    (lambda tf: tf.io.parse_tensor(tf.io.serialize_tensor([1]), tf.float32), ValueError, "int32"),
    (lambda tf: tf.io.gfile.exists("gs://bucket/x"), ValueError, "files of this machine"),
    (lambda tf: tf.audio.decode_wav(b"no sound"), ValueError, "no WAV file"),
    (lambda tf: tf.ensure_shape(tf.ones((2, 3)), (None, 4)), ValueError, r"\(None, 4\)"),
    (lambda tf: tf.strings.lower([1, 2]), TypeError, "Texts were expected; .*int32"),
    (lambda tf: tf.cast(["1"], tf.float32), ValueError, "tf.strings.to_number"),
    (
        lambda tf: tf.image.crop_to_bounding_box(np.ones((4, 4, 3)), 2, 0, 3, 3),
        ValueError,
        "2 to 5",
    ),
    (lambda tf: tf.debugging.assert_equal(1, 2, message="m"), ValueError, "m: 1 does not equal 2"),
    (lambda tf: tf.train.Checkpoint().restore("nowhere"), FileNotFoundError, "nowhere"),
    (lambda tf: tf.saved_model.save(None, "x"), AttributeError, "model.save"),
    (lambda tf: tf.estimator.DNNClassifier(), AttributeError, "model.*fit|fit, evaluate"),
    (lambda tf: tf.feature_column.numeric_column("x"), AttributeError, "FeatureSpace"),
    (lambda tf: tf.tpu.experimental.initialize_tpu_system(), RuntimeError, "leave this call out"),
]


@pytest.mark.parametrize("call, kind, said", BAD)
def test_bad_input_is_told(call, kind, said, tf):
    with pytest.raises(kind, match=said):
        call(tf)
    if kind is TypeError:
        with pipeline(), pytest.raises(kind, match=said):
            call(tf)


def test_tensorflow_s_errors_are_caught(tf):
    with pytest.raises(tf.errors.InvalidArgumentError):
        tf.io.decode_png(b"no picture")
    with pytest.raises(tf.errors.NotFoundError):
        tf.io.read_file("nowhere")


def test_data_sets_by_name(tf, monkeypatch):
    import tensorflow_datasets as tfds

    x, y = np.zeros((10, 4, 4), "uint8"), np.arange(10, dtype="uint8")
    monkeypatch.setattr(addax.datasets.mnist, "load_data", lambda: ((x, y), (x[:4], y[:4])))
    (train, val), info = tfds.load(
        "mnist", split=["train[:80%]", "train[80%:]"], as_supervised=True, with_info=True
    )
    assert len(train) == 8 and [int(label) for _, label in val] == [8, 9]
    assert info.features["label"].num_classes == 10 and info.splits["test"].num_examples == 4
    both = tfds.load("mnist")
    assert next(tfds.as_numpy(both["test"]))["image"].shape == (4, 4, 1)
    assert len(tfds.load("mnist", split="train+test", batch_size=7)) == 2
    with pytest.raises(ValueError, match="'coco' is not among them"):
        tfds.load("coco")
    with pytest.raises(ValueError, match="received 'trains'"):
        tfds.load("mnist", split="trains")
