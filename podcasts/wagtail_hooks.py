"""Podcasts in the CMS."""

from wagtail import hooks

from knowledge.desk.first_page import register_events
from podcasts import desk

hooks.register("construct_homepage_panels", desk.arrange, order=20)
register_events(desk.promised_days)
