"""Addresses of activities."""

app_name = "activities"
urlpatterns = []
