"""Repeated demands 重复诉求: what the same phone tells of again and again, one demand told often or many demands.

Words owned here: teller (a phone, known by its keyed mark alone), demand, often (how often within how many months, as
data). Only *that* a phone told often is kept; what was told, and how it stands, is read from the cases whenever
somebody asks. Anonymous reports, and confidential and sealed cases, are never looked at. Nothing here judges anybody:
no number, ranking or rule reads it, and nobody is uncovered here. Decision 0024 says why so.
"""
