"""Writes addax/datasets/digits.npz from scikit-learn's copy; the same bytes on every run."""

import io
import sys
import zipfile
from pathlib import Path

import numpy as np

PATH = Path(__file__).parents[1] / "addax" / "datasets" / "digits.npz"


def digits_file() -> bytes:
    """The .npz file: x (1797, 8, 8) of 0..16 and y (1797,), uint8; no dates in it."""
    from sklearn.datasets import load_digits

    x, y = load_digits(return_X_y=True)
    arrays = {"x": x.reshape(-1, 8, 8).astype("uint8"), "y": y.astype("uint8")}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, array, version=(1, 0), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            archive.writestr(info, member.getvalue(), compresslevel=9)
    return stream.getvalue()


if __name__ == "__main__":
    PATH.write_bytes(digits_file())
    sys.stdout.write(f"{PATH}: {PATH.stat().st_size} bytes\n")
