"""What pages and papers read: plain values as at an instant, for a viewer. Nothing here changes a record.

`viewer` is a person signed in or None; drafts are denied to all but officers of the partnership. `at` is the last instant
that may show: nothing later stands in any answer. What a viewer may not see raises `lookup.NotHere`, as what is not there.
"""
