"""Writes the Word files of our own templates into content/documents/templates: `.venv/bin/python tools/word_templates.py`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.settings")

import django  # noqa: E402

django.setup()

from dondoc.documents.patterns.making import TEMPLATES, made  # noqa: E402

for code in TEMPLATES:
    written = ROOT / "content" / "documents" / "templates" / f"{code}.docx"
    written.write_bytes(made(code))
    print(written.relative_to(ROOT))
