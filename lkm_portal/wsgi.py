"""What gunicorn serves. A server must name its settings; the default is the strict."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lkm_portal.settings.production")
application = get_wsgi_application()
