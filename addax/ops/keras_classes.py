"""How Keras's files name ops: each is a class there, with constructor and call arguments."""

import inspect
from collections.abc import Callable

from addax.ops import core, image, linalg, math, nn, numpy, signal

HOMES = {
    "keras.src.ops.numpy": numpy,
    "keras.src.ops.nn": nn,
    "keras.src.ops.math": (math, signal),
    "keras.src.ops.core": core,
    "keras.src.ops.linalg": linalg,
    "keras.src.ops.image": image,
}
# The rule is CamelCase; these are the classes that do not follow it.
IRREGULAR = {
    "allclose": "AllClose",
    "batch_normalization": "BatchNorm",
    "cdist": "CDist",
    "ctc_decode": "CTCDecode",
    "ctc_loss": "CTCLoss",
    "extract_patches_3d": "ExtractPatches",
    "hsv_to_rgb": "HSVToRGB",
    "isin": "IsIn",
    "layer_normalization": "LayerNorm",
    "rgb_to_grayscale": "RGBToGrayscale",
    "rgb_to_hsv": "RGBToHSV",
    "rms_normalization": "RMSNorm",
    "searchsorted": "SearchSorted",
} | {
    name: name.upper() for name in "fft fft2 ifft2 irfft istft jvp psnr rfft ssim stft svd".split()
}

# Constructor arguments that have no default, and call arguments that have one.
SETTINGS = frozenset(
    """axes axis axis1 axis2 block_size body body_fun cond default_value destination dtype
    fft_length function indices_or_sections k kernel_size kth lower max_val method newshape
    num_classes order output_size pad_width pool_size repeats sequence_length sequence_stride shape
    shift size source spatial_dims subscripts threshold upper x_max x_min""".split()
)
TENSORS = frozenset(
    """average.weights batch_normalization.offset beta bias constant_values default gamma
    isclose.atol isclose.rtol mask scale step stop x1 x2 xs""".split()
)


def camel_case(name: str) -> str:
    """`scatter_update` -> `ScatterUpdate`."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def _all_names() -> dict[Callable, tuple[str, str]]:
    named = {}
    for module, places in HOMES.items():
        for place in places if isinstance(places, tuple) else (places,):
            for fn in vars(place).values():
                if getattr(fn, "is_op", False):
                    name = fn.__name__
                    named.setdefault(fn, (module, IRREGULAR.get(name, camel_case(name))))
    return named | {numpy.rearrange: ("keras.src.ops.einops", "Rearrange")}


CLASS_NAMES = _all_names()
"""Op -> (module, class) in Keras."""

FUNCTIONS = {name: fn for fn, (_, name) in reversed(CLASS_NAMES.items())}
"""Class in Keras -> op."""


def is_setting(fn: Callable, parameter: str) -> bool:
    """Whether a parameter of the op `fn` is an argument of the constructor of Keras's class.

    The others are arguments of the call, which may be tensors.
    """
    if parameter in TENSORS or f"{fn.__name__}.{parameter}" in TENSORS:
        return False
    default = inspect.signature(fn).parameters[parameter].default
    return parameter in SETTINGS or default is not inspect.Parameter.empty
