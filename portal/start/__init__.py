"""The first run: from a fresh clone to a served portal. Works with nothing but Python's own library.

`python3 -m portal.start run` (that is `make run`) makes the environment and the assets and hands over to the
environment's Python, which prepares the database and serves.
"""
