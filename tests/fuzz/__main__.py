"""`python -m tests.fuzz TARGET CORPUS [options of libFuzzer]`: atheris looks for bytes that break a promise.

Inputs that reach something new are kept in the folder CORPUS, which begins with the seeds.
"""

from pathlib import Path
import sys
from types import ModuleType

import atheris

import custom_components

_package = ModuleType("custom_components.localtuya")  # whose own __init__ would load Home Assistant
_package.__path__ = [f"{path}/localtuya" for path in custom_components.__path__]
sys.modules[_package.__name__] = _package

with atheris.instrument_imports(include=["custom_components.localtuya.lan"]):
    from tests.fuzz.targets import TARGETS, seeds

if __name__ == "__main__":
    name, corpus, *options = sys.argv[1:]
    Path(corpus).mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(name)):
        Path(corpus, f"seed-{number}").write_bytes(seed)
    atheris.Setup([sys.argv[0], *options, corpus], TARGETS[name])
    atheris.Fuzz()
