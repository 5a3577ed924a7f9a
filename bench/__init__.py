"""Times the portal's pages on its real server, against a state's worth of invented children.

    python -m bench [--size small|full] [--children N] [--fresh] [--only WORD]

Everything happens on this machine, on 127.0.0.1, in a database of its own under `.local/`.
"""
