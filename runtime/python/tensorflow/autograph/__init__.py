"""AutoGraph: rewrites a Python function so that if, while and for over tensors become ops of the graph."""

from ._convert import convert_function as convert_function
