"""Addresses of transparency."""

app_name = "transparency"
urlpatterns = []
