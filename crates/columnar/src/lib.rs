//! Findings of whole archives as Parquet: the schema, the writer and the reader.
