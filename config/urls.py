"""The addresses of the product. Who may see what stands behind each of them is said in `tests/access/`."""

from allauth.account import views as account
from allauth.mfa.recovery_codes.views import view_recovery_codes
from allauth.socialaccount.providers.openid_connect.views import callback
from django.conf import settings
from django.urls import path, register_converter
from django.urls.converters import IntConverter

from config import health
from desk import views as desk
from desk.admin import registers
from evaluation.accounts import second_factor as second
from evaluation.accounts.oidc import to_provider
from evaluation.pages import account as account_pages
from evaluation.pages import calendar, naming, timetable
from evaluation.pages import trail as evaluation
from evaluation.pages.choose_password import choose_password_page
from scoring import decision_pages as decisions
from scoring import views as scoring


class IdConverter(IntConverter):
    """The id of a row: no more digits than any database has room for."""

    regex = "[0-9]{1,18}"


class YearConverter(IntConverter):
    """A year that has a page of its own: `FIRST` to `LAST` of `evaluation.pages.calendar`."""

    regex = "2[01][0-9]{2}"


register_converter(IdConverter, "id")
register_converter(YearConverter, "year")

urlpatterns = [
    path("", desk.start, name="start"),
    path("account/", account_pages.account_page, name="account"),
    path("account/actings/<id:pk>/end/", account_pages.end_acting_page, name="end_acting"),
    path("notifications/", desk.notifications_page, name="notifications"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/second-factor/", second.Authenticate.as_view(), name="mfa_authenticate"),
    path("sign-in/again/", second.AskPassword.as_view(), name="account_reauthenticate"),
    path("sign-in/again/code/", second.AskCode.as_view(), name="mfa_reauthenticate"),
    path("sign-in/again/key/", second.AskKey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("account/security/", second.Account.as_view(), name="mfa_index"),
    path("account/security/password/", second.ChangePassword.as_view(), name="account_change_password"),
    path("account/security/app/", second.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("account/security/app/remove/", second.DeactivateApp.as_view(), name="mfa_deactivate_totp"),
    path("account/security/keys/add/", second.AddKey.as_view(), name="mfa_add_webauthn"),
    path("account/security/keys/<id:pk>/remove/", second.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("account/security/recovery-codes/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/security/recovery-codes/new/", second.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("language/", evaluation.language, name="language"),
    path("cycles/<slug:cycle>/rankings/<slug:category>/", scoring.ranking_page, name="ranking"),
    path("cycles/<slug:cycle>/units/<id:unit>/", scoring.sheet_page, name="sheet"),
    path("cycles/<slug:cycle>/units/<id:unit>/beside/", scoring.beside_page, name="beside"),
    path("cycles/<slug:cycle>/units/<id:unit>/naming/", naming.naming_page, name="naming"),
    path("cycles/<slug:cycle>/naming/", naming.namings_page, name="namings"),
    path("cycles/<slug:cycle>/timetable/", timetable.timetable_page, name="timetable"),
    path("cycles/<slug:cycle>/timetable/plan/", desk.plan_windows_page, name="plan_windows"),
    path("cycles/<slug:cycle>/timetable/<slug:phase>/", timetable.window_page, name="window"),
    path("cycles/<slug:cycle>/timetable/<slug:phase>/extend/", timetable.extend_page, name="extend"),
    path("calendar/", calendar.this_year, name="calendar"),
    path("calendar/enter/", calendar.enter_page, name="calendar_enter"),
    path("calendar/<year:year>/", calendar.year_page, name="calendar_year"),
    path("cycles/<slug:cycle>/runs/<id:number>/", scoring.run_page, name="run"),
    path("decisions/", decisions.decisions_page, name="decisions"),
    path("decisions/<id:pk>/", decisions.decision_page, name="decision"),
    path("decisions/<id:pk>/files/<id:file>/", decisions.decision_file_page, name="decision_file"),
    path("decisions/<id:pk>/files/<id:file>/remove/", decisions.remove_file_page, name="remove_file"),
    path("trail/", evaluation.trail_page, name="trail"),
    path("password/", choose_password_page, name="choose_password"),
    path("admin/", registers.urls),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("jobz", health.jobs, name="jobz"),
    path("health/", health.health_page, name="health"),
]

# Only where the city has a provider of its own (OIDC_URL).
by_provider = [
    path("sign-in/<slug:provider_id>/", to_provider, name="openid_connect_login"),
    path("sign-in/<slug:provider_id>/back/", callback, name="openid_connect_callback"),
]
if settings.OIDC_NAME:
    urlpatterns += by_provider
