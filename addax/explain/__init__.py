"""Why a model gives what it gives: how much each part of its inputs counts.

network       a model as the methods see it: scores of a target, and their gradients
saliency      attributions from gradients
"""

from addax.core.absent import names_of
from addax.explain.saliency import completeness as completeness
from addax.explain.saliency import gradients as gradients
from addax.explain.saliency import input_x_gradient as input_x_gradient
from addax.explain.saliency import integrated_gradients as integrated_gradients
from addax.explain.saliency import smoothgrad as smoothgrad
from addax.explain.saliency import vargrad as vargrad

__getattr__ = names_of(__name__)
