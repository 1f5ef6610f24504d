"""The product's settings, as the tests run them: the local mode, on the database that DATABASE_URL names."""

import os
import tempfile
from pathlib import Path

os.environ |= {"DEBUG": "true", "SECRET_KEY": "", "ALLOWED_HOSTS": "", "LANGUAGE_CODE": "zh-hans"}

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, and nothing here is a secret
AUDIT_HEADS = Path(tempfile.mkdtemp(prefix="audit-heads-"))
FILES = Path(tempfile.mkdtemp(prefix="files-"))
WHITENOISE_AUTOREFRESH = True  # no collected files to look for
