"""Settings that hold everywhere; dev, test and production change a few lines."""

from pathlib import Path
from urllib.parse import urlsplit

import environ

from lkm_portal.settings.keyfile import read_or_make_key
from lkm_portal.settings.logs import log_settings
from lkm_portal.version import BUILT_ON  # noqa: F401  # read by boards.clock

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = env("SECRET_KEY", default="") or read_or_make_key(DATA_DIR / "secret.key")
# Personal numbers (NIK) are sealed with a key of their own, outside the database.
SEAL_KEY_FILE = DATA_DIR / "seal.key"
DEBUG = False
DEMO_MODE = False
# Of all demo accounts; opens nothing outside the demo.
DEMO_PASSWORD = "Musyawarah-2026"
EXTRA_HOSTS = env.list("ALLOWED_HOSTS", default=[])
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *EXTRA_HOSTS]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
USE_X_FORWARDED_HOST = False
# Addresses of our own proxies: only from them is X-Forwarded-For believed.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
# Printed on papers and in their QR codes.
PORTAL_URL = env("PORTAL_URL", default="http://localhost:8000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "import_export",
    "common",
    "boards",
    "members",
    "planning",
    "ledger",
    "deliberations",
    "activities",
    "loans",
    "reports",
    "transparency",
]

MIDDLEWARE = [
    "lkm_portal.middleware.client_address",
    "boards.middleware.request_identity",
    "django.middleware.security.SecurityMiddleware",
    "lkm_portal.middleware.content_security_policy",
    "lkm_portal.middleware.browser_rules",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lkm_portal.middleware.request_log",
    "lkm_portal.middleware.plain_address",
    "lkm_portal.middleware.body_limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "boards.middleware.account_rules",
]

ROOT_URLCONF = "lkm_portal.urls"
CSRF_FAILURE_VIEW = "lkm_portal.faults.no_token"
WSGI_APPLICATION = "lkm_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lkm_portal.frame.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/lkm.sqlite3")
}
ATOMIC_REQUESTS = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL, not NORMAL: in WAL mode NORMAL may lose acknowledged commits.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        "options": (
            "-c statement_timeout=30s -c lock_timeout=5s -c jit=off"
            " -c idle_in_transaction_session_timeout=60s"
        )
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counters of the sign-in brake survive a restart; `createcachetable` makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

AUTH_USER_MODEL = "boards.User"
AUTHENTICATION_BACKENDS = ["boards.backends.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_CHECKS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_CHECKS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "lkm_portal.passwords.MaximumLengthValidator"},
    {"NAME": f"{_CHECKS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_CHECKS}.CommonPasswordValidator"},
    {"NAME": f"{_CHECKS}.NumericPasswordValidator"},
    {"NAME": "lkm_portal.passwords.ContextWordsValidator"},
    {"NAME": "lkm_portal.passwords.DemoPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lkm_portal.adapter.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Failures count per account and address first, so that a locked account uses up
# nothing of what its office shares (the adapter puts the address into the key).
ACCOUNT_RATE_LIMITS = {
    "login": "100/m/ip",
    "login_failed": "5/5m/key,50/h/ip",
    "reauthenticate": "5/5m/user",
    "change_password": "5/m/user",
    # Not of accounts, but the same brake: checking papers, and printing them.
    "public_search": "60/m/ip",
    "paper": "30/m/user",
    "scans": "30/10m/user",
    "export": f"{env.int('EXPORTS_PER_HOUR', default=10)}/h/user",
}
ACCOUNT_FORMS = {
    "login": "lkm_portal.sign_in_forms.SignInForm",
    "reauthenticate": "lkm_portal.sign_in_forms.PasswordAgainForm",
}
MFA_ADAPTER = "lkm_portal.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "lkm_portal.sign_in_forms.SecondFactorForm",
    "reauthenticate": "lkm_portal.sign_in_forms.SecondFactorAgainForm",
    "activate_totp": "lkm_portal.sign_in_forms.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Portal LKM"
MFA_RECOVERY_CODE_COUNT = 10
# Roles of boards.roles.TOTP_ROLES need a second factor where this is on.
TOTP_ENFORCED = env.bool("TOTP_ENFORCED", default=False)
# Pages an account may open before it has its own password and second factor.
ACCOUNT_PATHS = ("/akun/", "/static/", "/sehat/")

# Sign-on of a Dinas: on as soon as its server is named.
OIDC_SERVER = env("OIDC_SERVER", default="")
OIDC_NAME = env("OIDC_NAME", default="Akun Dinas")
# Where the form of signing in may lead: the server, and others it sends people on to.
OIDC_ORIGINS = env.list("OIDC_ORIGINS", default=[])
if OIDC_SERVER:
    OIDC_ORIGINS += ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER))]
    INSTALLED_APPS += [
        "allauth.socialaccount",
        "allauth.socialaccount.providers.openid_connect",
    ]
    SOCIALACCOUNT_ADAPTER = "lkm_portal.sign_on.KnownPeopleAdapter"
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            # Who it is, and nothing else about them.
            "SCOPE": ["openid"],
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "dinas",
                    "name": OIDC_NAME,
                    "client_id": env("OIDC_CLIENT_ID"),
                    "secret": env("OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": OIDC_SERVER},
                }
            ],
        }
    }

# An account that does nothing for an hour signs in again; a day's work is 12 hours.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_ENGINE = "lkm_portal.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Name and values as in Django 6.0; NONCE is replaced by the nonce of the response.
_NONCE = "<CSP_NONCE_SENTINEL>"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'", _NONCE],
    "style-src": ["'self'", _NONCE],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    # Browsers hold the way on from a form to this list too.
    "form-action": ["'self'", *OIDC_ORIGINS],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}
# The camera is ours (photos of works); everything else is off.
PERMISSIONS_POLICY = "camera=(self), " + ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer autoplay browsing-topics display-capture"
        " encrypted-media fullscreen geolocation gyroscope hid idle-detection"
        " magnetometer microphone midi payment picture-in-picture"
        " publickey-credentials-get screen-wake-lock serial usb"
        " xr-spatial-tracking"
    ).split()
)

# Text of one form; files are not counted here, their limits stand per field.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Six photos of 10 MB and what is typed beside them; more is refused unread.
LARGEST_BODY = 64 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Texts a user may leave unsaved, and how long one that nobody touches is kept.
DRAFTS_PER_USER, DRAFT_DAYS = 200, 90

# Limits of uploads (docs/uploads.md), for what the browser did not make small first.
UPLOAD_PHOTO_BYTES = 10 * 1024 * 1024
UPLOAD_PDF_BYTES = 10 * 1024 * 1024
UPLOAD_TEXT_BYTES, UPLOAD_READ_SECONDS = 1024 * 1024, 20
UPLOAD_PHOTOS_AT_ONCE = 6
# A day's share of one user and of one board, and the pace of one user in ten minutes.
UPLOAD_USER_FILES, UPLOAD_USER_BYTES = 300, 150 * 1024 * 1024
UPLOAD_BOARD_FILES, UPLOAD_BOARD_BYTES = 600, 300 * 1024 * 1024
UPLOAD_PACE_FILES = 120
# Signed papers that come back: files and pages of one heap, up to how many pages a
# visitor waits for; heaps that a board leaves unsorted, and for how many days.
SCAN_FILES, SCAN_PAGES, SCAN_PAGES_WAITED = 20, 100, 10
SCAN_PDF_BYTES = 40 * 1024 * 1024
SCAN_STACKS, SCAN_DAYS = 10, 7
UPLOAD_DISK_RESERVE = 500 * 1024 * 1024

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Our own files only: nothing of the packages' (admin, previews) is ever shown.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
# Fonts of papers are for the press alone; squeezing them took most of a first start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    *"jpg jpeg png gif webp zip gz br woff woff2 ttf otf".split()
]
STORAGES = {
    "default": {
        "BACKEND": "boards.storage.DurableStorage",
        "OPTIONS": {"location": str(DATA_DIR / "files")},
    },
    "staticfiles": {"BACKEND": "lkm_portal.storage.HashedStatic"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Kind of chain link -> function that rebuilds its canonical record from the rows.
CHAIN_RECORDS = {
    "members.election_area": "members.records.area_record",
    "deliberations.meeting": "deliberations.records.meeting_record",
    "deliberations.rule": "deliberations.rule_records.version_record",
    "activities.report": "activities.records.report_record",
    "reports.paper": "reports.records.paper_record",
}
# Kind of chain link -> function that gives the rows which must have one.
CHAIN_SUBJECTS = {
    "members.election_area": "members.records.closed_areas",
    "deliberations.meeting": "deliberations.records.ratified_meetings",
    "deliberations.rule": "deliberations.rule_records.adopted_versions",
    "activities.report": "activities.records.approved_reports",
    "reports.paper": "reports.records.issued_papers",
}
# How often a process looks whether the clock is in doubt, for the notice on its pages.
CLOCK_LOOK_SECONDS = 300
# Summaries of the Dinas: their numbers, their paper, and how many an hour a user.
SUMMARY_NUMBER_PATTERN = env(
    "SUMMARY_NUMBER_PATTERN", default="600/{seq:03d}/Perkim/{year}"
)
SUMMARY_PAPER_SIZE = env("SUMMARY_PAPER_SIZE", default="a4")
EXPORTS_PER_HOUR = env.int("EXPORTS_PER_HOUR", default=10)
# Lists of what each app freezes in the database (boards/triggers.py).
FREEZING = [
    f"{app}.freezing.RULES"
    for app in (
        *("boards", "members", "ledger", "loans", "deliberations", "activities"),
        "reports",
    )
]
# What must agree with a book on a day, said by the rooms above it (ledger).
LEDGER_CHECKS = ["loans.cards.differences"]
# By the form of a voucher: who undoes what hangs from it, and who may refuse before.
LEDGER_REVERSALS = {
    "disbursement": "loans.services.take_back_payout",
    "instalment": "loans.services.take_back_receipt",
    "recovery": "loans.services.take_back_recovery",
    "reserve": "loans.services.take_back_reserve",
}
LEDGER_REVERSAL_CHECKS = {
    "disbursement": "loans.services.check_payout_undone",
    "instalment": "loans.services.check_receipt_undone",
}
# Functions of (book, month) that say what close of month reminds of; it goes on.
LEDGER_REMINDERS = ["loans.services.reserve_missing"]
# What changes with the day alone is counted anew every hour (run_jobs).
DAILY_COUNTS = ["loans.services.sweep_standings"]
# Functions that say which right a stored file asks for, by what uses it.
FILE_USES = [
    f"{app}.file_uses.permission_of"
    for app in ("members", "deliberations", "activities", "reports")
]
# Functions that say, in a sentence, what still needs a row before it is deleted.
ROW_USES = ["reports.row_uses.reason_to_keep"]
# What can be found by its words, one source a kind (boards/indexing.py).
SEARCH_SOURCES = [
    "deliberations.search.MEETINGS",
    "deliberations.search.DECISIONS",
    "deliberations.search.ACTIONS",
    "deliberations.rule_search.ARTICLES",
    "activities.search.ACTIVITIES",
    "reports.search_entries.SCANS",
]
SETTING_CITERS = ["deliberations.services.citing.cite_setting"]  # value to article
# Kind of job -> handler(job, progress) that does the work and returns an address.
JOB_HANDLERS = {
    "summary": "reports.jobs.make_summary",
    "paper": "reports.paper_jobs.issue_long_paper",
    "scans": "reports.scan_jobs.read_stack",
}

LOGGING = log_settings(env("LOG_LEVEL", default="INFO"))
