"""Where the weights that were trained on ImageNet are, and how they are fetched."""

from typing import NamedTuple

from addax.utils.files import DownloadError, cache_folder, find_file

ROOT = "https://storage.googleapis.com/tensorflow/keras-applications/"


class Pretrained(NamedTuple):
    """The files of one network, with the top and without: names and hashes (None: not known)."""

    folder: str  # their address
    names: tuple[str, str]
    hashes: tuple[str | None, str | None]
    remote_names: tuple[str, str] | None = None  # where they differ from the names here


def tensorflow_order(
    family: str, name: str, hashes: tuple[str, str], notop: str = "_notop"
) -> Pretrained:
    """The usual names: `<name>_weights_tf_dim_ordering_tf_kernels.h5`."""
    stem = f"{name}_weights_tf_dim_ordering_tf_kernels"
    return Pretrained(f"{ROOT}{family}/", (f"{stem}.h5", f"{stem}{notop}.h5"), hashes)


def locate(files: Pretrained, include_top: bool) -> str:
    """Path of a file of weights: from the place that `ADDAX_DATASETS` names, the cache, the net."""
    which = 0 if include_top else 1
    name, file_hash = files.names[which], files.hashes[which]
    address = files.folder + (files.remote_names or files.names)[which]
    try:
        return find_file(name, address, file_hash, "models")
    except (DownloadError, FileNotFoundError) as error:
        raise DownloadError(
            f"The file {name!r} is not here and can't be fetched ({error}). Put it (it comes from "
            f"{address}) into {cache_folder('models')} or into a folder that the environment "
            "variable ADDAX_DATASETS names. Weights elsewhere are loaded with weights=<path>; "
            "weights=None gives a network that is not trained."
        ) from error
