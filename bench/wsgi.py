"""The portal's own entry point, measured."""

from bench.measured import measured
from cms_portal.wsgi import application as portal

application = measured(portal)
