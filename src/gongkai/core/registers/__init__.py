"""The register of applications as a spreadsheet (申请登记台账, .xlsx or .csv): read, check row by row, write, template.

`read.read` finds the rows, `parse.parse` turns them into entries with reasons for what it refuses, `write` writes
entries so that reading gives them back, `template.template_xlsx` makes the empty sheet. Columns are data
(columns.toml).
"""
