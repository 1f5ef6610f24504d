"""Workbooks and folders of CSV files, read into raw tables; everything wrong is said at once, with its place."""

from indicators.tables.csv_folder import read_csv_file
from indicators.tables.source import read_tables
from indicators.tables.table import Area, Cell, Table, Tables, column_letters

__all__ = ["Area", "Cell", "Table", "Tables", "column_letters", "read_csv_file", "read_tables"]
