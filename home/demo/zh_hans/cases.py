"""Success cases in Simplified Chinese, in Mainland wording. All three are made up, and the pages say so."""

from home.demo.shapes import call, heading, link, text

SOURCE = "为本演示网站虚构"

INDEX = {
    "title": "成功案例",
    "lead": "工厂做了哪些改变、投入多少、节省多少，可按行业、工序和技术查找。",
}

PRINTING = {
    "title": "印刷厂改用水性油墨",
    "summary": "一家印刷厂改用水性油墨，并以密闭设备清洗，溶剂用量减少一半。",
    "company": "示范印刷厂",
    "place": "东莞",
    "source": SOURCE,
    "body": [
        heading("原有问题", "problem"),
        text("<p>溶剂型油墨和敞开的清洗槽散发挥发性有机物，员工反映气味难闻，工厂每周都要添购溶剂。</p>"),
        heading("改进措施", "measures"),
        text(
            "<ul><li>三台印刷机中，有两台改用水性油墨，并配备合适的烘干设备。</li>"
            "<li>墨辊改在密闭的清洗机内清洗，溶剂可循环使用。</li>"
            "<li>在排放口安装仪表，值班人员随时看到排放量。</li></ul>"
        ),
        heading("经验分享", "lessons"),
        text("<p>客户希望先看样品。三周的试印物有所值：没有一张订单因更换油墨而流失。</p>"),
        call(
            "贵厂有类似的项目吗？",
            "采用新清洁生产技术，可申请资助。",
            link("计划资助什么", page="programme"),
        ),
    ],
}

DYEING = {
    "title": "染厂热水用两次",
    "summary": "一家染厂回收废水的热能，用来加热下一缸染液，减少燃气用量。",
    "company": "示范染厂",
    "place": "佛山",
    "source": SOURCE,
    "body": [
        heading("原有问题", "problem"),
        text(
            "<p>每缸染液在70摄氏度或以上就排走，下一缸却从冷水开始加热。最后一次漂洗的水还相当干净，也一并排走。</p>"
        ),
        heading("改进措施", "measures"),
        text(
            "<ul><li>在排水管和染缸供水管之间安装换热器。</li>"
            "<li>用储水罐保存最后一次漂洗的水，供下一批布首次漂洗使用。</li>"
            "<li>为管道和储水罐加装保温层。</li></ul>"
        ),
        heading("经验分享", "lessons"),
        text("<p>第一个月纤维堵塞了换热器。采购设备时，就应包括可在运行期间清洗的过滤器。</p>"),
    ],
}

PLATING = {
    "title": "电镀线的漂洗水循环利用",
    "summary": "一家金属表面处理厂在厂内处理漂洗水，大部分循环利用。",
    "company": "示范金属表面处理厂",
    "place": "香港",
    "source": SOURCE,
    "body": [
        heading("原有问题", "problem"),
        text("<p>电镀后的漂洗全用自来水。经处理的废水虽然达标排放，但水量大，污泥也多。</p>"),
        heading("改进措施", "measures"),
        text(
            "<ul><li>漂洗由一级改为三级逆流。</li>"
            "<li>以离子交换和膜处理，让水回到漂洗槽。</li>"
            "<li>加装滴液盘，把滴下的镀液引回镀槽。</li></ul>"
        ),
        heading("经验分享", "lessons"),
        text("<p>先做简单的步骤，处理设备就可以比原计划的小：仅滴液盘就节省了五分之一的漂洗水。</p>"),
    ],
}

PAGES = {"cases": INDEX, "case-printing": PRINTING, "case-dyeing": DYEING, "case-plating": PLATING}
