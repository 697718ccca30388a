//! What is kept between two runs: the directory of companies and the customer's cases.
