"""Signs of formalism 形式主义: what looks as if a case was closed on paper only. For supervisors, never a judgement.

Words owned here: sign (one thing that was noticed about one case, with the rule and figures by which it was), kind of
sign, tolerances (the thresholds, as data). It follows the steps and changes no case; no number or ranking reads it. A
supervisor looks at the case behind a sign and decides what it is. Sealed cases are left alone.
"""
