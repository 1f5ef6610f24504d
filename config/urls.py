"""The addresses of the product. Who may see what stands behind each of them is said in `tests/access/`."""

from allauth.account import views as account
from django.urls import path, register_converter
from django.urls.converters import IntConverter

from config import health
from desk import views as desk
from desk.admin import registers
from evaluation import views as evaluation
from evaluation.access import choose_password_page
from evaluation.pages import account as account_pages
from evaluation.pages import calendar, naming, timetable
from scoring import views as scoring


class IdConverter(IntConverter):
    """The id of a row: no more digits than any database has room for."""

    regex = "[0-9]{1,18}"


class YearConverter(IntConverter):
    """A year that has a page of its own: `calendar.FIRST` to `LAST`."""

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
    path("language/", evaluation.language, name="language"),
    path("cycles/<slug:cycle>/rankings/<slug:category>/", scoring.ranking_page, name="ranking"),
    path("cycles/<slug:cycle>/units/<id:unit>/", scoring.sheet_page, name="sheet"),
    path("cycles/<slug:cycle>/units/<id:unit>/beside/", scoring.beside_page, name="beside"),
    path("cycles/<slug:cycle>/units/<id:unit>/naming/", naming.naming_page, name="naming"),
    path("cycles/<slug:cycle>/naming/", naming.namings_page, name="namings"),
    path("cycles/<slug:cycle>/timetable/", timetable.timetable_page, name="timetable"),
    path("cycles/<slug:cycle>/timetable/<slug:phase>/", timetable.window_page, name="window"),
    path("cycles/<slug:cycle>/timetable/<slug:phase>/extend/", timetable.extend_page, name="extend"),
    path("calendar/", calendar.this_year, name="calendar"),
    path("calendar/enter/", calendar.enter_page, name="calendar_enter"),
    path("calendar/<year:year>/", calendar.year_page, name="calendar_year"),
    path("cycles/<slug:cycle>/runs/<id:number>/", scoring.run_page, name="run"),
    path("trail/", evaluation.trail_page, name="trail"),
    path("password/", choose_password_page, name="choose_password"),
    path("admin/", registers.urls),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("jobz", health.jobs, name="jobz"),
    path("health/", health.health_page, name="health"),
]
