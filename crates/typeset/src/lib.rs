//! Sheets to print: letters and the dossier as PDF, set by a typesetting library with its fonts embedded.
