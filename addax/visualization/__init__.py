"""Pictures with boxes, masks and labels, as arrays and as galleries."""

from addax.core.absent import names_of
from addax.visualization.drawing import draw_bounding_boxes as draw_bounding_boxes
from addax.visualization.drawing import draw_segmentation_masks as draw_segmentation_masks
from addax.visualization.galleries import plot_bounding_box_gallery as plot_bounding_box_gallery
from addax.visualization.galleries import plot_image_gallery as plot_image_gallery
from addax.visualization.galleries import (
    plot_segmentation_mask_gallery as plot_segmentation_mask_gallery,
)

__getattr__ = names_of(__name__)
