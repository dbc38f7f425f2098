"""Any document as a PDF that a screen reader reads, too."""
