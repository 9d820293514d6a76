"""Images between files, Pillow and arrays; batches of changed images for older programs."""

from addax.preprocessing.affine import apply_affine_transform as apply_affine_transform
from addax.preprocessing.affine import apply_brightness_shift as apply_brightness_shift
from addax.preprocessing.affine import apply_channel_shift as apply_channel_shift
from addax.preprocessing.affine import random_brightness as random_brightness
from addax.preprocessing.affine import random_channel_shift as random_channel_shift
from addax.preprocessing.affine import random_rotation as random_rotation
from addax.preprocessing.affine import random_shear as random_shear
from addax.preprocessing.affine import random_shift as random_shift
from addax.preprocessing.affine import random_zoom as random_zoom
from addax.preprocessing.generator import DataFrameIterator as DataFrameIterator
from addax.preprocessing.generator import DirectoryIterator as DirectoryIterator
from addax.preprocessing.generator import ImageDataGenerator as ImageDataGenerator
from addax.preprocessing.generator import Iterator as Iterator
from addax.preprocessing.generator import NumpyArrayIterator as NumpyArrayIterator
from addax.utils.images import array_to_img as array_to_img
from addax.utils.images import img_to_array as img_to_array
from addax.utils.images import load_img as load_img
from addax.utils.images import save_img as save_img
from addax.utils.images import smart_resize as smart_resize
