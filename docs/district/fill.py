"""Types the answers of answers.yml into a department's workbook, as its clerk would by hand."""

import sys
from pathlib import Path

import openpyxl
import yaml

workbook_path = Path(sys.argv[1])
answers = yaml.safe_load(Path(__file__).with_name("answers.yml").read_text("utf-8"))
workbook = openpyxl.load_workbook(workbook_path)
for title, rows in answers.items():
    sheet = workbook[title]
    columns = {cell.value: cell.column for cell in sheet[1]}
    known = {sheet.cell(line, 1).value: line for line in range(3, sheet.max_row + 1)}
    free = max((line for code, line in known.items() if code), default=2) + 1
    for row in rows:
        line = known.get(row["职权编码"]) if title == "权力事项" else None
        if line is None:
            line, free = free, free + 1
        for heading, value in row.items():
            sheet.cell(line, columns[heading], value)
workbook.save(workbook_path)
