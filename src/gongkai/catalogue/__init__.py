"""The catalogue of what must be published (政府信息公开目录): items, versions, freshness, coverage."""
