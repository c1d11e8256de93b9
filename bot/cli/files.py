"""A path that an operator typed becomes its bytes, or one line that says what is wrong with it."""

from pathlib import Path

from bot.errors import CommandFailed


def bytes_of(path: Path) -> bytes:
    """Return what the file holds.

    Raises:
        CommandFailed: it can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandFailed(f"{path}: {_why(error)}") from error


def check_file(path: Path) -> None:
    """Do nothing where there is a file.

    Raises:
        CommandFailed: there is none.
    """
    if path.is_dir():
        raise CommandFailed(f"{path}: {_FOLDER}")
    if not path.exists():
        raise CommandFailed(f"{path}: {_MISSING}")


_FOLDER = "this is a folder; name a file in it"
_MISSING = "no such file; check its name and folder"


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return _MISSING
    if isinstance(error, IsADirectoryError):
        return _FOLDER
    if isinstance(error, PermissionError):
        return "we may not read it; check its rights"
    return f"it can't be read ({error.strerror or type(error).__name__})"
