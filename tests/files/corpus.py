"""Hostile and merely awkward files, what becomes of each, and the sentence the person reads."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from portal.files.policy import MEGABYTE
from tests.files import makers
from tests.services.clamd import EICAR

EN, TC, SC = "en", "zh-hant", "zh-hans"
# Written by hand, apart from the code and its catalogues: this is what people read.
ANY_TYPE = {
    EN: "PDF, Word (DOCX), Excel (XLSX), PowerPoint (PPTX), JPG or PNG",
    TC: "PDF、Word (DOCX)、Excel (XLSX)、PowerPoint (PPTX)、JPG 或 PNG",
    SC: "PDF、Word (DOCX)、Excel (XLSX)、PowerPoint (PPTX)、JPG 或 PNG",
}
SENTENCES = {
    "linked": {
        EN: "“{name}” takes values from other files. "
        "Copy the table, paste it as values into a new workbook, and upload that.",
        TC: "「{name}」引用了其他檔案的數值。請複製表格，以「貼上值」貼到新的活頁簿，再上載新檔案。",
        SC: "“{name}”引用了其他文件的数值。请复制表格，以“粘贴为值”贴到新的工作簿，再上传新文件。",
    },
    "no_table": {
        EN: "No row of headings was found in “{name}”. "
        "Copy your rows into the template, below its headings, and upload that.",
        TC: "在「{name}」找不到標題行。請把資料複製到範本的標題之下，再上載範本。",
        SC: "在“{name}”中找不到标题行。请将数据复制到模板的标题下方，再上传模板。",
    },
    "table_too_large": {
        EN: "“{name}” holds more than can be read at once. Keep only the rows and columns that are needed.",
        TC: "「{name}」的內容超出一次可讀取的範圍。請只保留所需的行和欄。",
        SC: "“{name}”的内容超出一次可读取的范围。请只保留所需的行和列。",
    },
    "text_unreadable": {
        EN: "The characters of “{name}” cannot be read. "
        "Save it as an Excel workbook (XLSX) or as “CSV UTF-8”, and upload it again.",
        TC: "無法讀取「{name}」的字元。請另存為 Excel 活頁簿（XLSX）或「CSV UTF-8」，再重新上載。",
        SC: "无法读取“{name}”的字符。请另存为 Excel 工作簿（XLSX）或“CSV UTF-8”，再重新上传。",
    },
    "none_chosen": {
        EN: "Choose a file to upload.",
        TC: "請選擇要上載的檔案。",
        SC: "请选择要上传的文件。",
    },
    "wrong_type": {
        EN: "“{name}” is not a type we can take. Choose a file of type {types}.",
        TC: "我們不接受「{name}」這類檔案。請選擇 {types} 檔案。",
        SC: "我们不接受“{name}”这类文件。请选择 {types} 文件。",
    },
    "mismatch": {
        EN: "The content of “{name}” does not match the ending of its name. Open it in the program it was "
        "made with, save it as {types}, and upload it again.",
        TC: "「{name}」的內容與檔案名稱的副檔名不符。請用原來的程式開啟，另存為 {types}，然後再次上載。",
        SC: "“{name}”的内容与文件名的扩展名不符。请用原来的程序打开，另存为 {types}，然后再次上传。",
    },
    "too_big": {
        EN: "“{name}” is too big. The file must be no larger than {size}.",
        TC: "「{name}」太大。檔案不可大於{size}。",
        SC: "“{name}”太大。文件不可大于{size}。",
    },
    "empty": {
        EN: "“{name}” is empty. Choose a file that has content.",
        TC: "「{name}」是空的。請選擇有內容的檔案。",
        SC: "“{name}”是空的。请选择有内容的文件。",
    },
    "infected": {
        EN: "“{name}” contains a virus and was not kept. Check your computer, then upload a clean copy.",
        TC: "「{name}」含有病毒，我們沒有保留。請檢查你的電腦，然後上載沒有病毒的版本。",
        SC: "“{name}”含有病毒，我们没有保留。请检查您的电脑，然后上传没有病毒的版本。",
    },
    "password": {
        EN: "“{name}” is protected by a password. Remove the password and upload it again.",
        TC: "「{name}」設有密碼保護。請移除密碼，然後再次上載。",
        SC: "“{name}”设有密码保护。请移除密码，然后再次上传。",
    },
    "upload_failed": {
        EN: "“{name}” could not be uploaded. Your other answers are kept. Try again in a few minutes.",
        TC: "未能上載「{name}」。你的其他答案已經保留。請於數分鐘後再試。",
        SC: "未能上传“{name}”。您的其他答案已经保留。请在几分钟后重试。",
    },
    "too_many": {
        EN: "“{name}” was not added: at most {count} files can be uploaded here. Remove a file first, then "
        "upload this one.",
        TC: "未有加入「{name}」：這裏最多可上載{count}個檔案。請先移除一個檔案，再上載這個檔案。",
        SC: "未加入“{name}”：这里最多可上传{count}个文件。请先移除一个文件，再上传这个文件。",
    },
    "macro": {
        EN: "“{name}” contains macros. Save a copy without macros and upload that.",
        TC: "「{name}」含有巨集。請另存一份沒有巨集的版本，然後上載該版本。",
        SC: "“{name}”含有宏。请另存一份没有宏的版本，然后上传该版本。",
    },
    "damaged": {
        EN: "“{name}” cannot be opened: it is damaged or incomplete. Save it again and upload the new copy.",
        TC: "「{name}」無法開啟：檔案已損壞或不完整。請重新儲存，然後上載新的版本。",
        SC: "“{name}”无法打开：文件已损坏或不完整。请重新保存，然后上传新的版本。",
    },
    "unsafe": {
        EN: "“{name}” is built in a way that is not safe to open. Open it in the program it was made with, "
        "save it again and upload the new copy.",
        TC: "「{name}」的結構令開啟時不安全。請用原來的程式開啟並重新儲存，然後上載新的版本。",
        SC: "“{name}”的结构使其打开时不安全。请用原来的程序打开并重新保存，然后上传新的版本。",
    },
    "image_too_large": {
        EN: "The picture “{name}” has too many pixels. Make it smaller (up to 50 million pixels) and upload "
        "it again.",
        TC: "圖片「{name}」的像素太多。請縮小圖片（最多5,000萬像素），然後再次上載。",
        SC: "图片“{name}”的像素太多。请缩小图片（最多5,000万像素），然后再次上传。",
    },
    "too_many_pages": {
        EN: "“{name}” has too many pages. Divide it into files of up to 2,000 pages each.",
        TC: "「{name}」的頁數太多。請分為多個檔案，每個最多2,000頁。",
        SC: "“{name}”的页数太多。请分为多个文件，每个最多2,000页。",
    },
    "name_unusable": {
        EN: "The name of the file cannot be used. Give the file a plain name and upload it again.",
        TC: "檔案名稱不能使用。請為檔案改一個簡單的名稱，然後再次上載。",
        SC: "文件名不能使用。请为文件改一个简单的名称，然后再次上传。",
    },
}


@dataclass(frozen=True)
class Case:
    name: str
    make: Callable[[], bytes]
    code: str = ""  # why it is refused at the door; empty: it is taken
    flags: tuple[str, ...] = ()

    @property
    def id(self):
        return f"{self.name}-{self.code or 'taken'}"


GOOD = [
    Case("plan.pdf", makers.pdf),
    Case("計劃 𨋢.PdF", makers.pdf),
    Case("owner-password.pdf", makers.pdf_with_owner_password_only),
    Case("letter.docx", makers.office),
    Case("sheet.xlsx", makers.spreadsheet),
    Case("slides.pptx", partial(makers.office, "pptx")),
    Case("photo.jpg", makers.jpg),
    Case("photo.JPEG", makers.jpg),
    Case("chart.png", makers.png),
]
FLAGGED = [
    Case("script.pdf", makers.pdf_with_javascript, flags=("javascript",)),
    Case("launch.pdf", makers.pdf_with_launch, flags=("launch",)),
    Case("attachment.pdf", makers.pdf_with_attachment, flags=("embedded",)),
    Case("tail.png", lambda: makers.png() + makers.HTML, flags=("trailing_data",)),
    Case(
        "template.docx",
        partial(makers.office_with_relation, "attachedTemplate", "http://evil.example/t.dotm"),
        flags=("external_content",),
    ),
    Case("link.docx", partial(makers.office_with_relation, "hyperlink", "http://a.co"), flags=("links",)),
    Case(
        "dde.xlsx",
        partial(makers.office, "xlsx", {"xl/externalLinks/externalLink1.xml": '<ddeLink ddeService="cmd"/>'}),
        flags=("dde",),
    ),
    Case("ole.docx", partial(makers.office, "docx", {"word/embeddings/o.bin": makers.old_word_file()}),
         flags=("embedded",)),
    Case("chart.docx", lambda: makers.office(extra={"word/embeddings/s.xlsx": makers.spreadsheet()}),
         flags=("embedded",)),
]  # fmt: skip
HOSTILE = [
    Case("empty.pdf", bytes, "empty"),
    Case("big.pdf", lambda: makers.pdf() + b"\0" * (20 * MEGABYTE), "too_big"),
    Case("picture.pdf", makers.jpg, "mismatch"),
    Case("program.pdf", lambda: makers.EXE, "mismatch"),
    Case("page.png", lambda: b"\x89PNG\r\n\x1a\n" + makers.HTML, "mismatch"),
    Case("page.pdf", lambda: makers.HTML + makers.pdf(), "mismatch"),
    Case("archive.pdf", lambda: makers.pdf() + makers.archive({"run.js": "alert(1)"}), "mismatch"),
    Case("archive.png", lambda: makers.png() + makers.archive({"run.js": "alert(1)"}), "mismatch"),
    Case("plan.pdf.exe", makers.pdf, "wrong_type"),
    Case("plan.pdf\0.exe", makers.pdf, "wrong_type"),
    Case("no-ending", makers.pdf, "wrong_type"),
    Case("plan.php", makers.pdf, "wrong_type"),
    Case("drawing.svg", lambda: makers.SVG, "wrong_type"),
    Case("drawing.png", lambda: makers.SVG, "mismatch"),
    Case("virus.zip", lambda: makers.archive({"eicar.com": EICAR}), "wrong_type"),
    Case("virus.pdf", lambda: EICAR, "mismatch"),
    Case("locked.pdf", makers.pdf_with_password, "password"),
    Case("locked.docx", makers.encrypted_ole_docx, "password"),
    Case("locked-parts.docx", makers.encrypted_zip_docx, "password"),
    Case("old.docx", makers.old_word_file, "mismatch"),
    Case("macros.docm", partial(makers.office, "docm"), "wrong_type"),
    Case("macros.docx", partial(makers.office, "docm"), "macro"),
    Case("vba.docx", partial(makers.office, "docx", {"word/vbaProject.bin": b"x"}), "macro"),
    Case("vba.xlsx", partial(makers.office, "xlsx", {"xl/VBAPROJECT.bin": b"x"}), "macro"),
    Case("sheet.docx", makers.spreadsheet, "mismatch"),
    Case("plain-zip.docx", partial(makers.archive, {"readme.txt": "hello"}), "mismatch"),
    Case("bomb.docx", lambda: makers.office(extra={"word/media/b.bin": b"\0" * (150 * MEGABYTE)}), "unsafe"),
    Case("directory.docx", makers.endless_directory, "unsafe"),
    Case("nested.docx", partial(makers.nested_archives, 20), "unsafe"),
    Case("rar.docx", partial(makers.office, "docx", {"word/media/a.bin": b"Rar!\x1a\x07\x00xx"}), "unsafe"),
    Case("laughs.docx", partial(makers.office, body=makers.BILLION_LAUGHS), "unsafe"),
    Case("entity.docx", partial(makers.office, body=makers.XXE), "unsafe"),
    Case("cut.docx", lambda: makers.office()[:-30], "damaged"),
    Case("broken-part.docx", partial(makers.office, body="<not closed"), "damaged"),
    Case("junk.pdf", lambda: b"%PDF-1.7\n" + b"junk " * 200, "damaged"),
    Case("pages.pdf", partial(makers.pdf, 2_001), "too_many_pages"),
    Case("pixels.png", partial(makers.png_claiming, 40_000, 25_000), "image_too_large"),
    Case("short.png", partial(makers.png_claiming, 400, 400), "damaged"),
    Case("cut.jpg", lambda: makers.jpg(600, 600)[:4000], "damaged"),
    Case("...", makers.pdf, "name_unusable"),
]
# What people call their files, and what we show. The stored key has nothing of either.
NAMES = [
    ("../../etc/x.pdf", "x.pdf"),
    ("..\\..\\x.pdf", "x.pdf"),
    ("/abs/x.pdf", "x.pdf"),
    ("C:\\Users\\me\\x.pdf", "x.pdf"),
    ("x\0y.pdf", "xy.pdf"),
    ("plan.pdf ", "plan.pdf"),
    ("plan.pdf.", "plan.pdf"),
    (".pdf", "file.pdf"),
    ("CON.pdf", "_CON.pdf"),
    ("a.php.pdf", "a.php.pdf"),
    ("中文 𨋢 峯裏.pdf", "中文 𨋢 峯裏.pdf"),
    ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
    ("👩\u200d🔬 report.pdf", "👩\u200d🔬 report.pdf"),
    ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
    ('a";\r\nX-Evil: 1.pdf', 'a";X-Evil: 1.pdf'),
    ("e\u0301tude.pdf", "étude.pdf"),
    ("長" * 300 + ".pdf", "長" * 251 + ".pdf"),
]
