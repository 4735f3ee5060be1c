import numpy as np


class Shape:
    sides = 4

    def __init__(self, size):
        self.size = size
        self.points = np.zeros((self.sides, 2))

    def scale(self, k):
        self.points = self.points * k
        return self

    def area(self):
        return self.size ** 2


class Tri(Shape):
    sides = 3

    def area(self):
        return self.size * self.size / 2


s = Shape(2.0)
p = s.points
q = s.scale(2).points
a = s.area()
t = Tri(3)
b = t.area()
c = t.points
n = s.sides
shapes = [s, t]
areas = [x.area() for x in shapes]
