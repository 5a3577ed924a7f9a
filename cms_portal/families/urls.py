"""The addresses of a family's own record."""

from django.urls import path

from cms_portal.families.views import (
    child,
    duplicates,
    grown,
    household,
    merges,
    moving,
    record,
    rights,
)

app_name = "families"
urlpatterns = [
    path("household/", household.OwnHousehold.as_view(), name="household"),
    path("household/contact/<int:pk>/", household.Contact.as_view(), name="contact"),
    path("households/<int:pk>/address/", household.ChangeAddress.as_view(), name="address"),
    path("households/<int:pk>/hide/", household.HideAddress.as_view(), name="hide_address"),
    path("households/<int:pk>/record/", record.HouseholdRecord.as_view(), name="household_record"),
    path("households/<int:pk>/adults/", record.AddAdult.as_view(), name="add_adult"),
    path("children/<int:pk>/", child.ChildPage.as_view(), name="child"),
    path("children/<int:pk>/looks/", child.WhoLooked.as_view(), name="who_looked"),
    path("children/<int:pk>/facts/", child.ChangeChild.as_view(), name="change_child"),
    path("children/<int:pk>/let-in/<int:guardian>/", grown.LetIn.as_view(), name="let_in"),
    path("children/<int:pk>/stop/<int:authority>/", grown.StopSeeing.as_view(), name="stop_seeing"),
    path("children/<int:pk>/move/<program:to>/", moving.MoveAway.as_view(), name="move"),
    path("releases/<int:pk>/take-back/", moving.TakeBack.as_view(), name="take_back"),
    path("children/<int:pk>/record/", record.ChildRecord.as_view(), name="child_record"),
    path("children/<int:pk>/authority/", rights.RecordAuthority.as_view(), name="record_authority"),
    path("children/<int:pk>/custody/", rights.RecordCustody.as_view(), name="custody"),
    path("children/<int:pk>/block/", rights.RecordBlock.as_view(), name="block"),
    path("children/<int:pk>/assign/", rights.Assign.as_view(), name="assign"),
    path("children/<int:pk>/alike/", duplicates.Alike.as_view(), name="alike"),
    path("children/<int:pk>/alike/<int:other>/", duplicates.Join.as_view(), name="join"),
    path("children/<int:pk>/apart/<int:other>/", duplicates.TellApart.as_view(), name="tell_apart"),
    path("apart/<int:pk>/take-back/", duplicates.TakeBackMark.as_view(), name="take_back_mark"),
    path("duplicates/", duplicates.LikelyDuplicates.as_view(), name="duplicates"),
    path("merges/<int:pk>/", merges.MergePage.as_view(), name="merge"),
    path("merges/<int:pk>/confirm/", merges.ConfirmMerge.as_view(), name="confirm_merge"),
    path("merges/<int:pk>/decline/", merges.DeclineMerge.as_view(), name="decline_merge"),
    path("merges/<int:pk>/undo/", merges.UndoMerge.as_view(), name="undo_merge"),
    path("authorities/<int:pk>/end/", rights.EndAuthority.as_view(), name="end_authority"),
    path("blocks/<int:pk>/end/", rights.EndBlock.as_view(), name="end_block"),
]
