"""Elements of a data set in a folder: records of arrays, and what structure they make."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from addax.data.elements import leaves
from addax.data.examples import BytesList, Example, Feature, Features
from addax.data.records import TFRecordWriter, read_records
from addax.data.tensors import TYPES, parse_tensor, serialize_tensor

RECORDS, STRUCTURE = "elements.tfrecord", "structure.json"


def write(path: str, dataset: Any) -> None:
    """Write all elements into the folder `path`, which is made."""
    os.makedirs(path, exist_ok=True)
    form: Any = None
    count = 0
    with TFRecordWriter(os.path.join(path, RECORDS)) as file:
        for value in dataset:
            form = _form(value) if form is None else form
            parts = [serialize_tensor(leaf) for leaf in leaves(value)]
            example = Example(Features({"parts": Feature(BytesList(parts))}))
            file.write(example.SerializeToString())
            count += 1
    text = json.dumps({"count": count, "form": form})
    Path(path, STRUCTURE).write_text(text, encoding="utf-8")


def reader(path: str) -> tuple[Callable[[], Iterator], int]:
    """A function that starts a pass over the elements, and their number."""
    described = Path(path, STRUCTURE)
    if not described.exists():
        raise FileNotFoundError(f"{path} is no folder that Dataset.save wrote: no {STRUCTURE}.")
    facts = json.loads(described.read_text(encoding="utf-8"))

    def make() -> Iterator:
        for record in read_records(os.path.join(path, RECORDS)):
            parts = Example.FromString(record).features.feature["parts"].bytes_list.value
            yield _filled(facts["form"], iter(parts))

    return make, facts["count"]


def _form(value: Any) -> Any:
    """An element's structure: dictionaries, lists for tuples, and dtypes."""
    if isinstance(value, dict):
        return {key: _form(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_form(part) for part in value]
    return "string" if value.dtype == object else value.dtype.name


def _filled(form: Any, parts: Iterator[bytes]) -> Any:
    if isinstance(form, dict):
        return {key: _filled(inner, parts) for key, inner in form.items()}
    if isinstance(form, list):
        return tuple(_filled(inner, parts) for inner in form)
    if form not in TYPES:
        raise ValueError(f"{STRUCTURE} names the type {form!r}, which there is not.")
    return parse_tensor(next(parts), form)
