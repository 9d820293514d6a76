"""Models: layers that train themselves."""

from addax.models.cloning import clone_model as clone_model
from addax.models.functional import Functional as Functional
from addax.models.model import Model as Model
from addax.models.sequential import Sequential as Sequential
