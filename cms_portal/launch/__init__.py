"""What `make` runs: setting up a checkout, starting the portal, and what production refuses.

This file stays plain enough for any Python 3, so that an old one gets a sentence, not a traceback.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("Python 3.11 or newer is needed; this is %d.%d." % sys.version_info[:2])
