"""The figures of a county 县级参数: numbers that its administrator sets, within bounds, instead of the usual ones.

Words owned here: figures (one row of a room's own table, read as one value of the room's rules), setting them. What a
figure means, its bounds, its table, its words and its line in the trail stay in the room whose figure it is.
"""
