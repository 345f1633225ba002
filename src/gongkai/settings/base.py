"""What every installation shares. Values that differ come from the environment through `env`."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from gongkai.core.deadlines import Conventions
from gongkai.core.law.answers import RowSettings
from gongkai.core.law.remedies import RemedySettings
from gongkai.infra import logs
from gongkai.settings import env

PACKAGE = Path(__file__).resolve().parent.parent
DATA = env.data_folder(Path.cwd() / ".var" / "data")

DEBUG = False
ALLOWED_HOSTS = env.names("GONGKAI_ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.names("GONGKAI_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "js_asset",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "gongkai.infra",
    "gongkai.ledger",
    "gongkai.accounts",
    "gongkai.agencies",
    "gongkai.files",
    "gongkai.vault",
    "gongkai.calendars",
    "gongkai.letters",
    "gongkai.search",
    "gongkai.catalogue",
    "gongkai.publications",
    "gongkai.handover",
    "gongkai.statutory_registers",
    "gongkai.applications",
    "gongkai.participation",
    "gongkai.disputes",
    "gongkai.annual_reports",
    "gongkai.compilations",
    "gongkai.campaigns",
    "gongkai.analysis",
    "gongkai.portal",
    "gongkai.desk",
]

MIDDLEWARE = [
    "gongkai.portal.keeping.KeptPages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.infra.headers.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongkai.infra.nul.NoNul",
]

ROOT_URLCONF = "gongkai.urls"
WSGI_APPLICATION = "gongkai.infra.wsgi.application"
FRONT = "gongkai.portal.front.Front"  # stands before Django and answers what is the same for everybody

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": env.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in: an account is given by the office, nobody registers alone.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "gongkai.accounts.sign_in.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_USER_DISPLAY = "gongkai.accounts.sign_in.display_name"
ACCOUNT_FORMS = {"login": "gongkai.accounts.sign_in_forms.SignIn"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "gongkai.accounts.second_factor.SealedAdapter"
MFA_FORMS = {
    "activate_totp": "gongkai.accounts.second_factor_forms.Activate",
    "authenticate": "gongkai.accounts.second_factor_forms.Authenticate",
    "reauthenticate": "gongkai.accounts.second_factor_forms.Reauthenticate",
}
MFA_TOTP_TOLERANCE = 1  # clocks of office machines drift: one step of 30 seconds either way
# Who must have a second factor before the desk opens: everybody, or the holders of the permissions named.
GONGKAI_REQUIRE_MFA = env.boolean("GONGKAI_REQUIRE_MFA", False)
GONGKAI_REQUIRE_MFA_OF = tuple(env.names("GONGKAI_REQUIRE_MFA_OF"))
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("username", "name", "email")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = env.integer("GONGKAI_SESSION_HOURS", 8, least=1) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "gongkai.portal.errors.stale_form"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# Files: bytes are kept under DATA/files by their hash; what is larger than the limit is refused before it is parsed.
GONGKAI_DATA = DATA
GONGKAI_UPLOAD_MAX_BYTES = env.integer("GONGKAI_UPLOAD_MAX_MB", 60, least=1) * 1024 * 1024
GONGKAI_UPLOAD_MAX_FILES = env.integer("GONGKAI_UPLOAD_MAX_FILES", 2000, least=1)
GONGKAI_READ_SECONDS = env.integer("GONGKAI_READ_SECONDS", 10, least=1)
GONGKAI_READ_MEGABYTES = env.integer("GONGKAI_READ_MEGABYTES", 500, least=100)
# Applications: files of one form, each and together; what the law leaves to the office as its own settings.
GONGKAI_APPLICATION_FILES = env.integer("GONGKAI_APPLICATION_FILES", 10, least=1)
GONGKAI_APPLICATION_FILE_BYTES = env.integer("GONGKAI_APPLICATION_FILE_MB", 20, least=1) * 1024 * 1024
GONGKAI_APPLICATION_FILES_BYTES = env.integer("GONGKAI_APPLICATION_FILES_MB", 60, least=1) * 1024 * 1024
GONGKAI_CORRECTION_DAYS = env.integer("GONGKAI_CORRECTION_DAYS", 15, least=1)  # working days to correct (Art. 30)
GONGKAI_EXCESS_PER_MONTH = env.integer("GONGKAI_EXCESS_PER_MONTH", 10, least=1)  # applications of one applicant (35)
GONGKAI_EXCESS_PER_YEAR = env.integer("GONGKAI_EXCESS_PER_YEAR", 50, least=1)
# The Regulations name no period for these: working days to give reasons (Art. 35), years to keep a case (Art. 45).
GONGKAI_REASONS_DAYS = env.integer("GONGKAI_REASONS_DAYS", 7, least=1)
# Messages from the public: working days to the reply. Only for questions is there a figure (检查指标: five).
GONGKAI_QUESTION_DAYS = env.integer("GONGKAI_QUESTION_DAYS", 5, least=1)
GONGKAI_COMMENT_DAYS = env.integer("GONGKAI_COMMENT_DAYS", 20, least=1)
GONGKAI_SUGGESTION_DAYS = env.integer("GONGKAI_SUGGESTION_DAYS", 20, least=1)
GONGKAI_RECTIFICATION_DAYS = env.integer("GONGKAI_RECTIFICATION_DAYS", 20, least=1)  # Art. 41
GONGKAI_RETENTION_YEARS = env.integer("GONGKAI_RETENTION_YEARS", 10, least=1)
GONGKAI_RETENTION_DISPUTED_YEARS = env.integer("GONGKAI_RETENTION_DISPUTED_YEARS", 30, least=1)
# Where the law or the forms are silent: readings of the clock, of remedies, of the rows of table 三. JSON objects.
GONGKAI_CLOCK = env.readings("GONGKAI_CLOCK", Conventions)
GONGKAI_REMEDIES = env.readings("GONGKAI_REMEDIES", RemedySettings)
GONGKAI_ROWS = env.readings("GONGKAI_ROWS", RowSettings)
# Table 四: a case once a year as it stands on 31 December, or each instance for itself; the notices do not say.
GONGKAI_DISPUTES_PER_INSTANCE = env.boolean("GONGKAI_DISPUTES_PER_INSTANCE", False)
# Working days to reply anew where the decision names no period (the law's period for a reply, Art. 33).
GONGKAI_REHANDLING_DAYS = env.integer("GONGKAI_REHANDLING_DAYS", 20, least=1)
# Publications: files of one edition; whether a normative document is signed only with a plan of its interpretation;
# how index numbers are made where an office has no template of its own.
GONGKAI_PUBLICATION_FILES = env.integer("GONGKAI_PUBLICATION_FILES", 30, least=1)
GONGKAI_PUBLICATION_FILE_BYTES = env.integer("GONGKAI_PUBLICATION_FILE_MB", 50, least=1) * 1024 * 1024
GONGKAI_INTERPRETATION = env.text("GONGKAI_INTERPRETATION", "") or "required"
GONGKAI_INDEX_TEMPLATE = env.text("GONGKAI_INDEX_TEMPLATE", "") or "{credit_code}/{year}-{serial:05d}"
# Search: the engine, and for how many days changes wait for an index elsewhere and words that were not found are kept.
GONGKAI_SEARCH = env.text("GONGKAI_SEARCH", "fts5") or "fts5"
if GONGKAI_SEARCH not in {"fts5", "tantivy"}:
    raise ImproperlyConfigured(f"GONGKAI_SEARCH={GONGKAI_SEARCH!r} is neither fts5 nor tantivy.")
GONGKAI_SEARCH_CHANGE_DAYS = env.integer("GONGKAI_SEARCH_CHANGE_DAYS", 30, least=1)
GONGKAI_SEARCH_SOUGHT_DAYS = env.integer("GONGKAI_SEARCH_SOUGHT_DAYS", 400, least=1)
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # form fields; files are streamed to disk and measured by us
DATA_UPLOAD_MAX_NUMBER_FILES = GONGKAI_UPLOAD_MAX_FILES
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
GONGKAI_TASK_STALE_SECONDS = env.integer("GONGKAI_TASK_STALE_SECONDS", 120, least=5)

# The portal: megabytes of ready pages in the memory of each serving process, 0 for none; the ten-digit mark of the
# site and the name that its pages carry in their meta tags (网站标识码).
GONGKAI_PAGE_CACHE_BYTES = env.integer("GONGKAI_PAGE_CACHE_MB", 64) * 1024 * 1024
GONGKAI_SITE_CODE = env.text("GONGKAI_SITE_CODE", "") or ""
GONGKAI_SITE_NAME = env.text("GONGKAI_SITE_NAME", "") or ""
# Where the public reaches this installation, for codes on letters and links in mail; empty: none are printed.
GONGKAI_PUBLIC_URL = env.text("GONGKAI_PUBLIC_URL", "") or ""
# Mail to staff; without a server none is sent.
EMAIL_HOST = env.text("GONGKAI_SMTP_HOST", "") or ""
EMAIL_PORT = env.integer("GONGKAI_SMTP_PORT", 465, least=1)
EMAIL_USE_SSL = env.boolean("GONGKAI_SMTP_SSL", True)
EMAIL_HOST_USER = env.text("GONGKAI_SMTP_USER", "") or ""
EMAIL_HOST_PASSWORD = env.text("GONGKAI_SMTP_PASSWORD", "") or ""
EMAIL_TIMEOUT = 20
GONGKAI_MAIL_FROM = (env.text("GONGKAI_MAIL_FROM", "") or EMAIL_HOST_USER) if EMAIL_HOST else ""
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
# The campaign of a year's reports: so many days before and after the last day whoever has not submitted is reminded,
# and after how many minutes reported and computed numbers are compared again (0: only when somebody asks).
GONGKAI_CAMPAIGN_REMIND_BEFORE = env.whole_numbers(
    "GONGKAI_CAMPAIGN_REMIND_BEFORE", env.names("GONGKAI_CAMPAIGN_REMIND_BEFORE", ("10", "3", "0")),
)
GONGKAI_CAMPAIGN_REMIND_AFTER = env.whole_numbers(
    "GONGKAI_CAMPAIGN_REMIND_AFTER", env.names("GONGKAI_CAMPAIGN_REMIND_AFTER", ("1", "5")),
)
GONGKAI_CAMPAIGN_COMPARE_MINUTES = env.integer("GONGKAI_CAMPAIGN_COMPARE_MINUTES", 15)
LOGGING_CONFIG = None
logs.configure(level=env.text("GONGKAI_LOG_LEVEL", "INFO") or "INFO")
