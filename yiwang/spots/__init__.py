"""Hot spots 热点区域: where cases of the last weeks gather more than that ground's own past makes one expect.

Words owned here: spot, gathering, lookout (from when on cases are a gathering, as data). Found in the background, in a
process of its own, among what is open to all and has a position; confidential and sealed cases are never looked at,
and never counted. Nothing here moves or judges a case. Decision 0024 says how it is tested and how often it is wrong.
"""
