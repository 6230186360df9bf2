"""Good replies 答复质检: what a handler writes at the end is looked at before the reporter reads it.

Words owned here: reply, flaw. A flaw is a warning to whoever writes, before sending and after; nothing is ever refused
because of it. What was warned of and sent all the same is kept, so that it can be counted.
"""
