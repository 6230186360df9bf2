"""Photos of the demonstration county, drawn by the program: what was found, and how it looked when it was mended.

Owns the *scene*: a street, a river or a wall with something wrong in it, drawn in a few variants of place and weather.
The same scene, variant and moment always give the same picture. It keeps no file: `photos.py` beside it does.
"""
