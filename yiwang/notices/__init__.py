"""Notices 通知: whom to tell, of what, by what channel, as data.

Words owned here: occasion (what is told of), channel (how), rule (whether an occasion goes by a channel), own choices,
quiet hours, digest, message (what goes out: one notice, or several as a digest). It hears what other rooms announce,
chooses who is told by post, and never decides about a case. The list on the page always has everything; e-mail and
SMS leave through one gate, `adapters`, in a job. What the reporter left is opened when their message goes, and kept
nowhere. `docs/notices.md` has the adapters and the guarantee.
"""
