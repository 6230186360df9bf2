"""Photos and documents that people bring in: looked at, made harmless, kept once, and handed out by a signed link.

Owns *kept file*, *content* (the bytes, named by their hash) and *offer* (where and when a photo says it was taken).
What a file is comes from its bytes alone; a photo is always decoded and written anew, so that nothing but the picture
is kept. It does not know whose case a file belongs to, and it hands out nothing without a link.
"""
