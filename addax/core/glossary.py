"""What each argument of a public constructor means: one sentence, for `help` and for editors.

A name that means something else in one family stands there as `Class.argument`.
"""

import inspect
import textwrap
from collections.abc import Callable, Iterable
from inspect import Parameter
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

WIDTH = 96

_TABLE = """
# Every layer
name: Name in summaries, files and error messages; None makes one from the class's name.
trainable: Whether training changes the weights of the layer and of those inside it.
Layer.dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes the
    global policy.
autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the loss.
activation: Function applied to the result, by its name or itself; None applies none.
use_bias: Whether a trained vector is added, one number an output channel.
kernel_initializer: First values of the kernel, the weights that multiply the input.
bias_initializer: First values of the bias.
kernel_regularizer: Penalty on the kernel that joins the loss.
bias_regularizer: Penalty on the bias that joins the loss.
kernel_constraint: What the kernel is brought back to after each update.
bias_constraint: What the bias is brought back to after each update.
data_format: Place of the channels, "channels_last" or "channels_first"; None takes the global
    setting.
seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws one.
epsilon: Small number added to the variance, so that nothing is divided by zero.

# Dense layers and embeddings
units: Size of the output's last axis.
equation: Product of input and kernel in einsum notation, as "abc,cd->abd"; "..." stands for any
    axes.
EinsumDense.output_shape: Sizes of the output's axes but for the batch; None where the input
    decides.
bias_axes: Letters of the output axes along which the bias varies, as "d"; None means no bias.
lora_rank: Rank of a trained correction that replaces the training of the large weight; None has
    none.
lora_alpha: The low-rank correction is scaled by `lora_alpha / lora_rank`; None means `lora_rank`.
quantization_config: None; anything else raises NotImplementedError, as nothing is quantized here.
gptq_unpacked_column_size: Accepted without effect, as nothing is quantized here.
input_dim: Number of rows of the table: indices run from 0 to `input_dim - 1`.
output_dim: Size of the vector that each index stands for.
embeddings_initializer: First values of the table.
embeddings_regularizer: Penalty on the table that joins the loss.
embeddings_constraint: What the table is brought back to after each update.
mask_zero: Whether index 0 is padding, which later layers that know masks then skip.
Embedding.weights: First value of the table, an array `(input_dim, output_dim)` or a list of it.
tie_weights: Whether the way back uses the same table; False makes a second one.
reverse_dtype: Dtype of the product on the way back; None means the layer's own.
logit_soft_cap: Bound c of the logits on the way back, by `c * tanh(logits / c)`; None sets no
    bound.

# Convolutions
filters: Number of output channels.
kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
strides: Steps from one window to the next, one number for all spatial axes or one an axis.
ConvTranspose.strides: Output steps for each input step, one number for all spatial axes or one an
    axis.
padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
Conv1D.padding: "valid" keeps to the input, "same" pads both ends to `ceil(time / stride)` windows,
    "causal" pads the past only.
ConvTranspose.padding: "valid" keeps all steps that a window reaches, "same" crops to `size *
    stride`.
dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides are 1.
groups: Number of equal parts of the channels, each convolved with filters of its own.
output_padding: Steps added at the end of each spatial axis, less than the stride; None derives
    them.
depth_multiplier: Number of output channels that the depthwise step makes of each input channel.
depthwise_initializer: First values of the windows that see one channel each.
depthwise_regularizer: Penalty on the depthwise windows that joins the loss.
depthwise_constraint: What the depthwise windows are brought back to after each update.
pointwise_initializer: First values of the matrix that mixes channels at each position.
pointwise_regularizer: Penalty on the mixing matrix that joins the loss.
pointwise_constraint: What the mixing matrix is brought back to after each update.

# Pooling and shapes
pool_size: Size of the window in steps, one number for all spatial axes or one an axis.
Pooling.strides: Steps from one window to the next; None means `pool_size`, windows side by side.
keepdims: Whether the axes that are summed up stay, with size 1.
output_size: Number of windows, one number for all spatial axes or one an axis.
target_shape: Sizes of the output's axes but for the batch; one of them may be -1, for what is left.
dims: New order of the axes, counted from 1 as the batch stays in front.
n: How often the vector is repeated.
cropping: Steps cut off: one number, one an axis, or a pair (before, after) an axis.
Cropping1D.cropping: Steps cut off both ends, or a pair (start, end).
ZeroPadding.padding: Zeros added: one number, one an axis, or a pair (before, after) an axis.
ZeroPadding1D.padding: Zeros added at both ends, or a pair (start, end).
size: How often each step is repeated, one number for all spatial axes or one an axis.
interpolation: How new pixels come about: "nearest", "bilinear", "bicubic", "lanczos3" or
    "lanczos5".

# Activations
Activation.activation: The function, by its name or itself.
max_value: Largest output; None sets no bound.
negative_slope: Slope below 0 (`ReLU`: below the threshold), at least 0.
ReLU.threshold: Input below which only the negative slope remains, at least 0.
LeakyReLU.alpha: Old name of `negative_slope`.
ELU.alpha: Minus the value that the output nears far below 0.
alpha_initializer: First values of the slopes below 0.
alpha_regularizer: Penalty on the slopes that joins the loss.
alpha_constraint: What the slopes are brought back to after each update.
shared_axes: Axes along which one slope serves for all, the batch being axis 0; None shares nothing.
Softmax.axis: Axis, or axes, along which the results sum to 1.

# Normalization
BatchNormalization.axis: Axis of the channels, each of which has its own statistics.
GroupNormalization.axis: Axis of the channels, which are divided into groups.
AxisLayer.axis: Axis, or axes, that mean and variance are over, and along which the weights vary.
UnitNormalization.axis: Axis, or axes, along which vectors get the length 1.
Normalization.axis: Axis, or axes, whose indices have statistics of their own; None keeps one pair
    for all elements.
BatchNormalization.momentum: Share of the running statistics that each training step keeps.
center: Whether `beta` is trained and added.
scale: Whether `gamma` is trained and multiplied with.
beta_initializer: First values of the offset `beta`.
gamma_initializer: First values of the factor `gamma`.
beta_regularizer: Penalty on `beta` that joins the loss.
gamma_regularizer: Penalty on `gamma` that joins the loss.
beta_constraint: What `beta` is brought back to after each update.
gamma_constraint: What `gamma` is brought back to after each update.
moving_mean_initializer: First values of the running mean.
moving_variance_initializer: First values of the running variance.
renorm: Whether training corrects batch statistics towards the running ones.
renorm_clipping: Bounds of the correction, a dictionary of "rmin", "rmax" and "dmax"; None sets
    none.
renorm_momentum: Share of the renorm statistics that each training step keeps.
synchronized: Accepted without effect: a batch divided among devices is normalized as a whole.
rms_scaling: Whether to divide by the root mean square alone, without mean and `beta`.
GroupNormalization.groups: Number of groups, a divisor of the channels; -1 makes each channel a
    group.
power_iterations: Steps of the power method in each training call.
Normalization.mean: Known mean, an array along `axis`; None waits for `adapt`.
variance: Known variance, an array along `axis`; None waits for `adapt`.
invert: Whether to go back, from normalized numbers to original ones.
Rescaling.scale: Factor, a number or one a channel.
offset: What is added after scaling, a number or one a channel.

# Texts and categories
max_tokens: Most indices that there may be, special ones included; None sets no bound.
num_oov_indices: Number of indices for what is not in the vocabulary; with 0 that is an error.
mask_token: Entry that stands for a gap: index 0, or in other output modes not counted; None has
    none.
oov_token: Entry that stands for what is not in the vocabulary.
Lookup.vocabulary: The entries, a list or array, or the name of a text file; None waits for `adapt`.
TextVectorization.vocabulary: The tokens, a list or array, or the name of a text file; None waits
    for `adapt`.
vocabulary_dtype: "int64".
vocabulary_size: Number of indices that there will be, as files state it before the vocabulary
    comes.
idf_weights: Inverse document frequencies, one an entry, for output_mode "tf_idf".
Lookup.invert: Whether to go back, from indices to entries.
Lookup.output_mode: "int" for indices; "one_hot", "multi_hot", "count" and "tf_idf" for one column
    an index.
TextVectorization.output_mode: "int" for the indices of tokens; "multi_hot", "count" and "tf_idf"
    for one row of columns a text.
Hashing.output_mode: "int" for the bins; "one_hot", "multi_hot" and "count" for one column a bin.
HashedCrossing.output_mode: "int" for the bins, "one_hot" for one column a bin.
CategoryEncoding.output_mode: "multi_hot" for which integers occur, "count" for how often, "one_hot"
    for each.
Discretization.output_mode: "int" for the bins; "one_hot", "multi_hot" and "count" for one column a
    bin.
pad_to_max_tokens: Whether there are always `max_tokens` columns, however few entries there are.
sparse: Accepted without effect: results are dense.
encoding: Encoding of texts that come as bytes.
oov_method: "floormod" for the remainder of an unknown integer, "farmhash" for its hash, by
    `num_oov_indices`.
salt: Key of the hash SipHash, an integer or two of them; None takes FarmHash.
standardize: "lower_and_strip_punctuation", "lower", "strip_punctuation", a function of an array of
    texts, or None.
split: "whitespace", "character", a function from an array of texts to a list of tokens each, or
    None.
ngrams: Longest run of tokens that counts as one, or the lengths of such runs; None means single
    ones.
output_sequence_length: Number of indices to cut or pad to; None takes the longest text's.
ragged: Whether to give a list of arrays, one a text, instead of a padded one.
num_bins: Number of bins.
mask_value: Value that gets bin 0 to itself; None has none.
num_tokens: Number of columns: integers run from 0 to `num_tokens - 1`.
bin_boundaries: Boundaries of the bins in ascending order; None waits for `adapt`.
Discretization.num_bins: Number of bins that `adapt` divides the data into.
Discretization.epsilon: Share of the data by which a learnt boundary may be off.

# Images
ImageLayer.data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
    global setting.
bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh", "center_yxhw",
    and "rel_" before the first four for parts of the image; None if there are none.
height: Rows of the images that come out.
width: Columns of the images that come out.
crop_to_aspect_ratio: Whether images are cropped to the new aspect ratio, not stretched.
pad_to_aspect_ratio: Whether images are padded to the new aspect ratio, not stretched.
fill_mode: What lies beyond the edges: "reflect", "wrap", "nearest" (the pixel at the edge), or
    "constant".
Resizing.fill_mode: "constant": the padding is `fill_value`.
fill_value: Value beyond the edges where they are "constant".
antialias: Whether images that shrink are smoothed first.
Geometry.interpolation: How values between pixels come about: "bilinear" or "nearest".
Resizing.interpolation: How new pixels come about: "nearest", "bilinear", "bicubic", "lanczos3" or
    "lanczos5".
RandomFlip.mode: "horizontal", "vertical" or "horizontal_and_vertical", which does both at once.
RandomRotation.factor: Bounds of the turn in full circles; a number f means from -f to f.
height_factor: Bounds of the change in parts of the height; a number f means from -f to f.
width_factor: Bounds of the change in parts of the width; a number f means from -f to f.
RandomZoom.width_factor: Bounds of the change in parts of the width; None keeps the aspect ratio.
RandomPerspective.factor: Bounds of the probability; a number p means from 0 to p.
RandomPerspective.scale: How far corners move, as a part of half the image.
RandomElasticTransform.factor: Bounds of the probability; a number p means from 0 to p.
RandomElasticTransform.scale: Bounds of the strength, from 0 to 1; a number s means from 0 to s.
x_factor: Bounds of the shift to the right for each row, as a part of a row.
y_factor: Bounds of the shift down for each column, as a part of a column.
Color.factor: Bounds of what is drawn for each image; a number f means from -f to f, as far as the
    layer allows it.
RandomGrayscale.factor: Probability with which an image becomes grey.
value_range: Least and greatest value of a colour.
brightness_factor: Factor of RandomBrightness; None leaves brightness as it is.
contrast_factor: Factor of RandomContrast; None leaves contrast as it is.
saturation_factor: Factor of RandomSaturation; None leaves saturation as it is.
hue_factor: Factor of RandomHue; None leaves hues as they are.
RandomGaussianBlur.kernel_size: Size of the window (width, height), odd; one number for both.
sigma: Bounds of the window's deviation in pixels; a number s means from 0 to s.
addition_factor: Bounds of what is added, as parts of 255; a number f means from 0 to f.
threshold_factor: Bounds of the value from which colours are inverted, as parts of 255.
bins: Number of bins that values are counted in.
clip_limit: Greatest count of a bin, as a multiple of the mean count; 0 sets no limit.
tile_grid_size: Number of tiles (down, across).
RandomErasing.factor: Bounds of the probability; a number p means from 0 to p.
RandomErasing.scale: Bounds of the covered part of the image.
RandomErasing.fill_value: Value of the cover, a number or one a channel; None covers with noise.
CutMix.factor: Bounds of the parameter of the beta distribution that areas have.
MixUp.alpha: Parameter of the beta distribution that weights have.
num_ops: Number of layers that are applied to a batch.
Augmenting.factor: Strength of the layers, bounds of what each of them draws.
num_chains: Number of chains that are mixed.
chain_depth: Number of layers in a chain.
AugMix.alpha: Parameter of the distributions that weights have.
all_ops: Whether brightness, contrast, sharpness and colour take part, too.
max_number: Number of boxes for each image.
MaxNumBoundingBoxes.fill_value: What missing boxes, and their labels, consist of.
Pipeline.layers: The layers, the first one first.

# Sound
STFTSpectrogram.mode: "log" of the magnitude, "magnitude", "psd" (power), "real", "imag", "angle",
    or "stft" for real and imaginary parts one after the other.
frame_length: Number of samples in a piece.
frame_step: Samples from one piece to the next; None means half a piece.
STFTSpectrogram.fft_length: Number of samples that pieces are padded to; None takes the next power
    of two.
MelSpectrogram.fft_length: Number of samples that pieces are padded to.
window: Weights of the samples in a piece: "hann", "hamming", or None for ones.
periodic: Whether the window goes on after its last sample, or ends with it.
scaling: "density" or "spectrum", as in scipy.signal; None leaves the sums as they are.
expand_dims: Whether frequencies and channels have an axis each.
sequence_stride: Samples from one piece to the next.
sequence_length: Number of samples in a piece; None means `fft_length`.
sampling_rate: Samples a second.
num_mel_bins: Number of bands.
min_freq: Lowest frequency, in hertz.
max_freq: Highest frequency, in hertz; None means half the sampling rate.
power_to_db: Whether the loudness is in decibels.
top_db: How many decibels below the loudest the quietest lies at most.
mag_exp: Exponent of magnitudes: 1 for energy, 2 for power.
min_power: Least power, from which decibels are computed.
ref_power: Power of 0 decibels.

# Noise
rate: Probability with which an element is dropped, from 0 to 1.
SpatialDropout.rate: Probability with which a whole channel is dropped, from 0 to 1.
AlphaDropout.rate: Probability with which an element falls to the floor of `selu`, below 1.
GaussianDropout.rate: Dropout probability p whose noise variance `p / (1 - p)` is used, below 1.
noise_shape: Shape of the random choices, 1 or None an axis: 1 shares one along it; None shares
    nothing.
GaussianNoise.stddev: Standard deviation of the noise, from 0 to 1.
l1: Factor of `sum(|x|)` in the penalty.
l2: Factor of `sum(x**2)` in the penalty.

# Recurrent layers
Units.units: Size of the state, and of the output of a step.
Weighted.activation: Function of the candidate state and, in an LSTM, of the cell on its way out.
recurrent_activation: Function of the gates, with values from 0 to 1.
recurrent_initializer: First values of the weights that multiply the state.
recurrent_regularizer: Penalty on the recurrent weights that joins the loss.
recurrent_constraint: What the recurrent weights are brought back to after each update.
unit_forget_bias: Whether the forget gate's bias starts at 1, so that the cell remembers at first.
Weighted.dropout: Probability with which an element of the input is dropped, the same at all steps.
recurrent_dropout: Probability with which an element of the state is dropped, the same at all steps.
reset_after: Whether the reset gate acts after the product with the recurrent weights, or before it.
implementation: 1 drops other elements for each gate, 2 the same ones for all.
return_sequences: Whether to return the outputs of all steps, not the last one's alone.
return_state: Whether to return the last states too, after the output.
go_backwards: Whether to start with the last step; outputs come in the order of their computation.
stateful: Whether each batch starts with the last states of the batch before.
unroll: Whether to write the steps out one by one: longer to compile, at times faster to run.
zero_output_for_mask: Whether masked steps give 0, not the output before them; for all steps'
    outputs.
use_cudnn: Accepted without effect: XLA compiles the loop for every device.
rank: Number of spatial axes, which the class sets.
cell: Layer of one step with `call(x, states)` and `state_size`, or a list of such, stacked.
cells: Cells from the input upwards, each with `call(x, states)` and `state_size`.

# Attention
dropout: Probability with which an attention weight is dropped in training.
use_scale: Whether a factor of the scores is trained.
score_mode: "dot" for products of query and key, "concat" for a sum of `tanh(query + key)`.
num_heads: Number of heads, each with projections of its own.
key_dim: Size of a head's queries and keys.
value_dim: Size of a head's values; None means `key_dim`.
MultiHeadAttention.output_shape: Sizes of the output's last axes; None means the query's last size.
attention_axes: Axes that are attended over, the batch being axis 0; None means all but batch and
    last.
sliding_window: Number of steps within which a query sees keys, to either side; None sees all.
flash_attention: Whether to insist on the fused kernel, which keeps no scores; None decides by
    device.
use_gate: Whether the heads' results are multiplied with a sigmoid projection of the query.
head_dim: Size of a head's queries, keys and values.
num_query_heads: Number of heads of queries, a multiple of `num_key_value_heads`.
num_key_value_heads: Number of heads of keys and values, each shared by a group of query heads.

# Other layers
mask_value: Value that all features of a step have to be skipped.
function: Called with the inputs, and with `mask` and `training` where it takes them.
Lambda.output_shape: Output shape without the batch, or a function of the input shape; None infers
    it.
mask: Mask of the output, or a function of inputs and their mask; None passes no mask on.
arguments: Keyword arguments for the function.
Concatenate.axis: Axis along which the inputs are joined.
Dot.axes: Axis that is summed over in both inputs, or one for each; 0, the batch, is not allowed.
normalize: Whether vectors get the length 1 first, so that products are cosines.
layer: The layer inside.
Bidirectional.layer: The recurrent layer that runs forwards; a copy of it runs backwards.
merge_mode: How outputs join: "concat", "sum", "ave" (mean), "mul" (product), or None for a pair.
backward_layer: Recurrent layer with the opposite `go_backwards`; None copies the first one.
Bidirectional.weights: First values of all weights, a list of arrays; None leaves it to
    initializers.
call_fn: Function `(params, state, rng, inputs, training)`, of which it may leave out all but
    `inputs`.
init_fn: Function `(rng, inputs, training)` that makes what `call_fn` takes; None if that is given.
params: Trained arrays, a structure of any kind; None lets `init_fn` make them.
state: Arrays that calls change but training does not; None lets `init_fn` make them.
native_serialization_platforms: Accepted without effect.
module: The flax.linen module.
method: Method of the module to call, by its name or itself; None means `__call__`.
variables: The module's variables, with "params" among them; None makes them from the first input.
TorchModuleWrapper.module: A PyTorch module, which can't run here.
TorchModuleWrapper.output_shape: The shape that the module would give.
TFSMLayer.filepath: Folder of a SavedModel, which can't run here.
call_endpoint: Name of the SavedModel's function for inference.
call_training_endpoint: Name of the SavedModel's function for training.
InputLayer.shape: Shape without the batch axis; None where a size is left open.
batch_shape: Shape with the batch axis, in place of `shape` and `batch_size`.
batch_size: Number of examples in every batch; None leaves it open.
InputLayer.dtype: Dtype of the inputs; None means the global float dtype.
sparse: Accepted; inputs are dense.
ragged: Accepted; inputs are dense, of one length.
input_tensor: Symbolic tensor to start from, in place of a shape.
InputLayer.optional: Whether the model may get None for this input.

# InputSpec
InputSpec.name: Name of the input that is described.
InputSpec.dtype: Dtype that the input must have; None allows every one.
InputSpec.shape: Sizes that the input must have, None where any will do.
ndim: Number of axes that the input must have.
max_ndim: Largest number of axes.
min_ndim: Smallest number of axes.
InputSpec.axes: Sizes that certain axes must have, a dictionary `{axis: size}`.
allow_last_axis_squeeze: Whether a last axis of size 1 may be missing or extra.
InputSpec.optional: Whether None may come in place of a tensor.

# Losses
reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
    "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
Loss.dtype: Dtype of the computation; None means the global float dtype.
fn: Function `(y_true, y_pred, **options)` that gives a value for each example.
axis: Axis along which the vectors, or classes, lie.
from_logits: Whether predictions are logits, before sigmoid or softmax, and not probabilities.
label_smoothing: Share of each label, from 0 to 1, that is spread evenly over the classes.
delta: Error at which the loss turns from quadratic to linear.
apply_class_balancing: Whether `alpha` weighs class 1 and `1 - alpha` class 0.
BinaryFocalCrossentropy.alpha: Weight of class 1, from 0 to 1, where classes are balanced.
CategoricalFocalCrossentropy.alpha: Factor of all terms.
gamma: Power of `1 - p` by which examples that are easy already count less; 0 counts all alike.
ignore_class: Label that doesn't count, such as -1 or 255; None counts all.
q: Robustness, between 0 (cross-entropy) and 1 (mean absolute error).
Dice.axis: Axes to sum over; None sums over everything, the batch included.
Tversky.axis: Axes to sum over; None sums over everything, the batch included.
Tversky.alpha: Weight of what the prediction missed.
Tversky.beta: Weight of what the prediction invented.
Circle.gamma: Scale of the similarities before the softplus.
margin: How far a similarity may fall short of its best value at no cost.
remove_diagonal: Whether an example is not compared with itself.

# Metrics
Metric.name: Name in logs, and for `monitor`; None makes one from the class's name.
Metric.dtype: Dtype of the accumulators; None means the global float dtype.
BinaryAccuracy.threshold: Prediction above which class 1 is meant.
k: How many of the largest predictions may hold the right class.
from_sorted_ids: Whether predictions are class numbers already, the most likely first.
thresholds: Number, or numbers, from 0 to 1 above which a prediction is positive; None means 0.5.
AUC.thresholds: Points of the curve, numbers from 0 to 1; None spreads `num_thresholds` evenly.
top_k: How many of an example's largest predictions may be positive; None lets all.
class_id: Column of the predictions that counts; None counts all.
num_thresholds: Number of thresholds from 0 to 1 at which the curve is known.
specificity: Specificity that must be reached, from 0 to 1.
sensitivity: Sensitivity that must be reached, from 0 to 1.
precision: Precision that must be reached, from 0 to 1.
recall: Recall that must be reached, from 0 to 1.
curve: "ROC", recall over false positive rate; "PR", precision over recall; or "PRGAIN".
summation_method: Height between two thresholds: "interpolation", "minoring" (less), "majoring"
    (more).
multi_label: Whether columns are labels with areas of their own, of which the mean is given.
num_labels: Number of columns, for `multi_label`; None learns it from the data.
label_weights: Weight of each column; None weighs all alike.
average: Over classes: "macro" weighs alike, "weighted" by frequency, "micro" counts together; None
    keeps a value a class.
threshold: Prediction above which a class is meant; None means the largest one only.
FBetaScore.beta: How many times as much recall counts as precision.
num_classes: Number of classes, which are numbered from 0.
target_class_ids: Classes whose mean is given.
BinaryIoU.target_class_ids: Classes whose mean is given, of 0 and 1.
BinaryIoU.threshold: Prediction from which on class 1 is meant.
sparse_y_true: Whether labels are class numbers, or else one-hot along `axis`.
sparse_y_pred: Whether predictions are class numbers, or else scores along `axis`.
class_aggregation: "uniform_average" or "variance_weighted_average" of the outputs; None keeps each.
num_regressors: Number of inputs of the regression, by which the score is adjusted; 0 adjusts
    nothing.

# Optimizers
learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without arguments.
weight_decay: Share of each weight, times the learning rate, taken off it in every step; None decays
    nothing.
clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no bound.
clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no bound.
use_ema: Whether to keep exponential moving averages of the weights.
ema_momentum: Share of the average that each step keeps.
ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for the end.
loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each batch.
momentum: Share of the last step that is added to the next one, from 0 to 1.
nesterov: Whether to look ahead along the momentum, after Nesterov.
Optimizer.epsilon: Small number in the divisor of a step, which keeps steps finite near gradient 0.
initial_accumulator_value: First value of the sums of squared gradients.
rho: Share of the mean squared gradient that each step keeps.
centered: Whether to divide by the variance of gradients, not by their mean square.
beta_1: Share of the mean gradient that each step keeps.
beta_2: Share of the mean squared gradient that each step keeps.
Lion.beta_1: Weight of the mean gradient against the newest one in the sign of a step.
Lion.beta_2: Share of the mean gradient that each step keeps.
ScheduleFreeAdamW.beta_1: Weight of the averaged weights against the newest ones where gradients are
    taken.
amsgrad: Whether to divide by the largest mean squared gradient so far.
learning_rate_power: Exponent of the decay of each weight's learning rate, at most 0.
l1_regularization_strength: Factor of `sum(|w|)`, which leaves weights at exactly 0.
l2_regularization_strength: Factor of `sum(w**2)`.
l2_shrinkage_regularization_strength: Factor of a penalty `sum(w**2)` that goes by way of the
    gradient.
Ftrl.beta: Added to the L2 penalty as `beta / (2 * learning_rate)`.
beta_2_decay: Exponent of the step number in the share of the mean squares that is given up.
epsilon_1: Small number added to squared gradients.
epsilon_2: Least size of a weight, as a root mean square, that scales its step.
clip_threshold: Largest root mean square of a step before the learning rate.
relative_step: Whether the learning rate is at most `1 / sqrt(step)`.
adam_beta_1: `beta_1` of the weights that AdamW takes care of.
adam_beta_2: `beta_2` of the weights that AdamW takes care of.
adam_weight_decay: `weight_decay` of the weights that AdamW takes care of.
adam_lr_ratio: Learning rate of AdamW as a multiple of the other one.
exclude_layers: Regular expressions; weights whose path holds a match go to AdamW.
exclude_embeddings: Whether weights with "embedding" in their path go to AdamW.
muon_a: Coefficient of X in the Newton-Schulz step `a X + (b A + c A A) X`, where `A = X X^T`.
muon_b: Coefficient of A in the Newton-Schulz step.
muon_c: Coefficient of A A in the Newton-Schulz step.
ns_steps: Number of Newton-Schulz steps.
rms_rate: Root mean square of steps, `rms_rate * sqrt(longer side)`; None leaves them orthogonal.
ScheduleFreeAdamW.warmup_steps: Steps in which the learning rate rises from 0 in a line.
inner_optimizer: The optimizer that gets the unscaled gradients.
initial_scale: First factor of the loss.
dynamic_growth_steps: Good steps in a row after which the factor doubles.
MultiOptimizer.optimizer_map: An OptimizerMap, or a function from a variable to its optimizer.
OptimizerMap.optimizer_map: Regular expressions of whole paths -> optimizers; None has none yet.
default_optimizer: The optimizer of variables that no expression matches.
transformation: An optax transformation, or anything else with `init` and `update`.
OptaxOptimizer.learning_rate: Factor of the transformation's updates, a number or a schedule.

# Learning rate schedules
LearningRateSchedule.name: Name in the configuration; nothing else depends on it.
initial_learning_rate: Learning rate at step 0.
decay_steps: Number of steps that the decay is measured in.
decay_rate: How much the rate falls in `decay_steps` steps.
staircase: Whether the rate falls all at once after each `decay_steps` steps.
boundaries: Steps after which the next value holds, in rising order.
values: Learning rates, one more than boundaries.
end_learning_rate: Learning rate after the decay.
power: Exponent of the part of the decay that is left; 1 falls in a line.
cycle: Whether the decay starts again, each time longer.
alpha: Lowest learning rate, as a share of the highest.
warmup_target: Learning rate after the warm-up, where the decay starts; None has no warm-up.
warmup_steps: Steps in which the rate rises in a line to `warmup_target`.
first_decay_steps: Steps of the first cosine.
t_mul: How many times as long each cosine is as the one before.
m_mul: How many times as high each cosine starts as the one before.

# Initializers, regularizers and constraints
value: The value of all elements: a number, or what broadcasts to the shape.
gain: Factor of all elements.
side: "real" or "imag", the part of the transform that the kernel computes.
window: Name of a window of scipy.signal, its values `(frame,)`, or None for none.
scaling: "density" divides by the window's L2 norm, "spectrum" by its L1 norm, None by nothing.
periodic: Whether the window has the period of a frame, as for spectra, or is symmetric.
mean: Mean of the distribution.
stddev: Standard deviation of the distribution.
minval: Smallest value.
maxval: Bound that all values are below.
VarianceScaling.scale: Variance times the number of inputs or outputs.
VarianceScaling.mode: Divisor of the variance: "fan_in" inputs, "fan_out" outputs, "fan_avg" their
    mean.
distribution: "uniform", "truncated_normal" (cut at two deviations) or "untruncated_normal".
input_axes: Axes of the weight that count as inputs; None takes all but the last, as in a
    convolution.
output_axes: Axes of the weight that count as outputs; None takes the last, as in a convolution.
factor: Factor of the penalty.
OrthogonalRegularizer.mode: What should be orthogonal to one another, "rows" or "columns".
MaxNorm.max_value: Largest norm.
MinMaxNorm.max_value: Upper bound of the norm.
min_value: Lower bound of the norm.
MinMaxNorm.rate: Share of the way to the bounds that each update goes, from 0 to 1.
Constraint.axis: Axis, or axes, that a norm is over: 0 for the inputs of a dense kernel.

# Methods of a model
Model.x: Inputs: an array, structures of arrays as the model takes them, a data frame, or what gives
    batches: a generator, a PyDataset, a data loader.
Model.y: Targets, one for each example of `x`; None where the batches of `x` hold them.
sample_weight: Weight of each example, or of each time step, in the loss; None weighs all alike.
Model.class_weight: Weight of each class, class -> number; None weighs all alike.
Model.batch_size: Examples a step, 32 if None; data that come in batches have their own.
epochs: Number of passes over the data, counted from 0, at which training ends.
Model.verbose: 1 or "auto" shows a bar, 2 a line an epoch, 0 nothing.
validation_split: Share of the examples, from 0 to 1, that are the last ones and only validated on.
validation_data: Data to evaluate on after epochs: `(x, y)`, `(x, y, sample_weight)`, or batches.
Model.shuffle: Whether each epoch takes the examples in another order; "batch" stays within batches.
initial_epoch: Number of the first epoch, for a training that goes on.
steps_per_epoch: Batches an epoch; None takes all there are.
validation_steps: Batches of a validation; None takes all there are.
validation_batch_size: Examples a batch of a validation; None takes `batch_size`.
validation_freq: Epochs from one validation to the next, or the list of those with one, from 1.
steps: Batches to take; None takes all there are.
return_dict: Whether to give a dictionary by names in place of a list.
Model.optimizer: Its name, an Optimizer, or an optax transformation.
Model.loss: Name, Loss or function `(y_true, y_pred)`; a list or dictionary, one for each output.
Model.loss_weights: Factors of the losses of several outputs, a list or dictionary.
Model.metrics: Names, Metrics or functions to show; a list or dictionary of them for each output.
Model.weighted_metrics: The same, counted with the sample weights.
run_eagerly: Whether steps run as plain Python, to look into them; slow.
steps_per_execution: Steps from one call of the callbacks to the next.
jit_compile: Taken for compatibility: steps are always compiled, unless they run eagerly.
auto_scale_loss: Whether "mixed_float16" gets a LossScaleOptimizer, so that gradients don't vanish.
Model.filepath: Path to write or read.
overwrite: Whether a file that is there may be replaced.
max_shard_size: Most gigabytes of one file, beyond which weights are split; None writes one.
zipped: Whether to write one file; False writes a folder. None decides by the name.
skip_mismatch: Whether to leave weights of another shape as they are, with a warning.
line_length: Width of the table, in characters.
positions: Where the columns end, as shares of the width or in characters.
print_fn: Function that gets each line in place of `print`.
expand_nested: Whether to show the layers of inner models.
show_trainable: Whether to show which layers train.
layer_range: First and last layer to show, by regular expressions of their names.

# Callbacks
monitor: Name in the logs of the quantity to watch, as "val_loss".
mode: Whether less is better, "min", or more, "max"; "auto" asks the metric, then its name.
min_delta: Least change that counts as an improvement.
patience: Epochs without improvement that are waited for.
verbose: 1 tells what is done, 0 nothing.
baseline: Value that has to be beaten before patience starts anew; None has none.
restore_best_weights: Whether to end with the weights of the best epoch.
start_from_epoch: First epoch that counts, from 0.
filepath: File to write, with names from the logs in braces, as "{epoch:02d}-{val_loss:.2f}.keras".
save_best_only: Whether to save only when the watched quantity improves.
save_weights_only: Whether to save the weights without the model's structure.
save_freq: "epoch", or the number of batches from one saving to the next.
initial_value_threshold: Value that the first saving has to beat; None has none.
ReduceLROnPlateau.factor: What the learning rate is multiplied by, below 1.
cooldown: Epochs after a reduction in which nothing is counted.
min_lr: Lowest learning rate.
root: Address of the server, as "http://localhost:9000".
RemoteMonitor.path: Path below `root` that the results are sent to.
RemoteMonitor.field: Field of the form that holds the results as JSON.
headers: HTTP headers to send along.
send_as_json: Whether the body is JSON itself, not a form.
directory: Folder for the checkpoints.
max_to_keep: How many checkpoints to keep, the last ones; None keeps all.
save_on_background: Whether a thread writes while training goes on.
backup_dir: Folder for the state of the training; it is the callback's own.
BackupAndRestore.save_freq: "epoch", the number of batches from one saving to the next, or False to
    save by the clock alone.
BackupAndRestore.seconds: Seconds between savings, beside `save_freq`; None for no clock.
BackupAndRestore.keep: How many states to keep, the last ones; None is 1, or 2 with
    `double_checkpoint`.
shard: How to split the model over devices: "data", "fsdp", sizes of axes as {"data": 4, "model":
    2}, or a Distribution; None leaves it to the current distribution.
devices: The devices that share each batch: "all", a number, or names; None takes the setting of
    `compile`, or the current distribution.
resume: Folder where the run is saved once a minute and at its end, and from which it goes on.
double_checkpoint: Whether to keep the state before the last one, too.
delete_checkpoint: Whether to delete the state when the training has come to its end.
log_dir: Folder for the event files.
histogram_freq: Epochs from one histogram of the weights to the next; 0 writes none.
write_graph: Whether to write the layers and their connections.
write_images: Whether to write the weights as pictures, with the histograms.
write_steps_per_second: Whether to write how many steps are made a second.
update_freq: "epoch", "batch", or the number of batches from one writing of the logs to the next.
profile_batch: Number of the batch to profile, or a first and a last one; 0 profiles none.
embeddings_freq: Epochs from one writing of the embeddings' tables to the next; 0 writes none.
embeddings_metadata: File that names the rows of the tables, or one for each layer, by its name.
schedule: Function `(epoch, learning_rate)`, or `(epoch)`, that gives the epoch's learning rate.
filename: File to write.
separator: What separates columns.
append: Whether to continue a file that is there.
raise_error: Whether to raise RuntimeError in place of a quiet end.
swap_on_epoch: Whether the averages are in the model from an epoch's end to the next one's start.
on_epoch_begin: Function `(epoch, logs)`, called before each epoch.
on_epoch_end: Function `(epoch, logs)`, called after each epoch.
on_train_begin: Function `(logs)`, called before training.
on_train_end: Function `(logs)`, called after training.
on_train_batch_begin: Function `(batch, logs)`, called before each training step.
on_train_batch_end: Function `(batch, logs)`, called after each training step.
callbacks: Callbacks in the order of their calls, or one alone; None has none.
add_history: Whether to add a History where none is among them.
add_progbar: Whether to add a ProgbarLogger where none is among them.
model: The model that the callbacks get.
"""


def _read(table: str) -> dict[str, str]:
    """`name: sentence` a line, continued where the next line is indented."""
    rows = table.replace("\n    ", " ").splitlines()
    pairs = (row.split(": ", 1) for row in rows if row and not row.startswith("#"))
    return {row[0]: row[1] for row in pairs}


ARGUMENTS: dict[str, str] = _read(_TABLE)


def key_of(cls: type, argument: str) -> str | None:
    """Where the table explains `argument` of `cls`; None if nowhere."""
    return _first([*(f"{c.__name__}.{argument}" for c in cls.__mro__), argument])


def _first(keys: list[str]) -> str | None:
    return next((key for key in keys if key in ARGUMENTS), None)


def documented(method: Callable[P, R]) -> Callable[P, R]:
    """Let the docstring of a method say what its arguments mean, as `method.argument` has it."""
    parameters = list(inspect.signature(method).parameters.values())[1:]
    found = _section(parameters, lambda n: _first([f"{method.__name__}.{n}", f"Model.{n}", n]))
    method.__doc__ = f"{inspect.getdoc(method)}\n\n{found}".rstrip()
    return method


def describe(cls: type, parameters: Iterable[Parameter] | None = None) -> str:
    """The section "Arguments:" of a docstring: what `parameters`, by default those of `cls`, mean.

    Wrapped at 96 columns; "" if there is nothing to explain.
    """
    if parameters is None:
        parameters = list(inspect.signature(cls.__init__).parameters.values())[1:]
    return _section(parameters, lambda name: key_of(cls, name))


def _section(parameters: Iterable[Parameter], key_for: Callable[[str], str | None]) -> str:
    many = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
    lines = []
    for name in (p.name for p in parameters if p.kind not in many):
        key = key_for(name)
        if key is not None:
            text = f"{name}: {ARGUMENTS[key]}"
            lines += textwrap.wrap(text, WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 8)
    return "\n".join(["Arguments:", *lines, ""]) if lines else ""
