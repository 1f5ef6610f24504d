"""Django's settings. What differs from machine to machine comes from `environment.py`."""

import os
from datetime import timedelta
from urllib.parse import urlsplit

import environ

from config.environment import BASE_DIR, read_environment
from config.logs import logging_config
from config.passwords import DAYS, VALIDATORS

environ.Env.read_env(BASE_DIR / ".env")
_given = read_environment(os.environ)

DEBUG = _given.debug
SECRET_KEY = _given.secret_key
ALLOWED_HOSTS = _given.allowed_hosts

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "import_export",
    "evaluation",
    "indicators",
    "scoring",
    "appeals",
    "desk",
]
MIDDLEWARE = [
    "config.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "evaluation.web.RefusalMiddleware",
    "evaluation.accounts.sessions.SessionLimits",
    "evaluation.accounts.duties.Duties",
]
if _given.behind_proxy:
    MIDDLEWARE.insert(0, "config.proxy.ClientAddress")
ROOT_URLCONF = "config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "evaluation.context.of_every_page",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": _given.database_url}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Failures to sign in are counted here: in the database, so that a lock survives a restart and holds for every process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "evaluation.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = VALIDATORS[_given.password_rule]
PASSWORD_DAYS = DAYS[_given.password_rule]

# People sign in by a user name that the office gives them; nobody signs up. Every address asks for it (the middleware
# above), and who may see what is said in the `rules.py` of the apps.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "evaluation.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
CSRF_FAILURE_VIEW = "evaluation.pages.trail.without_token"

# Five failures lock an account (evaluation/accounts/lockout.py): the fifth is the one that the four of "failures" do
# not cover. Codes of a second factor are counted by "login_failed"; the limits by address stand before both. "refused"
# is how often an address that has not signed in is told to the trail, beyond signing in itself.
LOCKED_MINUTES = 15
ACCOUNT_RATE_LIMITS = {
    "login_failed": f"20/m/ip,5/{LOCKED_MINUTES}m/key",
    "failures": f"4/{LOCKED_MINUTES}m/key",
    "refused": "20/m/ip",
}

# The second factor: a code from an authenticator app, or a security key; recovery codes for when it is lost. One
# period before and after is good, too, since the clocks of phones are not exact.
SECOND_FACTOR_REQUIRED = _given.second_factor
MFA_ADAPTER = "evaluation.accounts.second_factor.Adapter"
MFA_FORMS = {
    "authenticate_webauthn": "evaluation.accounts.key_forms.Answer",
    "reauthenticate_webauthn": "evaluation.accounts.key_forms.AnswerAgain",
    "add_webauthn": "evaluation.accounts.key_forms.NewKey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "政府绩效评估"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG  # a browser takes this machine for safe without HTTPS

# How long a session lasts, and how long a password is not asked for again before a weighty act.
SESSION_IDLE_MINUTES = _given.session_idle_minutes
SESSION_HOURS = _given.session_hours
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60

# The city's own identity provider. It opens no account: whom it names must have one.
SOCIALACCOUNT_ADAPTER = "evaluation.accounts.oidc.Adapter"
OIDC_NAME = _given.oidc_name
OIDC_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(_given.oidc_url)) if _given.oidc_url else ""
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "city",
                "name": _given.oidc_name,
                "client_id": _given.oidc_client_id,
                "secret": _given.oidc_client_secret,
                "settings": {"server_url": _given.oidc_url},
            }
        ]
        if OIDC_ORIGIN
        else [],
    }
}

LANGUAGE_CODE = _given.language_code
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = not DEBUG
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Where number and hash of the last audit entry are kept outside the database, a file a day.
AUDIT_HEADS = _given.audit_heads

# Where the files of evidence are kept; they are served by the product alone, never by a web server.
FILES = _given.files

# An upload is refused by its size before it is put down anywhere.
FILE_UPLOAD_HANDLERS = [
    "evaluation.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# The passphrase by which backups are sealed; only `backup` and `restore` ask for it.
BACKUP_KEY = _given.backup_key

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
if not DEBUG:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

# Nothing from another origin, nothing inline: a page that needs either is written differently.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'", OIDC_ORIGIN] if OIDC_ORIGIN else ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"

# Production is reached over HTTPS alone.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _given.behind_proxy else None
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^jobz$"]  # asked by the machine next door
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SECURE_HSTS_SECONDS = 0 if DEBUG else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG

# Jobs: tasks take ids and can be done again, so a message is acknowledged only when its work is done, and given to
# another worker if the first dies. Without a broker the same tasks run at once, in the process that asks for them.
RUN_GRACE = timedelta(minutes=_given.run_grace_minutes)
TICK_GRACE = timedelta(minutes=_given.tick_grace_minutes)
CELERY_BROKER_URL = _given.redis_url or "memory://localhost//"
CELERY_TASK_ALWAYS_EAGER = not _given.redis_url
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 2 * RUN_GRACE.total_seconds(),  # the tick is quicker, unless it does not run
    "socket_connect_timeout": 5,
    "socket_timeout": 30,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0, "interval_step": 0.2}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {"tick": {"task": "desk.tasks.tick", "schedule": 60.0, "options": {"expires": 60}}}

# Mail: alarms go to the administrators.
EMAIL_BACKEND = _given.email_url["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _given.email_url["EMAIL_HOST"], _given.email_url["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _given.email_url["EMAIL_HOST_USER"], _given.email_url["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _given.email_url.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _given.email_url.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _given.email_from
ADMINS_MAIL = _given.admins_mail

# What goes wrong, and each request: JSON lines in production, something to read in the local mode.
LOGGING = logging_config(json_lines=not DEBUG)
