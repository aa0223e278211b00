"""Every address of the site. Addresses never change once published (CONTRACT.md section 3)."""

from allauth.account import views as allauth
from django.urls import path

from csplan.website.answers import addresses
from csplan.website.views import about, accounts, desk, home, import_urls, insight_urls, partnership_urls, report_it, setup_urls

handler400 = "csplan.website.views.errors.bad_request"
handler403 = "csplan.website.views.errors.not_allowed"
handler404 = "csplan.website.views.errors.not_found"
handler500 = "csplan.website.views.errors.broken"

urlpatterns = [
    path("", home.partnerships),
    path("index.json", home.partnerships),
    path("healthz", home.healthz),
    *setup_urls.urlpatterns,
    path("accounts/login/", accounts.SignIn.as_view(), name="account_login"),
    path("accounts/logout/", allauth.logout, name="account_logout"),
    path("accounts/inactive/", allauth.account_inactive, name="account_inactive"),
    path("accounts/try/", accounts.try_role, name="try_role"),
    *addresses("<slug:partnership>", home.home),
    *addresses("<slug:partnership>/report-it", report_it.show),
    *addresses("<slug:partnership>/about", about.about),
    *addresses("<slug:partnership>/accessibility", about.accessibility),
    *addresses("<slug:partnership>/privacy", about.privacy),
    path("<slug:partnership>/desk/", desk.today),
    *import_urls.urlpatterns,
    *insight_urls.urlpatterns,
    *partnership_urls.urlpatterns,
]
