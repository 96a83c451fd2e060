"""How a person fills in the questions of a section, whatever their kind."""

LINES = "Demonstration text 示範文字. We measure first, then agree on three steps."
BY_KEY = {
    "contact_name": "Chan Tai Man 陳大文",
    "contact_post": "Manager",
    "contact_telephone": "+852 2000 0022",
    "contact_email": "tai.man@journey.example",
    "signatory_name": "Wong Siu Ling",
    "signatory_post": "Director",
    "verified": "no",
    "complaints": "no",
    "penalties": "no",
    "incidents": "no",
    "earlier": "no",
}
# One value per kind that is kept but stands in the way of "completed", and the start of what is said.
WRONG = {
    "telephone": "ring me",
    "email": "no address",
    "number": "many",
    "date": {"day": "31", "month": "2", "year": "2020"},
}
PROJECT = {
    "project_number": "J-01",
    "factory_name": "Demo Dyeing Works 示範染廠",
    "technology": "Heat recovery",
    "energy_kwh": "120,000",
}


def asked(section):
    """The questions that must be answered when every condition is answered with no."""
    return [each for each in section["questions"] if each["required"] and not each["only_if"]]


def wrong_for(section):
    """(question, value) to try first; None where a section has no question that can be answered wrongly."""
    return next(((each, WRONG[each["kind"]]) for each in asked(section) if each["kind"] in WRONG), None)


def data_of(section):
    """Answers that make the section complete, in the shape they are stored in."""
    return {each["key"]: _value(each) for each in asked(section)}


def answer(page, question, value=None):
    key, kind = question["key"], question["kind"]
    value = value if value is not None else _value(question)
    if kind == "date":
        date(page, key, value)
    elif kind in {"yes_no", "one_of"}:
        page.locator(f"input[name={key}][value={value}]").check()
    elif kind == "several_of":
        for code in value:
            page.locator(f"input[name={key}][value={code}]").check()
    elif kind == "declaration":
        page.locator(f"input[name={key}]").check()
    elif kind == "table":
        for column, text in value[0].items():
            page.locator(f"input[name={key}-0-{column}]").fill(text)
    else:
        page.locator(f"[name={key}]").fill(value)


def date(page, name, value):
    for part, text in value.items():
        page.locator(f"input[name={name}_{part}]").fill(text)


def _value(question):
    if question["key"] in BY_KEY:
        return BY_KEY[question["key"]]
    choices = [each["code"] for each in question["choices"]]
    return {
        "yes_no": "yes",
        "declaration": "yes",
        "table": [{column["code"]: "Demo" for column in question["columns"]}],
        "one_of": choices[:1] and choices[0],
        "several_of": choices[:2],
        "number": "１２",
        "date": {"day": "1", "month": "4", "year": "2016"},
        "long_text": LINES,
    }.get(question["kind"], "Demo")


def project(page):
    for name, text in PROJECT.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("select[name=city]").select_option("4419")
    for name, code in {"industry": "textiles", "project_type": "dp_i", "role": "lead"}.items():
        page.locator(f"input[name={name}][value={code}]").check()
    page.locator("input[name=progress][value=completed]").check()
    date(page, "started_on", {"day": "1", "month": "3", "year": "2024"})
