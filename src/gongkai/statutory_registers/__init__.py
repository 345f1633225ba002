"""The registers behind table 二: normative documents, licences, penalties, coercion, fees, procurement."""
