"""Django's settings, from the environment only (CONTRACT.md section 5).

A demonstration needs none of them. CSPLAN_HOSTS, the host names that people type, makes an installation a real one:
then a secret key of its own is asked for, cookies travel by https only, and debug is refused.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject

from csplan.errors import CsplanError
from csplan.website import RECORDS, data_folder, database, post
from csplan.website.secret import check_own_key, demonstration_key

HERE = Path(__file__).parent
DEBUG = os.environ.get("CSPLAN_DEBUG") == "1"
HOSTS = [host.strip() for host in os.environ.get("CSPLAN_HOSTS", "").split(",") if host.strip()]
IS_PRODUCTION = bool(HOSTS)
#: The partnership to show at `/` where an installation holds several; None for the only one.
PARTNERSHIP = os.environ.get("CSPLAN_PARTNERSHIP")

if IS_PRODUCTION and DEBUG:
    raise CsplanError("CSPLAN_HOSTS is set, and debug is on. Debug pages show secrets to anyone: unset CSPLAN_DEBUG.")

if IS_PRODUCTION:
    SECRET_KEY = check_own_key(os.environ.get("CSPLAN_SECRET_KEY", ""), data_folder())
else:
    # Made when first needed, so that reading the settings writes no file.
    SECRET_KEY = SimpleLazyObject(lambda: os.environ.get("CSPLAN_SECRET_KEY") or demonstration_key(data_folder()))

ALLOWED_HOSTS = HOSTS or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in HOSTS]
ROOT_URLCONF = "csplan.website.urls"
WSGI_APPLICATION = "csplan.website.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "csplan.records",
]
#: For how long a page that many ask for is kept: see `brief`.
PAGE_SECONDS = float(os.environ.get("CSPLAN_PAGE_SECONDS", "0"))
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csplan.website.brief.Brief",
    "csplan.website.middleware.Headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csplan.website.middleware.Page",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {"environment": "csplan.website.jinja.environment", "context_processors": ["csplan.website.context.page"]},
    }
]

DATABASES = {"default": database.described(data_folder() / RECORDS)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Words and time. Instants are kept in UTC; pages speak London's days.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# `make assets` gives every file a name with the hash of its content, so nothing is collected and browsers keep them for ever.
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\.[a-z0-9]+$"

# Who may come in. Sign-in, lock-outs and sessions keep the machine's time, not the partnership's.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "csplan.website.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"

# Post: alerts of danger go to the officer who is named. CSPLAN_SMTP is smtp://user:password@host:587 or, encrypted from the first byte, smtps://.
globals().update(post.described(os.environ.get("CSPLAN_SMTP", "")))
DEFAULT_FROM_EMAIL = os.environ.get("CSPLAN_MAIL_FROM", "csplan@localhost")
#: Where people find this installation, for words that leave it.
SITE_ADDRESS = os.environ.get("CSPLAN_ADDRESS") or (f"https://{HOSTS[0].lstrip('.')}" if HOSTS else "http://127.0.0.1:8000")
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # one lock only: axes, below
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # nobody can lock out a colleague from another machine
AXES_USERNAME_CALLABLE = "csplan.website.accounts.name_tried"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "csplan.website.accounts.locked_out"
AXES_VERBOSE = False
# What a refused form held is kept with the attempt: never its passwords and codes, not even mistyped ones.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "again", "word"]

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "csplan.website.views.errors.form_too_old"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What a page may load: our own files, and nothing inline.
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_PRODUCTION else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Faults go to standard error with their trace. Which public pages are read is not logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
