"""What leaves the package: data files, chart files, sentences, pages."""
