"""Kernels compiled for this processor, by the optional library llvmlite."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tcolang.engine.evaluation import Values
from tcolang.engine.ir import Kernel, declarations

Pointers: TypeAlias = NDArray[np.int64]
Call: TypeAlias = Callable[[Pointers, Pointers, int, Values, object], None]


def compiled(kernels: Sequence[Kernel]) -> Mapping[str, Call]:
    """The function of each kernel, by name."""
    import llvmlite.binding as llvm  # type: ignore[import-untyped]

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    target = llvm.Target.from_default_triple()
    machine = target.create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=2
    )
    module = llvm.parse_assembly("\n".join((declarations(), *(kernel.text for kernel in kernels))))
    engine = llvm.create_mcjit_compiler(module, machine)
    engine.finalize_object()
    kind = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_void_p)
    return {made.name: _call(kind(engine.get_function_address(made.name)), engine) for made in kernels}


def _call(function: Callable[..., None], engine: object) -> Call:
    """`engine` owns the code, and `held` what the pointers point to: both stay as long as they are needed."""

    def call(pointers: Pointers, apart: Pointers, columns: int, marks: Values, held: object) -> None:
        assert engine is not None
        function(pointers.ctypes.data, apart.ctypes.data, columns, marks.ctypes.data)

    return call
