"""What is in the wheel and in the source archive."""

import email
import tarfile
import zipfile
from pathlib import Path

from builds import SOURCE, Failed, run

ALLOWED = ("splinternet/", "splinternet.libs/", "splinternet-")
FORBIDDEN = ("sources-2020", "__pycache__", "/tests/")
SCRIPT = "splinternet = splinternet._program:main"
SOURCE_FOLDERS = ("cmake", "python", "scenarios", "sim")
SOURCE_FILES = ("CMakeLists.txt", "LICENSE", "README.md", "pyproject.toml", "scenarios/data/LICENSE.md")


def tracked(*folders: str) -> list[str]:
    """Files of the checkout below these folders, those of the data's origin left out."""
    return [path for path in run(["git", "ls-files", *folders], cwd=SOURCE).split() if "sources-2020" not in path]


def require(names: set[str], wanted: list[str], archive: Path) -> None:
    """Raises Failed naming what is missing."""
    missing = sorted(set(wanted) - names)
    if missing:
        raise Failed(f"{archive.name} lacks {len(missing)} files: {', '.join(missing[:10])}")


def check_wheel(wheel: Path) -> None:
    """The package, its scenarios, types and terms, and nothing else."""
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
        texts = {name: file.read(name).decode() for name in names if name.endswith(("/METADATA", "/entry_points.txt"))}
    strange = sorted(name for name in names
                     if not name.startswith(ALLOWED) or any(word in f"/{name}" for word in FORBIDDEN))
    if strange:
        raise Failed(f"{wheel.name} holds what does not belong there: {', '.join(strange[:10])}")
    package = [path.removeprefix("python/") for path in tracked("python/splinternet")]
    scenarios = [f"splinternet/{path}" for path in tracked("scenarios") if not path.endswith(".py")]
    info = next(name.split("/")[0] for name in names if name.endswith("/METADATA"))
    terms = [f"{info}/licenses/{path}" for path in ("LICENSE", "scenarios/data/LICENSE.md")]
    require(names, [*package, *scenarios, *terms], wheel)
    if SCRIPT not in texts[f"{info}/entry_points.txt"]:
        raise Failed(f"{wheel.name} has no console script")
    check_metadata(texts[f"{info}/METADATA"], wheel)


def check_metadata(text: str, wheel: Path) -> None:
    """What an index would refuse or a user would miss."""
    metadata = email.message_from_string(text)
    wanted = {"Name": "splinternet", "License-Expression": "Apache-2.0", "Requires-Python": ">=3.11",
              "Description-Content-Type": "text/markdown"}
    wrong = [f"{name}: {metadata[name]}" for name, value in wanted.items() if metadata[name] != value]
    empty = [name for name in ("Version", "Summary", "Requires-Dist") if not metadata[name]]
    if wrong or empty or not metadata.get_payload():
        raise Failed(f"{wheel.name}: metadata {'; '.join(wrong + empty) or 'without a description'}")


def check_source_archive(archive: Path) -> None:
    """All that the build needs, and nothing that was built."""
    with tarfile.open(archive) as file:
        names = {name.split("/", 1)[1] for name in file.getnames() if "/" in name}
    require(names, [*SOURCE_FILES, *tracked(*SOURCE_FOLDERS)], archive)
    strange = sorted(name for name in names if name.startswith(("build/", "out/", ".venv")) or "sources-2020" in name)
    if strange:
        raise Failed(f"{archive.name} holds what does not belong there: {', '.join(strange[:10])}")
