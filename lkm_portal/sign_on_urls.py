"""Addresses of the sign-on of a Dinas; there are none where it is off.

allauth makes the address of the way back from its name, `openid_connect_callback`.
"""

from django.urls import path

from lkm_portal import sign_on_views as views

urlpatterns = [
    path("", views.link_page, name="sign_on_page"),
    path("masuk/", views.sign_on, name="sign_on"),
    path("hubungkan/", views.link, name="sign_on_link"),
    path("lepas/", views.unlink, name="sign_on_unlink"),
    path(
        "kembali/",
        views.come_back,
        {"provider_id": "dinas"},
        name="openid_connect_callback",
    ),
]
