"""A table that is imported and exported: its columns, and how a row of it reaches its service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources
from import_export.results import RowResult

from desk.admin.cells import in_each_language
from desk.admin.formats import Sheet
from evaluation.actor import Actor
from evaluation.services.registry import Ledger, record_import
from evaluation.verdict import Refused
from evaluation.words import for_reader

Row = Mapping[str, str]


class Column(fields.Field):  # type: ignore[misc]
    """A column: its heading in words, how it is read, how a row says it."""

    def __init__(self, name: str, title: str | Promise) -> None:
        super().__init__(attribute=name, column_name=name)
        self.title = title


class NotTaken(ValidationError):
    """A row that a rule refuses; `reason` says why, in both languages."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(for_reader(refused.reason))
        self.reason = refused.reason


class Difference:
    """What a row says before and after, cell by cell, without styles of its own."""

    def __init__(self, resource: ServiceResource, instance: Any, new: bool) -> None:
        self.before = resource.cells_of(instance)
        self.after: list[str] = []

    def compare_with(self, resource: ServiceResource, instance: Any) -> None:
        """Look at the row as it is now."""
        self.after = resource.cells_of(instance)

    def as_html(self) -> list[str]:
        """The cells; what is changed stands beside what it was."""
        return [
            after if before == after else format_html("<del>{}</del> <ins>{}</ins>", before, after)
            for before, after in zip(self.before, self.after, strict=True)
        ]


class ServiceResource(resources.ModelResource):  # type: ignore[misc]
    """Rows of a file, each handed to the service that the form calls; the whole file is one entry in the trail.

    Headings are understood in Chinese, in English and as the names of the columns.
    """

    needed: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()

    class Meta:
        clean_model_instances = True
        skip_unchanged = False
        use_transactions = True
        store_instance = True

    def __init__(self, actor: Actor | None = None) -> None:
        super().__init__()
        self.actor = actor
        self.ledger = Ledger()
        self.seen: set[tuple[str, ...]] = set()
        self.mark = 0
        for column in self.fields.values():
            column.column_name = str(column.title)

    def get_diff_class(self) -> type[Difference]:
        return Difference

    def cells_of(self, instance: Any) -> list[str]:
        """The cells of a row as they are written, in the order of the preview's headings."""
        return [str(self.said(instance, column.attribute)) for column in self.get_import_fields()]

    def before_import(self, dataset: Sheet, **kwargs: Any) -> None:
        """Give the headings their words in the reader's language; what is missing or unknown stops the import."""
        known = {word: column for column in self.fields.values() for word in self._headings(column)}
        unknown = [title for title in dataset.headers if title not in known]
        missing = [self.fields[name].column_name for name in self.needed if not self._there(name, dataset)]
        problems = [_("unknown column “%(title)s”") % {"title": title} for title in unknown]
        problems += [_("the column “%(title)s” is missing") % {"title": title} for title in missing]
        if problems:
            dataset.wipe()
            raise ValidationError(problems)
        dataset.headers = [known[title].column_name for title in dataset.headers]

    def _there(self, name: str, dataset: Sheet) -> bool:
        return bool(self._headings(self.fields[name]) & set(dataset.headers))

    def _headings(self, column: Column) -> set[str]:
        return {column.attribute, *in_each_language(column.title)}

    def _check_import_id_fields(self, headers: Any) -> None:
        """`before_import` has said it better."""

    def get_instance(self, instance_loader: Any, row: Row) -> Any:
        """The stored row that a row of the file speaks of."""
        try:
            return self.find(self._cells(row))
        except ValueError:
            return None  # said again, with its column, when the cells are read

    def before_import_row(self, row: Row, **kwargs: Any) -> None:
        self.mark = len(self.ledger.changes)

    def after_import_row(self, row: Row, row_result: Any, **kwargs: Any) -> None:
        """A row that changes nothing is passed over."""
        if len(self.ledger.changes) == self.mark:
            row_result.import_type = RowResult.IMPORT_TYPE_SKIP

    def import_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        """Read the cells, all of them, so that all that is wrong is said at once."""
        wrong: dict[str, str] = {}
        cells = self._cells(row)
        key = tuple(cells[name] for name in self.identity)
        if key in self.seen:
            wrong[str(self.fields[self.identity[0]].column_name)] = str(_("this stands in the file twice"))
        self.seen.add(key)
        for name in self.fields:
            if name in cells:
                try:
                    self._look_at(name, cells[name])
                    self.take(instance, name, cells[name])
                except ValueError as error:
                    wrong[str(self.fields[name].column_name)] = str(error)
        if wrong:
            raise ValidationError(wrong)

    def _look_at(self, name: str, cell: str) -> None:
        if name in self.needed and not cell:
            raise ValueError(_("this must be said"))

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """The cells alone are judged here; the row as a whole by its service, on what is stored."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        assert self.actor is not None
        try:
            self.keep(instance, self.actor)
        except Refused as refused:
            raise NotTaken(refused) from None
        except ValidationError as wrong:
            raise ValidationError(self._by_column(wrong)) from None

    def _by_column(self, wrong: ValidationError) -> Any:
        """The messages of a model under the headings of the file."""
        if not hasattr(wrong, "error_dict"):
            return wrong
        titles = {name: str(one.column_name) for name, one in self.fields.items()}
        return {titles.get(name, name): said for name, said in wrong.message_dict.items()}

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """With what its cells speak of, in one go."""
        return self.related(queryset)

    def related(self, queryset: Any) -> Any:
        """The rows with what their cells speak of."""
        return queryset

    def save_m2m(self, *args: Any, **kwargs: Any) -> None:
        """The service has written what is linked."""

    def after_import(self, dataset: Sheet, result: Any, **kwargs: Any) -> None:
        """Say rows by their numbers in the file; tell the trail of the whole."""
        for one in [*result.invalid_rows, *result.error_rows]:
            one.number = dataset.numbers[one.number - 1]
        result.invalid_rows.sort(key=lambda one: one.number)
        if self.ledger.changes and not result.has_errors() and not result.has_validation_errors():
            assert self.actor is not None
            file = str(kwargs.get("file_name") or "")
            record_import(self._meta.model(), self.ledger, file=file, sha256=dataset.sha256, actor=self.actor)

    def _cells(self, row: Row) -> dict[str, str]:
        return {name: row[one.column_name] for name, one in self.fields.items() if one.column_name in row}

    def export_field(self, field: Column, instance: Any, **kwargs: Any) -> Any:
        return self.said(instance, field.attribute)

    def find(self, cells: Row) -> Any:
        """The stored row, or None."""
        raise NotImplementedError

    def take(self, instance: Any, name: str, cell: str) -> None:
        """Read one cell into the row.

        Raises:
            ValueError: why it cannot be.
        """
        raise NotImplementedError

    def keep(self, instance: Any, actor: Actor) -> None:
        """Call the service."""
        raise NotImplementedError

    def said(self, instance: Any, name: str) -> Any:
        """One cell of the row as it is written."""
        return getattr(instance, name)
