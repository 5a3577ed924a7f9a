"""The addresses of the rules."""

from django.urls import path

from eligibility.views import public

app_name = "eligibility"
urlpatterns = [
    path(
        "<program:program>/could-my-child-get-help/",
        public.Screener.as_view(),
        name="screener",
    ),
    path(
        "<program:program>/how-we-decide/", public.HowWeDecidePage.as_view(), name="how_we_decide"
    ),
    path(
        "<program:program>/conditions/",
        public.ConditionSearch.as_view(),
        name="condition_search",
    ),
]
