"""What leaves the package: data files, chart files, sentences, pages."""

from kc_analysis.publishing import sentences as sentences
