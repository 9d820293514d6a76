"""`ImageDataGenerator`: batches of images, changed by chance, for programs of Keras 2."""

import contextlib
import os
import threading
import warnings
from collections.abc import Iterator as Items
from collections.abc import Sequence
from typing import Any

import numpy as np

from addax.config import floatx
from addax.core.settings import standardize_data_format
from addax.preprocessing.affine import (
    apply_affine_transform,
    apply_brightness_shift,
    apply_channel_shift,
    flip_axis,
)
from addax.utils import PyDataset, array_to_img, img_to_array, load_img
from addax.utils.folders import files_in
from addax.utils.images import CHANNELS

FORMATS = ("png", "jpg", "jpeg", "bmp", "ppm", "tif", "tiff")
UNLABELLED = ("input", "multi_output", "raw", None)


class Iterator(PyDataset):
    """Batches by number, and without end by `next`, in an order drawn anew for each epoch."""

    def __init__(self, n: int, batch_size: int, shuffle: bool, seed: int | None, **kwargs: Any):
        super().__init__(**kwargs)
        self.n, self.batch_size, self.shuffle, self.seed = n, batch_size, shuffle, seed
        self.batch_index = 0
        self.total_batches_seen = 0
        self.lock = threading.Lock()
        self.index_array: np.ndarray | None = None
        self.index_generator = self._indices()

    def _set_index_array(self) -> None:
        self.index_array = np.random.permutation(self.n) if self.shuffle else np.arange(self.n)

    def _begin_batch(self) -> None:
        if self.seed is not None:
            np.random.seed(self.seed + self.total_batches_seen)
        self.total_batches_seen += 1

    def __getitem__(self, index: int) -> Any:
        if index >= len(self):
            raise ValueError(f"There are {len(self)} batches; number {index} was asked for.")
        self._begin_batch()
        if self.index_array is None:
            self._set_index_array()
        return self._get_batches_of_transformed_samples(self._batch(index))

    def _batch(self, number: int) -> np.ndarray:
        start = self.batch_size * number
        return self.index_array[start : start + self.batch_size]  # type: ignore[index]

    def __len__(self) -> int:
        return -(-self.n // self.batch_size)

    def on_epoch_end(self) -> None:
        """Draw another order."""
        self._set_index_array()

    def reset(self) -> None:
        """Begin with the first batch."""
        self.batch_index = 0

    def _indices(self) -> Items[np.ndarray]:
        self.reset()
        while True:
            self._begin_batch()
            if self.batch_index == 0:
                self._set_index_array()
            number = self.batch_index
            self.batch_index = (number + 1) % max(1, len(self))
            yield self._batch(number)

    def __iter__(self) -> Items[Any]:
        return self

    def __next__(self) -> Any:
        with self.lock:
            chosen = next(self.index_generator)
        return self._get_batches_of_transformed_samples(chosen)

    def _get_batches_of_transformed_samples(self, index_array: np.ndarray) -> Any:
        raise NotImplementedError

    def _save(self, images: np.ndarray, numbers: Any, highest: int) -> None:
        if not self.save_to_dir:
            return
        for image, number in zip(images, numbers, strict=True):
            drawn = np.random.randint(highest)
            name = f"{self.save_prefix}_{number}_{drawn}.{self.save_format}"
            img = array_to_img(image, self.data_format)
            img.save(os.path.join(self.save_to_dir, name))

    save_to_dir: Any = None
    save_prefix = ""
    save_format = "png"
    data_format = "channels_last"


class NumpyArrayIterator(Iterator):
    """Batches of images in memory, with labels and weights."""

    def __init__(
        self,
        x: Any,
        y: Any,
        image_data_generator: "ImageDataGenerator",
        batch_size: int = 32,
        shuffle: bool = False,
        sample_weight: Any = None,
        seed: int | None = None,
        data_format: str | None = None,
        save_to_dir: Any = None,
        save_prefix: str = "",
        save_format: str = "png",
        subset: str | None = None,
        ignore_class_split: bool = False,
        dtype: Any = None,
    ):
        self.dtype = dtype or floatx()
        others: Sequence[Any] = []
        if isinstance(x, (tuple, list)):
            x, others = x[0], x[1] if isinstance(x[1], list) else [x[1]]
        given = [x, y, sample_weight, *others]
        parts: list[Any] = [None if p is None else np.asarray(p) for p in given]
        lengths = [len(p) for p in parts if p is not None]
        if len(set(lengths)) > 1:
            raise ValueError(f"All arrays must have one length; these have {lengths}.")
        if subset is not None:
            edge = int(lengths[0] * image_data_generator._validation_split)
            chosen = slice(edge) if _is_validation(subset) else slice(edge, None)
            if y is not None and not ignore_class_split:
                _check_classes(parts[1][:edge], parts[1][edge:])
            parts = [None if p is None else p[chosen] for p in parts]
        self.x, self.y, self.sample_weight, *self.x_misc = parts
        self.x = self.x.astype(self.dtype)
        if self.x.ndim != 4:
            raise ValueError(f"Images have four axes with the batch; received {self.x.shape}.")
        self.data_format = standardize_data_format(data_format)
        _warn_of_channels(self.x, self.data_format)
        self.image_data_generator = image_data_generator
        self.save_to_dir, self.save_prefix, self.save_format = save_to_dir, save_prefix, save_format
        super().__init__(len(self.x), batch_size, shuffle, seed)

    def _get_batches_of_transformed_samples(self, index_array):
        batch = np.zeros((len(index_array), *self.x.shape[1:]), self.dtype)
        for i, number in enumerate(index_array):
            batch[i] = self.image_data_generator._changed(self.x[number].astype(self.dtype))
        self._save(batch, index_array, 10_000)
        x: Any = [batch, *(part[index_array] for part in self.x_misc)] if self.x_misc else batch
        if self.y is None:
            return x
        y = self.y[index_array]
        return (x, y) if self.sample_weight is None else (x, y, self.sample_weight[index_array])


def _is_validation(subset: str) -> bool:
    if subset not in ("training", "validation"):
        raise ValueError(f'subset is "training" or "validation"; received {subset!r}.')
    return subset == "validation"


def _check_classes(first: np.ndarray, last: np.ndarray) -> None:
    if not np.array_equal(np.unique(first), np.unique(last)):
        raise ValueError(
            "The two parts of the data hold different classes: shuffle the data first, or pass "
            "ignore_class_split=True."
        )


def _warn_of_channels(x: np.ndarray, data_format: str) -> None:
    count = x.shape[3 if data_format == "channels_last" else 1]
    if count not in (1, 3, 4):
        warnings.warn(
            f"{data_format} makes {count} channels of the shape {x.shape}; images have 1, 3 or 4.",
            stacklevel=3,
        )


class FileIterator(Iterator):
    """Batches of images in files; subclasses say which files, and what their labels are."""

    filenames: list[str]
    filepaths: list[str]
    classes: Any
    class_indices: dict[str, int]
    targets: Any = None
    sample_weight: np.ndarray | None = None

    def __init__(
        self,
        image_data_generator: "ImageDataGenerator",
        files: Any,
        target_size: Any = (256, 256),
        color_mode: str = "rgb",
        class_mode: str | None = "categorical",
        batch_size: int = 32,
        shuffle: bool = True,
        seed: int | None = None,
        data_format: str | None = None,
        save_to_dir: Any = None,
        save_prefix: str = "",
        save_format: str = "png",
        subset: str | None = None,
        interpolation: str = "nearest",
        keep_aspect_ratio: bool = False,
        dtype: Any = None,
        allowed: tuple = (),
    ):
        if color_mode not in CHANNELS:
            raise ValueError(f"color_mode is one of {', '.join(CHANNELS)}; received {color_mode}.")
        if class_mode not in allowed:
            raise ValueError(f"class_mode is one of {allowed}; received {class_mode!r}.")
        self.image_data_generator, self.class_mode = image_data_generator, class_mode
        self.dtype, self.color_mode = dtype or floatx(), color_mode
        self.data_format = standardize_data_format(data_format)
        self.target_size = tuple(target_size)
        last = self.data_format == "channels_last"
        channels = (CHANNELS[color_mode],)
        self.image_shape = (*self.target_size, *channels) if last else channels + self.target_size
        self.save_to_dir, self.save_prefix, self.save_format = save_to_dir, save_prefix, save_format
        self.interpolation, self.keep_aspect_ratio = interpolation, keep_aspect_ratio
        self.subset = subset
        files()
        self.samples = len(self.filenames)
        super().__init__(self.samples, batch_size, shuffle, seed)

    def _part(self, count: int) -> slice:
        """The files of the subset among `count`."""
        if self.subset is None:
            return slice(None)
        edge = int(self.image_data_generator._validation_split * count)
        return slice(edge) if _is_validation(self.subset) else slice(edge, count)

    @property
    def labels(self) -> Any:
        """What the files are labelled with."""
        return self.classes if self.targets is None else self.targets

    def _get_batches_of_transformed_samples(self, index_array):
        batch = np.zeros((len(index_array), *self.image_shape), self.dtype)
        for i, number in enumerate(index_array):
            img = load_img(
                self.filepaths[number], self.color_mode, self.target_size, self.interpolation,
                self.keep_aspect_ratio,
            )  # fmt: skip
            batch[i] = self.image_data_generator._changed(img_to_array(img, self.data_format))
        self._save(batch, index_array, 10_000_000)
        if self.class_mode is None:
            return batch
        y = self._targets_of(index_array, batch)
        weight = self.sample_weight
        return (batch, y) if weight is None else (batch, y, weight[index_array])

    def _targets_of(self, index_array: np.ndarray, batch: np.ndarray) -> Any:
        if self.class_mode == "input":
            return batch.copy()
        if self.class_mode == "multi_output":
            return [part[index_array] for part in self.targets]
        if self.class_mode == "raw":
            return self.targets[index_array]
        if self.class_mode == "categorical":
            y = np.zeros((len(batch), len(self.class_indices)), self.dtype)
            for row, number in zip(y, index_array, strict=True):
                row[self.classes[number]] = 1
            return y
        return np.array([self.classes[number] for number in index_array], self.dtype)


class DirectoryIterator(FileIterator):
    """Batches of the images in a folder, whose subfolders are the classes."""

    allowed_class_modes = ("categorical", "binary", "sparse", "input", None)

    def __init__(
        self,
        directory: Any,
        image_data_generator: "ImageDataGenerator",
        classes: Sequence[str] | None = None,
        follow_links: bool = False,
        **kwargs: Any,
    ):
        def files():
            names = list(classes or [])
            if not names:
                inside = sorted(os.listdir(directory))
                names = [n for n in inside if os.path.isdir(os.path.join(directory, n))]
            self.num_classes = len(names)
            self.class_indices = {name: i for i, name in enumerate(names)}
            self.filenames, numbers = [], []
            for number, name in enumerate(names):
                found = files_in(os.path.join(directory, name), FORMATS, follow_links)
                found = found[self._part(len(found))]
                self.filenames += [os.path.relpath(path, directory) for path in found]
                numbers += [number] * len(found)
            self.classes = np.array(numbers, "int32")
            self.filepaths = [os.path.join(directory, name) for name in self.filenames]
            print(
                f"Found {len(numbers)} images belonging to {self.num_classes} classes.", flush=True
            )

        self.directory = directory
        super().__init__(image_data_generator, files, allowed=self.allowed_class_modes, **kwargs)


class DataFrameIterator(FileIterator):
    """Batches of the images that a column of a data frame names, with labels of other columns."""

    allowed_class_modes = (
        "binary", "categorical", "input", "multi_output", "raw", "sparse", None,
    )  # fmt: skip

    def __init__(
        self,
        dataframe: Any,
        directory: Any = None,
        image_data_generator: Any = None,
        x_col: str = "filename",
        y_col: Any = "class",
        weight_col: str | None = None,
        classes: Sequence[str] | None = None,
        validate_filenames: bool = True,
        **kwargs: Any,
    ):
        def files():
            rows = _valid_rows(dataframe, x_col, self.directory) if validate_filenames else None
            frame = dataframe.copy() if rows is None else dataframe[rows]
            labelled = self.class_mode not in UNLABELLED
            names: list[str] = []
            if labelled:
                _check_labels(frame, y_col, self.class_mode, classes)
                frame, names = _with_classes(frame, y_col, classes)
                self.class_indices = {name: i for i, name in enumerate(names)}
            elif classes:
                warnings.warn(
                    f"class_mode={self.class_mode!r} has no use for classes.", stacklevel=4
                )
            frame = frame.iloc[self._part(len(frame))]
            if labelled:
                self.classes = [_numbers(label, self.class_indices) for label in frame[y_col]]
            self.filenames = frame[x_col].tolist()
            self.filepaths = [os.path.join(self.directory, name) for name in self.filenames]
            self.sample_weight = frame[weight_col].to_numpy() if weight_col else None
            if self.class_mode == "multi_output":
                if not isinstance(y_col, list):
                    raise TypeError(
                        f'class_mode="multi_output" needs a list as y_col; got {y_col}.'
                    )
                self.targets = [np.array(frame[column].tolist()) for column in y_col]
            elif self.class_mode == "raw":
                self.targets = frame[y_col].to_numpy()
            how = "validated" if validate_filenames else "non-validated"
            end = f" belonging to {len(names)} classes" if labelled else ""
            print(f"Found {len(self.filenames)} {how} image filenames{end}.", flush=True)

        self.directory = directory or ""
        super().__init__(image_data_generator, files, allowed=self.allowed_class_modes, **kwargs)


def _valid_rows(frame: Any, x_col: str, directory: Any) -> np.ndarray:
    """Which rows name an image file that exists; a warning says how many don't."""
    names = frame[x_col].tolist()
    if not all(isinstance(name, str) for name in names):
        raise TypeError(f"The column x_col={x_col!r} must hold texts.")
    paths = [os.path.join(directory, name) for name in names]
    valid = np.array([p.lower().endswith(FORMATS) and os.path.isfile(p) for p in paths], bool)
    if not valid.all():
        count = int((~valid).sum())
        warnings.warn(
            f"{count} names in x_col={x_col!r} are no image files: left out.", stacklevel=5
        )
    return valid


def _check_labels(frame: Any, y_col: Any, class_mode: Any, classes: Any) -> None:
    kinds = (str, list, tuple) if class_mode == "categorical" else str
    if not all(isinstance(label, kinds) for label in frame[y_col]):
        raise TypeError(f"class_mode={class_mode!r} needs texts in the column {y_col!r}.")
    count = len(set(classes or frame[y_col])) if class_mode == "binary" else 2
    if count != 2:
        raise ValueError(f'class_mode="binary" needs two classes; there are {count}.')


def _with_classes(frame: Any, y_col: Any, classes: Any) -> tuple[Any, list[str]]:
    """The rows that have one of the classes, and these."""
    if not classes:
        labels = frame[y_col].tolist()
        nested = [label if isinstance(label, (list, tuple)) else [label] for label in labels]
        return frame, sorted({name for names in nested for name in names})
    names = list(dict.fromkeys(classes))

    def kept(label):
        if isinstance(label, str):
            return label if label in names else None
        return [name for name in label if name in names] or None

    return frame.assign(**{y_col: frame[y_col].map(kept)}).dropna(subset=[y_col]), names


def _numbers(label: Any, numbers: dict[str, int]) -> Any:
    return numbers[label] if isinstance(label, str) else [numbers[name] for name in label]


class ImageDataGenerator:
    """Batches of images: transformed by chance, brought to a range, whitened.

    Chance is NumPy's global one, drawn as older Keras draws: the same seed gives the same images.
    `fit` learns what the featurewise options and ZCA need. New programs have layers such as
    `RandomFlip` and `utils.image_dataset_from_directory`.
    """

    def __init__(
        self,
        featurewise_center: bool = False,
        samplewise_center: bool = False,
        featurewise_std_normalization: bool = False,
        samplewise_std_normalization: bool = False,
        zca_whitening: bool = False,
        zca_epsilon: float = 1e-6,
        rotation_range: float = 0,
        width_shift_range: Any = 0.0,
        height_shift_range: Any = 0.0,
        brightness_range: Any = None,
        shear_range: float = 0.0,
        zoom_range: Any = 0.0,
        channel_shift_range: float = 0.0,
        fill_mode: str = "nearest",
        cval: float = 0.0,
        horizontal_flip: bool = False,
        vertical_flip: bool = False,
        rescale: float | None = None,
        preprocessing_function: Any = None,
        data_format: str | None = None,
        validation_split: float = 0.0,
        interpolation_order: int = 1,
        dtype: Any = None,
    ):
        self.featurewise_center, self.samplewise_center = featurewise_center, samplewise_center
        self.featurewise_std_normalization = featurewise_std_normalization
        self.samplewise_std_normalization = samplewise_std_normalization
        self.zca_whitening, self.zca_epsilon = zca_whitening, zca_epsilon
        self.rotation_range, self.shear_range = rotation_range, shear_range
        self.width_shift_range, self.height_shift_range = width_shift_range, height_shift_range
        self.brightness_range, self.channel_shift_range = brightness_range, channel_shift_range
        self.fill_mode, self.cval, self.interpolation_order = fill_mode, cval, interpolation_order
        self.horizontal_flip, self.vertical_flip = horizontal_flip, vertical_flip
        self.rescale, self.preprocessing_function = rescale, preprocessing_function
        self.data_format = standardize_data_format(data_format)
        self.dtype = dtype or floatx()
        first = self.data_format == "channels_first"
        self.channel_axis, self.row_axis, self.col_axis = (1, 2, 3) if first else (3, 1, 2)
        if validation_split and not 0 < validation_split < 1:
            raise ValueError(f"validation_split is between 0 and 1; received {validation_split}.")
        self._validation_split = validation_split
        if isinstance(zoom_range, (float, int)):
            zoom_range = 1 - zoom_range, 1 + zoom_range
        for name, pair in (("zoom_range", zoom_range), ("brightness_range", brightness_range)):
            if pair is not None and not (isinstance(pair, (tuple, list)) and len(pair) == 2):
                raise ValueError(f"{name} is a number or two; received {pair!r}.")
        self.zoom_range = list(zoom_range)
        if zca_whitening and featurewise_std_normalization:
            self.featurewise_std_normalization = False
            warnings.warn("zca_whitening turns featurewise_std_normalization off.", stacklevel=2)
        self._needs("featurewise_center", "zca_whitening", "featurewise_std_normalization")
        self._needs("samplewise_center", "samplewise_std_normalization")
        self.mean: Any = None
        self.std: Any = None
        self.zca_whitening_matrix: Any = None

    def _needs(self, needed: str, *options: str) -> None:
        for option in options:
            if getattr(self, option) and not getattr(self, needed):
                setattr(self, needed, True)
                warnings.warn(f"{option} turns {needed} on.", stacklevel=3)

    def flow(
        self,
        x: Any,
        y: Any = None,
        batch_size: int = 32,
        shuffle: bool = True,
        sample_weight: Any = None,
        seed: int | None = None,
        save_to_dir: Any = None,
        save_prefix: str = "",
        save_format: str = "png",
        ignore_class_split: bool = False,
        subset: str | None = None,
    ) -> NumpyArrayIterator:
        """Batches of images in memory."""
        return NumpyArrayIterator(
            x, y, self, batch_size, shuffle, sample_weight, seed, self.data_format, save_to_dir,
            save_prefix, save_format, subset, ignore_class_split, self.dtype,
        )  # fmt: skip

    def flow_from_directory(
        self,
        directory: Any,
        target_size: Any = (256, 256),
        color_mode: str = "rgb",
        classes: Sequence[str] | None = None,
        class_mode: str | None = "categorical",
        batch_size: int = 32,
        shuffle: bool = True,
        seed: int | None = None,
        save_to_dir: Any = None,
        save_prefix: str = "",
        save_format: str = "png",
        follow_links: bool = False,
        subset: str | None = None,
        interpolation: str = "nearest",
        keep_aspect_ratio: bool = False,
    ) -> DirectoryIterator:
        """Batches of the images in a folder, whose subfolders are the classes."""
        given = {k: v for k, v in locals().items() if k not in ("self", "directory")}
        return DirectoryIterator(
            directory, self, data_format=self.data_format, dtype=self.dtype, **given
        )

    def flow_from_dataframe(
        self,
        dataframe: Any,
        directory: Any = None,
        x_col: str = "filename",
        y_col: Any = "class",
        weight_col: str | None = None,
        target_size: Any = (256, 256),
        color_mode: str = "rgb",
        classes: Sequence[str] | None = None,
        class_mode: str | None = "categorical",
        batch_size: int = 32,
        shuffle: bool = True,
        seed: int | None = None,
        save_to_dir: Any = None,
        save_prefix: str = "",
        save_format: str = "png",
        subset: str | None = None,
        interpolation: str = "nearest",
        validate_filenames: bool = True,
        **kwargs: Any,
    ) -> DataFrameIterator:
        """Batches of the images that a column of a data frame names."""
        given = {k: v for k, v in locals().items() if k not in ("self", "dataframe", "kwargs")}
        for old in sorted({"has_ext", "sort", "drop_duplicates"} & kwargs.keys()):
            warnings.warn(f"{old} has no effect any more.", DeprecationWarning, stacklevel=2)
        given["class_mode"] = "raw" if class_mode == "other" else class_mode
        return DataFrameIterator(
            dataframe, image_data_generator=self, data_format=self.data_format, dtype=self.dtype,
            **given,
        )  # fmt: skip

    def _changed(self, x: np.ndarray) -> np.ndarray:
        return self.standardize(self.apply_transform(x, self.get_random_transform(x.shape)))

    def standardize(self, x: np.ndarray) -> np.ndarray:
        """The image (in place) as the options say, in the order of their names above."""
        if self.preprocessing_function:
            x = self.preprocessing_function(x)
        if self.rescale:
            x *= self.rescale
        if self.samplewise_center:
            x -= np.mean(x, keepdims=True)
        if self.samplewise_std_normalization:
            x /= np.std(x, keepdims=True) + 1e-6
        if self.featurewise_center and self._is_fitted("featurewise_center", self.mean):
            x -= self.mean
        if self.featurewise_std_normalization and self._is_fitted(
            "featurewise_std_normalization", self.std
        ):
            x /= self.std + 1e-6
        if self.zca_whitening and self._is_fitted("zca_whitening", self.zca_whitening_matrix):
            matrix = self.zca_whitening_matrix
            x = (x.reshape(-1, len(matrix)) @ matrix).reshape(x.shape)
        return x

    def _is_fitted(self, option: str, learnt: Any) -> bool:
        if learnt is None:
            warnings.warn(f"{option} waits for ImageDataGenerator.fit(images).", stacklevel=4)
        return learnt is not None

    def get_random_transform(self, img_shape: Any, seed: int | None = None) -> dict[str, Any]:
        """What chance gives for one image: the arguments of `apply_transform`."""
        if seed is not None:
            np.random.seed(seed)
        rows, columns = img_shape[self.row_axis - 1], img_shape[self.col_axis - 1]
        drawn: dict[str, Any] = {"theta": _within(self.rotation_range)}
        drawn["tx"] = _shift(self.height_shift_range, rows)
        drawn["ty"] = _shift(self.width_shift_range, columns)
        drawn["shear"] = _within(self.shear_range)
        same = self.zoom_range == [1, 1]
        drawn["zx"], drawn["zy"] = (1, 1) if same else np.random.uniform(*self.zoom_range, size=2)
        drawn["flip_horizontal"] = (np.random.random() < 0.5) * self.horizontal_flip
        drawn["flip_vertical"] = (np.random.random() < 0.5) * self.vertical_flip
        shift = self.channel_shift_range
        drawn["channel_shift_intensity"] = _within(shift) if shift else None
        bright = self.brightness_range
        drawn["brightness"] = None if bright is None else np.random.uniform(*bright)
        return drawn

    def apply_transform(self, x: np.ndarray, transform_parameters: dict[str, Any]) -> np.ndarray:
        """The image changed by "theta", "tx", "ty", "shear", "zx", "zy", and the rest above."""
        given = transform_parameters
        names = ("theta", "tx", "ty", "shear", "zx", "zy")
        moves = {name: given[name] for name in names if name in given}
        row_axis, col_axis = self.row_axis - 1, self.col_axis - 1
        x = apply_affine_transform(
            x, **moves, row_axis=row_axis, col_axis=col_axis, channel_axis=self.channel_axis - 1,
            fill_mode=self.fill_mode, cval=self.cval, order=self.interpolation_order,
        )  # fmt: skip
        if given.get("channel_shift_intensity") is not None:
            x = apply_channel_shift(x, given["channel_shift_intensity"])
        if given.get("flip_horizontal"):
            x = flip_axis(x, col_axis)
        if given.get("flip_vertical"):
            x = flip_axis(x, row_axis)
        if given.get("brightness") is not None:
            x = apply_brightness_shift(x, given["brightness"], False)
        return x

    def random_transform(self, x: np.ndarray, seed: int | None = None) -> np.ndarray:
        """One image, changed by chance."""
        return self.apply_transform(x, self.get_random_transform(x.shape, seed))

    def fit(self, x: Any, augment: bool = False, rounds: int = 1, seed: int | None = None) -> None:
        """Learn mean, deviation and ZCA's matrix from images (n, height, width, channels).

        `augment` learns from `rounds` versions of each, changed by chance.
        """
        x = np.array(x, self.dtype)
        if x.ndim != 4:
            raise ValueError(f"Images have four axes with the batch; received {x.shape}.")
        _warn_of_channels(x, self.data_format)
        if seed is not None:
            np.random.seed(seed)
        if self.rescale:
            x *= self.rescale
        if augment:
            x = np.stack([self.random_transform(one) for _ in range(rounds) for one in x])
        axes = 0, self.row_axis, self.col_axis
        if self.featurewise_center:
            self.mean = np.mean(x, axes, keepdims=True)[0]
            x -= self.mean
        if self.featurewise_std_normalization:
            self.std = np.std(x, axes, keepdims=True)[0]
            x /= self.std + 1e-6
        if self.zca_whitening:
            u, s, _ = np.linalg.svd(x.reshape(len(x), -1).T, full_matrices=False)
            self.zca_whitening_matrix = (u * (np.sqrt(len(x)) / (s + self.zca_epsilon))) @ u.T


def _within(reach: float) -> float:
    return np.random.uniform(-reach, reach) if reach else 0


def _shift(reach: Any, size: int) -> Any:
    """A shift in pixels, from a fraction of the size, a number of pixels or a list of them."""
    if not reach:
        return 0
    drawn = None
    with contextlib.suppress(ValueError):  # `choice` takes whole numbers and lists only
        drawn = np.random.choice(reach) * np.random.choice([-1, 1])
    drawn = np.random.uniform(-reach, reach) if drawn is None else drawn
    return drawn * size if np.max(reach) < 1 else drawn
