"""What is measured, with the peers' side where a peer can do the same work.

``python3 run.py bench`` runs it. A case is one module of ``benchmarks.cases`` with one function
for each side, and one row in ``benchmarks.table``.
"""
