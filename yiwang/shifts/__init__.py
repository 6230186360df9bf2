"""The log of the duty shift 值班日志: who keeps a desk, what happened there, and what is handed to the next one.

Words owned here: shift, entry, handing over, taking over, coming on duty. An entry is never changed; what is open at a
hand-over is counted from `cases` at that moment and kept as it was. Who may sit at a desk belongs to `people`, what is
done with a case to `cases`: the log only names it.
"""
