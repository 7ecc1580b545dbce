"""The files that formats read: rows, JSON documents, attachments."""
