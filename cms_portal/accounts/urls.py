"""The addresses of signing in, of one's own account, and of helping a family sign in."""

from django.urls import path, re_path

from cms_portal.accounts.views import contacts, office, own, reset, second_factor, sign_in, sign_up

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", sign_in.TypeCode.as_view(), name="account_confirm_login_code"),
    path("sign-in/pin/", sign_in.TypePin.as_view(), name="account_pin"),
    path("sign-in/staff/", sign_in.StaffSignIn.as_view(), name="account_staff_login"),
    path("sign-in/second/", second_factor.Authenticate.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", second_factor.SignInWithPasskey.as_view(), name="mfa_login_webauthn"),
    path("sign-out/", second_factor.SignOut.as_view(), name="account_logout"),
    path("sign-up/", sign_up.SignUp.as_view(), name="account_signup"),
    path("sign-up/code/", sign_up.SignUpCode.as_view(), name="account_signup_code"),
    path("sign-up/you/", sign_up.SignUpPerson.as_view(), name="account_signup_person"),
    path("forgot-pin/", reset.Reset.as_view(), name="account_reset_password"),
    path("forgot-pin/code/", reset.ResetCode.as_view(), name="account_reset_code"),
    path("forgot-pin/second/", reset.ResetSecond.as_view(), name="account_reset_second"),
    path("forgot-pin/new/", reset.ResetNew.as_view(), name="account_reset_new"),
    path("account/", own.Home.as_view(), name="account_home"),
    path("account/name/", own.Name.as_view(), name="account_name"),
    path("account/email/", contacts.Email.as_view(), name="account_change_email"),
    path("account/phone/", contacts.Phone.as_view(), name="account_change_phone"),
    path("account/contact-code/", contacts.ContactCode.as_view(), name="account_contact_code"),
    re_path(
        r"^account/remove/(?P<what>email|phone)/$",
        contacts.RemoveContact.as_view(),
        name="account_remove_contact",
    ),
    path("account/pin/", own.Pin.as_view(), name="account_change_password"),
    path("account/card/", own.OwnCard.as_view(), name="account_card"),
    path("account/card/print/", office.CardToPrint.as_view(), name="account_card_to_print"),
    path("account/places/", own.SignOutElsewhere.as_view(), name="account_sign_out_elsewhere"),
    path("account/keep/", own.KeepTyped.as_view(), name="account_keep_typed"),
    path("account/confirm/", second_factor.Confirm.as_view(), name="account_reauthenticate"),
    path("account/confirm/app/", second_factor.ConfirmWithApp.as_view(), name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey/",
        second_factor.ConfirmWithPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/second-step/", second_factor.SetUp.as_view(), name="account_second_factor"),
    path("account/app/", second_factor.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("account/app/remove/", second_factor.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("account/passkeys/add/", second_factor.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/", second_factor.NamePasskey.as_view(), name="mfa_edit_webauthn"
    ),
    path(
        "account/passkeys/<int:pk>/remove/",
        second_factor.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("staff/sign-in-help/", office.Help.as_view(), name="sign_in_help"),
    path("staff/sign-in-help/new/", office.NewPerson.as_view(), name="sign_in_help_new"),
    path(
        "staff/sign-in-help/guardian/<int:pk>/",
        office.CardForGuardian.as_view(),
        name="sign_in_help_guardian",
    ),
    path("staff/sign-in-help/card/<int:pk>/", office.CardAgain.as_view(), name="sign_in_help_card"),
]
