"""The API as a whole: its version, its document, its doors."""

from yiwang.channels.api.asking import PageAuth, TokenAuth
from yiwang.channels.api.documented import DocumentedAPI
from yiwang.channels.api.v1 import cases, files, items, me, notes, own_reports, places, posts, replies, reports, triage

api = DocumentedAPI(
    title="Yiwang",
    version="1",
    description="Errors are problem documents (RFC 9457) with a stable `code`. Issue a token on your account page.",
    auth=[TokenAuth(), PageAuth(csrf=True)],
    urls_namespace="api-1",
    docs_url="/docs",
)
api.add_router("/me", me.router)
api.add_router("/places", places.router)
api.add_router("/posts", posts.router)
api.add_router("/items", items.router)
api.add_router("/files", files.router)
api.add_router("/reports", reports.router)
api.add_router("/reports", own_reports.router)
api.add_router("/cases", cases.router)
api.add_router("/cases", notes.router)
api.add_router("/cases", replies.router)
api.add_router("/triage", triage.router)
