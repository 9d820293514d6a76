"""Functions of `addax.ops` in configurations: Keras has a class for each, some arguments of which
belong to the constructor and the others to the call."""

import functools
import inspect
import sys
from collections.abc import Callable

MODULES = {m: m for m in ("core", "image", "math", "nn", "numpy", "linalg")} | {"signal": "math"}

# Classes that are not the function's name in capitals; matched without regard to case and "_".
IRREGULAR = """SVD JVP CDist CTCLoss CTCDecode PSNR SSIM AllClose SearchSorted IsIn FFT FFT2 IFFT2
RFFT IRFFT STFT ISTFT RGBToGrayscale RGBToHSV HSVToRGB"""

# Required arguments that the constructor takes.
CONSTRUCTED = """
adaptive_average_pool output_size
adaptive_max_pool output_size
argpartition kth
array_split indices_or_sections
average_pool pool_size
broadcast_to shape
cast dtype
clip x_min x_max
depth_to_space block_size
dsplit indices_or_sections
einsum subscripts
expand_dims axis
extract_patches size
extract_sequences sequence_length sequence_stride
fold output_size kernel_size
full shape
hsplit indices_or_sections
in_top_k k
istft sequence_length sequence_stride fft_length
map_coordinates order
max_pool pool_size
moments axes
moveaxis source destination
one_hot num_classes
pad pad_width
psnr max_val
repeat repeats
reshape newshape
resize size
roll shift
saturate_cast dtype
scale_and_translate spatial_dims method
scatter shape
slice shape
space_to_depth block_size
split indices_or_sections
stft sequence_length sequence_stride fft_length
swapaxes axis1 axis2
threshold threshold default_value
tile repeats
top_k k
unfold kernel_size
unravel_index shape
vsplit indices_or_sections
"""
# Optional arguments that the call takes.
CALLED = """
average weights
dot_product_attention bias mask scale
isclose rtol atol
pad constant_values
select default
where x1 x2
"""


def _table(text: str) -> dict[str, list[str]]:
    return {line.split()[0]: line.split()[1:] for line in text.split("\n") if line}


constructed, called = _table(CONSTRUCTED), _table(CALLED)


def class_name(fn: Callable) -> str:
    """`expand_dims` -> "ExpandDims"."""
    irregular = {name.lower(): name for name in IRREGULAR.split()}
    parts = fn.__name__.split("_")
    return irregular.get("".join(parts)) or "".join(p[:1].upper() + p[1:] for p in parts)


@functools.cache
def _homes() -> dict[Callable, str]:
    """Each function's module, the first one where several have it."""
    import addax.ops

    found: dict[Callable, str] = {}
    for ours, theirs in MODULES.items():
        for fn in vars(sys.modules[f"{addax.ops.__name__}.{ours}"]).values():
            if getattr(fn, "is_op", False):
                found.setdefault(fn, f"keras.src.ops.{theirs}")
    return found


@functools.cache
def _functions() -> dict[str, Callable]:
    return {class_name(fn): fn for fn in reversed(_homes())}


def find(entry: dict) -> Callable | None:
    """The function whose class an entry of a graph's configuration names."""
    return _functions().get(entry["class_name"]) if "ops" in str(entry.get("module")) else None


def home(fn: Callable) -> str:
    """The module of Keras's class for `fn`. ValueError for a function that is not of `ops`."""
    if fn not in _homes():
        raise ValueError(f"{fn.__name__} is no function of addax.ops; a file can't name it.")
    return _homes()[fn]


def split(fn: Callable, config: dict, args: tuple, kwargs: dict) -> tuple[dict, list, dict]:
    """Constructor's configuration and call's arguments as Keras has them."""
    moved = constructed.get(fn.__name__, ())
    names = _names(fn)
    positional = list(zip([*names, *[""] * len(args)], args, strict=False))
    config = config | {n: a for n, a in [*positional, *kwargs.items()] if n in moved}
    kwargs = {n: a for n, a in kwargs.items() if n not in moved}
    kwargs |= {n: config.pop(n) for n in called.get(fn.__name__, ()) if n in config}
    return config, [a for n, a in positional if n not in moved], kwargs


def join(fn: Callable, config: dict, args: list) -> tuple[dict, list]:
    """Keras's configuration and arguments in the order in which `fn` takes them."""
    config, rest, ordered = dict(config), list(args), []
    if fn.__name__ == "get_item" and isinstance(rest[1], list):
        rest[1] = tuple(rest[1])  # JSON has no tuples, and a list is another kind of index
    for name in _names(fn):
        if name in config and rest:
            ordered.append(config.pop(name))
        elif rest:
            ordered.append(rest.pop(0))
    return config, ordered + rest


def _names(fn: Callable) -> list[str]:
    """The positional parameters."""
    kinds = inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD
    return [n for n, p in inspect.signature(fn).parameters.items() if p.kind in kinds]
