"""What each public page shows: facts of the floors below made into names that a template prints.

A page asks its facts as dataclasses, has its pictures drawn by `csplan.documents`, and words its numbers here; the
template does no arithmetic and asks nothing.
"""
