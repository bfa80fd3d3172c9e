CREATE TABLE conversations (
  id VARCHAR(32) NOT NULL,
  token_hash VARCHAR(64) NOT NULL,
  channel VARCHAR(20) NOT NULL,
  territory JSON,
  created_at DATETIME NOT NULL,
  last_seen_at DATETIME NOT NULL,
  last_position INTEGER NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (token_hash)
);;
CREATE INDEX ix_conversations_last_seen_at ON conversations (last_seen_at);;
CREATE TABLE seen_events (
  channel VARCHAR(20) NOT NULL,
  provider_id VARCHAR(64) NOT NULL,
  at DATETIME NOT NULL,
  PRIMARY KEY (channel, provider_id)
);;
CREATE INDEX ix_seen_events_at ON seen_events (at);;
CREATE TABLE digest_fillings (
  version INTEGER NOT NULL,
  at DATETIME NOT NULL,
  PRIMARY KEY (version)
);;
CREATE TABLE interest_groups (
  id VARCHAR(32) NOT NULL,
  departement VARCHAR(3) NOT NULL,
  state VARCHAR(10) NOT NULL,
  created_at DATETIME NOT NULL,
  PRIMARY KEY (id)
);;
CREATE INDEX ix_interest_groups_departement ON interest_groups (departement);;
CREATE TABLE model_runs (
  id VARCHAR(32) NOT NULL,
  state VARCHAR(10) NOT NULL,
  active INTEGER,
  export_id VARCHAR(32) NOT NULL,
  why TEXT NOT NULL,
  account_id VARCHAR(64) NOT NULL,
  account_name VARCHAR(200) NOT NULL,
  asked_at DATETIME NOT NULL,
  started_at DATETIME,
  beat_at DATETIME NOT NULL,
  ended_at DATETIME,
  step VARCHAR(20),
  log TEXT NOT NULL,
  failure VARCHAR(40),
  present_model VARCHAR(200),
  candidate_model VARCHAR(200),
  base VARCHAR(64),
  report JSON,
  PRIMARY KEY (id),
  CONSTRAINT uq_model_runs_active UNIQUE (active)
);;
CREATE INDEX ix_model_runs_asked_at ON model_runs (asked_at);;
CREATE TABLE reading_log (
  id INTEGER NOT NULL,
  account_id VARCHAR(64) NOT NULL,
  what VARCHAR(20) NOT NULL,
  subject_id VARCHAR(255) NOT NULL,
  purpose VARCHAR(200) NOT NULL,
  at DATETIME NOT NULL,
  PRIMARY KEY (id)
);;
CREATE INDEX ix_reading_log_account ON reading_log (account_id, at);;
CREATE INDEX ix_reading_log_at ON reading_log (at);;
CREATE INDEX ix_reading_log_subject ON reading_log (subject_id, what);;
CREATE TABLE erasures (
  digest VARCHAR(64) NOT NULL,
  what VARCHAR(20) NOT NULL,
  at DATETIME NOT NULL,
  PRIMARY KEY (digest)
);;
CREATE INDEX ix_erasures_at ON erasures (at);;
CREATE TABLE purge_reports (
  id INTEGER NOT NULL,
  at DATETIME NOT NULL,
  whole BOOLEAN NOT NULL,
  lines JSON NOT NULL,
  PRIMARY KEY (id)
);;
CREATE INDEX ix_purge_reports_at ON purge_reports (at);;
CREATE TABLE requests (
  id VARCHAR(32) NOT NULL,
  conversation_id VARCHAR(255) NOT NULL,
  reference VARCHAR(16) NOT NULL,
  status VARCHAR(20) NOT NULL,
  need VARCHAR(40),
  place JSON,
  trade JSON,
  headcount INTEGER,
  summary TEXT NOT NULL,
  name VARCHAR(100),
  email VARCHAR(320),
  phone VARCHAR(20),
  moment VARCHAR(200),
  recipient_id VARCHAR(100) NOT NULL,
  recipient_name VARCHAR(300) NOT NULL,
  recipient_email VARCHAR(320),
  consent TEXT NOT NULL,
  consent_at DATETIME NOT NULL,
  created_at DATETIME NOT NULL,
  changed_at DATETIME NOT NULL,
  reminders_sent INTEGER NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (reference)
);;
CREATE INDEX ix_requests_changed_at ON requests (changed_at);;
CREATE INDEX ix_requests_conversation_id ON requests (conversation_id);;
CREATE INDEX ix_requests_created_at ON requests (created_at);;
CREATE INDEX ix_requests_waiting ON requests (status, created_at, id);;
CREATE INDEX ix_requests_status ON requests (status);;
CREATE TABLE review_candidates (
  id VARCHAR(32) NOT NULL,
  conversation_id VARCHAR(32),
  turn_id VARCHAR(32),
  text TEXT NOT NULL,
  folded TEXT NOT NULL,
  label VARCHAR(60) NOT NULL,
  needs JSON NOT NULL,
  about VARCHAR(40),
  entities JSON NOT NULL,
  state VARCHAR(12) NOT NULL,
  proposed_by VARCHAR(64) NOT NULL,
  proposed_name VARCHAR(200) NOT NULL,
  proposed_at DATETIME NOT NULL,
  decided_by VARCHAR(64),
  decided_name VARCHAR(200),
  decided_at DATETIME,
  reason TEXT,
  PRIMARY KEY (id),
  CONSTRAINT ck_review_candidates_two_people CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);;
CREATE INDEX ix_review_candidates_turn_id ON review_candidates (turn_id);;
CREATE INDEX ix_review_candidates_state ON review_candidates (state);;
CREATE INDEX ix_review_candidates_conversation_id ON review_candidates (conversation_id);;
CREATE TABLE review_exports (
  id VARCHAR(32) NOT NULL,
  kind VARCHAR(10) NOT NULL,
  lines INTEGER NOT NULL,
  account_id VARCHAR(64) NOT NULL,
  account_name VARCHAR(200) NOT NULL,
  at DATETIME NOT NULL,
  PRIMARY KEY (id)
);;
CREATE TABLE saved_views (
  id VARCHAR(32) NOT NULL,
  account_id VARCHAR(64) NOT NULL,
  name VARCHAR(60) NOT NULL,
  "query" TEXT NOT NULL,
  created_at DATETIME NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT uq_saved_views_name UNIQUE (account_id, name)
);;
CREATE INDEX ix_saved_views_account_id ON saved_views (account_id);;
CREATE TABLE statistics_months (
  month VARCHAR(7) NOT NULL,
  made_at DATETIME NOT NULL,
  cells JSON NOT NULL,
  PRIMARY KEY (month)
);;
CREATE TABLE token_serials (
  conversation_id VARCHAR(32) NOT NULL,
  serial INTEGER NOT NULL,
  since DATETIME NOT NULL,
  PRIMARY KEY (conversation_id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE TABLE turns (
  id VARCHAR(32) NOT NULL,
  conversation_id VARCHAR(32) NOT NULL,
  message_id VARCHAR(100),
  text TEXT,
  position INTEGER,
  state VARCHAR(10) NOT NULL,
  understood JSON,
  model_id VARCHAR(200),
  failure VARCHAR(40),
  attempts INTEGER NOT NULL,
  received_at DATETIME NOT NULL,
  finished_at DATETIME,
  PRIMARY KEY (id),
  CONSTRAINT uq_turns_message UNIQUE (conversation_id, message_id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_turns_received_at ON turns (received_at);;
CREATE INDEX ix_turns_conversation_id ON turns (conversation_id);;
CREATE TABLE advisor_messages (
  id INTEGER NOT NULL,
  conversation_id VARCHAR(32) NOT NULL,
  position INTEGER NOT NULL,
  account_id VARCHAR(64),
  routed BOOLEAN NOT NULL,
  at DATETIME NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_advisor_messages_routed ON advisor_messages (routed);;
CREATE INDEX ix_advisor_messages_at ON advisor_messages (at);;
CREATE INDEX ix_advisor_messages_conversation_id ON advisor_messages (conversation_id);;
CREATE TABLE conversation_holds (
  conversation_id VARCHAR(32) NOT NULL,
  account_id VARCHAR(64) NOT NULL,
  name VARCHAR(200) NOT NULL,
  body_name VARCHAR(300),
  since DATETIME NOT NULL,
  until DATETIME NOT NULL,
  acknowledged BOOLEAN NOT NULL,
  PRIMARY KEY (conversation_id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_conversation_holds_until ON conversation_holds (until);;
CREATE TABLE correspondents (
  conversation_id VARCHAR(32) NOT NULL,
  channel VARCHAR(20) NOT NULL,
  digest VARCHAR(64) NOT NULL,
  sealed TEXT NOT NULL,
  heard_at DATETIME NOT NULL,
  due_at DATETIME,
  leased_until DATETIME,
  told_at DATETIME,
  PRIMARY KEY (conversation_id),
  CONSTRAINT uq_correspondents_digest UNIQUE (channel, digest),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_correspondents_due_at ON correspondents (due_at);;
CREATE TABLE inbound_events (
  id INTEGER NOT NULL,
  conversation_id VARCHAR(32) NOT NULL,
  channel VARCHAR(20) NOT NULL,
  provider_id VARCHAR(64) NOT NULL,
  reference VARCHAR(64),
  rank BIGINT,
  kind VARCHAR(10) NOT NULL,
  text TEXT NOT NULL,
  state VARCHAR(10) NOT NULL,
  attempts INTEGER NOT NULL,
  failure VARCHAR(40),
  received_at DATETIME NOT NULL,
  acknowledged_at DATETIME,
  finished_at DATETIME,
  PRIMARY KEY (id),
  CONSTRAINT uq_inbound_provider UNIQUE (channel, provider_id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_inbound_events_reference ON inbound_events (reference);;
CREATE INDEX ix_inbound_events_state ON inbound_events (state);;
CREATE INDEX ix_inbound_events_conversation_id ON inbound_events (conversation_id);;
CREATE TABLE outgoing_messages (
  id INTEGER NOT NULL,
  conversation_id VARCHAR(32) NOT NULL,
  channel VARCHAR(20) NOT NULL,
  name VARCHAR(32) NOT NULL,
  body JSON,
  state VARCHAR(15) NOT NULL,
  attempts INTEGER NOT NULL,
  next_at DATETIME NOT NULL,
  provider_id VARCHAR(64),
  error VARCHAR(200),
  created_at DATETIME NOT NULL,
  sent_at DATETIME,
  delivered_at DATETIME,
  finished_at DATETIME,
  PRIMARY KEY (id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id),
  UNIQUE (name)
);;
CREATE INDEX ix_outgoing_messages_conversation_id ON outgoing_messages (conversation_id);;
CREATE INDEX ix_outgoing_messages_provider_id ON outgoing_messages (provider_id);;
CREATE INDEX ix_outgoing_due ON outgoing_messages (state, next_at);;
CREATE TABLE conversation_digests (
  conversation_id VARCHAR(32) NOT NULL,
  begun_at DATETIME NOT NULL,
  active_at DATETIME NOT NULL,
  channel VARCHAR(20) NOT NULL,
  departement VARCHAR(3),
  region VARCHAR(3),
  place VARCHAR(200),
  trade VARCHAR(5),
  headcount INTEGER,
  needs JSON,
  turns INTEGER NOT NULL,
  excerpt VARCHAR(200),
  lowest_confidence FLOAT,
  doubtful BOOLEAN NOT NULL,
  failed BOOLEAN NOT NULL,
  thumb_up BOOLEAN NOT NULL,
  thumb_down BOOLEAN NOT NULL,
  requests INTEGER NOT NULL,
  request_status VARCHAR(20),
  model_id VARCHAR(200),
  review_state VARCHAR(20) DEFAULT 'new' NOT NULL,
  reviewer_id VARCHAR(64),
  PRIMARY KEY (conversation_id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_digests_departement ON conversation_digests (departement, active_at, conversation_id);;
CREATE INDEX ix_digests_thumb_down ON conversation_digests (active_at, conversation_id) WHERE thumb_down;;
CREATE INDEX ix_digests_activity ON conversation_digests (active_at, conversation_id);;
CREATE INDEX ix_digests_failed ON conversation_digests (active_at, conversation_id) WHERE failed;;
CREATE INDEX ix_digests_doubtful ON conversation_digests (active_at, conversation_id) WHERE doubtful;;
CREATE INDEX ix_digests_begun ON conversation_digests (begun_at);;
CREATE INDEX ix_digests_region ON conversation_digests (region, active_at, conversation_id);;
CREATE INDEX ix_digests_request_status ON conversation_digests (request_status, active_at, conversation_id) WHERE request_status IS NOT NULL;;
CREATE INDEX ix_digests_channel ON conversation_digests (channel, active_at, conversation_id);;
CREATE INDEX ix_digests_review_state ON conversation_digests (review_state, active_at, conversation_id);;
CREATE INDEX ix_digests_reviewer_id ON conversation_digests (reviewer_id, active_at, conversation_id) WHERE reviewer_id IS NOT NULL;;
CREATE TABLE conversation_needs (
  conversation_id VARCHAR(32) NOT NULL,
  need VARCHAR(40) NOT NULL,
  PRIMARY KEY (conversation_id, need),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_conversation_needs_need ON conversation_needs (need, conversation_id);;
CREATE TABLE conversation_models (
  conversation_id VARCHAR(32) NOT NULL,
  model_id VARCHAR(200) NOT NULL,
  PRIMARY KEY (conversation_id, model_id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_conversation_models_model ON conversation_models (model_id, conversation_id);;
CREATE TABLE conversation_bodies (
  conversation_id VARCHAR(32) NOT NULL,
  body_id VARCHAR(100) NOT NULL,
  PRIMARY KEY (conversation_id, body_id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_conversation_bodies_body ON conversation_bodies (body_id, conversation_id);;
CREATE TABLE conversation_tags (
  conversation_id VARCHAR(32) NOT NULL,
  tag VARCHAR(60) NOT NULL,
  PRIMARY KEY (conversation_id, tag),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_conversation_tags_tag ON conversation_tags (tag, conversation_id);;
CREATE TABLE interest_group_notes (
  id INTEGER NOT NULL,
  group_id VARCHAR(32) NOT NULL,
  at DATETIME NOT NULL,
  account_id VARCHAR(64) NOT NULL,
  name VARCHAR(200) NOT NULL,
  text TEXT,
  state VARCHAR(10),
  PRIMARY KEY (id),
  FOREIGN KEY(group_id) REFERENCES interest_groups (id)
);;
CREATE INDEX ix_interest_group_notes_group_id ON interest_group_notes (group_id);;
CREATE TABLE request_routes (
  request_id VARCHAR(32) NOT NULL,
  conversation_id VARCHAR(255) NOT NULL,
  body_id VARCHAR(100),
  departement VARCHAR(3),
  region VARCHAR(3),
  waits_since DATETIME NOT NULL,
  routed_at DATETIME,
  shares_conversation BOOLEAN NOT NULL,
  PRIMARY KEY (request_id),
  FOREIGN KEY(request_id) REFERENCES requests (id)
);;
CREATE INDEX ix_request_routes_conversation_id ON request_routes (conversation_id);;
CREATE INDEX ix_request_routes_departement ON request_routes (departement);;
CREATE INDEX ix_request_routes_region ON request_routes (region);;
CREATE INDEX ix_request_routes_body_id ON request_routes (body_id);;
CREATE TABLE request_holders (
  request_id VARCHAR(32) NOT NULL,
  conversation_id VARCHAR(255) NOT NULL,
  account_id VARCHAR(64) NOT NULL,
  name VARCHAR(200) NOT NULL,
  email VARCHAR(320) NOT NULL,
  body_id VARCHAR(100),
  body_name VARCHAR(300),
  taken_at DATETIME NOT NULL,
  replied_at DATETIME,
  reminders_sent INTEGER NOT NULL,
  PRIMARY KEY (request_id),
  FOREIGN KEY(request_id) REFERENCES requests (id)
);;
CREATE INDEX ix_request_holders_body_id ON request_holders (body_id);;
CREATE INDEX ix_request_holders_conversation_id ON request_holders (conversation_id);;
CREATE INDEX ix_request_holders_account_id ON request_holders (account_id);;
CREATE TABLE request_events (
  id INTEGER NOT NULL,
  request_id VARCHAR(32) NOT NULL,
  conversation_id VARCHAR(255) NOT NULL,
  at DATETIME NOT NULL,
  kind VARCHAR(20) NOT NULL,
  account_id VARCHAR(64),
  name VARCHAR(200),
  text TEXT,
  detail JSON,
  mail_id VARCHAR(32),
  PRIMARY KEY (id),
  FOREIGN KEY(request_id) REFERENCES requests (id)
);;
CREATE INDEX ix_request_events_request_id ON request_events (request_id);;
CREATE INDEX ix_request_events_conversation_id ON request_events (conversation_id);;
CREATE TABLE request_satisfactions (
  request_id VARCHAR(32) NOT NULL,
  conversation_id VARCHAR(255) NOT NULL,
  token_hash VARCHAR(64) NOT NULL,
  asked_at DATETIME NOT NULL,
  answer VARCHAR(10),
  words TEXT,
  answered_at DATETIME,
  PRIMARY KEY (request_id),
  FOREIGN KEY(request_id) REFERENCES requests (id),
  UNIQUE (token_hash)
);;
CREATE INDEX ix_request_satisfactions_conversation_id ON request_satisfactions (conversation_id);;
CREATE TABLE interests (
  id VARCHAR(32) NOT NULL,
  conversation_id VARCHAR(255) NOT NULL,
  departement VARCHAR(3) NOT NULL,
  place_level VARCHAR(20) NOT NULL,
  place_code VARCHAR(10) NOT NULL,
  place_name VARCHAR(200) NOT NULL,
  division VARCHAR(5),
  trade VARCHAR(200),
  skills JSON NOT NULL,
  days FLOAT NOT NULL,
  email VARCHAR(254) NOT NULL,
  consent TEXT NOT NULL,
  consent_at DATETIME NOT NULL,
  state VARCHAR(10) NOT NULL,
  group_id VARCHAR(32),
  told_at DATETIME,
  PRIMARY KEY (id),
  UNIQUE (conversation_id),
  FOREIGN KEY(group_id) REFERENCES interest_groups (id)
);;
CREATE INDEX ix_interests_group_id ON interests (group_id);;
CREATE INDEX ix_interests_departement ON interests (departement);;
CREATE TABLE model_decisions (
  id VARCHAR(32) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  run_id VARCHAR(32),
  model VARCHAR(200),
  account_id VARCHAR(64) NOT NULL,
  account_name VARCHAR(200) NOT NULL,
  reason TEXT NOT NULL,
  at DATETIME NOT NULL,
  outcome VARCHAR(10) NOT NULL,
  failure VARCHAR(40),
  PRIMARY KEY (id),
  FOREIGN KEY(run_id) REFERENCES model_runs (id)
);;
CREATE INDEX ix_model_decisions_at ON model_decisions (at);;
CREATE TABLE opinions (
  conversation_id VARCHAR(32) NOT NULL,
  position INTEGER NOT NULL,
  thumb VARCHAR(4) NOT NULL,
  reason VARCHAR(20),
  words TEXT,
  at DATETIME NOT NULL,
  PRIMARY KEY (conversation_id, position),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_opinions_at ON opinions (at);;
CREATE TABLE outbox (
  id VARCHAR(32) NOT NULL,
  conversation_id VARCHAR(255) NOT NULL,
  request_id VARCHAR(32),
  kind VARCHAR(20) NOT NULL,
  recipient VARCHAR(320) NOT NULL,
  reply_to VARCHAR(320),
  subject VARCHAR(300) NOT NULL,
  body TEXT NOT NULL,
  state VARCHAR(10) NOT NULL,
  attempts INTEGER NOT NULL,
  next_at DATETIME NOT NULL,
  created_at DATETIME NOT NULL,
  finished_at DATETIME,
  error VARCHAR(200),
  told BOOLEAN NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(request_id) REFERENCES requests (id)
);;
CREATE INDEX ix_outbox_next_at ON outbox (next_at);;
CREATE INDEX ix_outbox_request_id ON outbox (request_id);;
CREATE INDEX ix_outbox_conversation_id ON outbox (conversation_id);;
CREATE TABLE review_events (
  id VARCHAR(32) NOT NULL,
  conversation_id VARCHAR(32) NOT NULL,
  turn_id VARCHAR(32),
  what VARCHAR(20) NOT NULL,
  value JSON,
  account_id VARCHAR(64) NOT NULL,
  account_name VARCHAR(200) NOT NULL,
  at DATETIME NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_review_events_conversation_id ON review_events (conversation_id);;
CREATE TABLE review_export_lines (
  export_id VARCHAR(32) NOT NULL,
  candidate_id VARCHAR(32) NOT NULL,
  conversation_id VARCHAR(32),
  PRIMARY KEY (export_id, candidate_id),
  FOREIGN KEY(export_id) REFERENCES review_exports (id)
);;
CREATE INDEX ix_review_export_lines_conversation_id ON review_export_lines (conversation_id);;
CREATE TABLE openings (
  conversation_id VARCHAR(32) NOT NULL,
  turn_id VARCHAR(32) NOT NULL,
  territory JSON,
  need VARCHAR(40),
  PRIMARY KEY (conversation_id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id),
  FOREIGN KEY(turn_id) REFERENCES turns (id)
);;
CREATE TABLE bot_messages (
  conversation_id VARCHAR(32) NOT NULL,
  position INTEGER NOT NULL,
  turn_id VARCHAR(32) NOT NULL,
  text TEXT NOT NULL,
  buttons JSON,
  custom JSON,
  at DATETIME NOT NULL,
  PRIMARY KEY (conversation_id, position),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id),
  FOREIGN KEY(turn_id) REFERENCES turns (id)
);;
CREATE INDEX ix_bot_messages_turn_id ON bot_messages (turn_id);;
CREATE TABLE held_turns (
  turn_id VARCHAR(32) NOT NULL,
  conversation_id VARCHAR(32) NOT NULL,
  at DATETIME NOT NULL,
  PRIMARY KEY (turn_id),
  FOREIGN KEY(turn_id) REFERENCES turns (id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_held_turns_conversation_id ON held_turns (conversation_id);;
CREATE TABLE passages (
  id INTEGER NOT NULL,
  conversation_id VARCHAR(32) NOT NULL,
  turn_id VARCHAR(32) NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id),
  UNIQUE (turn_id),
  FOREIGN KEY(turn_id) REFERENCES turns (id)
);;
CREATE INDEX ix_passages_conversation_id ON passages (conversation_id);;
CREATE VIRTUAL TABLE passage_index USING fts5(words, content='passages', content_rowid='id', tokenize='unicode61 remove_diacritics 0');;
CREATE TRIGGER passage_added AFTER INSERT ON passages BEGIN INSERT INTO passage_index(rowid, words) VALUES (new.id, new.words); END;;
CREATE TRIGGER passage_deleted AFTER DELETE ON passages BEGIN INSERT INTO passage_index(passage_index, rowid, words) VALUES ('delete', old.id, old.words); END;;
CREATE TRIGGER passage_changed AFTER UPDATE OF words ON passages BEGIN INSERT INTO passage_index(passage_index, rowid, words) VALUES ('delete', old.id, old.words); INSERT INTO passage_index(rowid, words) VALUES (new.id, new.words); END;;
CREATE TABLE review_turns (
  turn_id VARCHAR(32) NOT NULL,
  conversation_id VARCHAR(32) NOT NULL,
  verdict VARCHAR(12) NOT NULL,
  text TEXT NOT NULL,
  intent VARCHAR(60),
  needs JSON NOT NULL,
  about VARCHAR(40),
  entities JSON NOT NULL,
  comment TEXT,
  account_id VARCHAR(64) NOT NULL,
  account_name VARCHAR(200) NOT NULL,
  at DATETIME NOT NULL,
  PRIMARY KEY (turn_id),
  FOREIGN KEY(turn_id) REFERENCES turns (id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);;
CREATE INDEX ix_review_turns_conversation_id ON review_turns (conversation_id);;
CREATE TABLE console_accounts (
  id VARCHAR(32) NOT NULL,
  email VARCHAR(320) NOT NULL,
  name VARCHAR(100) NOT NULL,
  role VARCHAR(20) NOT NULL,
  bodies JSON NOT NULL,
  departments JSON NOT NULL,
  regions JSON NOT NULL,
  password_hash VARCHAR(200),
  totp_secret VARCHAR(400),
  totp_step BIGINT,
  created_at DATETIME NOT NULL,
  joined_at DATETIME,
  disabled_at DATETIME,
  PRIMARY KEY (id),
  UNIQUE (email)
);;
CREATE TABLE console_attempts (
  "key" VARCHAR(64) NOT NULL,
  count INTEGER NOT NULL,
  last_at DATETIME NOT NULL,
  blocked_until DATETIME,
  PRIMARY KEY ("key")
);;
CREATE INDEX ix_console_attempts_last_at ON console_attempts (last_at);;
CREATE TABLE console_audit (
  id INTEGER NOT NULL,
  at DATETIME NOT NULL,
  actor_id VARCHAR(32),
  account_id VARCHAR(32) NOT NULL,
  what VARCHAR(40) NOT NULL,
  "before" JSON,
  "after" JSON,
  PRIMARY KEY (id)
);;
CREATE INDEX ix_console_audit_account_id ON console_audit (account_id);;
CREATE INDEX ix_console_audit_at ON console_audit (at);;
CREATE TABLE console_provider_states (
  state_hash VARCHAR(64) NOT NULL,
  browser_hash VARCHAR(64) NOT NULL,
  nonce VARCHAR(64) NOT NULL,
  verifier VARCHAR(128) NOT NULL,
  next_path VARCHAR(500) NOT NULL,
  created_at DATETIME NOT NULL,
  PRIMARY KEY (state_hash)
);;
CREATE INDEX ix_console_provider_states_created_at ON console_provider_states (created_at);;
CREATE TABLE console_sessions (
  id VARCHAR(32) NOT NULL,
  token_hash VARCHAR(64) NOT NULL,
  account_id VARCHAR(32) NOT NULL,
  device VARCHAR(200) NOT NULL,
  strong BOOLEAN NOT NULL,
  id_token TEXT,
  totp_secret VARCHAR(400),
  created_at DATETIME NOT NULL,
  seen_at DATETIME NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (token_hash),
  FOREIGN KEY(account_id) REFERENCES console_accounts (id)
);;
CREATE INDEX ix_console_sessions_seen_at ON console_sessions (seen_at);;
CREATE INDEX ix_console_sessions_account_id ON console_sessions (account_id);;
CREATE TABLE console_sign_ins (
  token_hash VARCHAR(64) NOT NULL,
  account_id VARCHAR(32) NOT NULL,
  id_token TEXT,
  totp_secret VARCHAR(400),
  created_at DATETIME NOT NULL,
  PRIMARY KEY (token_hash),
  FOREIGN KEY(account_id) REFERENCES console_accounts (id)
);;
CREATE INDEX ix_console_sign_ins_account_id ON console_sign_ins (account_id);;
CREATE INDEX ix_console_sign_ins_created_at ON console_sign_ins (created_at);;
CREATE TABLE console_links (
  token_hash VARCHAR(64) NOT NULL,
  account_id VARCHAR(32) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  created_at DATETIME NOT NULL,
  expires_at DATETIME NOT NULL,
  PRIMARY KEY (token_hash),
  FOREIGN KEY(account_id) REFERENCES console_accounts (id)
);;
CREATE INDEX ix_console_links_account_id ON console_links (account_id);;
CREATE INDEX ix_console_links_expires_at ON console_links (expires_at);;
CREATE TABLE console_recovery_codes (
  account_id VARCHAR(32) NOT NULL,
  code_hash VARCHAR(64) NOT NULL,
  PRIMARY KEY (account_id, code_hash),
  FOREIGN KEY(account_id) REFERENCES console_accounts (id)
)
