from numpy import array, pi, sqrt, zeros

x = array([1.0, 4.0, 9.0])
y = sqrt(x) * pi
z = zeros(2)
print(y, z)
