"""What this package says to people. Each sentence says what is wrong, then what to do."""

from __future__ import annotations

from engine.text import Text

# Sources

NOT_FOUND = Text("没有这个文件或文件夹。", "There is no such file or folder.")
NOT_READABLE = Text(
    "这个文件打不开：{reason}。请检查文件权限，或换一个位置再试。",
    "This file cannot be opened: {reason}. Check its permissions, or try from another place.",
)
FILE_TOO_LARGE = Text(
    "文件超过 {limit} MB 的上限。请删去与填报无关的内容（图片、空白格式等），或拆成几个文件。",
    "The file is larger than the limit of {limit} MB. Remove what does not belong to the data "
    "(pictures, formatting of empty cells), or split it into several files.",
)
EMPTY_FILE = Text("文件是空的（0 字节）。请重新导出后再提交。", "The file is empty (0 bytes). Export it again.")
OLD_WORKBOOK = Text(
    "这是旧格式的文件（如 .xls、.et），不能读取。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再提交。",
    "This is a file in an old format (such as .xls or .et). Open it in Excel or WPS and save it as "
    "“Excel workbook (*.xlsx)”.",
)
PASSWORD = Text(
    "这个文件设有密码，不能读取。请打开后取消密码，再另存为“Excel 工作簿（*.xlsx）”。",
    "This file is protected by a password. Open it, remove the password, and save it as “Excel workbook (*.xlsx)”.",
)
NOT_A_WORKBOOK = Text(
    "这个文件的内容{kind}，不是 .xlsx 工作簿。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”。",
    "The content of this file {kind}, not an .xlsx workbook. "
    "Open it in Excel or WPS and save it as “Excel workbook (*.xlsx)”.",
)
KIND_UNKNOWN = Text("无法识别", "is of an unknown kind")
KIND_PDF = Text("是 PDF", "is a PDF")
KIND_MARKUP = Text("是网页或 XML", "is a web page or XML")
KIND_WORD = Text("是 Word 文档", "is a Word document")
KIND_SLIDES = Text("是演示文稿", "is a presentation")
KIND_ODF = Text("是 OpenDocument（如 .ods）", "is OpenDocument (such as .ods)")
KIND_BINARY_SHEET = Text("是二进制工作簿（.xlsb）", "is a binary workbook (.xlsb)")
KIND_TEMPLATE = Text("是工作簿模板（.xltx）", "is a workbook template (.xltx)")
KIND_ZIP = Text("是压缩包", "is a zip archive")
LONE_CSV = Text(
    "不能单独提交一个文本文件。请把各张表的 CSV 文件放进同一个文件夹，提交这个文件夹；或改用 .xlsx 工作簿。",
    "A single text file cannot be read. Put the CSV files, one for each table, into one folder and give that folder; "
    "or use an .xlsx workbook.",
)

# Workbooks that are refused unread

DAMAGED = Text(
    "文件已损坏或不是由表格软件正常保存的（{part}）。请用 Excel 或 WPS 打开，另存为新的 .xlsx 文件。",
    "The file is damaged, or was not saved by a spreadsheet program ({part}). Open it in Excel or WPS and save it "
    "as a new .xlsx file.",
)
MACROS = Text(
    "工作簿带有宏，不予读取。请另存为“Excel 工作簿（*.xlsx）”，这样会去掉宏。",
    "The workbook contains macros and is not read. Save it as “Excel workbook (*.xlsx)”, which removes them.",
)
EXTERNAL_LINKS = Text(
    "工作簿链接了别的文件，不予读取。请在“数据 → 编辑链接”中断开链接（公式变为数值），保存后再提交。",
    "The workbook is linked to other files and is not read. Break the links under “Data → Edit Links” (the formulas "
    "become values), then save it again.",
)
TOO_MANY_PARTS = Text(
    "工作簿内部的部件超过 {limit} 个，不像是填报用的表。请只保留填报用的工作表，另存为新文件。",
    "The workbook consists of more than {limit} parts, which no form for data does. Keep only the sheets with data "
    "and save them as a new file.",
)
UNPACKS_TOO_LARGE = Text(
    "工作簿展开后超过 {limit} MB 的上限（{part}）。请删去与填报无关的工作表、图片和空白格式，另存为新文件。",
    "Unpacked, the workbook is larger than the limit of {limit} MB ({part}). Remove sheets, pictures and formatting "
    "that do not belong to the data, and save it as a new file.",
)
BOMB = Text(
    "工作簿中的 {part} 压缩得异常（超过 {limit} 倍），像是恶意文件，不予读取。请用原始数据重新制作。",
    "The part {part} of the workbook is compressed more than {limit} times, as in a malicious file, and is not read. "
    "Make the workbook anew from the original data.",
)
DOCTYPE = Text(
    "工作簿中的 {part} 含有 DOCTYPE 或实体声明，表格软件不会写出这种内容，不予读取。请用 Excel 或 WPS 重新保存。",
    "The part {part} of the workbook contains a DOCTYPE or an entity declaration, which no spreadsheet program writes. "
    "It is not read. Save it again with Excel or WPS.",
)
NOT_UTF8_XML = Text(
    "工作簿中的 {part} 不是 UTF-8 编码，不予读取。请用 Excel 或 WPS 重新保存。",
    "The part {part} of the workbook is not encoded in UTF-8 and is not read. Save it again with Excel or WPS.",
)
TOO_MANY_TABLES = Text(
    "共有 {count} 张表，超过 {limit} 张的上限。请只保留填报用的表。",
    "There are {count} tables, more than the limit of {limit}. Keep only those with data.",
)
TOO_MANY_CELLS = Text(
    "各表合计超过 {limit} 个单元格的上限。请删去无关的内容；数据本来不多的，多半是远处留有多余内容，请删除后再保存。",
    "The tables hold more than the limit of {limit} cells together. Remove what does not belong to the data; if there "
    "is little data, something was probably left far away on a sheet: delete it and save again.",
)
FAR_CELL = Text(
    "单元格 {cell} 有内容，但超出了范围（A 至 {last} 共 {columns} 列，{rows} 行）。请删除数据以外的内容后再保存。",
    "Cell {cell} holds something, outside the limits (at most {columns} columns, A to {last}, and {rows} rows). "
    "Delete what stands outside the data and save again.",
)

# Sheets

HIDDEN_SHEET = Text(
    "这张工作表是隐藏的。隐藏的内容容易漏看：请取消隐藏；如果不需要，请删除。",
    "This sheet is hidden, and what is hidden is easily overlooked: show it, or delete it if it is not needed.",
)
HIDDEN_ROWS = Text(
    "第 {rows} 行有内容但被隐藏（或被筛选）。请取消隐藏、清除筛选；不需要的行请删除。",
    "Rows {rows} hold data but are hidden (or filtered out). Show them and clear the filter; delete rows that are "
    "not needed.",
)
HIDDEN_COLUMNS = Text(
    "第 {columns} 列有内容但被隐藏。请取消隐藏；不需要的列请删除。",
    "Columns {columns} hold data but are hidden. Show them; delete columns that are not needed.",
)
SAME_SHEET_NAME = Text(
    "有两张工作表都叫“{name}”。请改名后再保存。",
    "Two sheets are called “{name}”. Rename one and save again.",
)
MERGED = Text(
    "{range} 是合并单元格。请取消合并，并在每个单元格中分别填写。",
    "{range} is a merged cell. Unmerge it and fill in every cell.",
)
ERROR_CELL = Text(
    "单元格是错误值 {error}。请改正公式，或填写正确的值；没有数据就留空。",
    "The cell shows the error {error}. Correct the formula, or enter the right value; leave it empty if there is none.",
)
FORMULA_WITHOUT_VALUE = Text(
    "单元格里只有公式，没有存下计算结果。请用 Excel 或 WPS 打开并保存一次，或把公式粘贴为数值。",
    "The cell has a formula but no stored result. Open and save the file once in Excel or WPS, or paste the value.",
)
FORMULAS_NOTED = Text(
    "有 {count} 个公式单元格（{cells}）：读取的是文件中保存的值，没有运行公式。",
    "{count} formula cells ({cells}): their stored values were read, the formulas were not run.",
)
NOT_A_NUMBER = Text(
    "单元格的值 {value} 不是有效的数。请填写普通的数，或留空。",
    "The value {value} of the cell is not a valid number. Enter an ordinary number, or leave it empty.",
)
TIME_OF_DAY = Text(
    "单元格是时间或时长（{value}），这里只用数、日期和文字。如果本来是数，请把单元格格式改为“常规”。",
    "The cell is a time or a duration ({value}); only numbers, dates and text are used here. If it should be a number, "
    "set the format of the cell to “General”.",
)
BROKEN_REFERENCE = Text(
    "工作表里有无法识别的单元格位置“{cell}”。请用 Excel 或 WPS 打开，另存为新的 .xlsx 文件。",
    "The sheet has a cell at the unreadable position “{cell}”. Open it in Excel or WPS and save it as a new "
    ".xlsx file.",
)
AND_MORE = Text(
    "同样的问题还有更多，这里只列出前 {most} 处。",
    "The same problem occurs in more places; only the first {most} are listed.",
)

# Headers

HEADER_EMPTY = Text(
    "第 1 行应是表头，现在是空的（第一行内容在第 {row} 行）。请删除上方的空行，让表头位于第 1 行。",
    "Row 1 should be the header but is empty (the first content is in row {row}). Delete the empty rows above, so that "
    "the header is row 1.",
)
TITLE_MISSING = Text(
    "这一列没有标题，但第 {row} 行有内容。请在第 1 行补上标题，或清空这一列。",
    "This column has no title, but row {row} has content. Add the title in row 1, or clear the column.",
)
TITLE_TWICE = Text(
    "标题“{title}”与 {first} 列重复。请改正，使每列标题各不相同。",
    "The title “{title}” also stands above column {first}. Give every column a title of its own.",
)

# CSV

NO_CSV = Text(
    "文件夹里没有 CSV 文件。请把每张表另存为一个“CSV UTF-8（逗号分隔）”文件，放进这个文件夹。",
    "There is no CSV file in this folder. Save each table as “CSV UTF-8 (comma delimited)” and put the files here.",
)
UNKNOWN_FILE = Text(
    "文件夹里只应有 CSV 文件，这个文件用不上。请移走它；如果是数据，请另存为“CSV UTF-8（逗号分隔）”。",
    "Only CSV files belong in this folder. Move this one away; if it holds data, save it as “CSV UTF-8 (comma "
    "delimited)”.",
)
SAME_NAME = Text(
    "这个文件与“{other}”同名（只差大小写），分不清是哪张表。请改名或删除其中一个。",
    "This file and “{other}” differ only in capital letters. Rename or delete one of them.",
)
LOOKS_GBK = Text(
    "文件不是 UTF-8 编码，像是 GBK（第 {line} 行起）。请用 Excel 或 WPS 打开，另存为“CSV UTF-8（逗号分隔）”。",
    "The file is not UTF-8 but looks like GBK (from line {line}). Open it in Excel or WPS and save it as "
    "“CSV UTF-8 (comma delimited)”.",
)
NOT_UTF8 = Text(
    "文件不是 UTF-8 编码（第 {line} 行起无法识别）。请用 Excel 或 WPS 打开，另存为“CSV UTF-8（逗号分隔）”。",
    "The file is not UTF-8 (it cannot be read from line {line}). Open it in Excel or WPS and save it as "
    "“CSV UTF-8 (comma delimited)”.",
)
NUL = Text(
    "第 {line} 行含有空字符（NUL），不是正常的 CSV 文件（也可能是 UTF-16 编码）。请另存为“CSV UTF-8（逗号分隔）”。",
    "Line {line} contains a NUL character: not a proper CSV file (or one in UTF-16). Save it as "
    "“CSV UTF-8 (comma delimited)”.",
)
BAD_CSV = Text(
    "这里开始的一行不符合 CSV 格式（{reason}）。请检查引号是否成对，或另存为“CSV UTF-8（逗号分隔）”。",
    "The line that begins here is not proper CSV ({reason}). Check that the quotation marks come in pairs, or save it "
    "again as “CSV UTF-8 (comma delimited)”.",
)
TOO_MANY_FIELDS = Text(
    "这一行有 {count} 个单元格，表头只有 {width} 个。请检查是否多了逗号；内容里有逗号的，要用双引号括起来。",
    "This line has {count} cells, the header has {width}. Look for a comma too many; a text that contains a comma "
    "must stand in double quotes.",
)
TOO_MANY_COLUMNS = Text(
    "表头有 {count} 列，超过 {limit} 列的上限。请删去多余的列。",
    "The header has {count} columns, more than the limit of {limit}. Remove those that are not needed.",
)
TOO_MANY_ROWS = Text(
    "超过 {limit} 行的上限。请拆成几份，或删去多余的行。",
    "There are more than {limit} rows. Split the data, or remove rows that are not needed.",
)
