import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from seminars.companies import company_key, fold_email, fold_name, registrable_domain, who_counts_with


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("a@example.com", "example.com"),
        ("a@mail.example.com", "example.com"),
        ("A@Example.COM.HK", "example.com.hk"),
        ("a@hk.example.com.hk", "example.com.hk"),
        ("a@dept.demo.gov.hk", "demo.gov.hk"),
        ("a@example.gd.cn", "example.gd.cn"),
        ("a@example.hk", "example.hk"),
        ("ａ@ｅｘａｍｐｌｅ.com", "example.com"),
    ],
)
def test_domain_is_the_one_that_somebody_registered(email, domain):
    assert registrable_domain(email) == domain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Demo Harbour Limited", "DEMO HARBOUR LTD."),
        ("Demo Harbour Co., Ltd.", "Demo Harbour Company Limited"),
        ("Ｄｅｍｏ　Ｈａｒｂｏｕｒ", "demo harbour"),
        ("示範藍港環境工程有限公司", "示范蓝港环境工程有限公司"),
        ("示範藍港環境工程（香港）有限公司", "示範藍港環境工程 (香港) 有限公司"),
        ("示范清流科技股份有限公司", "示範清流科技有限公司"),
    ],
)
def test_one_company_written_two_ways_has_one_key(one, other):
    assert fold_name(one) == fold_name(other)
    assert company_key(one, "x@gmail.com") == company_key(other, "y@qq.com")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Demo Harbour Limited", "Demo River Limited"), ("示範甲有限公司", "示範乙有限公司")],
)
def test_two_companies_have_two_keys(one, other):
    assert company_key(one, "x@gmail.com") != company_key(other, "x@gmail.com")


def test_address_of_the_company_counts_before_its_name():
    assert company_key("Demo Harbour", "a@harbour.example") == "domain:harbour.example"
    assert company_key("Something else", "b@mail.harbour.example") == "domain:harbour.example"


@pytest.mark.parametrize(
    "email",
    [
        "a@gmail.com",
        "a@yahoo.com.hk",
        "a@QQ.com",
        "a@163.com",
        "a@netvigator.com",
        "a@gmial.com",
        "a@yaho.com.hk",
    ],
)
def test_free_mail_says_nothing_about_the_company(email):
    assert company_key("Demo Harbour Ltd", email) == "name:demoharbour"


def test_name_that_is_only_a_legal_form_stays_a_key():
    assert fold_name("Limited") == "limited"
    assert fold_name("公司") == "公司"


@given(st.text(min_size=1).filter(str.strip))
def test_folding_a_name_twice_changes_nothing_more(name):
    assert fold_name(name)
    assert company_key(name, "a@gmail.com") == company_key(f" {name} ", "a@gmail.com")


def test_dots_and_plus_signs_are_other_peoples_addresses():
    assert fold_email(" Mei.Chan+x@Example.COM ") == "mei.chan+x@example.com"


def test_domain_in_chinese_and_as_the_name_system_writes_it_is_one():
    assert registrable_domain("a@例子.香港") == registrable_domain("b@xn--fsqu00a.xn--j6w193g")
    assert fold_email("Mei@例子.香港") == "mei@xn--fsqu00a.xn--j6w193g"
    assert registrable_domain("a@例子.公司.香港") != registrable_domain("a@別例.公司.香港")


@pytest.mark.parametrize("company", ["N/A", "Self-employed", "自僱", "个人", "個人", "-na-"])
def test_people_without_a_company_share_no_places(company):
    assert company_key(company, "a@gmail.com") == "person:a@gmail.com"
    assert company_key(company, "a@harbour.example") == "domain:harbour.example"


def test_domain_that_is_no_domain_still_gives_a_key():
    assert company_key("Demo", f"a@{'例' * 80}.example").startswith("domain:")
    assert fold_email("no address") == "no address"


@pytest.mark.parametrize(
    ("company", "email", "language", "words"),
    [
        ("Demo Harbour", "a@mail.example.com", "en", "everyone at example.com"),
        ("Demo Harbour", "a@mail.example.com", "zh-hant", "所有使用example.com電郵地址的人"),
        ("Demo Harbour", "a@mail.example.com", "zh-hans", "所有使用example.com电子邮件地址的人"),
        ("Demo Harbour", "a@例子.香港", "en", "everyone at 例子.香港"),
        ("Demo Harbour", "a@gmail.com", "en", "everyone who gave this name"),
        ("Demo: Harbour", "a@gmail.com", "zh-hant", "所有填寫此名稱的人"),
        ("n/a", "a@gmail.com", "en", "nobody else"),
        ("n/a", "a@gmail.com", "zh-hans", "不与他人合计"),
    ],
)
def test_key_of_a_company_is_said_in_words(company, email, language, words):
    with override(language):
        assert who_counts_with(company_key(company, email)) == words
