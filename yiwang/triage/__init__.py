"""Triage 受理分类, as far as it looks beside a report: is it new, or has somebody told of the same already?

Words owned here: likeness, sketch, nearby. It proposes and people decide: nothing here merges or refuses anything.
What a report is about and whose it is are still answered by the catalogue's own words and responsibilities.
"""
