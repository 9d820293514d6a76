"""How a one-line equivalent is read."""

import pytest

from addax.compat import equivalents


def power(x1, x2=2, *, scale=1):
    """A function to be found."""
    return scale * x1**x2


@pytest.fixture(autouse=True)
def found(monkeypatch):
    monkeypatch.setattr(equivalents, "find", {"power": power, "ops.power": power}.__getitem__)
    equivalents.resolve.cache_clear()
    yield
    equivalents.resolve.cache_clear()


CALLS = [
    ("power", (3,), {}, 9),
    ("ops.power()", (3,), {"name": "cube"}, 9),
    ("ops.power(x1=base)", (), {"base": 3}, 9),
    ("ops.power(x1=base, x2=exponent)", (3,), {"exponent": 3}, 27),
    ("ops.power(x2=1)", (3,), {}, 3),
    ("ops.power(x2=1)", (3, 3), {}, 27),
    ("ops.power(x2=1)", (3,), {"x2": 3}, 27),
    ("ops.power(x1=base, scale=-1)", (), {"base": 3}, -9),
]


@pytest.mark.parametrize(("equivalent", "args", "kwargs", "expected"), CALLS)
def test_calls(equivalent, args, kwargs, expected):
    assert equivalents.resolve(equivalent)(*args, **kwargs) == expected


def test_without_brackets_it_is_the_object_itself():
    assert equivalents.resolve("ops.power") is power
    assert equivalents.resolve("ops.power()") is not power


@pytest.mark.parametrize(("text", "value"), [("None", None), ("'float32'", "float32"), ("-1", -1)])
def test_constants(text, value):
    assert equivalents.resolve(text) == value


def test_an_unknown_keyword_is_refused():
    with pytest.raises(TypeError, match="sideways"):
        equivalents.resolve("ops.power(x1=base)")(3, sideways=True)


def test_find(monkeypatch):
    monkeypatch.undo()
    assert equivalents.find("").__name__ == "addax"
    assert equivalents.find("compat.equivalents") is equivalents
    assert equivalents.find("compat.equivalents.find") is equivalents.find
    with pytest.raises(AttributeError, match=r"addax\.compat\.nowhere\.x does not exist"):
        equivalents.find("compat.nowhere.x")
