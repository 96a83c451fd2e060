"""Ceremonies in English. Dates and numbers are from public pages; the pictures are drawings of ours."""

from home.demo.shapes import heading, photo, table, text

INDEX = {
    "title": "Award ceremonies",
    "lead": "Hong Kong and Guangdong present the labels together, often on the day of the joint working group.",
}
NO_PHOTOS = (
    "<p>This demonstration holds no photographs of the ceremony. The pictures are drawings made for it.</p>"
)

YEAR_2024 = {
    "title": "Award ceremony 2024",
    "summary": "215 labels were presented on the day on which the joint working group met.",
    "photos": [
        photo(
            "stage",
            "Drawing of seven people on a stage, each holding a plaque.",
            "Drawing, not a photograph: a group of awardees",
        ),
        photo(
            "certificate",
            "Drawing of a certificate with a seal and two lines to sign on.",
            "Drawing: Hong Kong and Guangdong sign each certificate",
        ),
        photo(
            "delta",
            "Drawing of a river that parts into many currents around green islands.",
            "Drawing: the delta that both sides share",
        ),
    ],
    "body": [
        heading("Labels of the year", "labels"),
        table(
            "Labels presented in 2024",
            [
                ["Category", "Labels"],
                ["Excellent Partners (Manufacturing)", "42"],
                ["Partners (Manufacturing)", "149"],
                ["Supply chain", "3"],
                ["Partners (Technology Service)", "21"],
            ],
        ),
        text(NO_PHOTOS),
    ],
}

YEAR_2015 = {
    "title": "Award ceremony 2015",
    "summary": "163 labels were presented, 13 of them for technology services.",
    "photos": [
        photo(
            "delta",
            "Drawing of a river that parts into many currents around green islands.",
            "Drawing, not a photograph: the delta that both sides share",
        ),
    ],
    "body": [
        heading("Labels of the year", "labels"),
        table(
            "Labels presented in 2015",
            [
                ["Category", "Labels"],
                ["Excellent Partners (Manufacturing)", "73"],
                ["Partners (Manufacturing)", "74"],
                ["Supply chain", "3"],
                ["Partners (Technology Service)", "13"],
            ],
        ),
        text(NO_PHOTOS),
    ],
}

PAGES = {"ceremonies": INDEX, "ceremony-2024": YEAR_2024, "ceremony-2015": YEAR_2015}
