"""No array library here: nothing may be said about this file."""

for number in range(3):
    print(number)
