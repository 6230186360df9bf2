from pathlib import Path

import psutil

from yiwang.plumbing.embedded.memory import MEGABYTE, memory_here, memory_settings

GIGABYTE = 1024 * MEGABYTE


def test_a_small_machine_and_a_large_one_give_what_they_can_spare() -> None:
    assert memory_settings(512 * MEGABYTE)["shared_buffers"] == "128MB"
    assert memory_settings(12 * GIGABYTE) == {"shared_buffers": "2048MB", "effective_cache_size": "6144MB"}
    assert memory_settings(256 * GIGABYTE)["shared_buffers"] == "4096MB"


def test_a_container_has_only_what_it_was_given(tmp_path: Path) -> None:
    limit = tmp_path / "memory.max"
    limit.write_text(f"{64 * MEGABYTE}\n")
    assert memory_here(limit) == 64 * MEGABYTE
    limit.write_text("max\n")
    assert memory_here(limit) == memory_here(tmp_path / "none") == psutil.virtual_memory().total
