"""A strict reader of podcast feeds: what breaks in some app is an error, what would serve listeners
better is advice. In Portuguese, for whoever has to put it right.

Sources: RSS 2.0, PSP-1, Apple's requirements, Podcasting 2.0 namespace, RFC 5005.
"""

from podcasts.checker.document import check
from podcasts.checker.findings import Finding, Level, errors_in
from podcasts.checker.wire import Answer, check_wire

__all__ = ["Answer", "Finding", "Level", "check", "check_wire", "errors_in"]
