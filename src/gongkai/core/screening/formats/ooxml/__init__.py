"""What .docx, .xlsx and .pptx share: the package, properties, pictures, charts, and text put back where it stood."""
