"""The public announcement of 25 June 2025: every fact of it stands on the page of each language."""

import html
import re

import pytest
from django.core import mail
from django.urls import reverse

from portal.accounts.models import Role
from portal.mail import sender
from seminars.demo import afterwards, loading
from seminars.models import Seminar, SeminarPage, SignUp
from tests.services.people import person

FACTS = {
    "en": """Online sharing seminar|New Phase of Cleaner Production Partnership Programme (2025–2027)
        |launched in 2008|funding projects|promoting technology|Hong Kong-owned factories|Guangdong Province
        |cleaner production technologies and practices|Chief Executive|2024 Policy Address|HK$100 million
        |until 2027
        |green transformation|Hong Kong-invested manufacturers|national drive for high-quality development
        |new round|Partnership Programme
        |Hong Kong – Guangdong Cleaner Production Partners Recognition Scheme|14 May
        |Eligible environmental technology service providers
        |Hong Kong – Guangdong Cleaner Production Partners (Technology Service)|The Secretariat shares
        |Wednesday 25 June 2025|10:30 to 11:30, Hong Kong time|Online.|register online to attend
        |the link is sent later to the email address with which they registered|Putonghua and Cantonese
        |Secretariat of the Cleaner Production Partnership Programme|+852 2788 5588
        |event@cleanerproduction.hk
        |Rundown|10:30–11:15|Introduction of Cleaner Production Partnership Programme
        |“Hong Kong – Guangdong Cleaner Production Partners (Technology Service)” commendation
        |Sharing of experiences of applications for the new phase of the Cleaner Production
         Partnership Programme
        |11:15–11:30|Questions and answers|Enrolment|online form|For any enquiries
        |reserves the right to set a maximum number of participants from each company
        |actual registration situation|postponed or cancelled under the following circumstances
        |typhoon signal no. 8 or above, or a black rainstorm warning signal, is still in effect at 11:00
        |the Hong Kong Observatory announces the hoisting of typhoon signal no. 8 or above, or a black
         rainstorm warning signal, at 11:00 or later|unforeseen circumstances
        |will notify participants as soon as possible""",
    "tc": """網上分享會|清潔生產伙伴計劃新階段（2025–2027）|2008年|資助項目|推廣技術
        |香港及廣東省的港資工廠|清潔生產技術和作業方式
        |行政長官|2024年《施政報告》|1億港元|延續至2027年|港資製造商綠色轉型|國家高質量發展
        |新一輪「伙伴計劃」
        |「粵港清潔生產伙伴」標誌計劃|5月14日|合資格的環境技術服務供應商
        |「粵港清潔生產伙伴（技術服務）」標誌|秘書處會分享
        |2025年6月25日（星期三）|上午10時30分至上午11時30分，香港時間|網上舉行|須於網上登記
        |連結稍後發送至登記時填寫的電郵地址
        |普通話及粵語|清潔生產伙伴計劃秘書處|+852 2788 5588|event@cleanerproduction.hk|活動流程|10:30–11:15
        |清潔生產伙伴計劃簡介|清潔生產伙伴計劃新階段申請經驗分享|11:15–11:30|問答環節|報名|網上表格|如有查詢
        |按實際報名情況為每間公司設定參加人數上限|延期或取消
        |八號或以上熱帶氣旋警告信號，或黑色暴雨警告信號，於上午11時仍然生效
        |香港天文台於上午11時或之後宣布發出八號或以上熱帶氣旋警告信號，或黑色暴雨警告信號|其他不可預見的情況
        |盡快通知參加者""",
    "sc": """线上分享会|清洁生产伙伴计划新阶段（2025–2027）|2008年|资助项目|推广技术
        |香港和广东省的港资工厂|清洁生产技术和作业方式
        |行政长官|2024年《施政报告》|1亿港元|延续至2027年|港资制造商绿色转型|国家高质量发展|新一轮“伙伴计划”
        |“粤港清洁生产伙伴”标志计划|5月14日|符合资格的环境技术服务供应商
        |“粤港清洁生产伙伴（技术服务）”标志|秘书处会分享
        |2025年6月25日（星期三）|上午10时30分至上午11时30分，香港时间|线上举行|须在网上登记
        |链接稍后发送至登记时填写的电子邮件地址
        |普通话和粤语|清洁生产伙伴计划秘书处|+852 2788 5588|event@cleanerproduction.hk|活动流程|10:30–11:15
        |清洁生产伙伴计划简介|清洁生产伙伴计划新阶段申请经验分享|11:15–11:30|问答环节|报名|网上表格|如有疑问
        |按实际报名情况为每家公司设定参加人数上限|延期或取消
        |八号或以上热带气旋警告信号，或黑色暴雨警告信号，在上午11时仍然生效
        |香港天文台在上午11时或之后宣布发出八号或以上热带气旋警告信号，或黑色暴雨警告信号|其他不可预见的情况
        |尽快通知参加者""",
}


@pytest.fixture
def loaded(db):
    loading.load()


def words_of(response):
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    plain = html.unescape(re.sub(r"<(?:wbr|span|/span|time|/time|a|/a)\b[^>]*>", "", main))
    return " ".join(re.sub(r"<[^>]+>", " ", plain).split())


@pytest.mark.parametrize("prefix", FACTS)
def test_every_fact_of_the_announcement_stands_on_the_page(client, loaded, prefix):
    words = words_of(client.get(f"/{prefix}/events/new-phase-2025/"))
    facts = [" ".join(fact.split()) for fact in FACTS[prefix].split("|")]
    assert len(facts) > 35
    assert [fact for fact in facts if fact not in words] == []


@pytest.mark.parametrize("prefix", FACTS)
def test_it_is_past_closed_and_nobody_can_sign_up(client, loaded, prefix):
    page = client.get(f"/{prefix}/events/new-phase-2025/").content.decode()
    assert "/sign-up/" not in page and "cp-signup--closed" in page


@pytest.mark.parametrize(("prefix", "button"), [("en", "Sign up"), ("tc", "立即報名"), ("sc", "立即报名")])
def test_the_invented_one_is_open_and_says_that_it_is_invented(client, loaded, prefix, button):
    words = words_of(client.get(f"/{prefix}/events/demonstration-seminar/"))
    assert button in words
    assert any(said in words for said in ("is invented", "純屬虛構", "纯属虚构"))
    listed = words_of(client.get(f"/{prefix}/events/"))
    assert "2025" in listed and len(listed) > 100


def test_loading_twice_changes_nothing(loaded):
    before = (Seminar.objects.count(), SeminarPage.objects.count(), SignUp.objects.count())
    loading.load()
    assert (Seminar.objects.count(), SeminarPage.objects.count(), SignUp.objects.count()) == before
    assert before[:2] == (2, 6)
    assert set(SignUp.objects.values_list("state", flat=True)) == {"confirmed", "waiting"}


def test_past_invented_one_looks_as_if_it_had_been_announced_held_and_written_about(
    loaded, client_for, settings
):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    afterwards.load()
    while sender.send_due():
        pass
    past = Seminar.objects.get(uuid=afterwards.HELD)
    people = past.sign_ups.all()
    assert all(each.created_at < past.sign_up_closes_at for each in people)
    assert {each.attended_at for each in people} == {None, past.starts_at}
    page = client_for(person("organiser", role=Role.ORGANISER)).get(
        reverse("office_seminars:mails", args=[past.uuid])
    )
    rows = {row["label"]: (row["sent"], row["waiting"] + row["dropped"]) for row in page.context["rows"]}
    assert rows == {"Place confirmed": (5, 0), "Certificate of attendance": (3, 0)}
    sent = [each.subject for each in mail.outbox if past.title_en in each.subject]
    assert sent == [f"Your certificate of attendance: {past.title_en}"], "only certificates really leave"


@pytest.mark.parametrize("address", ["/en/events/new-phase-2025/", "/tc/events/demonstration-seminar/"])
def test_seminar_page_costs_at_most_fifteen_queries(client, loaded, django_assert_max_num_queries, address):
    client.get(address)
    with django_assert_max_num_queries(15):
        client.get(address)


def test_home_page_shows_the_next_seminar(client, loaded):
    assert "Demonstration seminar" in words_of(client.get("/en/"))
