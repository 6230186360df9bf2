"""The four lists 四清单 of a place or a unit: problems 问题, measures 举措, responsibilities 责任, effects 成效.

Words owned here: problem (all that a month or a quarter told of one item in a place), measure (what somebody entitled
writes down that is done about a problem; never changed, only ended by another line), named leader (whom an order or a
committee names). Figures are `insight`'s outcomes; what is sealed or confidential stands in no list.
"""
