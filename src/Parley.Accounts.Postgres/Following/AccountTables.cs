namespace Parley.Accounts.Postgres.Following;

/// <summary>The tables of accounts, and the log of their changes.</summary>
internal static class AccountTables
{
    public const string Part = "accounts";

    /// <summary>The advisory lock of whoever writes; any number will do that nobody else locks in this database.</summary>
    public const long WriterLock = 0x5061726C_41636374;

    /// <summary>The advisory lock of whoever is at what only one may be at; he writes meanwhile.</summary>
    public const long AloneLock = WriterLock + 1;

    public const string Channel = "parley_account_change";

    // A step is never edited once released; changes are appended. The trigger takes the writers' lock too, so that whoever writes by
    // hand keeps the order of the log as well.
    public static readonly string[] Steps =
    [
        $$"""
        CREATE TABLE installation(name text COLLATE "C" PRIMARY KEY, value text NOT NULL);
        CREATE TABLE accounts(id text COLLATE "C" PRIMARY KEY, settings text NOT NULL, enabled boolean NOT NULL);
        CREATE TABLE account_revisions(account text COLLATE "C" PRIMARY KEY, revision bigint NOT NULL, joined_ts bigint NOT NULL, changed_ts bigint NOT NULL);
        CREATE TABLE skills(account text COLLATE "C" NOT NULL REFERENCES accounts, id text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL,
            settings text NOT NULL DEFAULT '{}', PRIMARY KEY(account, id), UNIQUE(account, name));
        CREATE TABLE agents(pid text COLLATE "C" PRIMARY KEY, account text COLLATE "C" NOT NULL REFERENCES accounts, number text COLLATE "C" NOT NULL,
            login text COLLATE "C" NOT NULL, nickname text NOT NULL, full_name text NOT NULL, role text NOT NULL, max_slots integer NOT NULL,
            skills text NOT NULL, enabled boolean NOT NULL, password_hash text NOT NULL, details text NOT NULL,
            UNIQUE(account, number), UNIQUE(account, login));
        CREATE TABLE app_keys(access_token_hash text COLLATE "C" PRIMARY KEY, pid text COLLATE "C" NOT NULL REFERENCES agents, app_key_hash text NOT NULL,
            secret_hash text NOT NULL, access_token_secret_hash text NOT NULL, created_ts bigint NOT NULL);
        CREATE TABLE sessions(id text COLLATE "C" PRIMARY KEY, pid text COLLATE "C" NOT NULL REFERENCES agents, bearer_hash text COLLATE "C" NOT NULL UNIQUE,
            csrf_hash text NOT NULL, cookie_hash text NOT NULL, expires_ts bigint NOT NULL);
        CREATE INDEX sessions_by_expiry ON sessions(expires_ts);
        CREATE TABLE minted_tokens(jti text COLLATE "C" PRIMARY KEY, account text COLLATE "C" NOT NULL, consumer text COLLATE "C" NOT NULL,
            issued_ts bigint NOT NULL, expires_ts bigint NOT NULL);
        CREATE TABLE revoked_tokens(account text COLLATE "C" NOT NULL, jti text COLLATE "C" NOT NULL, revoked_ts bigint NOT NULL, PRIMARY KEY(account, jti));
        CREATE TABLE revoked_consumers(account text COLLATE "C" NOT NULL REFERENCES accounts, consumer text COLLATE "C" NOT NULL, revoked_ts bigint NOT NULL,
            PRIMARY KEY(account, consumer));
        CREATE TABLE signing_keys(kid text COLLATE "C" PRIMARY KEY, algorithm text NOT NULL, private_key bytea NOT NULL, created_ts bigint NOT NULL, verify_until_ts bigint);
        CREATE TABLE auth_connectors(account text COLLATE "C" NOT NULL REFERENCES accounts, id text COLLATE "C" NOT NULL, settings text NOT NULL, PRIMARY KEY(account, id));
        CREATE TABLE canned_answers(account text COLLATE "C" NOT NULL REFERENCES accounts, id text COLLATE "C" NOT NULL, answer text NOT NULL, PRIMARY KEY(account, id));

        CREATE TABLE profiles(account text COLLATE "C" NOT NULL, consumer text COLLATE "C" NOT NULL, profile text NOT NULL, updated_ts bigint NOT NULL,
            PRIMARY KEY(account, consumer));
        CREATE TABLE consumer_claims(account text COLLATE "C" NOT NULL REFERENCES accounts, consumer text COLLATE "C" NOT NULL, claims text NOT NULL,
            updated_ts bigint NOT NULL, PRIMARY KEY(account, consumer));
        CREATE TABLE used_assertions(account text COLLATE "C" NOT NULL REFERENCES accounts, id_hash text COLLATE "C" NOT NULL, expires_ts bigint NOT NULL,
            PRIMARY KEY(account, id_hash));
        CREATE INDEX used_assertions_by_expiry ON used_assertions(expires_ts);
        CREATE TABLE agent_states(account text COLLATE "C" NOT NULL REFERENCES accounts, pid text COLLATE "C" NOT NULL, state text NOT NULL, description text NOT NULL,
            PRIMARY KEY(account, pid));

        CREATE TABLE account_change(id bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY, "table" text NOT NULL, key text[] NOT NULL,
            at timestamptz NOT NULL DEFAULT now());
        CREATE FUNCTION log_account_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM pg_advisory_xact_lock({{WriterLock}});
            INSERT INTO account_change("table", key)
                SELECT TG_TABLE_NAME, array_agg(to_jsonb(COALESCE(NEW, OLD)) ->> argument.name ORDER BY argument.place)
                FROM unnest(TG_ARGV) WITH ORDINALITY argument(name, place);
            RETURN NULL;
        END $$;
        {{Logged("accounts", "id")}}
        {{Logged("account_revisions", "account")}}
        {{Logged("skills", "account", "id")}}
        {{Logged("agents", "pid")}}
        {{Logged("app_keys", "access_token_hash")}}
        {{Logged("sessions", "bearer_hash")}}
        {{Logged("minted_tokens", "jti")}}
        {{Logged("revoked_tokens", "account", "jti")}}
        {{Logged("revoked_consumers", "account", "consumer")}}
        {{Logged("signing_keys", "kid")}}
        {{Logged("auth_connectors", "account", "id")}}
        {{Logged("canned_answers", "account", "id")}}
        """,
    ];

    private static string Logged(string table, params string[] key) =>
        $"CREATE TRIGGER logged AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION log_account_change({string.Join(", ", key.Select(name => $"'{name}'"))});";
}
