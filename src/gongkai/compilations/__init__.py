"""Compiling an annual report from the records: figures with their lists, prose, signing, submitting, approving."""
