"""Pooling layers equal Keras's."""

import pytest
from layer_rows import case, check

SHAPES = {1: (2, 7, 3), 2: (2, 7, 9, 3), 3: (1, 5, 4, 5, 2)}
FIRST = {"data_format": "channels_first"}
HALF = {"dtype": "mixed_bfloat16"}


def turned(shape):
    return (shape[0], shape[-1], *shape[1:-1])


def rows(rank, kind):
    shape = SHAPES[rank]
    name = f"{kind}Pooling{rank}D"
    everywhere, adaptive = f"Global{kind}Pooling{rank}D", f"Adaptive{kind}Pooling{rank}D"
    return [
        case(name, shape, pool_size=2),
        case(name, shape, pool_size=3, strides=2, padding="same"),
        case(name, turned(shape), pool_size=2, strides=1, **FIRST),
        case(name, shape, pool_size=2, **HALF),
        case(everywhere, shape),
        case(everywhere, turned(shape), keepdims=True, **FIRST),
        case(everywhere, shape, **HALF),
        case(adaptive, shape, output_size=3),
        case(adaptive, shape, output_size=(1, 2, 4)[:rank]),
        case(adaptive, turned(shape), output_size=2, **FIRST),
        case(adaptive, shape, output_size=2, **HALF),
    ]


ROWS = [row for kind in ("Average", "Max") for rank in (1, 2, 3) for row in rows(rank, kind)]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_layer_equals_keras(row):
    check(row)
