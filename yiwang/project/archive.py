"""A backup: one tar with a manifest, the secrets, the database and the uploaded files, in that order.

The database goes through the wheel's own pg_dump, pg_restore and psql, whose version 18 speaks with servers from 15
on. Nothing is held in memory whole; files on the way lie beside their end, readable by their owner only.
"""

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages

import yiwang
from yiwang.plumbing.embedded.programs import environment, programs
from yiwang.plumbing.stops import CannotGoOn, gettext_noop
from yiwang.project.database import applied, as_owner, server_major

Progress = Callable[[int, int | None], None]
FORMAT = 1
_MANIFEST, _DUMP, _SECRETS, _FILES = "manifest.json", "database.dump", "secrets/", "files/"
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup. `has_files` is false when they lie in an object store, which keeps its own copies."""

    format: int
    version: str
    made_at: str
    postgresql: int
    migrations: list[str]
    has_files: bool


def files_are_local() -> bool:
    """Whether uploaded files lie in the data folder, not in an object store."""
    return isinstance(storages["default"], FileSystemStorage)


def write(path: Path, *, url: str, folder: Path, dumped: Progress, copied: Progress) -> Manifest:
    """Write the backup while people work; the name appears when the file is whole.

    `dumped` hears megabytes, `copied` files. Files are copied after the dump: one that the dump names is there.
    """
    manifest = _describe()
    with _beside(path) as draft, _beside(path) as dump:
        _dump(url, dump, dumped)
        with tarfile.open(draft, "w") as tar:
            _add_text(tar, _MANIFEST, json.dumps(asdict(manifest), indent=1))
            for secret in sorted(folder.glob("*.key")):
                tar.add(secret, _SECRETS + secret.name)
            tar.add(dump, _DUMP)
            if manifest.has_files:
                _add_files(tar, Path(settings.MEDIA_ROOT), copied)
        _to_disk(draft)
        draft.replace(path)
    return manifest


def _describe() -> Manifest:
    with as_owner():
        return Manifest(
            format=FORMAT,
            version=yiwang.__version__,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            postgresql=server_major(),
            migrations=applied(),
            has_files=files_are_local(),
        )


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A private file in the same folder, gone afterwards unless it was renamed."""
    try:
        number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.absolute().parent)
    except OSError as broken:
        raise CannotGoOn(
            gettext_noop("%(path)s cannot be written (%(why)s): choose another place."), path=path, why=broken.strerror
        ) from broken
    os.close(number)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _dump(url: str, target: Path, progress: Progress) -> None:
    command = [str(programs() / "pg_dump"), "--format=custom", "--no-password", f"--file={target}", *address(url)]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=with_password(url))
        while process.poll() is None:
            progress(target.stat().st_size // _MEGABYTE, None)
            time.sleep(0.05)
        if process.returncode:
            said.seek(0)
            raise failed(said.read())


def failed(said: bytes) -> CannotGoOn:
    """PostgreSQL's last words as a sentence of ours."""
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    return CannotGoOn(
        gettext_noop("PostgreSQL refused, and nothing was changed: %(why)s"), why=lines[0] if lines else "?"
    )


def address(url: str) -> list[str]:
    """The database for a program of PostgreSQL, without the password: everybody may read a command line."""
    parts = urlsplit(url)
    plain = parts.netloc
    if parts.password is not None:
        user, _at, host = plain.rpartition("@")
        plain = f"{user.split(':', 1)[0]}@{host}"
    return ["--dbname", urlunsplit(parts._replace(netloc=plain))]


def with_password(url: str) -> dict[str, str]:
    password = urlsplit(url).password
    return {**environment(), **({"PGPASSWORD": unquote(password)} if password else {})}


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    about = tarfile.TarInfo(name)
    about.size, about.mode, about.mtime = len(content), 0o600, int(time.time())
    tar.addfile(about, BytesIO(content))


def _add_files(tar: tarfile.TarFile, root: Path, progress: Progress) -> None:
    done = 0
    for folder, _folders, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            try:
                tar.add(path, _FILES + str(path.relative_to(root)), recursive=False)
            except FileNotFoundError:
                # Removed by somebody at work; the dump no longer needs it or the file had expired.
                continue
            done += 1
            progress(done, None)


def _to_disk(path: Path) -> None:
    with path.open("rb") as line:
        os.fsync(line.fileno())


@contextmanager
def reading(path: Path) -> Iterator[tuple[Manifest, tarfile.TarFile]]:
    """Open a backup; refuses what is none, and one of a newer format."""
    try:
        with tarfile.open(path, "r:") as tar:
            yield _manifest_of(tar, path), tar
    except (OSError, tarfile.TarError) as broken:
        raise _no_backup(path) from broken


def _manifest_of(tar: tarfile.TarFile, path: Path) -> Manifest:
    first = tar.next()
    content = tar.extractfile(first) if first and first.name == _MANIFEST else None
    if content is None:
        raise _no_backup(path)
    try:
        return Manifest(**json.load(content))
    except (ValueError, TypeError) as broken:
        raise _no_backup(path) from broken


def _no_backup(path: Path) -> CannotGoOn:
    return CannotGoOn(gettext_noop("%(path)s is not a whole backup of Yiwang: choose another file."), path=path)


def unpack(tar: tarfile.TarFile, into: Path, progress: Progress) -> None:
    """Put dump, secrets and files into this empty private folder; `progress` hears files."""
    (into / "files").mkdir()
    for done, member in enumerate(tar, start=1):
        target = (into / member.name).resolve()
        # A tar from a stranger may point anywhere.
        if not member.isfile() or not target.is_relative_to(into.resolve()):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        content = tar.extractfile(member)
        assert content is not None
        with target.open("wb") as out:
            shutil.copyfileobj(content, out)
        progress(done, None)


def dump_in(folder: Path) -> Path:
    return folder / _DUMP


def secrets_in(folder: Path) -> list[Path]:
    return sorted((folder / "secrets").glob("*.key"))


def files_in(folder: Path) -> Path:
    return folder / "files"
