"""Images between files, Pillow and arrays."""

from addax.utils.images import array_to_img as array_to_img
from addax.utils.images import img_to_array as img_to_array
from addax.utils.images import load_img as load_img
from addax.utils.images import save_img as save_img
from addax.utils.images import smart_resize as smart_resize
