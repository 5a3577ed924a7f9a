from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cms_portal.accounts"
