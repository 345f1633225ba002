"""The Regulations on government information disclosure (政府信息公开条例, Order 711) as dated data and pure functions.

`articles` (own words for tooltips), `applicants`, `answers` (kinds of answer → report row, letter, mandatory fields),
`fees`, `remedies`, `retention`, `excess`. Nothing here asks what day it is; what the statute leaves open is a setting.
"""
