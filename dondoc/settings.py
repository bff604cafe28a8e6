"""Settings, read once from the environment; a value that cannot be right stops the start with a sentence that says why.

Environment: DONDOC_DATABASE, DONDOC_VAR, DONDOC_SECRET_KEY, DONDOC_HOSTS, DONDOC_DEBUG, DONDOC_HTTPS,
DONDOC_ADDRESS, DONDOC_EMAIL_HOST, _PORT, _USER, _PASSWORD, _TLS, _FROM.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

HOME = Path(__file__).resolve().parent.parent
CONTENT = HOME / "content"
VAR = Path(os.environ.get("DONDOC_VAR", HOME / "var")).resolve()
VAR.mkdir(parents=True, exist_ok=True)


def _flag(name: str, default: str) -> bool:
    value = os.environ.get(name, default)
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 0 or 1.")
    return value == "1"


def _port(name: str, default: str) -> int:
    value = os.environ.get(name, default)
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise ImproperlyConfigured(f"{name} is {value!r}: write a number from 1 to 65535.")
    return int(value)


def _database(address: str) -> dict[str, Any]:
    """The database of an address: sqlite:///path or postgresql://user:password@host:port/name?host=/socket."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path)[1:],
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    if parts.scheme == "postgresql":
        query = dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path[1:],
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.get("host", parts.hostname or "")),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            # The roll-up's queries run for a millisecond or two, but name so many tables that trying every order of joining them, or
            # compiling them, takes ten times as long. Three at a time are still tried, so that simple queries lose nothing: a month
            # of a province took 81 ms in the place of 143, one figure 7 of 10. With 1 more of them would be faster yet, but a
            # condition "in the units below" would be read from the side of all figures.
            # Those that are asked again and again are planned only once (`dondoc/figures/asking.py`, the only prepared statements).
            "OPTIONS": {
                "options": "-c jit=off -c join_collapse_limit=3 -c from_collapse_limit=3 -c plan_cache_mode=force_generic_plan",
                "prepare_threshold": 1,
            },
        }
    raise ImproperlyConfigured(
        f"DONDOC_DATABASE begins with {parts.scheme!r}: write sqlite:///path or postgresql://user@host/name."
    )


def _secret_key() -> str:
    """The key from the environment, else one that was made at the first start and is kept beside the data."""
    given = os.environ.get("DONDOC_SECRET_KEY")
    if given:
        return given
    kept = VAR / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return kept.read_text(encoding="ascii")


SECRET_KEY = _secret_key()
DEBUG = _flag("DONDOC_DEBUG", "0")
HTTPS = _flag("DONDOC_HTTPS", "0")
ALLOWED_HOSTS = os.environ.get("DONDOC_HOSTS", "127.0.0.1,localhost").split(",")
DATABASES = {"default": _database(os.environ.get("DONDOC_DATABASE", f"sqlite:///{VAR / 'dondoc.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Ours come first, so that our templates and translations win over those of the libraries.
INSTALLED_APPS = [
    "dondoc.web",
    "dondoc.history",
    "dondoc.clock",
    "dondoc.organisations",
    "dondoc.accounts",
    "dondoc.documents",
    "dondoc.directives",
    "dondoc.regulations",
    "dondoc.obligations",
    "dondoc.figures",
    "dondoc.targets",
    "dondoc.reports",
    "dondoc.meetings",
    "dondoc.reminders",
    "dondoc.working_sessions",
    "dondoc.intake",
    "dondoc.drafting",
    "dondoc.reorganising",
    "dondoc.overview",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dondoc.clock.middleware.WorkingDayMiddleware",
    "dondoc.accounts.middleware.ActorMiddleware",
    "dondoc.web.middleware.PlainInputMiddleware",
    "dondoc.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "dondoc.urls"
WSGI_APPLICATION = "dondoc.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dondoc.overview.context.frame",
            ],
            "builtins": ["dondoc.web.templatetags.dondoc", "template_partials.templatetags.partials"],
        },
    }
]

# Time and language. The clock is Vietnam's; the working day comes from `dondoc.clock`.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# Sign-in.
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "dondoc.accounts.interrupted.csrf_failure"
ACCOUNT_ADAPTER = "dondoc.accounts.adapter.OfficeAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# A whole office may sign in from behind one address; guessing is slowed down per account name.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "10/5m/key,300/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# What a browser may do: nothing but what this server sends.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60

# Reminders by e-mail: only where a server is named. A server that is slow is given up after a while, and tried again later.
ADDRESS = os.environ.get("DONDOC_ADDRESS", "").rstrip("/")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("DONDOC_EMAIL_HOST", "")
EMAIL_PORT = _port("DONDOC_EMAIL_PORT", "587")
EMAIL_HOST_USER = os.environ.get("DONDOC_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("DONDOC_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = _flag("DONDOC_EMAIL_TLS", "1")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DONDOC_EMAIL_FROM", "dondoc@localhost")

# What follows from an act in another folder: each entry is called in this order.
ON_REORGANISED = [
    "dondoc.accounts.carry.on_reorganised",
    "dondoc.directives.carry.on_reorganised",
    "dondoc.targets.carry.on_reorganised",
    "dondoc.reports.carry.on_reorganised",
    "dondoc.meetings.carry.on_reorganised",
    "dondoc.obligations.carry.on_reorganised",
]
# What is summed by the tree and stored: each entry is entered before dated rows of units are written, and left after that.
AROUND_TREE = [
    "dondoc.figures.carry.around_tree",
]
TICK_STEPS = [
    "dondoc.directives.tick.step",
    "dondoc.reports.tick.step",
    "dondoc.obligations.tick.step",
    "dondoc.reminders.tick.step",
    "dondoc.accounts.tick.forget_answered",
]
# What people are reminded of: each is called with several people and the day, and answers items (`lib.reminders.Item`) with their accounts,
# in a number of queries that does not grow with the people.
REMINDERS = [
    "dondoc.directives.reminders.items",
    "dondoc.obligations.reminders.items",
    "dondoc.reports.reminders.items",
    "dondoc.meetings.reminders.items",
]

# Where evidence of duties is found: each is called with units and two days, and answers proofs (`lib.evidence.Proof`).
EVIDENCE = [
    "dondoc.directives.evidence.found",
    "dondoc.obligations.evidence.found",
    "dondoc.reports.evidence.found",
    "dondoc.meetings.evidence.found",
]
# Where the records of units may contradict themselves: each is called with units and two days, and answers suspicions (`obligations.doubts`).
DOUBTS = [
    "dondoc.meetings.doubts.found",
]
# Whoever writes what may be evidence calls these with the units and the act.
ON_EVIDENCE = [
    "dondoc.obligations.services.evidence_changed",
]

# What hangs on a post that is given up, and who may have a stored file: asked of the folders that know.
WHAT_A_POST_HOLDS = [
    "dondoc.directives.queries.held_by_post",
]
WHAT_A_DOCUMENT_CARRIES = [
    "dondoc.directives.carrying.carried_by_document",
]
# Where the numbers of an origin stand: called with the person and the figures, answers a place for each that it knows.
FIGURE_ORIGINS = {
    "article": "dondoc.working_sessions.queries.where_figures_stand",
    "report": "dondoc.reports.queries.where_figures_stand",
}
FIGURES_SENT = "dondoc.reports.sent_upward.sent_upward"
WHO_SEES_A_FILE = [
    "dondoc.drafting.queries.sees_file",
    "dondoc.directives.queries.sees_file",
    "dondoc.meetings.queries.sees_file",
    "dondoc.obligations.queries.sees_file",
    "dondoc.documents.registers.sees_file",
]

# Pasted text and files come through one door, which knows its own limits (dondoc.documents); these keep a form from filling the memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
