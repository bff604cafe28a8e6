"""Which files a run reads, and where the record of each goes: never two to one place, whatever the order."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

NO_FOLDER = "không mở được thư mục"


@dataclass(frozen=True, slots=True)
class Place:
    """A file to be read and the path of its record below the folder of results. `fault` says why it cannot even be tried."""

    source: Path
    output: str
    fault: str | None = None


def places(given: Sequence[Path], results: Path | None) -> Iterator[Place]:
    """The files given and those of the folders given, folders in the order of their names; the folder of results itself is left out.

    A single folder is mirrored as it is: `a/b.txt` becomes `a/b.json`. Where several things are given, each folder keeps its name in
    front. Two that would meet take the whole file name (`b.txt.json`), or as much of the path in front as tells them apart.
    """
    roots = list(dict.fromkeys(Path(os.path.abspath(path)) for path in given))  # noqa: PTH100 - links stay what they are called
    own = Path(os.path.abspath(results)) if results is not None else None  # noqa: PTH100
    shown = {Path(os.path.abspath(path)): path for path in given}  # noqa: PTH100
    folders = [path for path in roots if path.is_dir()]
    files = [path for path in roots if path not in set(folders)]
    names = _apart(folders) if len(roots) > 1 else dict.fromkeys(folders, "")
    outputs = _of_files(files)
    for path in roots:
        if path in names:
            yield from _below(shown[path], names[path], own)
        else:
            yield Place(shown[path], outputs[path])


def _below(folder: Path, name: str, own: Path | None) -> Iterator[Place]:
    """Everything below a folder; hidden files and those that an open Word leaves behind (`~$…`) are no texts."""
    waiting = [(folder, name)]
    while waiting:
        here, named = waiting.pop()
        try:
            with os.scandir(here) as found:
                entries = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in found)
        except OSError:
            yield Place(here, named, NO_FOLDER)
            continue
        seen = [(entry, is_folder) for entry, is_folder in entries if not entry.startswith((".", "~$"))]
        texts = [entry for entry, is_folder in seen if not is_folder]
        below = [entry for entry, is_folder in seen if is_folder and _absolute(here / entry) != own]
        for entry, output in _names(texts, below).items():
            yield Place(here / entry, os.path.join(named, output))  # noqa: PTH118
        waiting += [(here / entry, os.path.join(named, entry)) for entry in reversed(below)]  # noqa: PTH118


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100


def _names(files: Sequence[str], folders: Sequence[str] = ()) -> dict[str, str]:
    """The name of the record of each file of one folder: `a.json` for `a.txt`, or `a.txt.json` where something else has that name."""
    stems = Counter(_stem(name).casefold() for name in files)
    # A whole name is one's own already, so nobody else's short form may be the same.
    taken = {name.casefold() for name in files} | {_stem(name).casefold() for name in folders if name.endswith(".json")}
    made = {}
    for name in files:
        stem = _stem(name)
        own = stems[stem.casefold()] == 1 and (stem == name or stem.casefold() not in taken)
        made[name] = f"{stem if own else name}.json"
    return made


def _stem(name: str) -> str:
    return Path(name).stem


def _of_files(files: Sequence[Path]) -> dict[Path, str]:
    """Records of files that were named one by one."""
    short = _names([path.name for path in files])
    times = Counter(path.name for path in files)
    apart = _apart([path for path in files if times[path.name] > 1])
    return {path: f"{apart[path]}.json" if path in apart else short[path.name] for path in files}


def _apart(paths: Sequence[Path]) -> dict[Path, str]:
    """The shortest end of each path that no other one ends in."""
    ends = Counter(tuple(path.parts[-n:]) for path in paths for n in range(1, len(path.parts)))
    return {
        path: os.path.join(  # noqa: PTH118
            *next(
                (end for n in range(1, len(path.parts)) if ends[end := tuple(path.parts[-n:])] == 1),
                path.parts[1:] or ("_",),
            )
        )
        for path in paths
    }
