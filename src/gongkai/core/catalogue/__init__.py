"""The catalogue of what must be published, as rules and data without a database (Order 711, Arts. 12, 20 to 22, 26).

`skeleton` gives the statutory items of an organ, `limits` reads a time limit written in words, `freshness` says
whether an item is kept up to date, `standard_read` and `standard_write` read and write the grassroots standard
catalogue, `index_numbers` makes index numbers (索引号) from a template.
"""
