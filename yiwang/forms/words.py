"""Words of forms: states, kinds of questions, moves, refusals."""

from django.utils.translation import gettext_lazy as _

from yiwang.forms.rules import Every, Kind, Known, State

STATES = {
    State.ASKED: _("Asked"),
    State.WITHDRAWN: _("Withdrawn"),
    State.STOPPED: _("Stopped"),
    State.LAPSED: _("Ended with its post or place"),
}
KINDS = {
    Kind.TEXT: _("Words"),
    Kind.NUMBER: _("A number"),
    Kind.YES: _("Yes or no"),
    Kind.ONE: _("One of several"),
    Kind.DAY: _("Day"),
}
KNOWN = {
    Known.CASES: _("how many cases there are stands in the numbers of the platform"),
    Known.CREW: _("who is in charge stands with the ground"),
}
EVERY = {Every.WEEK: _("Each week"), Every.MONTH: _("Each month")}
YES_NO = {"yes": _("Yes"), "no": _("No")}
MOVES = {
    "remind": _("Remind"),
    "withdraw": _("Withdraw the form"),
    "stop": _("Stop the form"),
    "lapse": _("End with its post or place"),
}
POST_IS_GONE = _("The post “%(post)s” that asked it was abolished, and no other stands in its stead.")
PLACE_IS_GONE = _("The place “%(place)s” of which it was asked is no more, and no one place took its ground.")
REFUSALS = {
    "no_such_form": _("There is no such form."),
    "form_not_yours_to_ask": _("You may not ask a form of people there."),
    "form_not_yours": _("“%(move)s” is not yours to do with this form."),
    "form_too_late": _("It is too late for “%(move)s”: the form is “%(state)s” by now."),
    "form_closed": _("This form has closed."),
    "form_title_unfit": _("Give the form a title of at most 60 characters."),
    "form_lacks_why": _("Say on what ground, or for what, it is asked: at most 300 characters."),
    "form_minutes_unfit": _("Say how many minutes it takes: from 1 to 480."),
    "form_due_unfit": _("Say until when: a day to come, within three months."),
    "series_end_unfit": _("Say until when it comes round: for two rounds at least, and a year at most."),
    "series_overlaps": _("Each round must be due before the next one is asked: choose an earlier day."),
    "likeness_unfit": _("One of these figures makes no sense: a likeness from 30 to 100, days from 1 to 730."),
    "likeness_twice": _("There are figures for this county already."),
    "form_lacks_questions": _("Ask something: at most 30 questions."),
    "form_lacks_answers": _("Fill in something first."),
    "form_lacks_reason": _("Say why, in a few words."),
    "form_asked_of_nobody": _("Nobody works there in such a post."),
    "form_asked_already": _("Some of this is asked or known already. Use that, or say why you ask nevertheless."),
    "question_unfit": _("Write each question in at most 120 characters."),
    "question_choices_unfit": _("A choice has two to twelve different answers."),
    "answers_unfit": _("Not sent in yet: look at what is marked, and send it in again."),
    "answer_missing": _("This is not answered yet."),
    "number_missing": _("This is not answered yet: a number, 0 where there is none."),
    "answer_no_number": _("“%(said)s” is no number. Write it in digits and without the unit: 12 or 3.5, for example."),
    "number_too_large": _("This number is too large: at most %(largest)s."),
    "number_too_fine": _("At most %(decimals)s digits after the point."),
    "answer_no_day": _("Write the day as 2026-03-02."),
    "answer_too_long": _("At most %(most)s characters, please."),
    "answer_not_offered": _("Choose one of the answers."),
    "form_reminded_today": _("They were reminded today already."),
    "form_all_returned": _("Everybody has returned it."),
}
