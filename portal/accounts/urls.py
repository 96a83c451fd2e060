from django.urls import path

from portal.accounts.views import company, members, own_data, registration, unsent, visits

app_name = "accounts"
urlpatterns = [
    path("", company.home, name="home"),
    path("after-sign-in/", visits.after_sign_in, name="after_sign_in"),
    path("your-details/", visits.your_details, name="profile"),
    path("your-details/data/", own_data.own_data, name="own_data"),
    path("your-details/data/order/", own_data.order, name="own_data_order"),
    path("your-details/data/<uuid:uuid>/", own_data.download, name="own_data_download"),
    path("your-details/erase/", own_data.erase, name="erase"),
    path("session/", unsent.session, name="session"),
    path("typed/<uuid:uuid>/", unsent.unsent_form, name="unsent"),
    path("typed/<uuid:uuid>/throw-away/", unsent.throw_away, name="unsent_throw_away"),
    path("register/", registration.register, name="register"),
    path("registered/", registration.registered, name="registered"),
    path("profile/", company.detail, name="company"),
    path("profile/change/", company.change, name="company_change"),
    path("members/invite/", members.invite, name="member_invite"),
    path("members/<uuid:person>/role/", members.role, name="member_role"),
    path("members/<uuid:person>/remove/", members.remove, name="member_remove"),
    path("members/<uuid:person>/hand-over/", members.hand_over, name="hand_over"),
    path("invitations/<uuid:invitation>/revoke/", members.revoke_invitation, name="invitation_revoke"),
    path("leave/", members.leave, name="leave"),
    path("join/<str:token>/", visits.join, name="join"),
]
