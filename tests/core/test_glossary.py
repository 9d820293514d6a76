"""Every argument of a public constructor is explained, in one sentence."""

import inspect

import pytest

import addax
from addax import (
    callbacks,
    constraints,
    initializers,
    layers,
    losses,
    metrics,
    optimizers,
    regularizers,
)
from addax.core.glossary import ARGUMENTS, describe, key_of
from addax.optimizers import schedules
from addax.optimizers.combined import OptaxOptimizer

NAMESPACES = (
    layers, losses, metrics, optimizers, schedules, initializers, regularizers, constraints,
    callbacks,
)  # fmt: skip
# Helpers that a namespace happens to hold.
INTERNAL = {"CustomObjectScope", "Declared", "Formula"}


def public_classes() -> list[type]:
    found = {
        c for m in NAMESPACES for n, c in vars(m).items() if n[0] != "_" and inspect.isclass(c)
    }
    found = {c for c in found if c.__module__.startswith("addax.") and c.__name__ not in INTERNAL}
    return sorted(found | {OptaxOptimizer}, key=lambda c: (c.__module__, c.__name__))


def arguments(cls: type) -> list[str]:
    many = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    parameters = list(inspect.signature(cls.__init__).parameters.values())[1:]
    return [p.name for p in parameters if p.kind not in many]


CLASSES = public_classes()


@pytest.mark.parametrize("cls", CLASSES, ids=lambda c: f"{c.__module__}.{c.__name__}")
def test_each_argument_has_a_sentence(cls):
    assert [name for name in arguments(cls) if key_of(cls, name) is None] == []


METHODS = """compile fit evaluate predict train_on_batch test_on_batch predict_on_batch summary save
    save_weights load_weights""".split()


@pytest.mark.parametrize("name", METHODS)
def test_methods_of_a_model_explain_their_arguments(name):
    method = getattr(addax.Model, name)
    text = inspect.getdoc(method)
    many = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    parameters = list(inspect.signature(method).parameters.values())[1:]
    named = [p.name for p in parameters if p.kind not in many]
    assert [n for n in named if f"\n    {n}: " not in text] == []


def test_no_sentence_is_unused():
    used = {key_of(cls, name) for cls in CLASSES for name in arguments(cls)}
    for method in METHODS:
        for name in inspect.signature(getattr(addax.Model, method)).parameters:
            used |= {f"{method}.{name}", f"Model.{name}", name}
    assert set(ARGUMENTS) - used == set()


@pytest.mark.parametrize("name", ARGUMENTS)
def test_sentences(name):
    sentence = ARGUMENTS[name]
    assert sentence.endswith(".") and len(sentence) <= 170 and "  " not in sentence


def test_describe_wraps_and_prefers_the_class():
    lines = describe(layers.Dropout).splitlines()
    assert lines[:2] == [
        "Arguments:",
        "    rate: Probability with which an element is dropped, from 0 to 1.",
    ]
    assert max(map(len, lines)) <= 96
    assert "kwargs" not in describe(layers.Dense)
    assert "    rate: Share of the way" in describe(constraints.MinMaxNorm)


def test_describe_takes_parameters():
    units = inspect.signature(layers.Dense.__init__).parameters["units"]
    text = "Arguments:\n    units: Size of the output's last axis.\n"
    assert describe(layers.Dense, [units]) == text
    assert describe(layers.Dense, []) == ""
