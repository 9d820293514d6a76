"""What impossible arguments and inputs of layers answer."""

import numpy as np
import pytest

import addax

ARGUMENTS = [
    ("Conv2D", {"filters": 0, "kernel_size": 3}, "filters is a positive integer; received 0"),
    ("Conv2D", {"filters": 5, "kernel_size": 3, "groups": 2}, "multiple of groups"),
    ("Conv2D", {"filters": 4, "kernel_size": 3, "groups": 0}, "groups is a positive integer"),
    ("Conv2D", {"filters": 4, "kernel_size": (3, 3, 3)}, "kernel_size is an integer >= 1 or a"),
    ("Conv2D", {"filters": 4, "kernel_size": 0}, "kernel_size is an integer >= 1"),
    ("Conv2D", {"filters": 4, "kernel_size": 2.5}, "kernel_size is an integer >= 1"),
    ("Conv2D", {"filters": 4, "kernel_size": 3, "strides": 0}, "strides is an integer >= 1"),
    ("Conv2D", {"filters": 4, "kernel_size": 3, "padding": "causal"}, "padding is one of valid"),
    ("Conv2D", {"filters": 4, "kernel_size": 3, "strides": 2, "dilation_rate": 2}, "exclude"),
    ("Conv2D", {"filters": 4, "kernel_size": 3, "data_format": "last"}, "data_format"),
    ("Conv1DTranspose", {"filters": 4, "kernel_size": 3, "output_padding": 1}, "less than strides"),
    (
        "DepthwiseConv2D",
        {"kernel_size": 3, "depth_multiplier": 0},
        "depth_multiplier is a",
    ),
    (
        "SeparableConv1D",
        {"filters": 4, "kernel_size": 3, "depth_multiplier": 0},
        "depth_multiplier",
    ),
    ("MaxPooling2D", {"pool_size": (2, 2, 2)}, "pool_size is an integer >= 1 or a tuple of 2"),
    ("MaxPooling1D", {"padding": "full"}, "padding is one of valid, same; received 'full'"),
    ("AdaptiveMaxPooling2D", {"output_size": (1, 2, 3)}, "output_size is an integer >= 1"),
    ("BatchNormalization", {"renorm": True, "renorm_clipping": {"max": 1}}, "rmin <= rmax"),
    ("BatchNormalization", {"renorm": True, "renorm_clipping": {"rmin": 2, "rmax": 1}}, "rmin <="),
    ("LayerNormalization", {"axis": 1.5}, "axis is an integer or a list of them; received 1.5"),
    ("GroupNormalization", {"groups": 0}, "groups is a positive integer, or -1; received 0"),
    ("UnitNormalization", {"axis": "last"}, "axis is an integer or a list of them"),
    ("SpectralNormalization", {"layer": 3}, "takes a layer; received 3"),
    ("ReLU", {"negative_slope": -1.0}, "negative_slope is a number >= 0; received -1.0"),
    ("ReLU", {"max_value": -1.0}, "max_value is a number >= 0"),
    ("LeakyReLU", {"negative_slope": None}, "negative_slope is a number >= 0; received None"),
    ("Dropout", {"rate": 1.5}, "rate is a number from 0 to 1; received 1.5"),
    ("GaussianDropout", {"rate": 1.0}, "rate is below 1"),
    ("AlphaDropout", {"rate": 1.0}, "rate is below 1"),
    ("GaussianNoise", {"stddev": -0.5}, "stddev is a number from 0 to 1; received -0.5"),
    ("SpatialDropout2D", {"rate": -1}, "rate is a number from 0 to 1"),
    ("Permute", {"dims": (0, 1)}, "dims holds each of 1 to 2 once"),
    ("Embedding", {"input_dim": 0, "output_dim": 2}, "input_dim is a positive integer"),
    ("Embedding", {"input_dim": 3, "output_dim": 2.5}, "output_dim is an integer; received 2.5"),
    ("Input", {"batch_size": 2, "batch_shape": (2, 3)}, "give no `batch_size` with it"),
    ("Input", {"tensor": np.ones((2, 3))}, "The tensor of an Input is symbolic"),
    ("Input", {"shape": (4,), "tensor": addax.KerasTensor((2, 3))}, "which is not"),
    ("Reshape", {"target_shape": (-1, -1)}, "-1 once for what is left"),
    ("Reshape", {"target_shape": (-2, 5)}, "-1 once for what is left"),
    ("Dropout", {"rate": 0.5, "noise_shape": (2, 0)}, "noise_shape is a tuple of positive"),
    ("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, "output_shape": 2.0}, "output_shape is"),
    ("RepeatVector", {"n": 0}, "n is a positive integer; received 0"),
    ("Cropping2D", {"cropping": (1, 2, 3)}, "cropping has 2 entries"),
    ("ZeroPadding1D", {"padding": -1}, "padding is an integer >= 0"),
    ("ZeroPadding3D", {"padding": ((1, 1), (1, -1), (0, 0))}, "An entry of padding"),
    ("UpSampling2D", {"interpolation": "cubic"}, "interpolation is one of nearest"),
    ("UpSampling1D", {"size": 0}, "size is an integer >= 1"),
    ("Dot", {"axes": (1, 2, 3)}, "axes is an integer or two of them"),
    ("Dense", {"units": -1}, "units is a positive integer; received -1"),
    ("Normalization", {"mean": 1.0}, "mean and variance are given together"),
    ("Normalization", {"mean": [1.0], "variance": 1.0}, "have one shape"),
    ("Resizing", {"height": 0, "width": 3}, "height is a positive integer; received 0"),
    ("Resizing", {"height": 3, "width": 3, "interpolation": "cubic"}, "interpolation is one of"),
    (
        "Resizing",
        {"height": 3, "width": 3, "crop_to_aspect_ratio": True, "pad_to_aspect_ratio": True},
        "Choose one of",
    ),
    ("CenterCrop", {"height": 3, "width": -1}, "width is a positive integer; received -1"),
    ("RandomFlip", {"mode": "both"}, "mode is one of horizontal, vertical, horizontal_and_vert"),
    ("RandomRotation", {"factor": 1.5}, "factor is a number from -1 to 1.*received 1.5"),
    ("RandomRotation", {"factor": (0.1, 0.2, 0.3)}, "or two of them; received"),
    ("RandomRotation", {"factor": "a"}, "or two of them; received 'a'"),
    ("RandomRotation", {"factor": 0.1, "fill_mode": "black"}, "fill_mode is one of reflect"),
    ("RandomRotation", {"factor": 0.1, "interpolation": "cubic"}, "interpolation is one of near"),
    ("RandomZoom", {"height_factor": -1}, "Factors are above -1"),
    ("RandomZoom", {"height_factor": 0.1, "width_factor": 2}, "width_factor is a number from"),
    ("RandomTranslation", {"height_factor": 2, "width_factor": 0}, "height_factor is a number"),
    ("RandomShear", {"x_factor": -0.1}, "x_factor is a number from 0 to 1"),
    ("RandomContrast", {"factor": -0.1}, "factor is a number from 0 to 1"),
    ("RandomBrightness", {"factor": 0.1, "value_range": 255}, "value_range is two numbers"),
    ("RandomGrayscale", {"factor": 1.5}, "factor is a number from 0 to 1"),
    ("RandomPosterization", {"factor": 9}, "factor is a number from 1 to 8"),
    ("RandomGaussianBlur", {"kernel_size": 4}, "kernel_size is an odd number"),
    ("RandomGaussianBlur", {"sigma": 2}, "sigma is a number from 0 to 1"),
    ("RandomErasing", {"fill_value": "red"}, "fill_value is a number"),
    ("RandomPerspective", {"scale": 2}, "scale is a number from 0 to 1"),
    ("RandomElasticTransform", {"fill_mode": "black"}, "fill_mode is one of"),
    ("Solarization", {"addition_factor": 2}, "addition_factor is a number from 0 to 1"),
    ("Equalization", {"bins": 0}, "bins is a positive integer"),
    ("RandAugment", {"num_ops": 0}, "num_ops is a positive integer"),
    ("AugMix", {"num_chains": 0}, "num_chains is a positive integer"),
    ("MaxNumBoundingBoxes", {"max_number": 0}, "max_number is a positive integer"),
    ("STFTSpectrogram", {"mode": "power"}, "mode is one of log"),
    ("STFTSpectrogram", {"frame_step": 300}, "frame_step is from 1 to frame_length; received 300"),
    ("STFTSpectrogram", {"fft_length": 128}, "fft_length is at least frame_length"),
    ("MelSpectrogram", {"sequence_length": 4096}, "fft_length is at least sequence_length"),
    ("Lambda", {"function": "exp"}, "Lambda takes a function; received 'exp'"),
]

INPUTS = [
    ("Conv2D", {"filters": 4, "kernel_size": 3}, (2, 5, 3), "4 dimensions were expected, 3 came"),
    ("Conv2D", {"filters": 4, "kernel_size": 1, "groups": 2}, (2, 5, 5, 3), "3 input channels"),
    ("MaxPooling1D", {}, (2, 3), "3 dimensions were expected, 2 came"),
    ("AdaptiveMaxPooling1D", {"output_size": 2}, (2, 3), "3 dimensions were expected"),
    ("LayerNormalization", {"axis": 3}, (2, 3), "known sizes along axis 3"),
    ("RMSNormalization", {"axis": (1, 2)}, (2, 3), r"known sizes along axis \[1, 2\]"),
    ("GroupNormalization", {"groups": 2}, (2, 3), "3 channels can't be split into 2 equal groups"),
    ("Permute", {"dims": (2, 1)}, (2, 3), "3 dimensions were expected"),
    ("RepeatVector", {"n": 2}, (2, 3, 4), "2 dimensions were expected"),
    ("Cropping1D", {"cropping": 2}, (2, 4, 3), "leaves nothing of axis 1"),
    ("UpSampling2D", {}, (2, 3, 4), "4 dimensions were expected"),
    ("SpatialDropout1D", {"rate": 0.5}, (2, 3), "3 dimensions were expected"),
    ("Add", {}, (2, 3), "Add joins a list of tensors"),
    ("Add", {}, [(2, 3), (2, 4)], r"can't join the shapes \(2, 3\), \(2, 4\)"),
    ("Multiply", {}, [(2, 3), (4, 3)], "can't join the shapes"),
    ("Subtract", {}, [(2, 3)] * 3, "Subtract takes two inputs; 3 came"),
    ("Concatenate", {"axis": 1}, [(2, 3, 4), (2, 3, 5)], "equal but on axis 1"),
    ("Dot", {"axes": 1}, [(2, 3), (2, 4)], "axes of one size"),
    ("Dot", {"axes": 0}, [(2, 3), (2, 3)], "can't sum over the batch axis"),
    ("Dot", {"axes": 1}, [(2, 3)] * 3, "Dot takes two inputs"),
    ("DepthwiseConv1D", {"kernel_size": 9}, (2, 5, 3), "does not fit into the input"),
    ("MaxPooling1D", {"pool_size": 9}, (2, 5, 3), "does not fit into the input"),
    ("AdditiveAttention", {}, (1, 2, 2), "takes inputs as a list"),
    ("EinsumDense", {"equation": "ab->ac", "output_shape": 4}, (2, 3), "equation is like"),
    ("EinsumDense", {"equation": "ab,bd->ac", "output_shape": 4}, (2, 3), "every letter"),
    ("EinsumDense", {"equation": "ab,bb->ab", "output_shape": 4}, (2, 3), "has the size 3 in the"),
    ("Normalization", {"axis": 2}, (2, 3), "not among the 2 axes"),
    ("RandomFlip", {}, (4, 4), "rank 3 .one. or 4 .a batch.; received shape"),
    ("Resizing", {"height": 3, "width": 3}, (2, 2, 4, 4, 3), "rank 3 .one. or 4 .a batch."),
    ("RandomHue", {"factor": 0.1}, (2, 4, 4, 1), "takes 3 channels"),
    ("STFTSpectrogram", {}, (2, 400), "3 dimensions were expected"),
    ("SpectralNormalization", {"layer": addax.layers.Flatten()}, (2, 3), "neither kernel nor"),
]


@pytest.mark.parametrize("name, options, message", ARGUMENTS)
def test_arguments(name, options, message):
    with pytest.raises((ValueError, TypeError), match=message):
        getattr(addax.layers, name)(**options)


@pytest.mark.parametrize("name, options, shape, message", INPUTS)
def test_inputs(name, options, shape, message):
    x = [np.ones(s, "float32") for s in shape] if isinstance(shape, list) else np.ones(shape, "f4")
    with pytest.raises(ValueError, match=message):
        getattr(addax.layers, name)(**options)(x)


def test_shapes_of_keys():
    for layer in (addax.layers.GroupQueryAttention(2, 2, 2), addax.layers.MultiHeadAttention(2, 2)):
        with pytest.raises(ValueError, match="key and value have the same axes"):
            layer.compute_output_shape((2, 4, 8), (2, 2, 8), (2, 1, 7))


def test_unknown_sizes_that_weights_need():
    with pytest.raises(ValueError, match="shared_axes"):
        addax.layers.PReLU()(addax.Input((None, 3)))
    with pytest.raises(ValueError, match="known size"):
        addax.layers.Conv1D(4, 3)(addax.Input((5, None)))
    with pytest.raises(ValueError, match="must have known sizes"):
        addax.layers.Normalization()(addax.Input((None,)))
    with pytest.raises(ValueError, match="broadcasts to its input"):
        addax.layers.Softmax()(np.ones((2, 3)), mask=np.ones((2, 4), bool))


IMAGE = np.ones((1, 4, 4, 3), "float32")
BOXES = {"boxes": np.ones((1, 2, 4), "float32"), "labels": np.ones((1, 2), "int32")}


@pytest.mark.parametrize(
    "name, options, data, message",
    [
        ("RandomFlip", {}, {"labels": IMAGE}, "under 'images'; received the keys"),
        ("RandomFlip", {}, {"bounding_boxes": BOXES}, 'bounding_box_format="xyxy"'),
        (
            "RandomFlip",
            {"bounding_box_format": "xyxy"},
            {"bounding_boxes": {"boxes": BOXES["boxes"]}},
            "a dictionary of 'boxes' and 'labels'",
        ),
        (
            "RandomFlip",
            {"bounding_box_format": "xxyy"},
            {"bounding_boxes": BOXES},
            "source is one of xyxy",
        ),
        ("MixUp", {}, {"labels": np.ones(1, "float32")}, "vectors, as of one_hot"),
        ("CutMix", {}, {"labels": np.ones(1, "float32")}, "vectors, as of one_hot"),
        (
            "CutMix",
            {"bounding_box_format": "xyxy"},
            {"bounding_boxes": BOXES},
            "takes no bounding boxes",
        ),
        (
            "RandomElasticTransform",
            {"bounding_box_format": "xyxy"},
            {"bounding_boxes": BOXES},
            "No box says",
        ),
    ],
)
def test_examples_of_images(name, options, data, message):
    data = data if "labels" in data and data["labels"] is IMAGE else data | {"images": IMAGE}
    with pytest.raises((ValueError, NotImplementedError), match=message):
        getattr(addax.layers, name)(**options)(data, training=True)


def test_images_of_one_pixel():
    for name in ("RandomFlip", "RandomCrop", "RandomRotation", "RandomZoom", "RandomContrast"):
        options = {"RandomCrop": {"height": 1, "width": 1}, "RandomFlip": {}}
        factor = {"height_factor": 0.2} if name == "RandomZoom" else {"factor": 0.2}
        layer = getattr(addax.layers, name)(**options.get(name, factor))
        np.testing.assert_allclose(layer(IMAGE[:, :1, :1], training=True), 1.0, atol=1e-6)
