"""The statements that fill a record on PostgreSQL: as much as possible is made by the server itself."""

from collections.abc import Sequence

from benchmarks import record_requests
from conversations.passage_models import LARGE_WINDOW, SMALL_WINDOW

# The tables that are filled, and their columns. Digests come after what their facets are made from.
COLUMNS = {
    "conversations": "id, token_hash, channel, created_at, last_seen_at, last_position",
    "turns": "id, conversation_id, message_id, text, position, state, understood, model_id, attempts, received_at, "
    "finished_at",
    "bot_messages": "conversation_id, position, turn_id, text, at",
    "passages": "id, conversation_id, turn_id, words",
    "conversation_needs": "conversation_id, need",
    "conversation_models": "conversation_id, model_id",
    "conversation_tags": "conversation_id, tag",
    **record_requests.COLUMNS,
    "conversation_digests": "conversation_id, begun_at, active_at, channel, departement, region, place, trade, "
    "headcount, needs, turns, excerpt, lowest_confidence, doubtful, failed, thumb_up, thumb_down, requests, "
    "request_status, model_id, review_state, reviewer_id",
}
POOL = "CREATE TEMP TABLE pool (number int, said text, answered text, understood json, words tsvector) ON COMMIT DROP"
AFTER = "SELECT setval('passages_id_seq', (SELECT max(id) FROM passages))"


def turns(each: int, pool: int, rare: int) -> Sequence[str]:
    """Return the statements that make `each` turns a conversation, of `pool` texts and `rare` rare words."""
    return (
        f"""CREATE TEMP TABLE drawn ON COMMIT DROP AS
SELECT c.id AS conversation_id, d.model_id, t.turn, c.created_at + t.turn * interval '40 seconds' AS at,
  (('x' || right(c.token_hash, 8))::bit(32)::int) * {each} + t.turn + 1 AS passage,
  floor(random() * {pool})::int AS number, least({rare}, floor(power(1 - random(), -1 / 0.6)))::int AS rare
FROM conversations c JOIN conversation_digests d ON d.conversation_id = c.id
CROSS JOIN generate_series(0, {each - 1}) AS t(turn)""",
        """INSERT INTO turns (id, conversation_id, message_id, text, position, state, understood, model_id, attempts,
  received_at, finished_at)
SELECT lpad(to_hex(passage), 32, '0'), conversation_id, 'm' || turn, said || ' rare' || rare, 2 * turn + 1, 'answered',
  understood, model_id, 1, at, at + interval '120 milliseconds' FROM drawn JOIN pool USING (number)""",
        """INSERT INTO bot_messages (conversation_id, position, turn_id, text, at)
SELECT conversation_id, 2 * turn + 2, lpad(to_hex(passage), 32, '0'), answered, at + interval '120 milliseconds'
FROM drawn JOIN pool USING (number)""",
        f"""INSERT INTO passages (id, conversation_id, turn_id, words)
SELECT passage, conversation_id, lpad(to_hex(passage), 32, '0'), words || to_tsvector('simple', 'rare' || rare)
  || array_to_tsvector(ARRAY['#s' || (passage >> {SMALL_WINDOW}), '#l' || (passage >> {LARGE_WINDOW})])
FROM drawn JOIN pool USING (number)""",
    )
