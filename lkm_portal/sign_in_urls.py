"""Addresses of signing in: the views of allauth that we offer, under our words.

Sign-up, e-mail, password reset by e-mail and the like are not offered, so they have no
address at all. Names stay those of allauth.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from boards.access import PUBLIC, SIGNED_IN, declare

own_account = RedirectView.as_view(pattern_name="boards:account_page")

urlpatterns = [
    path("masuk/", declare(account.login, PUBLIC), name="account_login"),
    path("keluar/", declare(account.logout, PUBLIC), name="account_logout"),
    path(
        "ulangi-sandi/",
        declare(account.reauthenticate, SIGNED_IN),
        name="account_reauthenticate",
    ),
    path("dua-langkah/", declare(own_account, SIGNED_IN), name="mfa_index"),
    path(
        "dua-langkah/masuk/",
        declare(second_factor.authenticate, PUBLIC),
        name="mfa_authenticate",
    ),
    path(
        "dua-langkah/ulangi/",
        declare(second_factor.reauthenticate, SIGNED_IN),
        name="mfa_reauthenticate",
    ),
    path(
        "dua-langkah/pasang/",
        declare(totp.activate_totp, SIGNED_IN),
        name="mfa_activate_totp",
    ),
    path(
        "dua-langkah/lepas/",
        declare(totp.deactivate_totp, SIGNED_IN),
        name="mfa_deactivate_totp",
    ),
    path(
        "dua-langkah/kode-cadangan/",
        declare(recovery.view_recovery_codes, SIGNED_IN),
        name="mfa_view_recovery_codes",
    ),
    path(
        "dua-langkah/kode-cadangan/baru/",
        declare(recovery.generate_recovery_codes, SIGNED_IN),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "dua-langkah/kode-cadangan/unduh/",
        declare(recovery.download_recovery_codes, SIGNED_IN),
        name="mfa_download_recovery_codes",
    ),
]

if settings.OIDC_SERVER:
    urlpatterns.append(path("dinas/", include("lkm_portal.sign_on_urls")))
