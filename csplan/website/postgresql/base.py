"""Django’s PostgreSQL, but that JSON is kept as it was written.

The type jsonb puts the keys of an object in an order of its own. What is sealed, printed and compared here keeps the order in which it
was written, as SQLite does, so columns are of the type json.
"""

from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations, get_json_dumps
from psycopg.types.json import Json
from psycopg.types.string import TextLoader


class Operations(DatabaseOperations):
    """Sends JSON as json."""

    def adapt_json_value(self, value: Any, encoder: Any) -> Json:
        """Django’s own sends jsonb."""
        return Json(value, dumps=get_json_dumps(encoder))


class DatabaseWrapper(base.DatabaseWrapper):
    """Keeps JSON as json."""

    ops_class = Operations
    data_types = {**base.DatabaseWrapper.data_types, "JSONField": "json"}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Hands JSON on as text, which the fields read: Django’s own does so for jsonb."""
        connection = super().get_new_connection(conn_params)
        connection.adapters.register_loader("json", TextLoader)
        return connection
