"""Modules that are written for the occasion."""

from __future__ import annotations

import importlib.util
import tempfile
from pathlib import Path
from types import ModuleType


def module_of(source: str) -> ModuleType:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "generated.py")
        file.write_text(source, encoding="utf-8")
        spec = importlib.util.spec_from_file_location("generated", file)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module
