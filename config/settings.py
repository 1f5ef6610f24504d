"""Django's settings. What differs from machine to machine comes from `environment.py`."""

import os
from datetime import timedelta

import environ

from config.environment import BASE_DIR, read_environment
from config.logs import logging_config

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

AUTH_USER_MODEL = "evaluation.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# People sign in by a user name that the office gives them; nobody signs up. Every address asks for it (the middleware
# above), and who may see what is said in the `rules.py` of the apps.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "evaluation.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/15m/key"}
CSRF_FAILURE_VIEW = "evaluation.views.without_token"

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
        "form-action": ["'self'"],
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
CELERY_BROKER_URL = _given.redis_url or "memory://"
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
