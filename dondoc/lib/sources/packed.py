"""What goes wrong with packed files (Word, Excel), whoever made them."""

import zipfile
import zlib

# Everything that Python's reader raises for a file that is cut off, damaged or packed in a way that offices do not use
# (NotImplementedError is what it says of packings that it does not know).
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    KeyError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
