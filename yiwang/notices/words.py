"""Words of notices: occasions, channels, what each says, why one failed, refusals."""

from django.utils.translation import gettext_lazy as _

from yiwang.notices.rules.occasions import Channel, Occasion
from yiwang.notices.rules.sending import State

# What a line of the list begins with, and the subject of a mail.
OCCASIONS = {
    Occasion.DISPATCHED: _("Given to you"),
    Occasion.HELP: _("You are asked to help"),
    Occasion.WHISTLED: _("You are whistled for"),
    Occasion.HANDED_BACK: _("Handed back"),
    Occasion.TO_CHECK: _("To be checked"),
    Occasion.REOPENED: _("Opened again"),
    Occasion.ASKED: _("You decide"),
    Occasion.DECIDED: _("Decided"),
    Occasion.URGED: _("Urged"),
    Occasion.INSTRUCTED: _("Instruction"),
    Occasion.SOON: _("Soon due"),
    Occasion.OVERDUE: _("Overdue"),
    Occasion.ESCALATED: _("Lies too long"),
    Occasion.EMERGENCY: _("Emergency"),
    Occasion.ORDERED: _("An order names you"),
    Occasion.ORDER_MOVED: _("News of an order"),
    Occasion.NAMED: _("The committee names you"),
    Occasion.ITEM_MOVED: _("News of the committee"),
    Occasion.FORM_ASKED: _("Please fill in"),
    Occasion.FORM_DUE: _("Not sent in yet"),
    Occasion.FORM_ENDED: _("A form was taken back"),
    Occasion.SERIES_LAPSED: _("A series has ended"),
    Occasion.SERIES_MOVED: _("A series is asked elsewhere"),
    Occasion.TAKEN_ON: _("Taken on"),
    Occasion.DONE: _("Said to be done"),
    Occasion.ENDED: _("It has ended"),
    Occasion.QUESTION: _("A question to you"),
}
CHANNELS = {Channel.PAGE: _("Page"), Channel.EMAIL: _("E-mail"), Channel.SMS: _("SMS")}
STATES = {
    State.WAITING: _("waits to be sent"),
    State.SENDING: _("is being sent"),
    State.SENT: _("sent"),
    State.FAILED: _("failed"),
    State.DROPPED: _("could not be reached"),
}
# What to do, in one sentence each; short, warm, exact.
SAID = {
    Occasion.DISPATCHED: _("Please sign for it and deal with it in time."),
    Occasion.HELP: _("Please sign for your part."),
    Occasion.WHISTLED: _("Please come to the spot and report in."),
    Occasion.HANDED_BACK: _("Somebody else must answer for it: please look at it anew."),
    Occasion.TO_CHECK: _("Whoever dealt with it says it is done. Please look whether it is."),
    Occasion.REOPENED: _("It is not done yet: please deal with it once more."),
    Occasion.ASKED: _("Somebody asks for your decision: %(about)s."),
    Occasion.DECIDED: _("Your request was decided: %(about)s."),
    Occasion.URGED: _("Somebody waits for it. Please say how it stands."),
    Occasion.INSTRUCTED: _("There is an instruction. Please read it with the case."),
    Occasion.SOON: _("Its time is nearly used: please see to it."),
    Occasion.OVERDUE: _("Its time is over: please see to it now."),
    Occasion.ESCALATED: _("Whoever has it lets it lie: please see that it goes on."),
    Occasion.EMERGENCY: _("Please act now, and acknowledge that you have seen it."),
    Occasion.ORDERED: _("Please answer in time: %(about)s."),
    Occasion.ORDER_MOVED: _("%(about)s."),
    Occasion.NAMED: _("You answer for it until the committee strikes it off: please read what it decided."),
    Occasion.ITEM_MOVED: _("%(about)s."),
    Occasion.FORM_ASKED: _("%(about)s asks you to fill in this form."),
    Occasion.FORM_DUE: _("You have not sent this form in yet: please do so in time."),
    Occasion.FORM_ENDED: _("%(about)s: you need not fill it in any more."),
    Occasion.SERIES_LAPSED: _(
        "The post of your unit that asked it, or the place of which it was asked, is no more, so no further round is "
        "asked. If it is still needed, ask it anew."
    ),
    Occasion.SERIES_MOVED: _(
        "The place of which it was asked is no more. From the next round on it is asked of %(about)s, which took its "
        "ground; if that is not meant, end it."
    ),
    Occasion.TAKEN_ON: _("Thank you for telling us. We have taken it on and see to it."),
    Occasion.DONE: _("The unit says that it is done. Somebody else will look whether it is."),
    Occasion.ENDED: _("It has come to an end: %(about)s. Thank you."),
    Occasion.QUESTION: _("Whoever deals with it asks you something. Please answer on your report's page."),
}
# Of what asks for nothing any more, instead.
OVER = _("Decided already")
OVER_SAID = _("%(about)s: this was decided, and nothing is left for you to do.")
MANY = _("%(count)s notices")
MANY_OF_ONE = _("%(occasion)s: %(count)s cases")
MANY_FORMS = _("%(occasion)s: %(count)s forms")
CODE_SUBJECT = _("Your code")
CODE_SENT = _(
    "Type this code on the page where you choose how you are told: %(code)s\n"
    "Then notices come to this address. If you did not ask for it, do nothing."
)
SOME_MATTER = _("A matter")
SEALED_MATTER = _("A sealed matter")
UNTIL = _("until %(until)s")
WHERE_TO_CHOOSE = _("You choose on your account's page what you are told of.")
AND_MORE = _("and %(count)s more")
ASKED = {
    "more_time": _("more time"),
    "pause": _("a pause"),
    "track": _("a track of its own"),
    "help": _("help by another post"),
}
APPEAL = "appeal"
APPEALS = {APPEAL: _("an appeal against an overdue mark")}
DECISIONS = {"granted": _("granted"), "refused": _("refused")}
ORDER_MOVES = {
    "report": _("Progress was reported"),
    "visit": _("Somebody guided on the spot"),
    "answer": _("The order was answered"),
    "accept": _("The answer was accepted"),
    "ask_strike_off": _("Strike-off is asked for"),
    "strike_off": _("The order was struck off"),
    "insist": _("It is not done yet: the order goes on"),
}
ITEM_MOVES = {
    "item_propose": _("It comes before the committee"),
    "item_bring": _("It was brought before the committee"),
    "item_decide": _("The committee named who answers for it"),
    "item_put_aside": _("The committee put it aside"),
    "item_report": _("Whoever was named reported progress"),
    "item_ask_strike_off": _("Whoever was named asks for strike-off"),
    "item_strike_off": _("The committee struck it off"),
    "item_insist": _("The committee does not hold it for done yet"),
}
FORM_ENDS = {
    "form_withdraw": _("The unit that asked it took it back"),
    "form_stop": _("Whoever supervises stopped it"),
    "form_lapse": _("The post that asked it, or its place, is no more"),
}
ORDER = {"order": _("a supervision order")}
ENDINGS = {"closed": _("closed"), "declined": _("not taken on; the reason stands with it")}
# What the words of an occasion may name besides the case.
ABOUT = {**ASKED, **APPEALS, **DECISIONS, **ORDER, **ORDER_MOVES, **ITEM_MOVES, **FORM_ENDS, **ENDINGS}
TROUBLES = {
    "no_connection": _("the server could not be reached"),
    "server_busy": _("the server asks to try later"),
    "not_signed_in": _("the server did not accept our name and password"),
    "refused": _("the server refuses it for good"),
    "not_set_up": _("the channel is not set up"),
    "no_address": _("there is no address any more"),
    "not_a_mobile": _("the number cannot take an SMS"),
    "over": _("it was over before it went"),
    "sealed": _("the case was sealed meanwhile"),
    "seal_broken": _("the contact cannot be opened with our keys"),
}
REFUSALS = {
    "no_such_notice": _("There is no such notice."),
    "notice_not_failed": _("This notice has not failed: it was sent meanwhile, or waits to be."),
    "notice_rule_twice": _("There is such a rule already: change that one."),
    "code_wrong": _("This is not the code that was sent to this address."),
    "language_unknown": _("There is no such language."),
    "email_unfit": _("This is no e-mail address: write it like name@example.cn."),
    "choice_unknown": _("There is no such occasion or channel."),
}
