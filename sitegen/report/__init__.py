"""How good the summaries of a site are, as far as figures tell, and how two sets of them differ.

The figures are hints where to look, not marks: no program knows what an article is about.
"""

from sitegen.report.compare import Change, Comparison, Other, compare, others, read_report
from sitegen.report.measure import measure
from sitegen.report.model import BINS, Measured, Report, Taken, Totals
from sitegen.report.page import html_page
from sitegen.report.total import report_of

__all__ = [
    "BINS",
    "Change",
    "Comparison",
    "Measured",
    "Other",
    "Report",
    "Taken",
    "Totals",
    "compare",
    "html_page",
    "measure",
    "others",
    "read_report",
    "report_of",
]
