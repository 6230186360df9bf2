"""Working time: when people are at work, and when something promised falls due.

Owns *week* (the hours and the weekend as they are kept from a day on), *odd day* (a holiday, a swapped working day, a
day with hours of its own), *promise* (so many hours or days, on the working or on the running clock) and
*provisional* (a year whose statutory calendar nobody knows yet: weekends only). The calendar of a ground is that of
the nearest place around it that has one. Which promise holds for which matter is the business of the floors above.
"""
