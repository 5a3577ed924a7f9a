from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "cms_portal.families"

    def ready(self) -> None:
        from cms_portal.families import moving
        from cms_portal.families.release_parts import PARTS

        for part in PARTS:
            moving.register(part)
