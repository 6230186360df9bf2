"""Where things lie in the data folder, and the address of the database in it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from yiwang.plumbing.stops import CannotGoOn, gettext_noop

# A Unix socket's path may have 107 bytes; PostgreSQL adds "/.s.PGSQL.5432" and ".lock".
_LONGEST_SOCKET_FOLDER = 85


@dataclass(frozen=True, slots=True)
class Home:
    """A data folder: everything of one installation that must survive."""

    folder: Path

    @property
    def cluster(self) -> Path:
        return self.folder / "postgres"

    @property
    def log(self) -> Path:
        """What PostgreSQL says of itself."""
        return self.folder / "postgres.log"

    @property
    def lock(self) -> Path:
        """Names the Yiwang that works on this folder, see `lock`."""
        return self.folder / "yiwang.lock"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def sockets(self) -> Path:
        """The folder of the database's socket: inside the home, or in /tmp when the path would be too long."""
        inside = self.folder / "socket"
        if len(bytes(inside)) <= _LONGEST_SOCKET_FOLDER:
            return inside
        return Path("/tmp") / f"yiwang-{hashlib.sha256(bytes(self.folder)).hexdigest()[:16]}"  # noqa: S108

    @property
    def url(self) -> str:
        """What `DATABASE_URL` would be for the embedded database, whether or not it runs."""
        return f"postgresql://yiwang@/yiwang?host={quote(str(self.sockets), safe='')}"


def unusable(folder: Path, broken: OSError) -> CannotGoOn:
    """The sentence for a data folder that cannot be read or written."""
    return CannotGoOn(
        gettext_noop(
            "The data folder %(folder)s cannot be used (%(why)s): choose another with --data or YIWANG_HOME."
        ),
        folder=folder,
        why=broken.strerror,
    )
