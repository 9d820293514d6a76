"""How the elements of one `Dataset` come from those of another: generators over iterators."""

import itertools
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np


def shuffled(items: Iterator, room: int, rng: np.random.Generator) -> Iterator:
    """Each time one of the next `room` items, drawn with equal chances."""
    buffer = list(itertools.islice(items, room))
    for item in items:
        i = rng.integers(len(buffer))
        buffer[i], item = item, buffer[i]
        yield item
    for i in rng.permutation(len(buffer)):
        yield buffer[i]


def groups(items: Iterator, size: int, drop_remainder: bool) -> Iterator[list]:
    """Lists of `size` items; the last one may be shorter unless it is dropped."""
    while group := list(itertools.islice(items, size)):
        if len(group) == size or not drop_remainder:
            yield group


def windows(
    items: Iterator, size: int, shift: int, stride: int, drop_remainder: bool
) -> Iterator[list]:
    """Lists of `size` items that are `stride` apart, the first of each `shift` after the last's."""
    reach = (size - 1) * stride + 1
    buffer: deque = deque(itertools.islice(items, reach))
    while buffer and not (drop_remainder and len(buffer) < reach):
        yield list(itertools.islice(buffer, 0, None, stride))
        for _ in range(min(shift, len(buffer))):
            buffer.popleft()
        skipped = max(0, shift - reach)
        buffer.extend(itertools.islice(items, skipped, skipped + reach - len(buffer)))


def interleaved(inner: Iterator[Iterator], cycle: int, block: int) -> Iterator:
    """`block` items of each of `cycle` passes in turn; a new one takes the place of an ended."""
    slots: list[Any] = [None] * cycle
    more = True
    try:
        while more or any(slot is not None for slot in slots):
            for i in range(cycle):
                if slots[i] is None and more:
                    slots[i] = next(inner, None)
                    more = slots[i] is not None
                if slots[i] is not None:
                    given = list(itertools.islice(slots[i], block))
                    yield from given
                    if len(given) < block:
                        slots[i] = None
    finally:
        for slot in slots:
            if slot is not None:
                slot.close()


def grouped(
    items: Iterator, key: Callable[[Any], int], size: Callable[[int], int], reduce: Callable
) -> Iterator:
    """What `reduce(key, group)` gives of each `size(key)` items of one key, then of the rests."""
    groups: dict[int, list] = {}
    for item in items:
        number = key(item)
        group = groups.setdefault(number, [])
        group.append(item)
        if len(group) >= size(number):
            yield from reduce(number, groups.pop(number))
    for number in sorted(groups):
        yield from reduce(number, groups[number])


def chosen(passes: list[Any], choices: Iterable[int], stop_on_empty: bool) -> Iterator:
    """The next item of the pass that each of `choices` names; passes that ended are left out."""
    try:
        for number in choices:
            if passes[number] is None:
                continue
            try:
                yield next(passes[number])
            except StopIteration:
                passes[number] = None
                if stop_on_empty or not any(p is not None for p in passes):
                    return
    finally:
        for items in passes:
            if items is not None:
                items.close()


def drawn(
    passes: list[Any], weights: Iterator[Sequence[float]], rng: np.random.Generator
) -> Iterator[int]:
    """Numbers of passes that have not ended, by chances in proportion to the weights."""
    for given in weights:
        alive = [float(w) * (p is not None) for w, p in zip(given, passes, strict=True)]
        total = sum(alive)
        if not total:
            return
        yield int(rng.choice(len(alive), p=np.array(alive) / total))


def resampled(
    items: Iterator,
    class_of: Callable[[Any], int],
    wanted: np.ndarray,
    present: np.ndarray | None,
    rng: np.random.Generator,
) -> Iterator[tuple[int, Any]]:
    """(class, item) of items that are kept so that the classes have the `wanted` frequencies.

    An item of class c is kept with the chance `r[c] / max(r)`, where r = wanted / present. What is
    present is counted as items come if nobody says it.
    """
    counts = np.ones(len(wanted)) if present is None else np.asarray(present, float)
    for item in items:
        number = class_of(item)
        if present is None:
            counts[number] += 1
        ratios = wanted / (counts / counts.sum() + 1e-12)
        if rng.random() < ratios[number] / ratios.max():
            yield number, item


def scanned(items: Iterator, state: Any, function: Callable) -> Iterator:
    """The results of `state, result = function(state, item)`."""
    for numbered in enumerate(items):
        state, result = function(state, numbered)
        yield result


def distinct(items: Iterator, key: Callable[[Any], Any]) -> Iterator:
    """The items whose key has not come before."""
    seen = set()
    for item in items:
        if key(item) not in seen:
            seen.add(key(item))
            yield item


def remembered(items: Iterator, memory: list) -> Iterator:
    """The items, which are put into `memory` once all have been seen."""
    seen = []
    for item in items:
        seen.append(item)
        yield item
    memory.append(seen)


def count(lengths: Iterable[float]) -> float:
    """The shortest of the lengths; NaN, an unknown one, where one is unknown."""
    known = list(lengths)
    return math.nan if any(map(math.isnan, known)) else min(known)


def repeated(make: Callable[[], Iterator], times: float) -> Iterator:
    """The items again and again. An empty pass ends it, so that there is no loop for nothing."""
    while times > 0:
        times -= 1
        empty = True
        for item in make():
            empty = False
            yield item
        if empty:
            return
