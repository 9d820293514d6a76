"""What TensorFlow gives for the expressions below: writes host_goldens.json.

Run with tensorflow 2.21 in an environment of its own: python tests/data/make_host_goldens.py
"""

import json
from pathlib import Path

import numpy as np

try:
    from make_dataset_goldens import listed
except ImportError:
    from data.make_dataset_goldens import listed

HERE = Path(__file__).parent
EXPRESSIONS = """
tf.strings.lower(["A b", "Ü"])
tf.strings.lower("AÜ", encoding="utf-8")
tf.strings.upper(["a b", "ü"])
tf.strings.strip(["  a ", "b"])
tf.strings.regex_replace(["a<br />b", "<br />"], "<br />", " ")
tf.strings.regex_replace("a-b-c", "-", "+", replace_global=False)
tf.strings.regex_replace("ab12", "([a-z]+)([0-9]+)", r"\\2-\\1-\\0")
tf.strings.regex_full_match(["a1", "a"], "[a-z][0-9]")
tf.strings.split("a  b c")
tf.strings.split("a,b,,c", ",")
tf.strings.split("a/b/c", "/", maxsplit=1)
tf.strings.split("a/b/c", "/")[-2]
tf.strings.join(["a", "b"], "/")
tf.strings.join([["a", "b"], ["c", "d"]], separator="-")
tf.strings.length(["aü", ""])
tf.strings.length(["aü", ""], unit="UTF8_CHAR")
tf.strings.substr(["hello", "worlds"], 1, 3)
tf.strings.substr("hello", -3, 2)
tf.strings.substr("aüb", 1, 1, unit="UTF8_CHAR")
tf.strings.to_number(["1.5", "2"])
tf.strings.to_number(["15", "-2"], "int32")
tf.strings.as_string([1, 20])
tf.image.convert_image_dtype(U, "float32")
tf.image.convert_image_dtype(F, "uint8")
tf.image.convert_image_dtype(F, "float32")
tf.image.flip_left_right(F)
tf.image.flip_up_down(F)
tf.image.adjust_brightness(F, 0.2)
tf.image.adjust_brightness(U, -0.2)
tf.image.adjust_contrast(F, 2.0)
tf.image.central_crop(F, 0.5)
tf.image.per_image_standardization(F)
tf.image.rot90(F)
tf.image.rot90(F, k=3)
tf.image.grayscale_to_rgb(F[..., :1])
tf.image.resize(F, (4, 9))
tf.image.resize(F, [4, 9], method="nearest")
tf.image.resize(U, [4, 9], method="bicubic")
tf.image.resize(F, [3, 3], antialias=True)
tf.image.resize(F, [3, 3], method="bicubic", antialias=True)
tf.image.resize(F, [3, 9], preserve_aspect_ratio=True)
tf.image.resize_with_pad(F, 9, 9)
"""
F = (np.arange(105, dtype="float32").reshape(5, 7, 3) * 37 % 101) / 101
U = (np.arange(105).reshape(5, 7, 3) * 37 % 251).astype("uint8")


def rows():
    return EXPRESSIONS.strip().splitlines()


def answer(row, tf, tensor):
    found = listed(eval(row, {"tf": tf, "F": tensor(F), "U": tensor(U)}))
    return [*found[:2], [round(v, 5) if isinstance(v, float) else v for v in found[2]]]


def main():
    import tensorflow as tf

    lines = [f"{json.dumps(row)}: {json.dumps(answer(row, tf, tf.constant))}" for row in rows()]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (HERE / "host_goldens.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
