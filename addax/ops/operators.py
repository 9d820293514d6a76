"""Python's operators on symbolic tensors."""

from addax.core.symbol import KerasTensor
from addax.ops import arrays, elementwise, products

BINARY = {
    "add": elementwise.add,
    "sub": elementwise.subtract,
    "mul": elementwise.multiply,
    "truediv": elementwise.true_divide,
    "floordiv": elementwise.floor_divide,
    "mod": elementwise.mod,
    "pow": elementwise.power,
    "matmul": products.matmul,
    "and": elementwise.logical_and,
    "or": elementwise.logical_or,
    "xor": elementwise.logical_xor,
}
# No "eq": symbolic tensors are compared by identity, so that they can be keys.
COMPARE = {
    "ne": elementwise.not_equal,
    "lt": elementwise.less,
    "le": elementwise.less_equal,
    "gt": elementwise.greater,
    "ge": elementwise.greater_equal,
}
UNARY = {
    "neg": elementwise.negative,
    "abs": elementwise.absolute,
    "invert": elementwise.logical_not,
}


def _method(op, reflected=False):
    def method(self, *others):
        return op(*others, self) if reflected else op(self, *others)

    return method


def _round(self, ndigits=None):
    return elementwise.round(self, ndigits or 0)


for _name, _op in (BINARY | COMPARE | UNARY).items():
    setattr(KerasTensor, f"__{_name}__", _method(_op))
for _name, _op in BINARY.items():
    setattr(KerasTensor, f"__r{_name}__", _method(_op, reflected=True))
for _name, _op in {
    "__getitem__": arrays.get_item,
    "__round__": _round,
    "reshape": arrays.reshape,
    "squeeze": arrays.squeeze,
}.items():
    setattr(KerasTensor, _name, _method(_op))
KerasTensor.T = property(arrays.transpose)  # type: ignore[attr-defined]
