"""Statutory letters (文书): templates, numbers, .docx and PDF, verification."""
