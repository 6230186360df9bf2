"""The API as a whole: its version, its document, its doors."""

from ninja import NinjaAPI

from yiwang.channels.api import problems
from yiwang.channels.api.asking import PageAuth, TokenAuth
from yiwang.channels.api.v1 import files, places

api = NinjaAPI(
    title="Yiwang",
    version="1",
    description="Errors are problem documents (RFC 9457) with a stable `code`. Issue a token on your account page.",
    auth=[TokenAuth(), PageAuth(csrf=True)],
    urls_namespace="api-1",
    docs_url="/docs",
)
problems.install(api)
api.add_router("/places", places.router)
api.add_router("/files", files.router)
