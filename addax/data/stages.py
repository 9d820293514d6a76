"""How the elements of one `Dataset` come from those of another: generators over iterators."""

import itertools
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator
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
