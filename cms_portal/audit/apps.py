from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    name = "cms_portal.audit"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules
        from simple_history.signals import pre_create_historical_record

        from cms_portal.audit.tracking import stamp_history
        from cms_portal.database import after_migrate, before_migrate
        from cms_portal.database.actor import tell_the_database_who_acts

        autodiscover_modules("presenters")  # each app tells its own rows
        pre_create_historical_record.connect(stamp_history, dispatch_uid="stamp-history")
        connection_created.connect(tell_the_database_who_acts, dispatch_uid="tell-who-acts")
        # Once, before the first app: every table can then be made.
        pre_migrate.connect(before_migrate.run, sender=self, dispatch_uid="before-migrate")
        # Once, after the last app: every table then exists.
        post_migrate.connect(after_migrate.run, sender=self, dispatch_uid="after-migrate")
