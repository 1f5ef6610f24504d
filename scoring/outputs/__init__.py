"""What people take away from a run: a workbook, a JSON document, text for a terminal."""
