"""Guidance of two questions of the demonstration round; the examples in it are invented."""

LANGUAGES = ("en", "zh_hant", "zh_hans")


def _columns(**parts):
    return {
        f"{name}_{language}": text
        for name, texts in parts.items()
        for language, text in zip(LANGUAGES, texts, strict=True)
    }


APPROACH = _columns(
    guidance=(
        "Tell the steps from first visit to proposal: what you look at, what you measure, whom you ask.",
        "請說明由首次到訪至提出建議的步驟：查看甚麼、量度甚麼、訪問誰。",
        "请说明从首次到访至提出建议的步骤：查看什么、测量什么、访问谁。",
    ),
    why=(
        "A service that starts from a factory’s own figures saves more than one that sells a product.",
        "從工廠自己的數據出發的服務，成效勝於推銷固定產品。",
        "从工厂自己的数据出发的服务，成效胜于推销固定产品。",
    ),
    good=(
        "A clear order of steps, the measurements behind a proposal, and how the factory takes part in it.",
        "步驟清晰，建議有量度數據支持，並說明工廠如何參與。",
        "步骤清晰，建议有测量数据支持，并说明工厂如何参与。",
    ),
    example=(
        "“We walk the line for a day, log steam and power for two weeks, and agree on three measures with "
        "the engineer of the works.”",
        "「我們先巡查生產線一天，再記錄蒸汽及用電兩星期，然後與廠方工程師商定三項措施。」",
        "“我们先巡查生产线一天，再记录蒸汽及用电两周，然后与厂方工程师商定三项措施。”",
    ),
)
BEST_RESULT = _columns(
    guidance=(
        "Choose one project of the records and say what changed in the factory.",
        "請從項目紀錄中選一個，說明工廠有何改變。",
        "请从项目记录中选一个，说明工厂有何改变。",
    ),
    why=(
        "It shows assessors what your figures mean in practice.",
        "讓評審員了解數字背後的實際成效。",
        "让评审员了解数字背后的实际成效。",
    ),
    good=(
        "The state before and after, how it was measured, and what the factory says about it.",
        "改善前後的情況、量度方法，以及工廠的意見。",
        "改善前后的情况、测量方法，以及工厂的意见。",
    ),
    example=(
        "“An invented dye house used a third less steam after we insulated its lines; its meter shows it.”",
        "「某虛構染廠為管道保溫後，蒸汽用量減少三分之一，有儀表讀數為證。」",
        "“某虚构染厂为管道保温后，蒸汽用量减少三分之一，有仪表读数为证。”",
    ),
)
