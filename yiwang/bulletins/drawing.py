"""Charts for Word, drawn by matplotlib in a process that ends afterwards, and its memory with it.

A chart holds numerals and the letters A and B alone: what they mean stands as text beside it, in the document's own
font, so that no machine needs a Chinese one. Loads neither Django nor, here, matplotlib.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context

Series = tuple[Sequence[str], Sequence[Sequence[float]]]
KEYS = ("A", "B")
INK, ACCENT, LINE = "#1f2328", "#0b57d0", "#c9ced6"
_MOST_NAMED = 11


def drawn_apart(charts: Sequence[Series]) -> list[bytes]:
    """Each chart as a PNG: what stands below the axis; A as bars, B as a line."""
    if not charts:
        return []
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_draw_all, [(list(names), [list(one) for one in rows]) for names, rows in charts]).result()


def _draw_all(charts: Sequence[Series]) -> list[bytes]:
    import matplotlib as mpl  # noqa: PLC0415 - in that process alone

    mpl.use("Agg")
    return [_draw(names, rows) for names, rows in charts]


def _draw(names: Sequence[str], rows: Sequence[Sequence[float]]) -> bytes:
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    figure = Figure(figsize=(6.3, 2.4), dpi=200)
    axes = figure.subplots()
    axes.bar(range(len(names)), rows[0], color=LINE, width=0.7, label=KEYS[0])
    axes.plot(range(len(names)), rows[1], color=ACCENT, linewidth=1.5, marker="o", markersize=2.5, label=KEYS[1])
    step = max(1, -(-len(names) // _MOST_NAMED))
    axes.set_xticks(range(0, len(names), step), labels=names[::step])
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylim(bottom=0)
    axes.tick_params(labelsize=7, colors=INK, length=2)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(fontsize=7, frameon=False, loc="upper left", bbox_to_anchor=(0, 1.14), ncols=2)
    kept = BytesIO()
    figure.savefig(kept, format="png", bbox_inches="tight", metadata={"Software": None})
    return kept.getvalue()
