# ruff: noqa: E501
"""What tf.data gives for the pipelines below: writes dataset_goldens.json.

Run with tensorflow 2.21, in an environment of its own: python tests/data/make_dataset_goldens.py
"""

import atexit
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
PIPELINES = r"""
Dataset.range(5)
Dataset.range(2, 9, 3)
Dataset.range(9, 2, -3)
Dataset.range(3, output_type="int32")
Dataset.from_tensors([1, 2, 3])
Dataset.from_tensors(([1.5, 2.5], {"a": "x", "b": True}))
Dataset.from_tensor_slices([1, 2, 3])
Dataset.from_tensor_slices([[1.0, 2.0], [3.0, 4.0]])
Dataset.from_tensor_slices((X, Y))
Dataset.from_tensor_slices({"x": X, "t": ["a", "bé", ""]})
Dataset.from_tensor_slices(((X, Y), {"t": [b"a", b"b", b"c"]}))
Dataset.from_tensor_slices([])
Dataset.from_generator(count, output_types="int64")
Dataset.from_generator(count, output_types="float32", output_shapes=())
Dataset.from_generator(count, output_types="int64", args=[3])
Dataset.from_generator(pairs, output_types=("int32", "string"), output_shapes=((2,), ()))
Dataset.from_generator(ragged, output_types="int32", output_shapes=(None,)).padded_batch(2)
Dataset.zip(Dataset.range(3), Dataset.range(5, 9))
Dataset.zip((Dataset.range(3), (Dataset.range(5, 9), Dataset.range(7))))
Dataset.zip({"a": Dataset.range(3), "b": Dataset.range(1, 3)})
Dataset.range(4).map(lambda x: x * 2)
Dataset.range(4).map(lambda x: (x, x + 1))
Dataset.range(4).map(lambda x: {"a": x, "b": (x, -x)})
Dataset.range(4).map(lambda x: [x, x + 1])
Dataset.range(4).map(lambda x: (x, x)).map(lambda x, y: x + y)
Dataset.range(9).map(lambda x: x * x, num_parallel_calls=4)
Dataset.range(9).map(lambda x: x * x, num_parallel_calls=-1).prefetch(2)
Dataset.range(3).map(lambda x: (x, {"k": x})).map(lambda x, d: d["k"] * 10 + x)
Dataset.range(7).batch(3)
Dataset.range(7).batch(3, drop_remainder=True)
Dataset.range(6).batch(3).batch(2)
Dataset.from_tensor_slices((X, Y)).batch(2)
Dataset.from_tensor_slices({"x": X, "t": ["a", "bé", ""]}).batch(2)
Dataset.range(7).batch(3).unbatch()
Dataset.from_tensor_slices((X, Y)).batch(2).unbatch()
Dataset.range(1, 5).map(lambda n: np_range(n)).padded_batch(3)
Dataset.range(1, 5).map(lambda n: np_range(n)).padded_batch(3, padded_shapes=[5])
Dataset.range(1, 5).map(lambda n: np_range(n)).padded_batch(3, drop_remainder=True)
Dataset.range(1, 5).map(lambda n: np_range(n)).padded_batch(2, padding_values=I(-1))
Dataset.range(1, 5).map(lambda n: (np_range(n), n)).padded_batch(2)
Dataset.range(1, 5).map(lambda n: (np_range(n), n)).padded_batch(3, ([None], []), (I(7), I(0)))
Dataset.from_tensor_slices([["a", "b"], ["c", "d"]]).padded_batch(2, [3])
Dataset.range(9).take(3)
Dataset.range(9).take(-1)
Dataset.range(2).take(5)
Dataset.range(9).skip(7)
Dataset.range(9).skip(20)
Dataset.range(9).skip(-1)
Dataset.range(3).repeat(2)
Dataset.range(3).repeat(0)
Dataset.range(3).repeat().take(7)
Dataset.range(0).repeat()
Dataset.range(3).cache().repeat(2)
Dataset.range(9).prefetch(3)
Dataset.range(9).prefetch(0)
Dataset.range(9).filter(lambda x: x % 2 == 0)
Dataset.from_tensor_slices((X, Y)).filter(lambda x, y: y > 1)
Dataset.range(3, 6).enumerate()
Dataset.range(3, 6).enumerate(start=5)
Dataset.from_tensor_slices((X, Y)).enumerate()
Dataset.range(3).concatenate(Dataset.range(7, 9))
Dataset.range(10).shard(3, 0)
Dataset.range(10).shard(3, 2)
Dataset.range(10).window(3).flat_map(lambda w: w.batch(3))
Dataset.range(10).window(3, drop_remainder=True).flat_map(lambda w: w.batch(3))
Dataset.range(10).window(3, shift=1, drop_remainder=True).flat_map(lambda w: w.batch(3))
Dataset.range(10).window(3, shift=1).flat_map(lambda w: w.batch(3))
Dataset.range(10).window(3, shift=2, stride=2).flat_map(lambda w: w.batch(3))
Dataset.range(10).window(2, shift=5, stride=1).flat_map(lambda w: w.batch(3))
Dataset.range(10).window(2, shift=4, stride=3, drop_remainder=True).flat_map(lambda w: w.batch(2))
Dataset.range(11).window(5, shift=5, drop_remainder=True).flat_map(lambda w: w.batch(5))
Dataset.zip(Dataset.range(4), Dataset.range(4, 8)).window(2).flat_map(zip_batches)
Dataset.range(10).window(4, 2)
Dataset.range(10).window(4, 2, drop_remainder=True)
Dataset.range(3).flat_map(lambda x: Dataset.range(x + 1))
Dataset.range(1, 5).interleave(repeated, cycle_length=2, block_length=4)
Dataset.range(1, 6).interleave(lambda x: Dataset.range(x), cycle_length=3)
Dataset.range(1, 6).interleave(lambda x: Dataset.range(x), cycle_length=2, block_length=2)
Dataset.range(1, 6).interleave(lambda x: Dataset.range(6 - x), cycle_length=4, block_length=3)
Dataset.range(0, 6).interleave(lambda x: Dataset.range(x), cycle_length=2, num_parallel_calls=2)
Dataset.range(6).take_while(lambda x: x < 4)
Dataset.range(6).apply(lambda d: d.skip(2))
Dataset.range(6).batch(2).map(lambda x: x + 1).unbatch().batch(4).take(1)
Dataset.from_tensor_slices((X, Y)).repeat(3).batch(4).skip(1)
Dataset.range(20).filter(lambda x: x > 3).batch(5).repeat(2)
Dataset.range(9).group_by_window(lambda x: x % 3, lambda k, d: d.batch(2), window_size=2)
Dataset.range(8).group_by_window(lambda x: x % 2, lambda k, d: d.batch(9), window_size_func=wide)
Dataset.range(1, 7).map(lambda n: np_range(n)).bucket_by_sequence_length(size, [3, 5], [2, 2, 2])
Dataset.range(1, 5).map(np_range).bucket_by_sequence_length(size, [3, 6], [2, 2, 2], pad_to_bucket_boundary=True)
Dataset.range(1, 7).map(np_range).bucket_by_sequence_length(size, [3], [2, 4], drop_remainder=True)
Dataset.choose_from_datasets([Dataset.range(3), Dataset.range(7, 9)], Dataset.range(2).repeat(4))
Dataset.choose_from_datasets([Dataset.range(3), Dataset.range(7, 9)], Dataset.range(2).repeat(4), False)
Dataset.range(5).scan(I(10), lambda s, x: (s + x, s * x))
Dataset.from_tensor_slices([3, 1, 3, 2, 1]).unique()
Dataset.range(1, 5).map(lambda n: np_range(n)).ragged_batch(3)
Dataset.range(1, 5).map(lambda n: (n, np_range(n))).ragged_batch(3, drop_remainder=True)
Dataset.range(10).batch(4).rebatch(3)
Dataset.counter(5, 2).take(3)
Dataset.from_tensor_slices(ragged_constant([[1, 2], [], [3]]))
lines("a\nb\r\n\nc")
lines("a\nb", "c\nd\n")
lines("a\nb", "c\nd", num_parallel_reads=2)
fixed("abcdef", 2)
fixed("HHabcdF", 2, header_bytes=2, footer_bytes=1)
csv("1,2.5,x\n3,,\"y,z\"\n", [I(0), 0.5, ""])
csv("a,b\n1,2\n", [I(0), I(0)], header=True)
csv("1,2,3\n", [I(0)], select_cols=[1])
table("a,b,c\n1,2.5,x\n3,,y\n5,6,\n", 2, num_epochs=1, shuffle=False)
table("a,b,c\n1,2.5,x\n3,,y\n", 2, num_epochs=1, shuffle=False, label_name="a")
table("a,b,c\n1,2.5,x\n", 1, num_epochs=1, shuffle=False, select_columns=["a", "c"])
table("1;2\n", 1, num_epochs=1, shuffle=False, header=False, column_names=["p", "q"], field_delim=";")
records()
records("GZIP")
records("ZLIB")
examples(False).map(lambda x: parse_one(x, fixed_features))
examples(False).map(lambda x: parse_one(x, var_features))
examples(False).batch(3).map(lambda x: parse_many(x, fixed_features))
examples(False).batch(3).map(lambda x: parse_many(x, var_features))
examples(False).batch(3).map(lambda x: parse_many(x, row_features))
"""

X = np.arange(6, dtype="float32").reshape(3, 2)
Y = np.array([1, 2, 3])


def count(stop=4):
    yield from range(int(stop))


def pairs():
    yield [1, 2], "a"
    yield np.array([3, 4]), b"b"


def ragged():
    yield from ([1], [2, 3], [4])


def names(tf, np_range, np_size):
    """What the pipelines may use."""
    dataset = tf.data.Dataset
    return {
        "Dataset": dataset, "X": X, "Y": Y, "I": np.int64, "np_range": np_range, "count": count,
        "pairs": pairs, "ragged": ragged,
        "repeated": lambda x: dataset.from_tensors(x).repeat(6),
        "zip_batches": lambda a, b: dataset.zip((a.batch(2), b.batch(2))),
        "size": lambda x: x.shape[0] if x.shape[0] is not None else np_size(x),
        "wide": lambda key: key + 2, **from_files(tf),
    }  # fmt: skip


def from_files(tf):
    """What reads files, which are made here."""

    def written(content):
        folder = tempfile.mkdtemp()
        path = Path(folder, "file.txt")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return str(path)

    def example(i):
        lists = {
            "n": tf.train.Feature(int64_list=tf.train.Int64List(value=[i, -i])),
            "x": tf.train.Feature(float_list=tf.train.FloatList(value=[i / 2] * 3)),
            "t": tf.train.Feature(bytes_list=tf.train.BytesList(value=[b"a\0b"] * i)),
        }
        return tf.train.Example(features=tf.train.Features(feature=lists)).SerializeToString()

    def records(compression="", contents=(b"first", b"", b"x" * 5000)):
        path = written(b"")
        options = tf.io.TFRecordOptions(compression_type=compression)
        with tf.io.TFRecordWriter(path, options) as file:
            for content in contents:
                file.write(content)
        return tf.data.TFRecordDataset(path, compression_type=compression)

    io, data = tf.io, tf.data
    return {
        "ragged_constant": tf.ragged.constant,
        "lines": lambda *t, **o: data.TextLineDataset([written(c) for c in t], **o),
        "fixed": lambda t, n, **o: data.FixedLengthRecordDataset([written(t)], n, **o),
        "csv": lambda t, d, **o: data.experimental.CsvDataset(written(t), d, **o),
        "table": lambda t, n, **o: data.experimental.make_csv_dataset(written(t), n, **o),
        "records": records,
        "examples": lambda _: records(contents=[example(i) for i in (1, 2, 3)]),
        "parse_one": io.parse_single_example,
        "parse_many": io.parse_example,
        "fixed_features": {
            "n": io.FixedLenFeature([2], tf.int64),
            "x": io.FixedLenFeature([3, 1], tf.float32),
            "none": io.FixedLenFeature([], tf.string, default_value="-"),
        },
        "var_features": {"t": io.VarLenFeature(tf.string), "none": io.VarLenFeature(tf.int64)},
        "row_features": {
            "t": io.RaggedFeature(tf.string),
            "x": io.FixedLenSequenceFeature([], tf.float32, allow_missing=True),
        },
    }


def rows():
    return PIPELINES.strip().splitlines()


def listed(value):
    """An element as JSON has it, with dtypes."""
    if hasattr(value, "row_splits"):
        return {"ragged": str(value.to_list())}
    if hasattr(value, "dense_shape"):
        parts = value.indices, value.values, value.dense_shape
        return {"sparse": [listed(part) for part in parts]}
    if isinstance(value, dict):
        return {"dict": {k: listed(v) for k, v in value.items()}}
    if isinstance(value, tuple):
        return {"tuple": [listed(v) for v in value]}
    if hasattr(value, "as_numpy_iterator"):
        return {"data set": [listed(v) for v in value]}
    array = np.asarray(value)
    if array.dtype.kind in "SO":
        texts = [v.decode() for v in array.astype(object).ravel().tolist()]
        return ["string", list(array.shape), texts]
    return [array.dtype.name, list(array.shape), array.ravel().tolist()]


def answer(dataset):
    """Its elements and its size."""
    found = [listed(v) for v in dataset]
    return {"elements": found, "cardinality": int(dataset.cardinality())}


def main():
    import tensorflow as tf

    given = names(tf, lambda n: tf.range(n), lambda x: tf.shape(x)[0])
    lines = [f"{json.dumps(r)}: {json.dumps(answer(eval(r, given)))}" for r in rows()]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (HERE / "dataset_goldens.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
