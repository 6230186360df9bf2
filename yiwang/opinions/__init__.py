"""A second opinion 第二意见: what a model outside would say a report is about, where the operator asked for it.

Words owned here: opinion. Off by default. It is asked in the background, never at intake; of what is open to all only;
with everything that tells of a person taken out; and its answer is kept as a proposal beside the house's own. Nothing
is decided by it, and nothing that a report says to the machine reaches beyond that report.
"""
