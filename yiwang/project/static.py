"""Static files: collected into the data folder when something changed, and forgiving when a package is absent."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

import yiwang


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A page that names a file of a front-end package not installed is shown without it, not refused."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name


def collect() -> bool:
    """Bring `STATIC_ROOT` up to date; says whether there was anything to do."""
    root = Path(settings.STATIC_ROOT)
    mark, wanted = root / ".collected", _fingerprint()
    if mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return False
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(wanted, encoding="ascii")
    return True


def _fingerprint() -> str:
    """Names, sizes and times of all sources: reading them all would cost what collecting costs."""
    seen = hashlib.sha256(yiwang.__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            seen.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\0".encode())
    return seen.hexdigest()
