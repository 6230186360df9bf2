"""Words for files that are not taken."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "file_empty": _("The file is empty."),
    "file_too_large": _("The file is larger than %(megabytes)s MB."),
    "file_kind_not_taken": _(
        "This kind of file is not taken. Photos (JPEG, PNG, WebP, HEIC, GIF), PDF, Word, Excel and PowerPoint"
        " (docx, xlsx, pptx) and plain text are."
    ),
    "file_is_markup": _("Web pages, SVG drawings and scripts are not taken; send a photo or a PDF of them."),
    "file_is_two_things": _("The file hides a second file inside; save it anew and send it again."),
    "file_has_macros": _("Documents with macros are not taken; save it without macros and send it again."),
    "file_unpacks_too_large": _("The document is too large when unpacked; split it and send the parts."),
    "file_damaged": _("The file is damaged or incomplete; send it again or take the photo anew."),
    "photo_has_too_many_pixels": _("The photo has too many pixels; at most %(megapixels)s megapixels are taken."),
}
