"""The data folder: what is in it, how it is read, and how it is changed so that a crash leaves it as before or as after.

    raw/<sha256>                                    files as received; a carried table is a folder of its files
    events/month=2025-06/force=durham/part-….parquet  the rows of street files
    tables/ons/lsoa-2011-to-lsoa-2021/….parquet     the rows of every other table
    cube/durham-….npy, .json                        counts of type x area x month for one force
    results/                                        observations
    manifest.json                                   what of all this counts; nothing else ever changes
    lock                                            held while someone writes

Files are written under a new name, made durable and renamed; then the manifest is replaced the same way. What no
manifest names was left by a crash and is swept away when the next writer starts.
"""

import errno
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from csplan.errors import CsplanError
from csplan.evidence import manifest as manifests
from csplan.evidence.manifest import Manifest

#: Folders whose every file the manifest must name.
KEPT = ("raw", "events", "tables", "cube")
_NEW = ".new-"
#: What a person can mend of a disk or folder that refuses, in words that follow "The data folder X".
_REFUSALS = {
    errno.ENOSPC: "is on a full disk. Make room",
    errno.EDQUOT: "is on a full disk. Make room",
    errno.EROFS: "is on a disk that cannot be written to. Change that",
    errno.EACCES: "may not be written to. Change that",
    errno.EEXIST: "is a file. Move it away",
    errno.ENOTDIR: "lies inside a file. Check its name",
}


class Store:
    """One data folder, for reading. It need not exist yet: then it is empty."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)

    @property
    def own_sources(self) -> Path:
        """The folder of documents of sources that are kept here beside ours; it need not exist."""
        return self.folder / "sources"

    def path(self, name: str) -> Path:
        """The file or folder of a name in the manifest."""
        return self.folder / name

    def manifest(self) -> Manifest:
        """What the folder holds now. Read again only when it has been replaced."""
        try:
            seen = (self.folder / "manifest.json").stat()
        except FileNotFoundError:
            return Manifest()
        return _read(self.folder, seen.st_mtime_ns, seen.st_size, seen.st_ino)

    @contextmanager
    def writing(self) -> Iterator["Draft"]:
        """Change the folder: one writer at a time. Nothing counts until `Draft.commit`."""
        with _sayable(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            with _locked(self.folder):
                draft = Draft(self, self.folder)
                draft.sweep()
                try:
                    yield draft
                except BaseException:
                    draft.sweep()  # what was added does not count, and may be what filled the disk
                    raise

    @contextmanager
    def rehearsing(self) -> Iterator["Draft"]:
        """The same, with every file written to a place that is thrown away, and no commit."""
        with tempfile.TemporaryDirectory(prefix="csplan-") as scratch:
            yield Draft(self, Path(scratch), is_rehearsal=True)


@lru_cache(maxsize=8)
def _read(folder: Path, *_seen: int) -> Manifest:
    return manifests.from_bytes((folder / "manifest.json").read_bytes(), str(folder))


class Draft:
    """A folder being changed: files are added freely, and count once `commit` has replaced the manifest."""

    def __init__(self, store: Store, folder: Path, *, is_rehearsal: bool = False) -> None:
        self.store = store
        self.manifest = store.manifest()
        self.is_rehearsal = is_rehearsal
        self._folder = folder
        self._touched: set[Path] = set()

    def path(self, name: str) -> Path:
        """Where a file is: as added here, else as held."""
        added = self._folder / name
        return added if added.exists() else self.store.path(name)

    def add(self, name: str, data: bytes) -> None:
        """Add a file of these bytes."""
        with self.adding(name) as new:
            new.write_bytes(data)

    @contextmanager
    def adding(self, name: str) -> Iterator[Path]:
        """Add a file that someone else writes at the path given."""
        final = self._folder / name
        final.parent.mkdir(parents=True, exist_ok=True)
        new = final.with_name(f"{_NEW}{final.name}")
        try:
            yield new
            if not self.is_rehearsal:
                _make_durable(new)
            new.replace(final)
        finally:
            new.unlink(missing_ok=True)
        self._touched.add(final.parent)

    def drop(self, name: str) -> None:
        """Take away a file that was added and is not wanted after all."""
        (self._folder / name).unlink(missing_ok=True)

    def commit(self, manifest: Manifest) -> None:
        """Let `manifest` say what counts. From this moment on every reader sees it, also after a power cut."""
        is_news, self.manifest = manifest != self.manifest, manifest
        if self.is_rehearsal or not is_news:
            return
        touched = {self._folder / up for folder in self._touched for up in (folder, *folder.relative_to(self._folder).parents)}
        for changed in sorted(touched):
            _make_durable(changed)
        self._touched.clear()
        self.add("manifest.json", manifests.as_bytes(manifest))
        _make_durable(self._folder)

    def sweep(self) -> None:
        """Take away what a crash left: files no manifest names. Readers of an older manifest have had their time."""
        named = set(self.manifest.files())
        for top in KEPT:
            for path in sorted((self._folder / top).glob("**/*"), reverse=True):
                name = path.relative_to(self._folder).as_posix()
                is_inside_named = top == "raw" and "/".join(name.split("/")[:2]) in named
                if path.is_dir() and not path.is_symlink():
                    if not is_inside_named and not any(path.iterdir()):
                        path.rmdir()
                elif name not in named and not is_inside_named:
                    path.unlink()
        for path in self._folder.glob(f"{_NEW}*"):
            path.unlink()


def fingerprint(data: bytes) -> str:
    """SHA-256 of bytes, as sixty-four letters and digits."""
    return hashlib.sha256(data).hexdigest()


def fingerprint_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_folder(draft: Draft, files: dict[str, Path], name: str) -> None:
    """Add copies of files under one folder of the data folder."""
    for file, path in files.items():
        with draft.adding(f"{name}/{file}") as new:
            shutil.copyfile(path, new)


def _make_durable(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock. The system frees it when its holder ends, however it ends; the number inside is for people."""
    with (folder / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as e:
            lock.seek(0)
            who = lock.read().strip() or "unknown"
            raise CsplanError(
                f"Another load is at work on {folder} (process {who}). Wait until it has ended, then try again."
            ) from e
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


@contextmanager
def _sayable(folder: Path) -> Iterator[None]:
    """Turn a full or write-protected disk into a sentence. What was held is whole: nothing counted yet."""
    try:
        yield
    except OSError as e:
        if e.errno not in _REFUSALS:
            raise
        raise CsplanError(f"The data folder {folder} {_REFUSALS[e.errno]}, or choose another folder with --data.") from e
