"""Settings. Every value that an installation may choose comes through `environment`."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from yiwang import demo
from yiwang.plumbing.embedded.home import Home
from yiwang.plumbing.files.rules import MEGABYTE, Limits
from yiwang.plumbing.logs import configure_structlog, dict_config
from yiwang.plumbing.walls.policies import APP_ROLE
from yiwang.project import environment as env
from yiwang.project.basemap import base_map, hosts_of
from yiwang.project.secrets import installation_secret

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Home(env.home())
DEBUG = env.flag("YIWANG_DEBUG", default=False)
# Set by `yiwang run` while the installation holds the demonstration county: accounts anybody may try, loudly marked.
# It counts only as long as nobody real has an account (`people.demonstration`).
DEMONSTRATION = env.flag("YIWANG_DEMONSTRATION", default=False)
DEMONSTRATION_SIGN_INS = demo.SEATS if DEMONSTRATION else []
DEMONSTRATION_COUNTY = demo.COUNTY
# Whose account stands on no ground, and is invented all the same.
DEMONSTRATION_LOGINS = [demo.OPERATOR]
DEMONSTRATION_PASSWORD = demo.PASSWORD
SECRET_KEY = env.text("YIWANG_SECRET_KEY") or installation_secret(HOME.folder)
ALLOWED_HOSTS = env.words("YIWANG_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("YIWANG_ORIGINS")
HTTPS = env.flag("YIWANG_HTTPS", default=False)
# What seals secrets in the database: the newest key first, older ones behind it.
SEAL_KEYS = env.words("YIWANG_SEAL_KEYS") or [installation_secret(HOME.folder, "seal.key")]

INSTALLED_APPS = [
    "unfold",
    "yiwang.plumbing.walls",
    "yiwang.plumbing.freshness",
    "yiwang.plumbing.audit",
    "yiwang.plumbing.files",
    "yiwang.plumbing.worktime",
    "yiwang.plumbing.upkeep",
    "yiwang.places",
    "yiwang.people",
    "yiwang.catalogue",
    "yiwang.cases",
    "yiwang.proof",
    "yiwang.callbacks",
    "yiwang.formalism",
    "yiwang.workload",
    "yiwang.notices",
    "yiwang.past",
    "yiwang.retiming",
    "yiwang.shifts",
    "yiwang.supervision",
    "yiwang.triage",
    "yiwang.trial",
    "yiwang.replies",
    "yiwang.repeats",
    "yiwang.opinions",
    "yiwang.forms",
    "yiwang.meetings",
    "yiwang.insight",
    "yiwang.bulletins",
    "yiwang.topics",
    "yiwang.lists",
    "yiwang.spots",
    "yiwang.channels.web",
    "ninja",
    "yiwang.channels.admin",
    "yiwang.project",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "axes",
    "django_otp",
    "csp",
]
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "yiwang.project.urls"
WSGI_APPLICATION = "yiwang.project.wsgi.application"

MIDDLEWARE = [
    "yiwang.channels.probes.middleware.answer_probes",
    "yiwang.project.middleware.follow_requests",
    "yiwang.channels.api.edge.speak_plainly",
    "yiwang.project.pages.serve_programs",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "yiwang.channels.api.front.take_reports",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yiwang.project.pages.Policy",
    "yiwang.project.pages.Sessions",
    "yiwang.project.pages.Languages",
    "yiwang.project.pages.Addresses",
    "yiwang.project.pages.Forms",
    "yiwang.project.pages.SignedIn",
    "yiwang.project.pages.Messages",
    "axes.middleware.AxesMiddleware",
    "yiwang.channels.web.turned_away.SignInRequired",
    "yiwang.channels.web.gate.Gate",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yiwang.channels.web.asking.bar",
            ],
        },
    }
]

# The database
DATABASES = {"default": env.database(env.text("DATABASE_URL") or HOME.url)}
DATABASES["default"]["OPTIONS"] |= {  # type: ignore[operator]
    "assume_role": APP_ROLE,
    # Only statements that ask for it are prepared; Django's own never do.
    "prepare_threshold": 5,
    "pool": {
        "min_size": 1,
        "max_size": env.number("YIWANG_DATABASE_CONNECTIONS", 20),
        "timeout": 10,
    },
}
# Procrastinate finds a room's jobs in its module of that name.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Signing in
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "yiwang.people.backends.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "yiwang.people.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "yiwang.channels.web.turned_away.not_sent"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_USERNAME_FORM_FIELD = "username"  # the word in `authenticate`, not our column's
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_VERBOSE = False
# The map under ours; a policy opens its hosts and nothing else
BASE_MAP = base_map(
    env.text("YIWANG_MAP"), datum=env.text("YIWANG_MAP_DATUM").lower(), credit=env.text("YIWANG_MAP_CREDIT")
)
_TILES = hosts_of(BASE_MAP)
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_TILES],
        "connect-src": [SELF, *_TILES],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# Administration pages, in the accent and the greys of web/tokens.css
_SHADES = {50: "#f3f8fc", 100: "#e8f1f8", 200: "#c9dff0", 300: "#9cc5e3", 400: "#5f9fce", 500: "#2c7bb5"}
ACCENT = _SHADES | {600: "#0f5a94", 700: "#0d4d7f", 800: "#0c4069", 900: "#0b3557", 950: "#072238"}
_GREYS = {50: "#f6f7f8", 100: "#eef0f2", 200: "#dfe3e7", 300: "#c9ced4", 400: "#9aa3ad", 500: "#6b737d"}
GREY = _GREYS | {600: "#5b636d", 700: "#454b53", 800: "#363b42", 900: "#17191c", 950: "#101214"}
UNFOLD = {
    "SITE_TITLE": _("Yiwang"),
    "SITE_HEADER": _("Yiwang administration"),
    "SITE_URL": "/",
    "SITE_DROPDOWN": [{"icon": "arrow_back", "title": _("Back to the workplaces"), "link": "/"}],
    "SITE_SYMBOL": "grid_view",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("web/icon.svg")}],
    "ENVIRONMENT": "yiwang.channels.admin.site.environment",
    "COLORS": {"primary": ACCENT, "base": GREY},
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SIDEBAR": {"show_all_applications": False},
}

# Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = env.text("YIWANG_TIME_ZONE", "Asia/Shanghai")

# Static and uploaded files
STATIC_URL = "/static/"
STATIC_ROOT = HOME.folder / "static"
MEDIA_ROOT = HOME.files
STORAGES = {
    "default": env.files(env.text("YIWANG_FILES"), env.text("YIWANG_FILES_KEY"), env.text("YIWANG_FILES_SECRET")),
    "staticfiles": {"BACKEND": "yiwang.project.static.Storage"},
}
FILE_LIMITS = Limits(
    photo=env.number("YIWANG_PHOTO_MEGABYTES", 20) * MEGABYTE,
    document=env.number("YIWANG_DOCUMENT_MEGABYTES", 20) * MEGABYTE,
    pixels=env.number("YIWANG_PHOTO_MEGAPIXELS", 50) * 1_000_000,
)
# How often one address may call the API where nobody signs in; each web process counts for itself.
RATE_LIMIT = env.rate("YIWANG_RATE_LIMIT", "60/minute")
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# What goes out: e-mail, SMS by a gateway, and where a message's link leads. Nothing goes anywhere that is not named.
ADDRESS = env.address("YIWANG_ADDRESS")
NOTICE_SECONDS = env.number("YIWANG_NOTICE_SECONDS", 10)
NOTICE_DAYS = env.number("YIWANG_NOTICE_DAYS", 90)
_MAIL = env.mail(env.text("YIWANG_MAIL"))
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER = _MAIL["host"], _MAIL["port"], _MAIL["user"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL["starttls"], _MAIL["tls"]
EMAIL_HOST_PASSWORD = env.text("YIWANG_MAIL_PASSWORD")
EMAIL_TIMEOUT = NOTICE_SECONDS
MAIL_FROM = env.text("YIWANG_MAIL_FROM")
SMS_URL = env.address("YIWANG_SMS_URL")
SMS_TOKEN = env.text("YIWANG_SMS_TOKEN")
# A model outside that is asked for a second opinion, in the background: off unless an address and a model are named.
OUTSIDE_MODEL = {
    "address": env.address("YIWANG_MODEL"),
    "key": env.text("YIWANG_MODEL_KEY"),
    "model": env.text("YIWANG_MODEL_NAME"),
    "seconds": min(max(env.number("YIWANG_MODEL_SECONDS", 10), 1), 60),
}

# Metrics are for this machine, or for whoever knows the token.
METRICS_TOKEN = env.text("YIWANG_METRICS_TOKEN")
METRICS_ARE_SHARED = env.metrics_are_shared()

# Logs
configure_structlog()
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = dict_config(env.text("YIWANG_LOG_LEVEL", "INFO"), for_people=DEBUG)
