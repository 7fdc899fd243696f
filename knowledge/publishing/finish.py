"""The end of a review. Apart from the rest because Wagtail imports it while its own models load."""

from typing import Any


def finish_workflow(workflow_state: Any, user: Any = None) -> None:
    """Publish what the reviewers approved, or say what stopped it."""
    from knowledge.publishing.schedule import publish_approved

    publish_approved(workflow_state, user)
