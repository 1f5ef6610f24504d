"""Import with a preview, and export: all of a file or nothing of it, and everything that is wrong said at once."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ImportForm
from import_export.tmp_storages import BaseStorage

from desk.admin.formats import Workbook
from desk.admin.table import NotTaken
from engine.text import Problems, Text
from evaluation.archives import MIB
from evaluation.services.registry import record_export
from evaluation.web import actor_of, ask_again, refuse
from evaluation.words import for_reader
from indicators.tables.limits import MAX_FILE_BYTES

_SALT = "desk.import"
_HOUR = 60 * 60
_ROW = Text("第 {row} 行：{why}", "row {row}: {why}")
_PREFIX = "evaluation-import-"


class Upload(ImportForm):  # type: ignore[misc]
    """The file; how much of it is looked at before it is read."""

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(_("the file is larger than %(limit)s MiB") % {"limit": MAX_FILE_BYTES // MIB})
        return file

    @property
    def media(self) -> forms.Media:
        return forms.Media()  # one format: nothing to guess


class Confirmed(ConfirmImportForm):  # type: ignore[misc]
    """What was previewed, and no other file of this machine: its name is signed."""

    def clean_import_file_name(self) -> str:
        try:
            name: str = signing.loads(self.cleaned_data["import_file_name"], salt=_SALT, max_age=_HOUR)
        except signing.BadSignature:
            raise forms.ValidationError(_("the preview is too old: choose the file again")) from None
        if not Waiting.path(name).exists():
            raise forms.ValidationError(_("this file has been imported, or is too old: choose it again"))
        return name


class Waiting(BaseStorage):  # type: ignore[misc]
    """A file between preview and confirmation, readable by this account of the machine only."""

    @staticmethod
    def path(name: str) -> Path:
        """Where it lies."""
        return Path(tempfile.gettempdir()) / os.path.basename(name)

    def save(self, data: bytes) -> None:
        self._sweep()
        handle, path = tempfile.mkstemp(prefix=_PREFIX)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        self.name = os.path.basename(path)

    def _sweep(self) -> None:
        """Take away what was previewed and never confirmed."""
        for left in self.path("").glob(f"{_PREFIX}*"):
            with suppress(OSError):
                if left.stat().st_mtime < time.time() - _HOUR:
                    left.unlink()

    def read(self) -> bytes:
        return self.path(self.name).read_bytes()

    def remove(self) -> None:
        self.path(self.name).unlink(missing_ok=True)


class Importing(ImportExportMixin):  # type: ignore[misc]
    """A register that is imported and exported as a whole."""

    formats = [Workbook]
    import_form_class = Upload
    confirm_form_class = Confirmed
    tmp_storage_class = Waiting
    skip_admin_log = True
    skip_export_form = True
    import_template_name = "admin/import.html"
    act: str  # as every register says

    def process_import(self, request: HttpRequest, **kwargs: Any) -> Any:
        """The confirmation; where it is weighty and came late, the way leads back to the choice of the file."""
        ask_again(request, self.act, back=self._address("import"))
        return super().process_import(request, **kwargs)

    def has_import_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_add_permission(request))

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_view_permission(request))

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {"actor": actor_of(request)}

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {}

    def get_export_data(self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any) -> Any:
        """The file, and an entry in the trail of who took how many rows of which choice."""
        rows = self.get_data_for_export(request, queryset, **kwargs)
        data = file_format.export_data(rows)
        record_export(
            self.model(),
            file=self.get_export_filename(request, queryset, file_format),
            sha256=hashlib.sha256(data).hexdigest(),
            rows=len(rows),
            form=file_format.get_extension(),
            asked={name: str(value) for name, value in request.GET.items() if value},
            actor=actor_of(request),
        )
        return data

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """What the list would show; a filter that it does not know goes back to the list, which says so."""
        try:
            response: HttpResponse = super().export_action(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{self._address('changelist')}?{ERROR_FLAG}=1")
        return response

    def _address(self, kind: str) -> str:
        return reverse("admin:{}_{}_{}".format(*self.get_model_info(), kind))

    def get_confirm_form_initial(self, request: HttpRequest, import_form: Any) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_confirm_form_initial(request, import_form)
        if initial:
            initial["import_file_name"] = signing.dumps(initial["import_file_name"], salt=_SALT)
        return initial

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        if not isinstance(e, Problems):
            raise e
        for problem in e.found:
            form.add_error("import_file", for_reader(problem))

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def import_action(self, request: HttpRequest, **kwargs: Any) -> Any:
        """The preview; what a rule says against a row of the file is a refusal like any other."""
        ask_again(request, self.act)
        response = super().import_action(request, **kwargs)
        if (result := response.context_data.get("result")) is not None:
            _tell_refusals(request, result)
        return response

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """What came up since the preview stops the whole file."""
        _tell_refusals(request, result)
        if result.has_errors() or result.has_validation_errors():
            messages.error(request, _("Nothing was imported: the data has changed since the preview. Import it again."))
            return HttpResponseRedirect(self._address("import"))
        response: HttpResponse = super().process_result(result, request)
        return response


def _tell_refusals(request: HttpRequest, result: Any) -> None:
    """One entry for a file: each reason once, with the first row that it is about."""
    first: dict[Text, int] = {}
    for row in result.invalid_rows:
        if isinstance(row.error, NotTaken):
            first.setdefault(row.error.reason, row.number)
    if first:
        said = [_ROW.format(row=row, why=why) for why, row in first.items()]
        refuse(request, Text("；".join(one.zh for one in said), "; ".join(one.en for one in said)))
