"""Why a model gives what it gives: how much each part of its inputs counts.

network           a model as the methods see it: scores of a target, and their gradients
saliency          attributions from gradients; relu_rules.py is another gradient of relu
activation_maps   where in an image the evidence lies, from a convolution's output
perturbation      the same from hiding parts of the image
tables            what a table's columns count for
measures          how good attributions are
pictures          heat maps over images
"""

from addax.core.absent import names_of
from addax.explain.activation_maps import gradcam as gradcam
from addax.explain.activation_maps import gradcam_plus_plus as gradcam_plus_plus
from addax.explain.activation_maps import scorecam as scorecam
from addax.explain.measures import deletion as deletion
from addax.explain.measures import infidelity as infidelity
from addax.explain.measures import insertion as insertion
from addax.explain.measures import randomized_weights as randomized_weights
from addax.explain.measures import sensitivity as sensitivity
from addax.explain.perturbation import occlusion as occlusion
from addax.explain.perturbation import rise as rise
from addax.explain.pictures import show as show
from addax.explain.saliency import completeness as completeness
from addax.explain.saliency import gradients as gradients
from addax.explain.saliency import guided_backpropagation as guided_backpropagation
from addax.explain.saliency import input_x_gradient as input_x_gradient
from addax.explain.saliency import integrated_gradients as integrated_gradients
from addax.explain.saliency import smoothgrad as smoothgrad
from addax.explain.saliency import vargrad as vargrad
from addax.explain.tables import partial_dependence as partial_dependence
from addax.explain.tables import permutation_importance as permutation_importance

__getattr__ = names_of(__name__)
