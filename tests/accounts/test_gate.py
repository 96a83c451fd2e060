import pytest

pytestmark = pytest.mark.django_db


def test_admin_opens_for_editor_with_second_factor(editor, client_for):
    assert client_for(editor).get("/admin/").status_code == 200
