"""The English pages that serve: questions, contact and the two statements."""

from home.demo.shapes import call, category, heading, link, question, text

DRAFT = "Draft for the Secretariat to confirm. Nothing on this page has been approved yet."

FAQ = {
    "title": "Questions",
    "seo_title": "Questions and answers",
    "lead": "Short answers to what providers, factories and seminar guests ask.",
    "categories": [
        category(
            "commendation",
            "The Technology Service commendation",
            question(
                "who-is-it-for",
                "Who is it for?",
                "<p>Environmental technology service providers that actively promote the programme and serve the Hong "
                "Kong-owned factories in it well. Companies from Hong Kong and from the Mainland have been commended."
                "</p>",
            ),
            question(
                "what-do-we-receive",
                "What does a commended provider receive?",
                "<p>A numbered certificate signed by both sides, the right to show the label during its validity, and "
                "invitations to the ceremony and other activities.</p>",
            ),
            question(
                "how-long-valid",
                "How long is the label valid?",
                "<p>Each label has a period of validity; please see the certificate.</p>",
            ),
            question(
                "who-decides",
                "Who decides?",
                "<p>A review committee with members from Hong Kong and Guangdong settles a provisional list. After a "
                "check of penalty records and a public notice both sides confirm it.</p>",
            ),
        ),
        category(
            "applying",
            "Applying in this portal",
            question(
                "account",
                "Do I need an account?",
                "<p>To apply, yes: register with your email address, then add your company. To look at the questions of "
                "a round or to sign up for a seminar you need none.</p>",
            ),
            question(
                "several-people",
                "Can several colleagues work on one application?",
                "<p>Yes. The owner of the company’s account invites colleagues and says who may look, write or submit. "
                "Two people may work on different sections at the same time.</p>",
            ),
            question(
                "come-back-later",
                "Can I stop and come back later?",
                "<p>Yes. What you typed and uploaded stays. The task list shows what is still missing and when the "
                "round closes, in Hong Kong time.</p>",
            ),
            question(
                "after-submitting",
                "What happens after I submit?",
                "<p>You get a receipt with a reference number, on the screen and by email. If something is unclear, the "
                "Secretariat asks you in the portal and tells you by email until when it needs the answer.</p>",
            ),
        ),
        category(
            "programme",
            "Programme and seminars",
            question(
                "what-is-funded",
                "What does the present phase fund?",
                "<p>New cleaner production technologies: up to 50% of a project and at most HK$650,000, or HK$750,000 "
                "for technology developed by a Hong Kong institution or jointly by Hong Kong and Guangdong "
                "institutions.</p>",
            ),
            question(
                "my-industry",
                "My industry is not among the eight. Can I still ask?",
                "<p>Yes. The Project Management Committee considers other industries case by case.</p>",
            ),
            question(
                "seminar-sign-up",
                "How do I sign up for a seminar?",
                "<p>On the seminar’s page, without an account. You get an email with your own page, where you can correct "
                "your details or cancel.</p>",
            ),
            question(
                "seminar-weather",
                "What if there is a typhoon or a black rainstorm?",
                "<p>Each seminar’s page states its own arrangement. If a seminar is postponed, cancelled or moved "
                "online, everybody who signed up is told by email.</p>",
            ),
        ),
    ],
}

CONTACT_PAGE = {
    "title": "Contact",
    "seo_title": "Contact the Secretariat",
    "lead": "Write or call: the Secretariat answers questions about the programme, the commendation and this portal.",
    "body": [
        text(
            "<p><b>This is a demonstration.</b> The telephone number, the email address and the postal address on this "
            "page are invented. Nobody reads what is sent there.</p>"
        ),
        heading("What to have at hand", "at-hand"),
        text(
            "<ul><li>About an application: its reference, as it stands on the receipt.</li>"
            "<li>About a seminar: its title and date.</li>"
            "<li>About the site: the address of the page, and what you expected to see.</li></ul>"
        ),
        heading("About your personal data", "personal-data"),
        text("<p>You may ask what we hold about you and have it corrected.</p>"),
        call(
            "Privacy statement",
            "What we collect, for what, who sees it and how long it is kept.",
            link("Read the privacy statement", page="privacy"),
        ),
    ],
}

PRIVACY = {
    "title": "Privacy",
    "seo_title": "Privacy statement",
    "lead": "What personal data this portal collects, for what, who sees it and how long it is kept.",
    "notice": DRAFT,
    "body": [
        heading("Who collects, and for what", "purpose"),
        text(
            "<p>The Secretariat of the programme collects personal data under the Personal Data (Privacy) Ordinance "
            "(Cap. 486), and only for:</p>"
            "<ul><li>checking, assessing and deciding applications for the commendation, and issuing certificates;</li>"
            "<li>running seminars: places, reminders, changes and materials;</li>"
            "<li>answering what you ask;</li>"
            "<li>keeping accounts safe.</li></ul>"
        ),
        heading("What you must give", "obligatory"),
        text(
            "<p>Fields not marked “optional” are needed. Without them we cannot keep an account, handle an application "
            "or hold a seminar place. Each form links to the statement that fits it.</p>"
        ),
        heading("Who may see it", "transferees"),
        text(
            "<p>As far as their task needs it: the Environmental Protection Department, the Environment and Ecology "
            "Bureau, the Department of Industry and Information Technology, the Department of Ecology and Environment "
            "and the Department of Science and Technology of Guangdong Province, other review bodies in Guangdong, "
            "members of the review committee, and contractors bound by contract.</p>"
            "<p>Names of commended companies are published. Personal data of applicants and seminar guests is not.</p>"
        ),
        heading("How long we keep it", "retention"),
        text(
            "<p>Proposed periods, to be confirmed:</p>"
            "<ul><li>drafts never submitted: 12 months after the round;</li>"
            "<li>applications without an award: 2 years after the result;</li>"
            "<li>applications with an award: the validity of the label and 7 years more;</li>"
            "<li>seminar sign-ups: 12 months after the seminar;</li>"
            "<li>technical logs: 2 years.</li></ul>"
        ),
        heading("Your rights", "rights"),
        text(
            "<p>You may ask for a copy of your data and have it corrected. We answer within 40 days, or say in writing "
            "within that time why we cannot. A fee, if any, is not excessive.</p>"
        ),
        heading("News about our activities", "promotion"),
        text(
            "<p>We send invitations only to people who ticked the box for it; it is never ticked in advance. Every such "
            "mail says how to stop, at no cost. We give no data to others for their marketing.</p>"
        ),
        heading("Cookies and security", "cookies"),
        text(
            "<p>One cookie remembers your language, one keeps you signed in, and one notes who was signed in last, so that a "
            "form sent too late is kept for that person only. There are no cookies of other companies, no advertising "
            "and no tracking. Uploaded files are private.</p>"
        ),
        call("Questions about your data?", "", link("Contact the Secretariat", page="contact")),
    ],
}

ACCESSIBILITY = {
    "title": "Accessibility",
    "seo_title": "Accessibility statement",
    "lead": "We want everybody to be able to use this portal, with whatever they use to read and to type.",
    "notice": DRAFT,
    "body": [
        heading("What we aim at", "aim"),
        text(
            "<p>The Web Content Accessibility Guidelines (WCAG) 2.2, level AA, on every page in all three languages.</p>"
            "<ul><li>Everything works with the keyboard alone and without scripts.</li>"
            "<li>Text can be enlarged to 200%, and pages fit a screen 320 pixels wide.</li>"
            "<li>No meaning is carried by colour alone, and nothing moves by itself.</li>"
            "<li>Errors are named in words, at the field and at the top of the page.</li></ul>"
        ),
        heading("How it was checked", "checked"),
        text(
            "<p>Automatic checks run over the pages in three languages at two widths. Keyboard journeys are tested by a "
            "script. Tests with people and with screen readers are still to be done.</p>"
        ),
        heading("Known gaps", "gaps"),
        text(
            "<ul><li>Documents that applicants upload may not be accessible.</li>"
            "<li>The editors’ screens come from the content management system; a few of their fields lack a label.</li>"
            "</ul>"
        ),
        call(
            "Something does not work for you?",
            "Tell us which page it is and what you use. We answer, and offer another way in the meantime.",
            link("Contact the Secretariat", page="contact"),
        ),
    ],
}

RESOURCES = {
    "title": "Forms and documents",
    "lead": "What you can print, fill in and keep. Each document says its version, its date and its languages.",
}

FIGURES = {
    "title": "Figures",
    "lead": "What is known of the programme in numbers, each with its date and its source. Every table can be taken along as a file.",
}

PAGES = {
    "resources": RESOURCES,
    "figures": FIGURES,
    "faq": FAQ,
    "contact": CONTACT_PAGE,
    "privacy": PRIVACY,
    "accessibility": ACCESSIBILITY,
}

CONTACT = {
    "address": "Demonstration Office\n1 Example Road, Hong Kong",
    "hours": "Monday to Friday, 9:00 to 18:00 (demonstration)",
}
