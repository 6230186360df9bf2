"""Addresses of the pages."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path
from django.views.i18n import set_language

from yiwang.channels.web import files
from yiwang.channels.web.account import account, choose_password, second_factor, second_factor_set_up, sign_in
from yiwang.channels.web.desk import (
    calls,
    case,
    cases,
    flaws,
    ground,
    imports,
    inbox,
    labels,
    mine,
    options,
    redrawings,
)
from yiwang.channels.web.resident import follow, label, my_reports, report, start
from yiwang.channels.web.trial import try_as
from yiwang.channels.web.worker import my_ground, today

urlpatterns: list[URLPattern] = [
    path("", start.start, name="home"),
    path("report", report.report, name="report"),
    path("report/places", report.places, name="report-places"),
    path("report/proposal", report.proposal, name="report-proposal"),
    path("q/<str:code>", label.label, name="label"),
    path("desk/labels", labels.labels, name="labels"),
    path("my-reports", my_reports.my_reports, name="my-reports"),
    path("r/<str:number>", follow.follow, name="follow"),
    path("inbox", inbox.inbox, name="inbox"),
    path("inbox/list", inbox.waiting, name="inbox-list"),
    path("inbox/bulk", inbox.bulk, name="inbox-bulk"),
    path("inbox/<int:number>", inbox.one, name="inbox-case"),
    path("inbox/<int:number>/lead", inbox.lead, name="inbox-lead"),
    path("mine", mine.mine, name="mine"),
    path("mine/list", mine.waiting, name="mine-list"),
    path("calls", calls.calls, name="calls"),
    path("calls/list", calls.waiting, name="calls-list"),
    path("calls/<int:number>", calls.one, name="call"),
    path("calls/<int:number>/reveal", calls.reveal, name="call-reveal"),
    path("cases", cases.cases, name="cases"),
    path("cases.csv", cases.as_csv, name="cases-csv"),
    path("cases.xlsx", cases.as_excel, name="cases-excel"),
    path("options/places", options.places, name="place-options"),
    path("options/posts", options.posts, name="post-options"),
    path("today", today.today, name="today"),
    path("today/ground", my_ground.my_ground, name="my-ground"),
    path("try", try_as.try_as, name="try"),
    path("try/seat", try_as.take_seat, name="take-seat"),
    path("try/day", try_as.day, name="played-day"),
    path("try/day/begin", try_as.begin_day, name="begin-day"),
    path("try/day/stop", try_as.stop_day, name="stop-day"),
    path("language", login_not_required(set_language), name="set_language"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("account", account.account, name="account"),
    path("account/sessions/<str:mark>/end", account.sign_out_session, name="sign-out-session"),
    path("account/sessions/end", account.sign_out_everywhere, name="sign-out-everywhere"),
    path("account/tokens/<int:token>/revoke", account.revoke_token, name="revoke-token"),
    path("account/password", choose_password.choose_password, name="choose-password"),
    path("account/second-factor", second_factor.second_factor, name="second-factor"),
    path("account/second-factor/set-up", second_factor_set_up.second_factor_set_up, name="second-factor-set-up"),
    path("imports", imports.imports, name="imports"),
    path("imports/people.xlsx", imports.people_template, name="people-template"),
    path("ground/redrawings", redrawings.redrawings, name="redrawings"),
    path("ground/redrawings/<int:pk>/call-off", redrawings.call_off, name="call-off"),
    path("ground/flaws", flaws.flaws, name="flaws"),
    path("ground", ground.ground, name="ground"),
    path("ground/<str:code>/children", ground.children, name="children"),
    path("ground/<str:code>/outline", ground.outline, name="outline"),
    path("cases/<str:number>", case.case, name="case"),
    path("cases/<str:number>/say", case.say, name="case-say"),
    path("cases/<str:number>/reveal", case.reveal, name="case-reveal"),
    path("cases/<str:number>/<str:name>", case.move, name="case-move"),
    path("files/<str:signed>", files.file, name="file"),
]
