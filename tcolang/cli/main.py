"""The `tco` command: runs what was asked for and turns everything that can happen into an exit code."""

from __future__ import annotations

# Nothing else is imported here: `tco --version` starts about as fast as Python does.
import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
READER_GONE = 141


def run(arguments: Sequence[str] | None = None) -> int:
    """0 fine, 1 findings, 2 usage, file or internal error; 130 interrupted, 141 the reader of a pipe went away."""
    _prepare_streams()
    try:
        code = _answer(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return READER_GONE
    except OSError as error:
        _discard_output()
        place = f"{error.filename}: " if error.filename is not None else ""
        return _failed(f"error: {place}{error.strerror or error}", error)
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        return _failed(f"internal error: {what} (please report it; TCO_DEBUG=1 shows the traceback)", error)


def _answer(words: list[str]) -> int:
    if words == ["--version"]:
        from tcolang.version import __version__

        print(f"tcolang {__version__}")
        return 0
    from tcolang.cli.dispatch import dispatch

    return dispatch(words)


def _prepare_streams() -> None:
    """UTF-8 and bare newlines whatever the locale; what has no encoding is escaped rather than an error."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 (lives as long as the process)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _discard_output() -> None:
    """Sends what is still buffered nowhere, so that the interpreter does not fail on it while it ends."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError):
        pass  # not a real file: nothing is flushed at exit


def _failed(message: str, error: Exception) -> int:
    if os.environ.get("TCO_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    from tcolang.base.display import one_line

    print(one_line(message), file=sys.stderr)
    return 2
