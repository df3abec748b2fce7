-- The tables as the version before made them, and one account. Never written anew: it is what nodes
-- of that version left behind.
CREATE TABLE parley_schema(part text PRIMARY KEY, version integer NOT NULL);
INSERT INTO parley_schema VALUES('journal', 1), ('accounts', 1), ('files', 1), ('membership', 1), ('ownership', 1);

CREATE TABLE shard(id integer PRIMARY KEY, epoch bigint NOT NULL, owner text NOT NULL, settled_offset bigint NOT NULL);
INSERT INTO shard SELECT id, 5, '', 0 FROM generate_series(0, 255) id;
CREATE TABLE journal(shard integer NOT NULL, epoch bigint NOT NULL, shard_offset bigint NOT NULL, block bytea NOT NULL, PRIMARY KEY(shard, epoch, shard_offset));
CREATE TABLE message(
    dialog text COLLATE "C" NOT NULL, sequence bigint NOT NULL, originator text COLLATE "C" NOT NULL, event_id text COLLATE "C", body bytea NOT NULL, PRIMARY KEY(dialog, sequence));
CREATE UNIQUE INDEX message_by_event_id ON message(dialog, originator, event_id) WHERE event_id IS NOT NULL;
CREATE TABLE conversation(
    id text COLLATE "C" PRIMARY KEY, shard integer NOT NULL, account text COLLATE "C" NOT NULL, consumer text COLLATE "C" NOT NULL,
    stage smallint NOT NULL, updated bigint NOT NULL, version bigint NOT NULL, data bytea NOT NULL);
CREATE INDEX conversation_by_stage ON conversation(account, stage, updated);
CREATE INDEX conversation_by_consumer ON conversation(account, consumer, updated);
CREATE TABLE participation(
    conversation text COLLATE "C" NOT NULL, agent text COLLATE "C" NOT NULL, account text COLLATE "C" NOT NULL, stage smallint NOT NULL, updated bigint NOT NULL,
    PRIMARY KEY(conversation, agent));
CREATE INDEX participation_by_agent ON participation(account, agent, stage, updated);

CREATE TABLE installation(name text COLLATE "C" PRIMARY KEY, value text NOT NULL);
CREATE TABLE accounts(id text COLLATE "C" PRIMARY KEY, settings text NOT NULL, enabled boolean NOT NULL);
CREATE TABLE account_revisions(account text COLLATE "C" PRIMARY KEY, revision bigint NOT NULL, joined_ts bigint NOT NULL, changed_ts bigint NOT NULL);
CREATE TABLE skills(
    account text COLLATE "C" NOT NULL REFERENCES accounts, id text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL, settings text NOT NULL DEFAULT '{}',
    PRIMARY KEY(account, id), UNIQUE(account, name));
CREATE TABLE agents(
    pid text COLLATE "C" PRIMARY KEY, account text COLLATE "C" NOT NULL REFERENCES accounts, number text COLLATE "C" NOT NULL, login text COLLATE "C" NOT NULL,
    nickname text NOT NULL, full_name text NOT NULL, role text NOT NULL, max_slots integer NOT NULL, skills text NOT NULL, enabled boolean NOT NULL,
    password_hash text NOT NULL, details text NOT NULL, UNIQUE(account, number), UNIQUE(account, login));
CREATE TABLE app_keys(
    access_token_hash text COLLATE "C" PRIMARY KEY, pid text COLLATE "C" NOT NULL REFERENCES agents, app_key_hash text NOT NULL, secret_hash text NOT NULL,
    access_token_secret_hash text NOT NULL, created_ts bigint NOT NULL);
CREATE TABLE sessions(
    id text COLLATE "C" PRIMARY KEY, pid text COLLATE "C" NOT NULL REFERENCES agents, bearer_hash text COLLATE "C" NOT NULL UNIQUE, csrf_hash text NOT NULL,
    cookie_hash text NOT NULL, expires_ts bigint NOT NULL);
CREATE INDEX sessions_by_expiry ON sessions(expires_ts);
CREATE TABLE minted_tokens(
    jti text COLLATE "C" PRIMARY KEY, account text COLLATE "C" NOT NULL, consumer text COLLATE "C" NOT NULL, issued_ts bigint NOT NULL, expires_ts bigint NOT NULL);
CREATE TABLE revoked_tokens(account text COLLATE "C" NOT NULL, jti text COLLATE "C" NOT NULL, revoked_ts bigint NOT NULL, PRIMARY KEY(account, jti));
CREATE TABLE revoked_consumers(account text COLLATE "C" NOT NULL REFERENCES accounts, consumer text COLLATE "C" NOT NULL, revoked_ts bigint NOT NULL, PRIMARY KEY(account, consumer));
CREATE TABLE signing_keys(kid text COLLATE "C" PRIMARY KEY, algorithm text NOT NULL, private_key bytea NOT NULL, created_ts bigint NOT NULL, verify_until_ts bigint);
CREATE TABLE auth_connectors(account text COLLATE "C" NOT NULL REFERENCES accounts, id text COLLATE "C" NOT NULL, settings text NOT NULL, PRIMARY KEY(account, id));
CREATE TABLE canned_answers(account text COLLATE "C" NOT NULL REFERENCES accounts, id text COLLATE "C" NOT NULL, answer text NOT NULL, PRIMARY KEY(account, id));
CREATE TABLE profiles(account text COLLATE "C" NOT NULL, consumer text COLLATE "C" NOT NULL, profile text NOT NULL, updated_ts bigint NOT NULL, PRIMARY KEY(account, consumer));
CREATE TABLE consumer_claims(
    account text COLLATE "C" NOT NULL REFERENCES accounts, consumer text COLLATE "C" NOT NULL, claims text NOT NULL, updated_ts bigint NOT NULL, PRIMARY KEY(account, consumer));
CREATE TABLE used_assertions(account text COLLATE "C" NOT NULL REFERENCES accounts, id_hash text COLLATE "C" NOT NULL, expires_ts bigint NOT NULL, PRIMARY KEY(account, id_hash));
CREATE INDEX used_assertions_by_expiry ON used_assertions(expires_ts);
CREATE TABLE agent_states(account text COLLATE "C" NOT NULL REFERENCES accounts, pid text COLLATE "C" NOT NULL, state text NOT NULL, description text NOT NULL, PRIMARY KEY(account, pid));
CREATE TABLE account_change(id bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY, "table" text NOT NULL, key text[] NOT NULL, at timestamptz NOT NULL DEFAULT now());
CREATE FUNCTION log_account_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_advisory_xact_lock(5792036405054235508);
    INSERT INTO account_change("table", key)
        SELECT TG_TABLE_NAME, array_agg(to_jsonb(COALESCE(NEW, OLD)) ->> argument.name ORDER BY argument.place) FROM unnest(TG_ARGV) WITH ORDINALITY argument(name, place);
    RETURN NULL;
END $$;
CREATE TRIGGER logged AFTER INSERT OR UPDATE OR DELETE ON accounts FOR EACH ROW EXECUTE FUNCTION log_account_change('id');
CREATE TRIGGER logged AFTER INSERT OR UPDATE OR DELETE ON revoked_tokens FOR EACH ROW EXECUTE FUNCTION log_account_change('account', 'jti');
CREATE TRIGGER logged AFTER INSERT OR UPDATE OR DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION log_account_change('bearer_hash');

CREATE TABLE files(
    path text COLLATE "C" PRIMARY KEY, account text COLLATE "C" NOT NULL, uploader text COLLATE "C" NOT NULL, state integer NOT NULL, bytes bigint NOT NULL, added_ts bigint NOT NULL,
    shares integer NOT NULL);
CREATE TABLE shares(
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, path text COLLATE "C" NOT NULL REFERENCES files, conversation text COLLATE "C" NOT NULL, dialog text COLLATE "C" NOT NULL,
    audience integer NOT NULL, first_sequence bigint NOT NULL);
CREATE TABLE file_upload(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, path text COLLATE "C" NOT NULL, begun_ts bigint NOT NULL, bytes bigint, gone_ts bigint);
CREATE UNIQUE INDEX file_upload_shown ON file_upload(path) WHERE bytes IS NOT NULL AND gone_ts IS NULL;
CREATE TABLE file_piece(upload bigint NOT NULL REFERENCES file_upload ON DELETE CASCADE, number integer NOT NULL, content bytea NOT NULL, PRIMARY KEY(upload, number));

CREATE SEQUENCE membership_stamp;
CREATE TABLE membership(cluster text COLLATE "C" PRIMARY KEY, version integer NOT NULL, stamp bigint NOT NULL);
CREATE TABLE silo(
    cluster text COLLATE "C" NOT NULL, address text COLLATE "C" NOT NULL, port integer NOT NULL, generation integer NOT NULL, stamp bigint NOT NULL, status integer NOT NULL,
    host_name text, silo_name text, role_name text, update_zone integer NOT NULL, fault_zone integer NOT NULL, proxy_port integer NOT NULL, suspects text[] NOT NULL,
    suspected_ticks bigint[] NOT NULL, start_ticks bigint NOT NULL, alive_ticks bigint NOT NULL, PRIMARY KEY(cluster, address, port, generation));
CREATE TABLE node(id text COLLATE "C" PRIMARY KEY, address text NOT NULL, lease_until timestamptz NOT NULL);

INSERT INTO installation VALUES('issuer', 'https://localhost'), ('file_key', '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff');
INSERT INTO accounts VALUES('demo', '{}', true);
