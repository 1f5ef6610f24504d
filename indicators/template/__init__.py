"""The empty workbook of a scheme, ready to be filled."""

from indicators.template.book import write_template

__all__ = ["write_template"]
