"""The desk's pages of applications: parse the request, call a query or an action, render."""
