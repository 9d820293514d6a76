"""Imports run one way, as docs/architecture.md says, and there are no circles."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# From the bottom to the top: a module imports from its own row and the rows above it here.
ROWS = [
    "runtime",
    "core",
    "ops data dtype_policies config tree quantizers mixed_precision",
    "random activations initializers regularizers constraints targets distribution utils backend",
    "layers losses metrics optimizers callbacks visualization",
    "training",
    "models",
    "saving",
    "applications compat datasets distillation explain export preprocessing compression wrappers "
    "tuner demo doctor cli __main__",
]
RANK = {name: i for i, row in enumerate(ROWS) for name in row.split()}
JAX = "core ops random training distribution export explain doctor compat".split()


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted((ROOT / "addax").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def at_import(body: list) -> Iterator[ast.stmt]:
    """The statements that run when the module is imported, and are not for checkers alone."""
    for node in body:
        yield node
        if isinstance(node, (ast.If, ast.Try)):
            checking = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
            yield from at_import(node.orelse if checking else [*node.body, *node.orelse])


def imported(statements: Iterator) -> Iterator[str]:
    for node in statements:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else node.module


GRAPH = {
    name: {
        m
        for m in imported(at_import(ast.parse(path.read_text()).body))
        if m in MODULES and m not in (name, "addax")
    }
    for name, path in MODULES.items()
}


def folder(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("module", [m for m in GRAPH if folder(m)])
def test_imports_run_one_way(module):
    mine = RANK[folder(module)]
    assert [m for m in GRAPH[module] if RANK[folder(m)] > mine] == []


def test_there_are_no_circles():
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path, module))
        if module not in done:
            for other in GRAPH[module]:
                visit(other, (*path, module))
            done.add(module)

    for module in GRAPH:
        visit(module, ())


def test_only_the_mathematics_imports_jax():
    """Layers, losses, metrics and optimizers speak `ops`, as a user's own layer does."""
    found = set()
    for name, path in MODULES.items():
        names = imported(ast.walk(ast.parse(path.read_text())))
        if any(n == "jax" or n.startswith("jax.") for n in names):
            found.add(folder(name))
    assert found <= set(JAX)


def test_nothing_imports_another_library_of_the_kind():
    for name, path in MODULES.items():
        names = list(imported(ast.walk(ast.parse(path.read_text()))))
        heads = {n.split(".")[0] for n in names}
        assert not heads & {"keras", "tensorflow", "torch"}, name


def test_layers_import_nothing_behind_ops():
    for name in GRAPH:
        if folder(name) == "layers":
            assert not [m for m in GRAPH[name] if m.startswith("addax.ops.")], name
