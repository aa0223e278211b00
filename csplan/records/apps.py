"""The minute book as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class RecordsConfig(AppConfig):
    """Puts the triggers that guard frozen rows back after every migrate."""

    name = "csplan.records"
    label = "records"
    verbose_name = "Records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from csplan.records import triggers

        # SQLite will not rename a table while a trigger names one that is being made again, so they step aside first.
        pre_migrate.connect(triggers.before_migrate, sender=self)
        post_migrate.connect(triggers.after_migrate, sender=self)
