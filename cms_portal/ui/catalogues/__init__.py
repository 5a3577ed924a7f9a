"""The Spanish catalogues: one per app, found in its Python files and its templates.

Pure Python, so that nobody needs GNU gettext. `manage.py messages` is the door for people.
"""
