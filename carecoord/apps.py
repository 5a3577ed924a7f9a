from django.apps import AppConfig


class CarecoordConfig(AppConfig):
    name = "carecoord"
