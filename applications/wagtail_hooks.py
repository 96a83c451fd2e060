from wagtail import hooks

from applications.admin.views import RoundViewSet, SectionViewSet


@hooks.register("register_admin_viewset")
def register_rounds():
    return [RoundViewSet(), SectionViewSet()]
