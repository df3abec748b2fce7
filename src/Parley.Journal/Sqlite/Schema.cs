namespace Parley.Journal.Sqlite;

/// <summary>The versions of the two files. A step is never edited once released: the next version is one more step at the end.</summary>
internal static class Schema
{
    public static readonly string[] Journal =
    [
        "CREATE TABLE journal(id INTEGER PRIMARY KEY, block BLOB NOT NULL)",
    ];

    public static readonly string[] Messages =
    [
        """
        CREATE TABLE message(
            dialog TEXT NOT NULL, sequence INTEGER NOT NULL, originator TEXT NOT NULL, event_id TEXT, body BLOB NOT NULL,
            PRIMARY KEY(dialog, sequence)) WITHOUT ROWID;
        CREATE UNIQUE INDEX message_by_event_id ON message(dialog, originator, event_id) WHERE event_id IS NOT NULL;
        CREATE TABLE conversation(
            id TEXT PRIMARY KEY, account TEXT NOT NULL, consumer TEXT NOT NULL, stage INTEGER NOT NULL, updated INTEGER NOT NULL,
            version INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE INDEX conversation_by_stage ON conversation(account, stage, updated);
        CREATE INDEX conversation_by_consumer ON conversation(account, consumer, updated);
        CREATE TABLE meta(key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
        INSERT INTO meta VALUES('settled_through', 0);
        """,
        """
        CREATE TABLE participation(
            conversation TEXT NOT NULL, agent TEXT NOT NULL, account TEXT NOT NULL, stage INTEGER NOT NULL, updated INTEGER NOT NULL,
            PRIMARY KEY(conversation, agent)) WITHOUT ROWID;
        INSERT INTO participation SELECT DISTINCT c.id, participant.value ->> 'UserId', c.account, c.stage, c.updated
            FROM conversation c, json_each(CAST(c.data AS TEXT), '$.Dialogs') dialog, json_each(dialog.value, '$.Participants') participant
            WHERE participant.value ->> 'Role' <> 0 AND participant.value ->> 'State' = 0;
        CREATE INDEX participation_by_agent ON participation(account, agent, stage, updated);
        """,
        // A row with a last sequence is a run of packed events, each after its length; one without is a single event, as they were stored before.
        """
        ALTER TABLE message ADD COLUMN last INTEGER;
        CREATE TABLE event_id(
            dialog TEXT NOT NULL, originator TEXT NOT NULL, id TEXT NOT NULL, sequence INTEGER NOT NULL,
            PRIMARY KEY(dialog, originator, id)) WITHOUT ROWID;
        """,
    ];

    /// <summary>Brings a file to the last version, each step in its own transaction.</summary>
    /// <exception cref="NewerSchemaException">The file was written by a newer program.</exception>
    public static void Upgrade(Database database, string[] steps)
    {
        var version = database.Execute("PRAGMA user_version");
        if (version > steps.Length) throw new NewerSchemaException(database.Path, version, steps.Length);
        for (; version < steps.Length; version++)
        {
            var step = steps[version];
            database.Transaction(() =>
            {
                foreach (var statement in step.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                    database.Execute(statement);
                database.Execute($"PRAGMA user_version={version + 1}");
            });
        }
    }
}
