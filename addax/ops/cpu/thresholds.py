"""Where one strategy gives way to another on CPUs, each with the measurement that set it.

Milliseconds on 2 cores, jax 0.10.2, inside a loop; docs/measurements.md has the whole tables.
"""

# Convolution

# im2col for up to so many multiplications for an output element: 3x3, 64 images of 32x32x3 to 64:
# 6.4 in place of 7.4; of 26x26x16 to 16, 5.6 in place of 3.0.
PATCH_WIDTH = 32
# A window of more offsets is left to the native operation: a program grows with each slice.
MOST_OFFSETS = 81
# Products before shifts (few filters), for up to so many products an input, and for each of its
# channels: 3x3, 64 of 28x28x32 to 1: 0.9 in place of 2.3; to 14: 5.0 in place of 4.5.
MOST_SHARES, SHARES_A_CHANNEL = 100, 4
# Two outputs at once, and in the gradient by the kernel the filters for a batch, for up to so many
# filters: 3x3, 32 of 64x64x6 to 12: 3.2 in place of 7.4; 8 of 64x64x64 to 32: 10.6 against 9.4.
NARROW_FILTERS = 16
# The gradient by the kernel has the batch for channels; with strides, fewer images take im2col:
# 3x3 by 2, 4 of 64x64x64 to 128: 4.1 in place of 5.6; of 8 images 8.7 against 8.9.
LEAST_BATCH = 8
# The gradient by the input is col2im for up to so many outputs a filter (3x3, 16 of 2x2x512: 1.7 in
# place of 4.7); of strided windows that cross, where columns have so many elements at most (16 of
# 4x4, 256 to 256: 1.8 in place of 4.5), or the phases of the stride differ in size and the filters
# are so many (16 of 32x32, 128 to 64: 20 in place of 26; 3 filters: 4.2 against 2.4).
ROWS_A_FILTER = 2
MOST_COLUMNS = 1 << 20
LEAST_FILTERS = 32
# Groups are convolved one by one up to so many: many small products cost more than a slow kernel.
MOST_GROUPS = 8

# Winograd's products: the sums of a part take so many elements at most (26 MiB), so that they stay
# in the caches; by the definition a part has so many multiplications at least, for smaller products
# take one core. 64 of 32x32x64 to 64: 19 in place of 27; 16 of 8x8x128 gains nothing in a model.
MOST_SUMS = 13 << 19
LEAST_PART = 1 << 25

# Matrix products: the gradient by the kernel reads a transposed copy of x (rows, width) for widths
# and rows within these: 128 rows of 512, 10 columns: 0.08 in place of 0.19; 1024 of 1024, 256
# columns: 3.1 in place of 4.4. It gains nothing for narrow rows, nor for thousands of them.
COPIED_WIDTHS, COPIED_ROWS, LEAST_COPIED = (128, 2048), 1024, 1 << 14

# Recurrent gates

# Input and state side by side in one product, for so many multiplications a step at least and so
# many weights at most (a MiB): 64 rows by 256 take 105 us, two products by 128 take 164; with 64 or
# 256 units two products are up to 1.2 times as fast.
LEAST_WORK, MOST_WEIGHTS = 1 << 21, 1 << 18
# tanh spelled out as a rational function from so many elements on: XLA shares it between the cores
# (a step of an LSTM of 128 units, batch 64: 99 in place of 112, with the transposed copy).
LEAST_SHARED = 1 << 15
