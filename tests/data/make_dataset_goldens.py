"""What tf.data gives for the pipelines below: writes dataset_goldens.json.

Run with tensorflow 2.21, in an environment of its own: python tests/data/make_dataset_goldens.py
"""

import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
PIPELINES = """
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


def names(dataset, np_range):
    """What the pipelines may use."""
    return {
        "Dataset": dataset, "X": X, "Y": Y, "I": np.int64, "np_range": np_range, "count": count,
        "pairs": pairs, "ragged": ragged,
        "repeated": lambda x: dataset.from_tensors(x).repeat(6),
        "zip_batches": lambda a, b: dataset.zip((a.batch(2), b.batch(2))),
    }  # fmt: skip


def rows():
    return PIPELINES.strip().splitlines()


def listed(value):
    """An element as JSON has it, with dtypes."""
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

    given = names(tf.data.Dataset, lambda n: tf.range(n))
    lines = [f"{json.dumps(r)}: {json.dumps(answer(eval(r, given)))}" for r in rows()]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (HERE / "dataset_goldens.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
