"""The addresses of applying, reviewing and deciding."""

from django.urls import path

from intake.views import (
    answering,
    conditions,
    helping,
    helps,
    history,
    outcome,
    queue,
    receipt,
    referral_acts,
    referrals,
    referring,
    reviewing,
    starting,
    taking,
    taking_referred,
)

app_name = "intake"
urlpatterns = [
    path("<program:program>/apply/start/", starting.Start.as_view(), name="start"),
    path(
        "<program:program>/apply/with-answers/",
        starting.StartWithAnswers.as_view(),
        name="start_with_answers",
    ),
    path("<program:program>/apply/new-child/", starting.NewChild.as_view(), name="new_child"),
    path("<program:program>/apply/caller/", taking.Take.as_view(), name="take"),
    path("children/<int:pk>/apply/", taking.TakeForKnown.as_view(), name="take_for_known"),
    path("applications/<str:number>/", answering.Tasks.as_view(), name="tasks"),
    path("applications/<str:number>/pages/<slug:key>/", answering.StepPage.as_view(), name="step"),
    path("applications/<str:number>/check/", answering.Check.as_view(), name="check"),
    path("applications/<str:number>/send/", answering.Submit.as_view(), name="submit"),
    path("applications/<str:number>/receipt/", outcome.Receipt.as_view(), name="receipt"),
    path("applications/<str:number>/papers/", outcome.AddPaper.as_view(), name="add_paper"),
    path("applications/<str:number>/withdraw/", outcome.Withdraw.as_view(), name="withdraw"),
    path("applications/<str:number>/decision/", outcome.FamilyDecision.as_view(), name="decision"),
    path("applications/<str:number>/phone/", taking.Phone.as_view(), name="phone"),
    path("applications/<str:number>/review/", reviewing.Review.as_view(), name="review"),
    path(
        "applications/<str:number>/eligibility/",
        receipt.EligibilityReceipt.as_view(),
        name="eligibility_receipt",
    ),
    path("applications/<str:number>/rules/", reviewing.AskTheRules.as_view(), name="ask_the_rules"),
    path(
        "applications/<str:number>/decide/<slug:service>/",
        reviewing.Decide.as_view(),
        name="decide",
    ),
    path(
        "applications/<str:number>/countersign/<int:decision>/",
        reviewing.Countersign.as_view(),
        name="countersign",
    ),
    path("applications/<str:number>/tell/", reviewing.TellFamily.as_view(), name="tell_family"),
    path(
        "applications/<str:number>/history/",
        history.ApplicationHistory.as_view(),
        name="history",
    ),
    path("applications/<str:number>/helpers/", helping.Helpers.as_view(), name="helpers"),
    path(
        "applications/<str:number>/helpers/<int:helper>/stop/",
        helping.RemoveHelper.as_view(),
        name="remove_helper",
    ),
    path(
        "applications/<str:number>/invitations/<int:invitation>/take-back/",
        helping.TakeBackInvitation.as_view(),
        name="take_back_invitation",
    ),
    path(
        "applications/<str:number>/stop-helping/",
        helps.StopHelping.as_view(),
        name="stop_helping",
    ),
    path("helping/", helps.Helps.as_view(), name="helps"),
    path("helping/by-link/<str:token>/", helps.Invited.as_view(), name="invited"),
    path(
        "helping/invitations/<int:pk>/accept/",
        helps.AcceptInvitation.as_view(),
        name="accept_invitation",
    ),
    path(
        "helping/invitations/<int:pk>/decline/",
        helps.DeclineInvitation.as_view(),
        name="decline_invitation",
    ),
    path("histories/", history.Histories.as_view(), name="histories"),
    path("conditions/", conditions.Conditions.as_view(), name="conditions"),
    path("conditions/<int:pk>/", conditions.OneCondition.as_view(), name="condition_review"),
    path("conditions/<int:pk>/again/", conditions.LookAgain.as_view(), name="condition_again"),
    path("queue/", queue.Queue.as_view(), name="queue"),
    path("<program:program>/refer/", referring.Refer.as_view(), name="refer"),
    path(
        "<program:program>/refer/newborn/", referring.ReferNewborn.as_view(), name="refer_newborn"
    ),
    path(
        "referral-receipt/<str:token>/",
        referring.ReferralReceipt.as_view(),
        name="referral_receipt",
    ),
    path("referrals/", referrals.ReferralList.as_view(), name="referrals"),
    path("referrals/information/", referrals.LogInformation.as_view(), name="log_information"),
    path("referrals/<str:number>/", referrals.ReferralPage.as_view(), name="referral"),
    path("referrals/<str:number>/tries/", referral_acts.LogAttempt.as_view(), name="log_attempt"),
    path(
        "referrals/<str:number>/apply/",
        taking_referred.TakeReferred.as_view(),
        name="take_referred",
    ),
    path(
        "referrals/<str:number>/with-us/",
        referral_acts.AlreadyServed.as_view(),
        name="already_served",
    ),
    path("referrals/<str:number>/office/", referral_acts.HandOver.as_view(), name="hand_over"),
    path("referrals/<str:number>/pass-on/", referral_acts.PassOn.as_view(), name="pass_on"),
    path("referrals/<str:number>/close/", referral_acts.Close.as_view(), name="close_referral"),
    path("referrals/<str:number>/join/", referral_acts.Join.as_view(), name="join_referral"),
]
