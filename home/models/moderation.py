from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page

from home import simplifying


class SecondPersonTask(AbstractGroupApprovalTask):
    """A page waits for somebody of these groups who is not the person who asked."""

    class Meta:
        verbose_name = _("publication by a second person")
        verbose_name_plural = _("publications by a second person")

    def get_actions(self, obj, user):
        """Nobody approves what one asked for oneself, nor a machine draft that nobody has read."""
        if self.is_asked_by(obj, user):
            return []
        actions = super().get_actions(obj, user)
        held = isinstance(obj, Page) and simplifying.unconfirmed(obj).exists()
        return [each for each in actions if not (held and each[0] == "approve")]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.exclude(workflow_state__requested_by=user)

    def on_action(self, task_state, user, action_name, **kwargs):
        """Wagtail's first screen goes on to the address that this returns, and tells nothing itself."""
        super().on_action(task_state, user, action_name, **kwargs)
        page = task_state.workflow_state.content_object
        return reverse("home_tell_decision", args=[page.pk]) if isinstance(page, Page) else None

    def is_asked_by(self, obj, user) -> bool:
        state = obj.current_workflow_state
        return bool(state and state.requested_by_id == user.pk)

    @classmethod
    def get_description(cls):
        return _("Somebody of the chosen groups publishes, never the person who asked")
