"""Pictures of a batch side by side. Needs matplotlib: pip install "addax[demo]"."""

import importlib
import math
from typing import Any

import numpy as np

from addax.core.settings import standardize_data_format
from addax.core.types import BoxFormat, DataFormat, Tensor
from addax.visualization.drawing import checked, draw_bounding_boxes, draw_segmentation_masks


def _matplotlib(module: str) -> Any:
    """A module of matplotlib. ImportError with the way to get it."""
    try:
        return importlib.import_module(f"matplotlib.{module}")
    except ImportError as error:
        raise ImportError('Galleries need matplotlib: pip install "addax[demo]".') from error


def _last(images: Tensor, data_format: DataFormat) -> np.ndarray:
    """Pictures on the host whose channels come last."""
    pictures = checked(images)
    first = standardize_data_format(data_format) == "channels_first"
    return pictures.transpose(0, 2, 3, 1) if first else pictures


def plot_image_gallery(
    images: Tensor,
    y_true: Tensor = None,
    y_pred: Tensor = None,
    label_map: dict[int, str] | None = None,
    rows: int | None = None,
    cols: int | None = None,
    value_range: tuple[float, float] = (0, 255),
    scale: float = 2,
    path: Any = None,
    show: bool | None = None,
    transparent: bool = True,
    dpi: float = 60,
    legend_handles: Any = None,
    data_format: DataFormat = None,
) -> None:
    """A gallery of pictures (batch, height, width, channels), written to `path` or shown.

    Labels and predictions (batch,) are titles by way of `label_map`. `scale` is a picture's size in
    inches, `value_range` where black and white are. ValueError for `path` and `show` together, and
    for labels without `label_map`.
    """
    plt = _matplotlib("pyplot")
    if path is not None and show:
        raise ValueError("A gallery is written to path, or shown; received path and show=True.")
    if (y_true is not None or y_pred is not None) and label_map is None:
        raise ValueError("y_true and y_pred need label_map: the names of the classes.")
    pictures = _last(images, data_format)
    rows = rows or math.ceil(math.sqrt(len(pictures)))
    cols = cols or len(pictures) // rows
    low, high = value_range
    pixels = ((pictures - low) * (255 / (high - low))).astype("float32").astype("uint8")
    figure, axes = plt.subplots(
        rows, cols, figsize=(cols * scale, rows * scale), frameon=False, layout="tight",
        sharex="row", sharey="col", squeeze=False,
    )  # fmt: skip
    if legend_handles is not None:
        figure.legend(handles=legend_handles, loc="lower center")
    for i, (axis, picture) in enumerate(zip(axes.flat, pixels, strict=False)):
        axis.imshow(picture)
        axis.margins(x=0, y=0)
        parts = [("Label", y_true), ("Pred", y_pred)]
        title = [
            f"{word}: {(label_map or {}).get(np.asarray(values)[i].item(), 'Unknown')}"
            for word, values in parts
            if values is not None and i < len(values)
        ]
        axis.set_title("  ".join(title), fontsize=8) if title else None
    for axis in axes.flat:
        axis.axis("off")
    if path is not None:
        figure.savefig(path, pad_inches=0, bbox_inches="tight", transparent=transparent, dpi=dpi)
        plt.close(figure)
    elif show is None or show:
        plt.show()
        plt.close(figure)


def plot_segmentation_mask_gallery(
    images: Tensor,
    num_classes: int,
    value_range: tuple[float, float] = (0, 255),
    y_true: Tensor = None,
    y_pred: Tensor = None,
    color_mapping: dict[int, Any] | None = None,
    blend: bool = True,
    alpha: float = 0.8,
    ignore_index: int = -1,
    data_format: DataFormat = None,
    **kwargs: Any,
) -> None:
    """A row for each picture: itself, and in the colours of its true and predicted masks."""
    pictures = _last(images, data_format)
    columns = [pictures]
    for masks in (y_true, y_pred):
        if masks is not None:
            classes = np.asarray(masks).astype("int32")
            classes = classes if classes.ndim == 3 else _last(classes, data_format)
            columns.append(
                draw_segmentation_masks(
                    pictures, classes, num_classes, color_mapping, alpha, blend, ignore_index,
                    "channels_last",
                )
            )  # fmt: skip
    side_by_side = np.stack(columns, 1).reshape(-1, *pictures.shape[1:])
    plot_image_gallery(
        side_by_side, value_range=value_range, rows=len(pictures), cols=len(columns),
        data_format="channels_last", **kwargs,
    )  # fmt: skip


def plot_bounding_box_gallery(
    images: Tensor,
    bounding_box_format: BoxFormat,
    y_true: dict[str, Any] | None = None,
    y_pred: dict[str, Any] | None = None,
    value_range: tuple[float, float] = (0, 255),
    true_color: Any = (0, 188, 212),
    pred_color: Any = (255, 235, 59),
    line_thickness: int = 2,
    font_scale: float = 1.0,
    text_thickness: int | None = None,
    class_mapping: dict[int, str] | None = None,
    ground_truth_mapping: dict[int, str] | None = None,
    prediction_mapping: dict[int, str] | None = None,
    legend: bool = False,
    legend_handles: Any = None,
    rows: int | None = None,
    cols: int | None = None,
    data_format: DataFormat = None,
    **kwargs: Any,
) -> None:
    """A gallery of pictures with true and predicted boxes, as `draw_bounding_boxes` takes them.

    `legend` explains the colours. ValueError for `legend` and `legend_handles` together.
    """
    if legend and legend_handles:
        raise ValueError("The legend is made for legend=True, or given as legend_handles.")
    pictures = _last(images, data_format)
    kinds = [
        ("Ground Truth", y_true, true_color, ground_truth_mapping or class_mapping),
        ("Prediction", y_pred, pred_color, prediction_mapping or class_mapping),
    ]
    for _, boxes, color, names in kinds:
        if boxes is not None:
            pictures = draw_bounding_boxes(
                pictures, boxes, bounding_box_format, names, color, line_thickness,
                text_thickness or line_thickness, font_scale, "channels_last",
            )  # fmt: skip
    if legend:
        patch = _matplotlib("patches").Patch
        legend_handles = [patch(color=np.array(c) / 255, label=word) for word, _, c, _ in kinds]
    plot_image_gallery(
        pictures, value_range=value_range, legend_handles=legend_handles, rows=rows, cols=cols,
        data_format="channels_last", **kwargs,
    )  # fmt: skip
