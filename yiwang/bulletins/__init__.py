"""Bulletins as papers 通报: what was published, written as a Word document and an Excel book that go round by hand.

Owns *paper*: the two files of a published bulletin, made once, with their hashes signed over the bulletin's own
signature. It reckons nothing: figures come frozen out of `insight`, and what else stands on a paper is read from its
roll-ups at that moment. Charts are drawn in a process of its own, and hold no word that a font might lack.
"""
