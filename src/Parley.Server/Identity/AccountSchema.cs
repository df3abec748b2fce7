namespace Parley.Server.Identity;

/// <summary>The tables of <c>accounts.db</c>. A migration is never edited once released; changes are appended.</summary>
internal static class AccountSchema
{
    public static readonly string[] Migrations =
    [
        """
        CREATE TABLE installation (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE accounts (id TEXT PRIMARY KEY, settings TEXT NOT NULL, enabled INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE skills (account TEXT NOT NULL REFERENCES accounts, id TEXT NOT NULL, name TEXT NOT NULL,
            PRIMARY KEY (account, id), UNIQUE (account, name)) WITHOUT ROWID;
        CREATE TABLE agents (pid TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts, number TEXT NOT NULL, login TEXT NOT NULL,
            nickname TEXT NOT NULL, full_name TEXT NOT NULL, role TEXT NOT NULL, max_slots INTEGER NOT NULL, skills TEXT NOT NULL,
            enabled INTEGER NOT NULL, password_hash TEXT NOT NULL, UNIQUE (account, number), UNIQUE (account, login)) WITHOUT ROWID;
        CREATE TABLE app_keys (access_token_hash TEXT PRIMARY KEY, pid TEXT NOT NULL REFERENCES agents,
            app_key_hash TEXT NOT NULL, secret_hash TEXT NOT NULL, access_token_secret_hash TEXT NOT NULL, created_ts INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE sessions (id TEXT PRIMARY KEY, pid TEXT NOT NULL REFERENCES agents, bearer_hash TEXT NOT NULL, csrf_hash TEXT NOT NULL,
            cookie_hash TEXT NOT NULL, expires_ts INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX sessions_by_agent ON sessions (pid);
        CREATE TABLE minted_tokens (jti TEXT PRIMARY KEY, account TEXT NOT NULL, consumer TEXT NOT NULL, issued_ts INTEGER NOT NULL, expires_ts INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE revoked_tokens (account TEXT NOT NULL, jti TEXT NOT NULL, revoked_ts INTEGER NOT NULL,
            PRIMARY KEY (account, jti)) WITHOUT ROWID;
        CREATE TABLE signing_keys (kid TEXT PRIMARY KEY, algorithm TEXT NOT NULL, private_key BLOB NOT NULL, created_ts INTEGER NOT NULL, verify_until_ts INTEGER) WITHOUT ROWID;
        """,
        """
        ALTER TABLE agents ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
        CREATE TABLE account_revisions (account TEXT PRIMARY KEY, revision INTEGER NOT NULL, joined_ts INTEGER NOT NULL, changed_ts INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE profiles (account TEXT NOT NULL, consumer TEXT NOT NULL, profile TEXT NOT NULL, updated_ts INTEGER NOT NULL,
            PRIMARY KEY (account, consumer)) WITHOUT ROWID;
        """,
        """
        CREATE TABLE auth_connectors (account TEXT NOT NULL REFERENCES accounts, id TEXT NOT NULL, settings TEXT NOT NULL,
            PRIMARY KEY (account, id)) WITHOUT ROWID;
        CREATE TABLE consumer_claims (account TEXT NOT NULL REFERENCES accounts, consumer TEXT NOT NULL, claims TEXT NOT NULL, updated_ts INTEGER NOT NULL,
            PRIMARY KEY (account, consumer)) WITHOUT ROWID;
        CREATE TABLE revoked_consumers (account TEXT NOT NULL REFERENCES accounts, consumer TEXT NOT NULL, revoked_ts INTEGER NOT NULL,
            PRIMARY KEY (account, consumer)) WITHOUT ROWID;
        """,
        """
        CREATE TABLE used_assertions (account TEXT NOT NULL REFERENCES accounts, id_hash TEXT NOT NULL, expires_ts INTEGER NOT NULL,
            PRIMARY KEY (account, id_hash)) WITHOUT ROWID;
        CREATE INDEX used_assertions_by_expiry ON used_assertions (expires_ts);
        """,
        """
        ALTER TABLE skills ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
        CREATE TABLE agent_states (account TEXT NOT NULL REFERENCES accounts, pid TEXT NOT NULL, state TEXT NOT NULL, description TEXT NOT NULL,
            PRIMARY KEY (account, pid)) WITHOUT ROWID;
        """,
        """
        CREATE TABLE canned_answers (account TEXT NOT NULL REFERENCES accounts, id TEXT NOT NULL, answer TEXT NOT NULL,
            PRIMARY KEY (account, id)) WITHOUT ROWID;
        """,
    ];
}
