"""Reports and findings for people and machines: drawn tables, terminal, HTML, SARIF, JSON lines."""
