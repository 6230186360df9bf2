"""How much of this machine's memory the embedded database may keep pages in."""

from pathlib import Path

import psutil

MEGABYTE = 1024 * 1024
_LIMIT = Path("/sys/fs/cgroup/memory.max")
LEAST, MOST = 128, 4096


def memory_settings(whole: int) -> dict[str, str]:
    """PostgreSQL's settings for so many bytes of memory: a sixth for its own pages, half expected in the system's."""
    own = min(max(whole // 6 // MEGABYTE, LEAST), MOST)
    return {"shared_buffers": f"{own}MB", "effective_cache_size": f"{max(whole // 2 // MEGABYTE, 2 * own)}MB"}


def memory_here(limit: Path = _LIMIT) -> int:
    """Bytes of memory, or what the container of this process may use of it."""
    whole = int(psutil.virtual_memory().total)
    text = limit.read_text(encoding="ascii").strip() if limit.exists() else ""
    return min(whole, int(text)) if text.isdigit() else whole
