"""Addresses of transparency."""

from django.urls import path

from transparency import views

app_name = "transparency"
urlpatterns = [
    path("publik/dana-bergulir/", views.fund_list, name="fund_list"),
    path("publik/<slug:board_slug>/dana-bergulir/", views.fund_page, name="fund_page"),
    path("v/", views.verify_form, name="verify_form"),
    path("v", views.verify_form, name="verify_form_bare"),
    path("v/<str:token>/", views.verify_page, name="verify_token"),
    path("v/<str:token>/<int:page>", views.verify_page, name="verify_page"),
    path("v/<str:token>/bandingkan/", views.verify_compare, name="verify_compare"),
    # Codes in QR are all capitals: it makes them smaller.
    path("V/<str:token>/<int:page>", views.verify_page, name="verify_capitals"),
]
