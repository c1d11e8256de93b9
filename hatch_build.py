"""The engine's modules become C extensions beside their sources: in a wheel alone, where it is asked for.

`make compiled` asks, by HATCH_BUILD_HOOK_ENABLE_CUSTOM. What is made on the way stays out of the checkout.
MYPYC_OPT_LEVEL=0 is built sooner, and runs slower: for tests.
"""

import os
import shlex
import sysconfig
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledEngine(BuildHookInterface[BuilderConfig]):
    """Compiles the modules that `pyproject.toml` lists for this hook."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Give a wheel its extensions, and the tag of this Python and machine; an editable one has none."""
        if version == "editable":
            return
        if wanting := ", ".join(_wanting()):
            self.app.abort(f"The engine cannot be compiled; nothing was changed. Missing: {wanting}.")
        self.room = TemporaryDirectory(prefix="pullquote-compiled-")
        sources = list(_sources(self.config["modules"]))
        self.app.display_info(f"Compiling {len(sources)} modules: this takes some minutes.")
        for extension, place in _extensions(sources, Path(self.room.name)):
            build_data["force_include"][str(extension)] = place
        build_data |= {"pure_python": False, "infer_tag": True}

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Forget what is in the wheel by now."""
        if version != "editable":
            self.room.cleanup()


def _wanting() -> Iterator[str]:
    """Name what compiling needs and this machine has not."""
    if not (find_spec("mypyc") and find_spec("setuptools")):
        yield "mypyc and setuptools, which are pinned in requirements-dev.txt (use `make compiled`)"
    compiler, *_ = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
    if not which(compiler):
        yield f"a C compiler, {compiler} (Debian: apt install gcc)"
    if not Path(sysconfig.get_path("include"), "Python.h").is_file():
        yield "Python.h, the headers of this Python (Debian: apt install python3-dev)"


def _sources(modules: list[str]) -> Iterator[str]:
    """Yield the paths of the files and of all that is in the folders, as seen from the checkout."""
    for module in map(Path, modules):
        yield from map(str, sorted(module.rglob("*.py")) if module.is_dir() else [module])


def _extensions(sources: list[str], room: Path) -> list[tuple[Path, str]]:
    """Compile `sources`; return each extension with its place in the wheel."""
    from setuptools import Distribution  # mypyc works with what was imported before it
    from mypyc.build import mypycify  # isort: skip

    # No settings of mypy: they name plugins of libraries that the engine does not use.
    options = ["--config-file=", f"--cache-dir={room / 'types'}"]
    # A file of C a module takes half the time of one for all, and runs as fast; so does -O2 beside -O3.
    extensions = mypycify(
        [*options, *sources],
        multi_file=True,
        opt_level=os.environ.get("MYPYC_OPT_LEVEL", "2"),
        debug_level="0",
        target_dir=str(room / "c"),
    )
    build = Distribution({"ext_modules": extensions}).get_command_obj("build_ext")
    build.build_lib, build.build_temp = str(room / "wheel"), str(room / "objects")
    build.build_extensions = partial(_build_on_all_cores, build)
    build.ensure_finalized()
    build.run()
    made = (room / "wheel").rglob("*" + sysconfig.get_config_var("EXT_SUFFIX"))
    return [(path, path.relative_to(room / "wheel").as_posix()) for path in sorted(made)]


def _build_on_all_cores(build: Any) -> None:
    """Do what setuptools' `build_ext` does, but compile the many sources of an extension side by side."""
    one = build.compiler.compile

    def every(sources: list[str], **options: Any) -> list[str]:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            objects = pool.map(lambda source: one([source], **options), sources)
            return list(chain.from_iterable(objects))

    build.compiler.compile = every
    type(build).build_extensions(build)
