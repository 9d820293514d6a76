"""What the garbage collector does in a process that Addax owns."""

import os
import subprocess
import sys

import pytest

COLLECTOR = """
import gc, weakref
import addax.models
from addax import runtime
from addax.runtime import collector
runtime.own_process()
runtime.start_training()  # as the first layer does
class Cycle: pass
def drop():
    cycle = Cycle(); cycle.self = cycle
    return weakref.ref(cycle)
gc.collect()
gone = drop()
for _ in range(collector.PROGRAMS_A_COLLECTION): runtime.before_compiling()
print(gc.get_freeze_count() > 50_000, gone() is None)
"""


@pytest.mark.parametrize(("chosen", "found"), [("on", "True True"), ("off", "False False")])
def test_modules_stay_out_of_collections_and_dead_models_are_collected(chosen, found):
    environment = os.environ | {"ADDAX_GC": chosen}
    shown = subprocess.check_output([sys.executable, "-c", COLLECTOR], env=environment, text=True)
    assert shown.strip() == found
