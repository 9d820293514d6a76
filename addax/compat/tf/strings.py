"""`tf.strings`: texts are bytes in arrays of objects, on the host.

What takes apart several texts gives ragged rows, and every function takes them.
"""

import builtins
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from addax.compat.placed import is_text
from addax.data.elements import Element, element, plain
from addax.data.ragged import RaggedTensor
from addax.layers.preprocessing.hashes import fingerprint, keyed


def text(value: Any) -> str:
    """One text as Python has it."""
    value = plain(element(value))
    return value.decode() if isinstance(value, bytes) else str(value)


def texts(values: Sequence[Any]) -> Element:
    """Texts as one array."""
    return element(np.array([*values, None], object)[:-1])


def _each(value: Any, function: Callable[[bytes], Any], dtype: Any = object) -> Any:
    """`function` of each text."""
    if isinstance(value, RaggedTensor):
        return value.with_flat_values(_each(value.flat_values, function, dtype))
    given = element(value)
    if given.dtype != object and given.size:
        raise TypeError(f"Texts were expected; an array of {given.dtype} came.")
    found = np.empty(given.size, dtype)
    found[:] = [function(t) for t in given.view(np.ndarray).ravel().tolist()]
    return found.reshape(given.shape).view(Element)


def _parts(value: Any, function: Callable[[bytes], list], dtype: Any = object) -> Any:
    """The list that `function` makes of each text: of several texts as ragged rows."""

    def array(values: list) -> Element:
        return texts(values) if dtype is object else element(np.array(values, dtype))

    if isinstance(value, RaggedTensor):
        return value.with_values(_parts(value.values, function, dtype))
    given = element(value)
    if given.ndim == 0:
        return array(function(plain(given)))
    if given.ndim > 1:
        return RaggedTensor.from_rows([_parts(row, function, dtype) for row in given])
    rows = [function(t) for t in given.view(np.ndarray).tolist()]
    return RaggedTensor.from_row_lengths(
        array([p for row in rows for p in row]), list(map(len_, rows))
    )


len_ = builtins.len  # `length` and `substr` have arguments of this name


def lower(input: Any, encoding: str = "", name: Any = None) -> Element:
    """Small letters; only of ASCII unless `encoding` is "utf-8"."""
    return _each(input, lambda t: t.decode().lower().encode() if encoding else t.lower())


def upper(input: Any, encoding: str = "", name: Any = None) -> Element:
    """Capital letters; only of ASCII unless `encoding` is "utf-8"."""
    return _each(input, lambda t: t.decode().upper().encode() if encoding else t.upper())


def strip(input: Any, name: Any = None) -> Element:
    """Texts without white space at their ends."""
    return _each(input, bytes.strip)


def regex_replace(
    input: Any, pattern: Any, rewrite: Any, replace_global: bool = True, name: Any = None
) -> Element:
    """What matches `pattern` replaced by `rewrite`, where \\1 is the first group."""
    found, new = re.compile(text(pattern)), re.sub(r"\\0", r"\\g<0>", text(rewrite))
    count = 0 if replace_global else 1
    return _each(input, lambda t: found.sub(new, t.decode(), count=count).encode())


def regex_full_match(input: Any, pattern: Any, name: Any = None) -> Element:
    """Whether a text as a whole matches `pattern`."""
    found = re.compile(text(pattern))
    return _each(input, lambda t: bool(found.fullmatch(t.decode())), bool)


def split(input: Any, sep: Any = None, maxsplit: int = -1, name: Any = None) -> Any:
    """The parts of texts between the separators, white space if there is none."""
    between = text(sep).encode() if sep is not None and text(sep) else None
    return _parts(input, lambda t: t.split(between, maxsplit))


def bytes_split(input: Any, name: Any = None) -> Any:
    """The single bytes of texts."""
    return _parts(input, lambda t: [t[i : i + 1] for i in range(len_(t))])


def unicode_split(
    input: Any,
    input_encoding: str,
    errors: str = "replace",
    replacement_char: int = 65533,
    name: Any = None,
) -> Any:
    """The single characters of texts."""
    return _parts(input, lambda t: [c.encode() for c in _characters(t, input_encoding, errors)])


def unicode_decode(
    input: Any,
    input_encoding: str,
    errors: str = "replace",
    replacement_char: int = 65533,
    replace_control_characters: bool = False,
    name: Any = None,
) -> Any:
    """The code points of texts."""
    return _parts(
        input, lambda t: [ord(c) for c in _characters(t, input_encoding, errors)], "int32"
    )


def unicode_encode(
    input: Any,
    output_encoding: str,
    errors: str = "replace",
    replacement_char: int = 65533,
    name: Any = None,
) -> Any:
    """The texts that rows of code points write."""
    if isinstance(input, RaggedTensor):
        rows = [unicode_encode(row, output_encoding) for row in input]
        return rows[0] if not rows else element(texts([plain(r) for r in rows]))
    codes = np.asarray(input)
    if codes.ndim > 1:
        return element(texts([plain(unicode_encode(row, output_encoding)) for row in codes]))
    return element("".join(map(chr, codes.tolist())).encode(_encoding(output_encoding)))


def unicode_transcode(
    input: Any,
    input_encoding: str,
    output_encoding: str,
    errors: str = "replace",
    replacement_char: int = 65533,
    replace_control_characters: bool = False,
    name: Any = None,
) -> Any:
    """Texts in another encoding."""
    new = _encoding(output_encoding)
    return _each(input, lambda t: _characters(t, input_encoding, errors).encode(new, "replace"))


def _encoding(name: str) -> str:
    """Python's name; no mark of the byte order comes first."""
    return {"UTF-16": "utf-16-be", "UTF-32": "utf-32-be"}.get(name.upper(), name)


def _characters(value: bytes, encoding: str, errors: str) -> str:
    return value.decode(_encoding(encoding), errors)


def ngrams(
    data: Any,
    ngram_width: int | Sequence[int],
    separator: str = " ",
    pad_values: Any = None,
    padding_width: int | None = None,
    preserve_short_sequences: bool = False,
    name: Any = None,
) -> Any:
    """Each `ngram_width` neighbours of a row as one text."""
    options = ngram_width, separator, pad_values, padding_width, preserve_short_sequences
    if isinstance(data, RaggedTensor):
        return RaggedTensor.from_rows([ngrams(row, *options) for row in data])
    given = element(data)
    if given.ndim > 1:
        return element(np.stack([ngrams(row, *options) for row in given]))
    widths = [ngram_width] if isinstance(ngram_width, int) else list(ngram_width)
    left, right = (
        (pad_values,) * 2 if isinstance(pad_values, (str, bytes)) else pad_values or ("",) * 2
    )
    found: list[bytes] = []
    words = given.view(np.ndarray).tolist()
    for width in widths:
        pads = 0 if pad_values is None else width - 1 if padding_width is None else padding_width
        row = [text(left).encode()] * pads + words + [text(right).encode()] * pads
        starts = range(len_(row) - width + 1)
        found += [separator.encode().join(row[i : i + width]) for i in starts]
        if preserve_short_sequences and 0 < len_(words) < width and not starts:
            found.append(separator.encode().join(row))
    return texts(found)


def join(inputs: Sequence[Any], separator: str = "", name: Any = None) -> Any:
    """Texts end to end; a list of arrays is joined at each place."""
    ragged = next((i for i in inputs if isinstance(i, RaggedTensor)), None)
    if ragged is not None:
        flat = [i.flat_values if isinstance(i, RaggedTensor) else i for i in inputs]
        return ragged.with_flat_values(join(flat, separator))
    given = [element(i) for i in inputs]
    shape = np.broadcast_shapes(*(t.shape for t in given))
    rows = zip(*(np.broadcast_to(t, shape).ravel().tolist() for t in given), strict=True)
    between = text(separator).encode()
    return element(texts([between.join(row) for row in rows]).reshape(shape))


def reduce_join(
    inputs: Any, axis: Any = None, keepdims: bool = False, separator: str = "", name: Any = None
) -> Any:
    """The texts along an axis end to end; all of them for None."""
    if isinstance(inputs, RaggedTensor):
        if axis is None:
            return reduce_join(inputs.flat_values, None, keepdims, separator)
        if axis % inputs.ndim != inputs.ndim - 1:
            raise ValueError(f"Ragged rows are joined along their last axis; received {axis}.")
        return texts([plain(reduce_join(row, -1, False, separator)) for row in inputs])
    given, between = element(inputs), text(separator).encode()
    if axis is None:
        joined = between.join(given.ravel().tolist())
        return element(texts([joined]).reshape((1,) * given.ndim if keepdims else ()))
    moved = np.moveaxis(given.view(np.ndarray), axis, -1)
    rows = [between.join(row) for row in moved.reshape(-1, moved.shape[-1]).tolist()]
    joined = texts(rows).reshape(moved.shape[:-1])
    return element(np.expand_dims(joined, axis) if keepdims else joined)


def length(input: Any, unit: str = "BYTE", name: Any = None) -> Element:
    """The number of bytes, or of characters for unit="UTF8_CHAR"."""
    return _each(input, lambda t: len_(t if unit == "BYTE" else t.decode()), "int32")


def substr(input: Any, pos: int, len: int, unit: str = "BYTE", name: Any = None) -> Element:
    """The part of `len` bytes or characters from number `pos`."""
    first, count = int(pos), int(len)

    def part(text):
        whole = text if unit == "BYTE" else text.decode()
        start = first if first >= 0 else max(0, len_(whole) + first)
        taken = whole[start : start + count]
        return taken if unit == "BYTE" else taken.encode()

    return _each(input, part)


def to_number(input: Any, out_type: Any = "float32", name: Any = None) -> Element:
    """The numbers that texts write."""
    return _each(input, float if np.dtype(out_type).kind == "f" else int, out_type)


_written = builtins.format


def as_string(
    input: Any,
    precision: int = -1,
    scientific: bool = False,
    shortest: bool = False,
    width: int = -1,
    fill: str = "",
    name: Any = None,
) -> Any:
    """Texts that write numbers: floats to six places unless `precision` says otherwise."""
    if isinstance(input, RaggedTensor):
        values = as_string(input.flat_values, precision, scientific, shortest, width, fill)
        return input.with_flat_values(values)
    x = np.asarray(input)
    if is_text(x):
        return element(x)
    kind = "e" if scientific else "g" if shortest else "f"
    places = f".{precision}" if precision >= 0 else ""
    size = f"{fill}{width}" if width >= 0 else ""
    form = f"{size}{places}{kind}" if x.dtype.kind == "f" else size
    if x.dtype == bool:
        return texts([str(v).lower().encode() for v in x.ravel().tolist()]).reshape(x.shape)
    return texts([_written(v, form).encode() for v in x.ravel().tolist()]).reshape(x.shape)


def format(template: str, inputs: Any, placeholder: str = "{}", summarize: int = 3) -> Element:
    """The template with arrays in the places of the placeholders."""
    given = inputs if isinstance(inputs, (list, tuple)) else [inputs]
    for value in given:
        array = np.asarray(value)
        shown = np.array2string(array, separator=" ") if array.ndim else str(array[()])
        template = template.replace(placeholder, shown, 1)
    return element(template)


def to_hash_bucket_fast(input: Any, num_buckets: int, name: Any = None) -> Element:
    """The FarmHash of each text, modulo `num_buckets`."""
    return _hashed(input, fingerprint, num_buckets)


def to_hash_bucket_strong(
    input: Any, num_buckets: int, key: Sequence[int], name: Any = None
) -> Any:
    """The SipHash of each text under a key of two numbers, modulo `num_buckets`."""
    return _hashed(input, lambda given: keyed(given, key), num_buckets)


def _hashed(input: Any, function: Callable, buckets: int) -> Any:
    if isinstance(input, RaggedTensor):
        return input.with_flat_values(_hashed(input.flat_values, function, buckets))
    given = element(input)
    found = function(given.view(np.ndarray).ravel().tolist()) % np.uint64(buckets)
    return element(found.astype("int64").reshape(given.shape))
