"""Addresses of deliberations."""

app_name = "deliberations"
urlpatterns = []
