"""Podcasts in the CMS."""

from wagtail import hooks

from knowledge.desk.first_page import register_events
from knowledge.desk.menus import addresses_of, menu_item
from podcasts import desk
from podcasts.hearing.report import DownloadsReport

hooks.register("construct_homepage_panels", desk.arrange, order=20)
register_events(desk.promised_days)
hooks.register("register_admin_urls", lambda: addresses_of(DownloadsReport))
hooks.register("register_reports_menu_item", menu_item(DownloadsReport, 190))
