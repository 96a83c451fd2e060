"""The English pages. Facts come from public pages about the programme; the sentences are ours."""

from home.demo.shapes import (
    call,
    details,
    entry,
    figure,
    figures,
    heading,
    link,
    steps,
    table,
    text,
    timetable,
)

HOME = {
    "title": "Home",
    "hero_title": "Cleaner factories on both sides of the delta",
    "hero_lead": (
        "Since April 2008 the programme has helped Hong Kong-owned factories in Hong Kong and Guangdong "
        "cut emissions, save energy and use less water."
    ),
    "actions": [
        link("Apply for the commendation", path="apply/"),
        link("About the programme", page="programme"),
    ],
    "entries_title": "What brings you here",
    "entries": [
        entry(
            "factory",
            "I run a factory",
            "Hong Kong-owned factories in Hong Kong and Guangdong can get support for new cleaner production "
            "technology.",
            link("What the programme funds", page="programme"),
            link("Questions and answers", page="faq"),
        ),
        entry(
            "leaf",
            "I provide environmental technology",
            "Providers who promote the programme and serve its factories well can be commended.",
            link("Who can apply, and how", page="scheme"),
            link("Start or continue an application", path="apply/"),
        ),
        entry(
            "people",
            "I want to hear more first",
            "Seminars explain the programme and the commendation; the Secretariat answers questions.",
            link("News", page="news"),
            link("Ask the Secretariat", page="contact"),
        ),
    ],
    "figures": [
        figure("2008", "programme launched", "18 April 2008", "Government press release"),
        figure("4,200+", "projects", "as of 31 October 2024", "joint working group meeting"),
        figure(
            "HK$100 million", "added to extend the programme to 2027", "October 2024", "2024 Policy Address"
        ),
        figure("21", "technology service providers commended", "in 2024", "joint working group meeting"),
    ],
}

PROGRAMME = {
    "title": "The programme",
    "seo_title": "About the programme",
    "lead": (
        "The Cleaner Production Partnership Programme helps Hong Kong-owned factories in Hong Kong and Guangdong "
        "to adopt cleaner production technologies and practices."
    ),
    "body": [
        heading("What it is for", "purpose"),
        text(
            "<p>Factories that produce more cleanly send less into the air and the water, use less energy and "
            "water, leave less solid waste, and often spend less. Volatile organic compounds and nitrogen oxides "
            "have special weight among the air pollutants.</p>"
            "<p>The Environmental Protection Department runs the programme. The Hong Kong Productivity Council "
            "carries it out and is its Secretariat.</p>"
        ),
        heading("From pilot to phase five", "history"),
        text(
            "<p>A pilot with 15 factories ran from November 2006 to October 2007. The programme itself was launched "
            "on 18 April 2008 and is now in its fifth phase.</p>"
        ),
        table(
            "Phases of the programme",
            [
                ["Phase", "Period", "Funds", "Support for a project"],
                [
                    "1",
                    "Launched 18 April 2008; first term to 20 January 2013",
                    "HK$93.06 million",
                    "Awareness, on-site assessment, demonstration, verification",
                ],
                [
                    "2",
                    "1 April 2013 to 31 March 2015",
                    "Not stated in our sources",
                    "Assessment 50%, up to HK$25,000\nDemonstration up to HK$300,000\nVerification up to HK$20,000",
                ],
                [
                    "3",
                    "Applications from 15 June 2015; to 31 March 2020",
                    "HK$150 million more",
                    "Assessment 50%, up to HK$28,000\nDemonstration 50%, up to HK$330,000",
                ],
                [
                    "4",
                    "To 31 March 2025",
                    "HK$311 million",
                    "Assessment 50%, up to HK$45,000\nProven technology 50%, up to HK$450,000\n"
                    "Research and innovation 50%, up to HK$650,000\nOrganisation support up to 90%",
                ],
                [
                    "5 (now)",
                    "2025 to 2027",
                    "HK$100 million more",
                    "New technology up to 50%, up to HK$650,000 or HK$750,000",
                ],
            ],
        ),
        text(
            "<p>Phase two widened the area from the Pearl River Delta to all of Guangdong. For the present phase "
            "public pages name the year 2027 as its end, without a day.</p>"
        ),
        heading("What is funded now", "funding"),
        text(
            "<p>The present phase supports <b>new cleaner production technologies</b>. The technology must stand on "
            "the programme’s technology list, or meet the rules for approving a new technology.</p>"
            "<ul><li>Support covers up to 50% of a project, at most <b>HK$650,000</b>.</li>"
            "<li>The ceiling is <b>HK$750,000</b> where the technology was developed by a Hong Kong institution, or "
            "jointly by Hong Kong and Guangdong institutions.</li></ul>"
        ),
        heading("Who can get funding", "eligibility"),
        text(
            "<p>A business registered in Hong Kong under the Business Registration Ordinance (Cap. 310) that has one "
            "of these:</p>"
            "<ul><li>a factory in Guangdong owned by an equity or co-operative joint venture with the business;</li>"
            "<li>a factory in Guangdong owned by a wholly foreign-owned enterprise of the business;</li>"
            "<li>a processing or compensation trade contract with the Mainland enterprise that runs a factory in "
            "Guangdong;</li>"
            "<li>a factory in Guangdong of a Mainland enterprise in which a Hong Kong resident holds more than 50%, "
            "if the same person holds at least 30% of the applicant;</li>"
            "<li>a factory in Hong Kong.</li></ul>"
        ),
        heading("Eight target industries", "industries"),
        table(
            "Target industries",
            [
                ["No.", "Industry"],
                ["1", "Chemical products"],
                ["2", "Food and beverage"],
                ["3", "Furniture"],
                ["4", "Metal and metal products"],
                ["5", "Non-metallic mineral products"],
                ["6", "Paper and paper products"],
                ["7", "Printing and publishing"],
                ["8", "Textiles"],
            ],
        ),
        text("<p>The Project Management Committee considers other industries case by case.</p>"),
        heading("Results so far", "results"),
        figures(
            ("2,400+", "funding applications approved", "as of 31 March 2015", "GovHK"),
            ("2,800+", "projects", "as of 27 October 2017", "Government news"),
            ("4,200+", "projects", "as of 31 October 2024", "joint working group meeting"),
        ),
        details(
            "Where these facts come from",
            "<p>Public pages of the programme, GovHK, InvestHK, Government press releases from 2008 to 2024 "
            "and a paper of the Legislative Council. Where a figure is not public we say so.</p>",
        ),
        call(
            "Do you serve these factories?",
            "Environmental technology service providers can apply for the Technology Service commendation.",
            link("About the recognition scheme", page="scheme"),
        ),
    ],
}

SCHEME = {
    "title": "Recognition scheme",
    "lead": (
        "The Hong Kong-Guangdong Cleaner Production Partners Recognition Scheme commends companies that produce "
        "cleanly or help others to. Hong Kong and Guangdong award it together."
    ),
    "body": [
        heading("Four categories", "categories"),
        text("<p>The scheme began in 2009. Only the last category takes applications in this portal.</p>"),
        table(
            "Categories of the scheme",
            [
                ["Category", "For whom"],
                ["Excellent Partners (Manufacturing)", "Factories, higher level"],
                ["Partners (Manufacturing)", "Factories"],
                ["Supply chain", "Companies that buy from factories"],
                ["Partners (Technology Service)", "Environmental technology service providers"],
            ],
        ),
        heading("What a provider does", "provider"),
        text(
            "<p>The Technology Service category was added in 2010. It commends environmental technology service "
            "providers that <b>actively promote the programme</b> and give <b>good service to the Hong Kong-owned "
            "factories</b> that take part in it. Your service record under the programme is therefore the heart of "
            "an application.</p>"
        ),
        heading("What you receive", "benefits"),
        text(
            "<ul><li>A certificate with its own number, signed jointly by the Environment and Ecology Bureau and the "
            "Department of Industry and Information Technology of Guangdong Province.</li>"
            "<li>The right to show the label during its validity, also on papers, name cards and promotion.</li>"
            "<li>The chance to share your experience at public events and in interviews.</li>"
            "<li>A place at the award ceremony and other activities.</li></ul>"
        ),
        heading("From application to award", "process"),
        steps(
            (
                "You apply",
                "<p>In this portal, while a round is open. You can read the whole form before you start.</p>",
            ),
            (
                "Documents are checked",
                "<p>The Secretariat checks what you sent and asks if something is missing.</p>",
            ),
            ("On-site assessment", "<p>The Secretariat assesses on site.</p>"),
            (
                "The review committee meets",
                "<p>It sees the criteria, the counts per category, the results of the checks and every special case, "
                "and settles a provisional list.</p>",
            ),
            (
                "Records are checked",
                "<p>The Guangdong side checks the proposed winners for violations and penalties.</p>",
            ),
            (
                "Public notice",
                "<p>The proposed list is published in Guangdong, so that anybody can object in writing.</p>",
            ),
            ("Confirmation", "<p>Both sides confirm the list and sign the numbered certificates.</p>"),
            (
                "Ceremony",
                "<p>Certificates are presented, often on the day of the yearly joint working group meeting.</p>",
            ),
        ),
        text(
            "<p>In August 2023 eight bodies took part in the committee’s meeting, from Hong Kong and from "
            "Guangdong.</p>"
        ),
        heading("Dates of the round", "dates"),
        timetable(),
        heading("Commended so far", "numbers"),
        table(
            "Awards by year",
            [
                ["Year", "Technology Service", "All categories"],
                ["2010", "20", "115"],
                ["2011", "20", "139"],
                ["2015", "13", "163"],
                ["2016", "16", "148"],
                ["2017", "16", "184"],
                ["2022", "13", "155"],
                ["2024", "21", "215"],
            ],
        ),
        text(
            "<p>Years for which we found only a proposed list, or no figure for this category, are left out.</p>"
        ),
        call(
            "Ready to apply?",
            "Read every question and see every document you need before you start.",
            link("Start or continue an application", path="apply/"),
        ),
    ],
}

NEWS_INDEX = {"title": "News", "lead": "What is new in the programme and the recognition scheme."}

NEWS_ROUND = {
    "title": "New round open for applications",
    "summary": "The programme and the recognition scheme accept applications from 14 May.",
    "body": [
        text(
            "<p>The new round of the Cleaner Production Partnership Programme and of the Hong Kong-Guangdong Cleaner "
            "Production Partners Recognition Scheme began to accept applications on 14 May 2025.</p>"
            "<p>Eligible environmental technology service providers can apply for the Technology Service "
            "commendation. The Secretariat planned an online seminar for 25 June 2025 to share experience of applications.</p>"
        ),
        call(
            "Who can be commended?",
            "Purpose, benefits and the way from application to award.",
            link("About the recognition scheme", page="scheme"),
        ),
    ],
}

NEWS_AWARDS = {
    "title": "215 labels awarded, 21 of them for technology services",
    "summary": "Hong Kong and Guangdong presented the awards of 2024.",
    "body": [
        text(
            "<p>The joint working group of Hong Kong and Guangdong met on 31 October 2024. On the same day the awards "
            "of 2024 were presented: 42 to Excellent Partners and 149 to Partners in manufacturing, 3 in the supply "
            "chain category and 21 to technology service providers.</p>"
            "<p>By then the programme had passed 4,200 projects.</p>"
        )
    ],
}

NEWS_EXTENSION = {
    "title": "HK$100 million more, and on to 2027",
    "summary": "The 2024 Policy Address extends the programme.",
    "body": [
        text(
            "<p>In the 2024 Policy Address the Chief Executive announced another HK$100 million for the Cleaner "
            "Production Partnership Programme, which goes on until 2027.</p>"
            "<p>The new phase supports new cleaner production technologies, up to 50% of a project and at most "
            "HK$650,000, or HK$750,000 for technology developed by a Hong Kong institution or jointly by Hong Kong and "
            "Guangdong institutions.</p>"
        ),
        call(
            "What is funded now",
            "Ceilings, industries and who can apply.",
            link("About the programme", page="programme"),
        ),
    ],
}

PAGES = {
    "home": HOME,
    "programme": PROGRAMME,
    "scheme": SCHEME,
    "news": NEWS_INDEX,
    "news-round": NEWS_ROUND,
    "news-awards": NEWS_AWARDS,
    "news-extension": NEWS_EXTENSION,
}
