"""Returns of partners: the data sets that the law has them share each quarter, and the values of indicators.

Each is a document in this folder: which columns it has and what stands in them. From it come the template that a partner fills in,
the check of what comes back, and the copy marked with what to mend. Nothing personal is kept: a file with a column that is not in the
document, or with what looks like a name's number, is refused whole.
"""

from csplan.evidence.returns.data_set import Column as Column
from csplan.evidence.returns.data_set import DataSet as DataSet
from csplan.evidence.returns.data_set import every as every
from csplan.evidence.returns.data_set import named as named
