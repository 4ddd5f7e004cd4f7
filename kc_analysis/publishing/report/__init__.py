"""The mid-term review as a Word report, in the form that administrative documents have."""

from kc_analysis.publishing.report.document import write_report as write_report
