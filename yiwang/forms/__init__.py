"""Forms 报表: what a unit asks grid workers to fill in, looked at before it is asked, so that nothing is asked twice.

Words owned here: form, question, return, draft, asked already. A form is asked of people, has a due date and closes by
itself; a return is never changed, a correction is another return. What a form costs `workload` counts. It judges
no worker: whoever has not returned is named to the asker, and counted nowhere.
"""
