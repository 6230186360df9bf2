"""Pages, grouped by who sits in front of them. One page is one module, one template, one test."""
