"""The desk's pages of annual reports: parse the request, call a query or an action, render."""
