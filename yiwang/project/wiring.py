"""Where affairs meet: which fact wakes which job, and whose words the doors speak."""

from yiwang.callbacks import words as callbacks
from yiwang.cases import facts as happened
from yiwang.cases import jobs as cases_jobs
from yiwang.cases import words as cases
from yiwang.cases.facts import CaseFinished, CasePaused, FollowedCaseEnded, PartEnded
from yiwang.catalogue import jobs as catalogue_jobs
from yiwang.catalogue import words as catalogue
from yiwang.catalogue.queries import learn_from
from yiwang.demo import jobs as demo_jobs
from yiwang.figures import words as figures
from yiwang.formalism import words as formalism
from yiwang.forms import jobs as forms_jobs
from yiwang.forms import words as forms
from yiwang.forms.facts import FormMoved
from yiwang.forms.matters import asked_in as forms_asked_in
from yiwang.insight import jobs as insight_jobs
from yiwang.insight import words as insight
from yiwang.lists import words as lists
from yiwang.meetings import words as meetings
from yiwang.meetings.facts import ItemMoved
from yiwang.notices import jobs as notices_jobs
from yiwang.notices import words as notices
from yiwang.notices.facts import AddressGiven
from yiwang.past import words as past
from yiwang.people import jobs as people_jobs
from yiwang.people import words as people
from yiwang.people.facts import PostFollowed
from yiwang.places import words as places
from yiwang.places.facts import GroundRedrawn
from yiwang.plumbing import refusals
from yiwang.plumbing.facts import listen
from yiwang.plumbing.files import words as files
from yiwang.plumbing.sheets import words as sheets
from yiwang.plumbing.worktime import words as worktime
from yiwang.repeats import words as repeats
from yiwang.replies import jobs as replies_jobs
from yiwang.retiming.facts import LimitsTimedAnew
from yiwang.shifts import words as shifts
from yiwang.spots import words as spots
from yiwang.supervision import jobs as supervision_jobs
from yiwang.supervision import words as supervision
from yiwang.supervision.facts import AppealGranted, AppealMoved, OrderMoved, PostsReminded
from yiwang.topics import words as topics
from yiwang.triage import words as triage
from yiwang.triage.queries import learned
from yiwang.trial import words as trial
from yiwang.trial.facts import DayBegun
from yiwang.workload import words as workload
from yiwang.workload.actions import count_also


def connect() -> None:
    """Called once, when all rooms are loaded."""
    refusals.register(sheets.REFUSALS)
    refusals.register(files.REFUSALS)
    refusals.register(worktime.REFUSALS)
    refusals.register(places.REFUSALS)
    refusals.register(people.REFUSALS)
    refusals.register(figures.REFUSALS)
    refusals.register(catalogue.REFUSALS)
    refusals.register(cases.REFUSALS)
    refusals.register(callbacks.REFUSALS)
    refusals.register(formalism.REFUSALS)
    refusals.register(forms.REFUSALS)
    refusals.register(workload.REFUSALS)
    refusals.register(trial.REFUSALS)
    refusals.register(past.REFUSALS)
    refusals.register(shifts.REFUSALS)
    refusals.register(insight.REFUSALS)
    refusals.register(supervision.REFUSALS)
    refusals.register(triage.REFUSALS)
    refusals.register(meetings.REFUSALS)
    refusals.register(topics.REFUSALS)
    refusals.register(lists.REFUSALS)
    refusals.register(spots.REFUSALS)
    refusals.register(repeats.REFUSALS)
    refusals.register(notices.REFUSALS)

    # Posts, units and people follow the ground when it is drawn anew; responsibilities and open cases follow both.
    listen(GroundRedrawn, people_jobs.follow_redrawing)
    listen(GroundRedrawn, catalogue_jobs.follow_redrawing)
    listen(GroundRedrawn, cases_jobs.follow_redrawing)
    listen(PostFollowed, catalogue_jobs.follow_post)
    listen(PostFollowed, cases_jobs.follow_post)

    # A split case goes on when its parts have ended, and whoever told of the same is answered too.
    listen(PartEnded, cases_jobs.join_up_whole)
    listen(FollowedCaseEnded, cases_jobs.answer_followers)
    # A paused case goes on by itself.
    listen(CasePaused, cases_jobs.resume_by_itself)

    # What a handler wrote is looked at; what is wanting in it is kept.
    listen(CaseFinished, replies_jobs.look_at)

    # What a report is about is asked of what was learned first.
    learn_from(learned)

    # What two have agreed to is left out of the numbers.
    listen(AppealGranted, insight_jobs.count_again)

    # Where the calendar was changed, the colours of what did not move lie elsewhere too.
    listen(LimitsTimedAnew, supervision_jobs.look_again)

    # What a form asks of somebody is load, too.
    count_also(forms_asked_in)

    # In the demonstration a day plays itself.
    listen(DayBegun, demo_jobs.play_day)

    _tell()


def _tell() -> None:
    """Who has something to do, or waits for something, is told."""
    listen(happened.CaseDispatched, notices_jobs.dispatched)
    listen(happened.CaseDelegated, notices_jobs.delegated)
    listen(happened.CaseHandedBack, notices_jobs.handed_back)
    listen(happened.WhistleBlown, notices_jobs.whistled)
    listen(happened.CaseFinished, notices_jobs.finished)
    listen(happened.CaseEnded, notices_jobs.ended)
    listen(happened.FollowedCaseEnded, notices_jobs.followed_ended)
    listen(happened.CaseReopened, notices_jobs.reopened)
    listen(happened.CaseAsked, notices_jobs.asked)
    listen(PostsReminded, notices_jobs.reminded)
    listen(OrderMoved, notices_jobs.order_moved)
    listen(AppealMoved, notices_jobs.appeal_moved)
    listen(ItemMoved, notices_jobs.item_moved)
    listen(FormMoved, forms_jobs.tell)
    listen(AddressGiven, notices_jobs.send_code)
