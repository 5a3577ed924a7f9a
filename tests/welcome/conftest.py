"""What these tests share with those of offices."""

from tests.offices.conftest import _loaded, reference_data, sign_in

__all__ = ["_loaded", "reference_data", "sign_in"]
