"""Which hyperparameters a hypermodel has, and whether a project was searched over the same."""

from typing import Any

from addax.tuner.hyperparameters import HyperParameters


def explore(hypermodel: Any, oracle: Any) -> None:
    """Build the model until each conditional scope was active once; its oracle learns the space."""
    hp = oracle.get_space()
    hypermodel.declare_hyperparameters(hp)
    oracle.update_space(hp)
    hp = oracle.get_space()
    seen: list = []
    waiting: list = []
    while True:
        hypermodel.build(hp)
        oracle.update_space(hp)
        seen += hp.active_scopes
        waiting = [c for c in [*waiting, *hp.inactive_scopes] if c not in seen]
        if not waiting:
            return
        hp = oracle.get_space()
        for condition in waiting[0]:
            hp.values[condition.name] = condition.values[0]
        hp.ensure_active_values()


class _Collected:
    """Stands for an oracle while a space is explored for comparison."""

    def __init__(self, given: HyperParameters) -> None:
        self.hyperparameters = given

    def get_space(self) -> HyperParameters:
        return self.hyperparameters.copy()

    def update_space(self, hp: HyperParameters) -> None:
        self.hyperparameters.merge(hp, overwrite=False)


def check_same(hypermodel: Any, given: HyperParameters, oracle: Any, folder: str) -> None:
    """ValueError with a table, if the folder's trials are of another space than the model's.

    The folder may know more: entries that only some trials asked for.
    """
    collected = _Collected(given)
    explore(hypermodel, collected)
    stored, built = _lines(oracle.hyperparameters), _lines(collected.hyperparameters)
    changed = [key for key, line in built.items() if stored.get(key, "") != line]
    if not oracle.tune_new_entries:
        changed = [key for key in changed if key in stored]
    if not changed:
        return
    gone = [key for key in stored if key not in built]
    rows = [("name", "in the folder", "in build(hp)")]
    rows += [(key[0], stored.get(key, "-"), built.get(key, "-")) for key in [*changed, *gone]]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    lines = ["  ".join(t.ljust(w) for t, w in zip(row, widths, strict=True)) for row in rows]
    table = "\n".join(f"  {line.rstrip()}" for line in lines)
    raise ValueError(
        f"The project in {folder} holds trials of another search space:\n{table}\nChoose another "
        "project_name or directory, or pass overwrite=True to begin anew."
    )


def _lines(hp: HyperParameters) -> dict[tuple[str, str], str]:
    """The hyperparameters by name and conditions, each as one line."""
    return {(p.name, str(p.conditions)): p.describe() for p in hp.space}
