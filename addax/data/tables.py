"""Rows of CSV files as arrays, column by column."""

import csv
import glob
import os
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from addax.data.dataset import Dataset
from addax.data.elements import Element, element, plain
from addax.data.records import FileDataset, opened

INFERRED = ("int32", "int64", "float32", "string")


class Column:
    """The type of a column, and what stands for an empty field; a type alone lets none be empty."""

    def __init__(self, default: Any):
        named = isinstance(default, (str, type, np.dtype)) and _is_type(default)
        value = np.zeros(0) if named else element(default).view(np.ndarray).ravel()
        self.kind = str(default) if named else "string" if value.dtype == object else value.dtype
        self.kind = "string" if self.kind == "string" else np.dtype(self.kind).name
        self.default = value[0] if value.size else None

    def parse(self, text: str, place: str) -> Any:
        """The value that a field writes. ValueError names the place of a bad one."""
        if not text:
            if self.default is None:
                raise ValueError(f"{place} is empty, and its column has no default.")
            return self.default
        if self.kind == "string":
            return text.encode()
        try:
            return np.dtype(self.kind).type(text.strip())
        except (OverflowError, ValueError):
            raise ValueError(f"{place} is no {self.kind}: {text!r}.") from None

    def array(self, values: Sequence[Any]) -> Element:
        """Values of this column."""
        if self.kind == "string":
            return element(np.array([*values, None], object)[:-1])
        return element(np.array(values, self.kind))


def _is_type(value: Any) -> bool:
    return value in ("string", "float32", "float64", "int32", "int64") or not isinstance(value, str)


def decode_csv(
    records: Any,
    record_defaults: Sequence[Any],
    field_delim: str = ",",
    use_quote_delim: bool = True,
    na_value: str = "",
    select_cols: Sequence[int] | None = None,
    name: Any = None,
) -> list[Element]:
    """The columns of lines of CSV, each in the type of its default."""
    lines = element(records)
    columns = [Column(d) for d in record_defaults]
    chosen = None if select_cols is None else [int(c) for c in select_cols]
    rows = [
        _parsed(fields, columns, chosen, na_value, f"record {i}")
        for i, fields in enumerate(_split(lines.ravel().tolist(), field_delim, use_quote_delim))
    ]
    values = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return [element(c.array(v).reshape(lines.shape)) for c, v in zip(columns, values, strict=True)]


def _split(lines: Any, delimiter: str, quotes: bool) -> Iterator[list[str]]:
    texts = (t.decode() if isinstance(t, bytes) else t for t in lines)
    quoting = csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE
    return csv.reader(texts, delimiter=str(delimiter), quoting=quoting)


def _parsed(
    fields: list[str], columns: list[Column], chosen: list[int] | None, missing: str, place: str
) -> list[Any]:
    kept = fields if chosen is None else [fields[i] for i in chosen if i < len(fields)]
    if len(kept) != len(columns):
        raise ValueError(f"{place} has {len(kept)} fields; {len(columns)} were expected.")
    return [
        column.parse("" if text == missing else text, f"Field {i} of {place}")
        for i, (text, column) in enumerate(zip(kept, columns, strict=True))
    ]


class CsvDataset(FileDataset):
    """The rows of CSV files, each a tuple of columns in the types of `record_defaults`."""

    def __init__(
        self,
        filenames: Any,
        record_defaults: Sequence[Any],
        compression_type: str | None = None,
        buffer_size: int | None = None,
        header: bool = False,
        field_delim: str = ",",
        use_quote_delim: bool = True,
        na_value: str = "",
        select_cols: Sequence[int] | None = None,
        exclude_cols: Sequence[int] | None = None,
    ):
        self._columns = [Column(d) for d in record_defaults]
        self._skips = int(bool(header))
        self._form = field_delim, use_quote_delim, na_value
        self._selects, self._excludes = select_cols, exclude_cols
        super().__init__(filenames, compression_type)

    def _read(self, path: str, compression: str) -> Iterator[list[Any]]:
        delimiter, quotes, missing = self._form
        chosen = None if self._selects is None else sorted(map(int, self._selects))
        with opened(path, compression) as file:
            lines = (line.decode() for line in file)
            for i, fields in enumerate(_split(lines, delimiter, quotes)):
                if i < self._skips or not fields:
                    continue
                if self._excludes is not None:
                    chosen = [n for n in range(len(fields)) if n not in set(self._excludes)]
                yield _parsed(fields, self._columns, chosen, missing, f"{path}, record {i}")

    def _element(self, record: Any) -> Any:
        pairs = zip(self._columns, record, strict=True)
        return tuple(element(column.array([value])[0]) for column, value in pairs)


def make_csv_dataset(
    file_pattern: Any,
    batch_size: int,
    column_names: Sequence[str] | None = None,
    column_defaults: Sequence[Any] | None = None,
    label_name: str | None = None,
    select_columns: Sequence[Any] | None = None,
    field_delim: str = ",",
    use_quote_delim: bool = True,
    na_value: str = "",
    header: bool = True,
    num_epochs: int | None = None,
    shuffle: bool = True,
    shuffle_buffer_size: int = 10000,
    shuffle_seed: int | None = None,
    prefetch_buffer_size: int | None = None,
    num_parallel_reads: int | None = None,
    sloppy: bool = False,
    num_rows_for_inference: int | None = 100,
    compression_type: str | None = None,
    ignore_errors: bool = False,
    encoding: str = "utf-8",
) -> Dataset:
    """Batches of columns by name, and of the column `label_name` beside them.

    Types are those of `column_defaults`, else the narrowest that the first rows fit; empty fields
    are 0 or the empty text. It has no end unless `num_epochs` says how often files are read.
    """
    patterns = [file_pattern] if isinstance(file_pattern, (str, os.PathLike)) else file_pattern
    paths = sorted({p for pattern in patterns for p in glob.glob(os.fspath(pattern))})
    if not paths:
        raise FileNotFoundError(f"No file matches {', '.join(map(str, patterns))}.")
    names = list(column_names or _head(paths[0], field_delim, use_quote_delim))
    chosen = [names.index(c) if isinstance(c, str) else int(c) for c in select_columns or names]
    chosen.sort()
    if column_defaults is None:
        kinds = _infer(
            paths[0], chosen, (field_delim, use_quote_delim, na_value), header,
            num_rows_for_inference,
        )  # fmt: skip
        column_defaults = [[""] if k == "string" else np.zeros(1, k) for k in kinds]
    kept = [names[i] for i in chosen]
    if label_name is not None and label_name not in kept:
        raise ValueError(f"label_name is one of {', '.join(kept)}; received {label_name!r}.")
    rows: Dataset = CsvDataset(
        paths, column_defaults, compression_type, None, header, field_delim, use_quote_delim,
        na_value, chosen,
    )  # fmt: skip
    if shuffle:
        rows = rows.shuffle(shuffle_buffer_size, shuffle_seed)
    rows = rows.repeat(num_epochs).batch(batch_size, drop_remainder=num_epochs is None)

    def named(*columns: Any) -> Any:
        features = dict(zip(kept, columns, strict=True))
        return features if label_name is None else (features, features.pop(label_name))

    return rows.map(named).prefetch(1)


def _head(path: str, delimiter: str, quotes: bool) -> list[str]:
    with open(path, encoding="utf-8", newline="") as file:
        return next(_split(file, delimiter, quotes))


def _infer(
    path: str, chosen: list[int], form: tuple[str, bool, str], header: bool, count: int | None
) -> list[str]:
    """The first of `INFERRED` that all fields of a column fit, empty ones apart."""
    kinds = [0] * len(chosen)
    with open(path, encoding="utf-8", newline="") as file:
        for i, fields in enumerate(_split(file, *form[:2])):
            if count is not None and i >= count + header:
                break
            if i < header or not fields:
                continue
            for n, column in enumerate(chosen):
                text = fields[column]
                while text not in ("", form[2]) and not _fits(text, INFERRED[kinds[n]]):
                    kinds[n] += 1
    return [INFERRED[k] for k in kinds]


def _fits(text: str, kind: str) -> bool:
    try:
        value = plain(element(text)).decode() if kind == "string" else np.dtype(kind).type(text)
    except (OverflowError, ValueError):
        return False
    return value is not None
