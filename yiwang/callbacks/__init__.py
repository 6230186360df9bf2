"""Who is called back 回访抽样: sampling rules as data, the lot that nobody chooses, and the reasons that show.

Words owned here: sampling (a county's or a town's rule), draw (whether a checked case's reporter is called, and why),
lot. How somebody is asked and what follows is the loop's (`cases`); what the answers come to is counted by `insight`.
Where no sampling is set, everybody is called. Sealed cases are never drawn: whoever investigates tells the reporter.
"""
