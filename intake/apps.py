from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"

    def ready(self) -> None:
        from cms_portal.families import moving as families
        from cms_portal.families.actions.following import say_for
        from cms_portal.families.comparing import count_for_comparison
        from cms_portal.families.leading import lead_to
        from intake import leading, moving

        for way in leading.WAYS:
            lead_to(way)
        families.register(moving.HEALTH)
        families.when_a_case_closes(moving.close_what_is_open)
        say_for("one_open_application_per_child_and_household", moving.ONE_OPEN_APPLICATION)
        say_for("one_open_enrollment_of_a_household", moving.ONE_OPEN_ENROLLMENT)
        count_for_comparison(moving.OPEN_APPLICATIONS, moving.open_applications)
