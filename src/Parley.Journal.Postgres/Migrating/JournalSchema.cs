namespace Parley.Journal.Postgres.Migrating;

/// <summary>The versions of the journal's tables.</summary>
internal static class JournalSchema
{
    public const string Part = "journal";

    public static readonly string[] Steps =
    [
        // Blocks are packed already, and rows come and go: vacuum follows the number of rows, not the size of the table.
        """
        CREATE TABLE shard(
            id integer PRIMARY KEY, epoch bigint NOT NULL, owner text NOT NULL, settled_offset bigint NOT NULL) WITH (fillfactor = 50);
        INSERT INTO shard SELECT id, 0, '', 0 FROM generate_series(0, 255) id;

        CREATE TABLE journal(
            shard integer NOT NULL, epoch bigint NOT NULL, shard_offset bigint NOT NULL, block bytea NOT NULL,
            PRIMARY KEY(shard, epoch, shard_offset))
            WITH (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_cost_delay = 0);

        ALTER TABLE journal ALTER block SET STORAGE EXTERNAL;

        CREATE TABLE message(
            dialog text COLLATE "C" NOT NULL, sequence bigint NOT NULL, originator text COLLATE "C" NOT NULL, event_id text COLLATE "C", body bytea NOT NULL,
            PRIMARY KEY(dialog, sequence));
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
        """,
    ];
}
