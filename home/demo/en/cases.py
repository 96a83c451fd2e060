"""Success cases in English. All three are made up, and the pages say so."""

from home.demo.shapes import call, heading, link, text

SOURCE = "Invented for this demonstration"

INDEX = {
    "title": "Success cases",
    "lead": "What factories changed, what it cost and what it saves, by industry, process and technology.",
}

PRINTING = {
    "title": "Water-based inks in a printing plant",
    "summary": "A printing plant changed to water-based inks and closed its cleaning line: solvents fell by half.",
    "company": "Demo Print Works",
    "place": "Dongguan",
    "source": SOURCE,
    "body": [
        heading("What was the matter", "problem"),
        text(
            "<p>Solvent inks and open cleaning baths gave off volatile organic compounds. Workers complained of the "
            "smell, and solvent had to be bought again every week.</p>"
        ),
        heading("What was done", "measures"),
        text(
            "<ul><li>Two of three presses changed to water-based inks, with driers made for them.</li>"
            "<li>Rollers are washed in a closed machine that keeps the solvent.</li>"
            "<li>A meter at the outlet shows the shift what it gives off.</li></ul>"
        ),
        heading("What others can learn", "lessons"),
        text(
            "<p>Customers wanted to see samples first. Three weeks of trial prints were time well spent: not one "
            "order was lost over the new inks.</p>"
        ),
        call(
            "Does your factory have a project like this?",
            "New cleaner production technology can be supported.",
            link("What the programme funds", page="programme"),
        ),
    ],
}

DYEING = {
    "title": "Warm water used twice in a dye house",
    "summary": "A dye house takes the heat out of its waste water to warm the next bath, and burns less gas.",
    "company": "Demo Dyeing Works",
    "place": "Foshan",
    "source": SOURCE,
    "body": [
        heading("What was the matter", "problem"),
        text(
            "<p>Every bath was drained at 70 °C or more while the next one was heated from cold. Rinsing water that "
            "was nearly clean went the same way.</p>"
        ),
        heading("What was done", "measures"),
        text(
            "<ul><li>A heat exchanger between the drain and the supply of the dyeing machines.</li>"
            "<li>A tank that keeps the last rinse as the first rinse of the next lot.</li>"
            "<li>Insulation of pipes and of the tank.</li></ul>"
        ),
        heading("What others can learn", "lessons"),
        text(
            "<p>Fibres clogged the exchanger in the first month. A filter that can be cleaned while the line runs "
            "should be part of the order from the beginning.</p>"
        ),
    ],
}

PLATING = {
    "title": "A plating line that keeps its rinsing water",
    "summary": "A metal finisher treats its rinsing water on site and uses most of it again.",
    "company": "Demo Metal Finishing",
    "place": "Hong Kong",
    "source": SOURCE,
    "body": [
        heading("What was the matter", "problem"),
        text(
            "<p>Rinsing after plating used fresh water only. The treated effluent met its limits, but it was a lot, "
            "and so was the sludge.</p>"
        ),
        heading("What was done", "measures"),
        text(
            "<ul><li>Rinsing in three steps against the flow, instead of one.</li>"
            "<li>Ion exchange and a membrane, so that water returns to the rinse.</li>"
            "<li>Drip trays that lead what drips off back into the bath.</li></ul>"
        ),
        heading("What others can learn", "lessons"),
        text(
            "<p>The simple steps came first and made the treatment plant smaller than planned: drip trays alone "
            "saved a fifth of the rinsing water.</p>"
        ),
    ],
}

PAGES = {"cases": INDEX, "case-printing": PRINTING, "case-dyeing": DYEING, "case-plating": PLATING}
