"""Short ways to write blocks down, as StreamField keeps them."""


def heading(text, anchor):
    return ("heading", {"text": text, "anchor": anchor})


def text(html):
    return ("text", html)


def table(caption, rows):
    """The first row and the first column are headers."""
    return (
        "table",
        {
            "data": rows,
            "cell": [],
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "table_header_choice": "both",
            "table_caption": caption,
        },
    )


def steps(*pairs):
    return ("steps", [{"title": title, "text": html} for title, html in pairs])


def timetable():
    """Of the round: its dates come from its rows."""
    return ("timetable", None)


def figure(number, what, as_of, source):
    return {"number": number, "what": what, "as_of": as_of, "source": source}


def figures(*rows):
    return ("figures", [figure(*row) for row in rows])


def details(summary, html):
    return ("details", {"summary": summary, "text": html})


def link(label, *, page="", path=""):
    """`page` is the key of another demonstration page; the loader puts the page of the same language in."""
    return {"label": label, "page": page, "path": path}


def call(title, words, to):
    return ("call_to_action", {"title": title, "text": words, "link": to})


def entry(icon, title, words, *links):
    return {"icon": icon, "title": title, "text": words, "links": list(links)}


def photo(image, description, caption):
    """`image` is the key of a drawing of ours."""
    return {"image": image, "description": description, "caption": caption}


def question(anchor, asked, answer):
    return {"anchor": anchor, "question": asked, "answer": answer}


def category(anchor, title, *questions):
    return {"anchor": anchor, "title": title, "questions": list(questions)}
