"""The installation's own secrets: made at the first start, kept beside the data, readable by its owner only."""

import os
import secrets
from pathlib import Path

from yiwang.plumbing.embedded.home import unusable


def installation_secret(folder: Path, name: str = "secret.key") -> str:
    """The secret in this folder; made on the first call."""
    path = folder / name
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _write_once(path, secrets.token_urlsafe(48))
        return path.read_text(encoding="ascii").strip()
    except OSError as broken:
        raise unusable(folder, broken) from broken


def _write_once(path: Path, secret: str) -> None:
    # Linking is atomic and refuses an existing name: two processes at the first start agree on one secret.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secret, encoding="ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
