"""Pictures: what was uploaded is checked, cut to a square and written anew."""

import io
from pathlib import PurePath
from typing import Final

from PIL import Image, ImageOps

from servicekit.errors import Invalid

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_PIXELS: Final = 24_000_000
SIDE: Final = 512
FORMATS: Final = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}


class PictureRefused(Invalid):
    """The file is too large, or not the image that its name promises."""


def square(*, filename: str, data: bytes) -> tuple[bytes, str]:
    """Return a square picture of 512 px at the most and its type, without any metadata.

    Raises PictureRefused; how large it would be unpacked is checked before it is unpacked.
    """
    wanted = FORMATS.get(PurePath(filename).suffix.lower())
    if wanted is None:
        raise PictureRefused("Choose a PNG, JPEG or WebP file.", field="file")
    if not data or len(data) > MAX_BYTES:
        raise PictureRefused("A picture has 2 MB at the most and is not empty.", field="file")
    return _written(_cut(data, wanted=wanted))


def _cut(data: bytes, *, wanted: str) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=[wanted]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise PictureRefused("The picture has too many pixels.", field="file")
            image.load()
            upright = ImageOps.exif_transpose(image)
            side = min(*upright.size, SIDE)
            mode = "RGBA" if upright.has_transparency_data else "RGB"
            return ImageOps.fit(upright.convert(mode), (side, side))
    except PictureRefused:
        raise
    except Exception as fault:  # decoders raise a dozen kinds for broken files
        raise PictureRefused("This is not the image that its name says.", field="file") from fault


def _written(image: Image.Image) -> tuple[bytes, str]:
    target = io.BytesIO()
    if image.mode == "RGBA":
        image.save(target, "PNG", optimize=True)
        return target.getvalue(), "image/png"
    image.save(target, "JPEG", quality=88)
    return target.getvalue(), "image/jpeg"
