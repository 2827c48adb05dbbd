"""The rows of the matrix, by what is broken."""

from tests.faults.rows.addresses import ADDRESSES
from tests.faults.rows.answers import ANSWERS
from tests.faults.rows.connections import CONNECTIONS
from tests.faults.rows.damage import DAMAGE
from tests.faults.rows.gateways import GATEWAY_FAULTS
from tests.faults.rows.keys import KEYS
from tests.faults.rows.load import LOAD

ROWS = (*CONNECTIONS, *KEYS, *DAMAGE, *ANSWERS, *ADDRESSES, *GATEWAY_FAULTS, *LOAD)
