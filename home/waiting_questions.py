"""What the office proposed for the questions page, on the first screen of the editors who may publish it."""

from wagtail.admin.ui.components import Component

from home.models import FAQPage


class WaitingQuestions(Component):
    order = 90
    template_name = "home/admin/waiting_questions.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        pages = FAQPage.objects.filter(has_unpublished_changes=True, alias_of=None)
        pages = pages.select_related("locale", "latest_revision__user").order_by("locale_id")
        return {"pages": [page for page in pages if page.permissions_for_user(user).can_publish()]}


def show(request, panels):
    panels.append(WaitingQuestions())
