using Parley.Cluster.Ownership;
using Parley.Cluster.Tests.Support;
using Parley.Journal;
using Parley.Journal.Postgres.Migrating;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Upgrading;

/// <summary>
/// Nodes of two versions over one database. The version before is here as it wrote its tables and its statements; when a version is released, its tables and statements
/// take their place.
/// </summary>
public sealed class UpgradeTests
{
    private const string OldNode = "old/1";

    // What a node of the version before says, in the order of its life, and how many rows that is.
    private static readonly (string Sql, int Rows)[] BecomesANode =
    [
        ("WITH gone AS (DELETE FROM node WHERE lease_until < clock_timestamp() - interval '1 day' AND id <> 'old/1') INSERT INTO node VALUES('old/1', 'S10.0.0.9:9640:1', clock_timestamp() + interval '1 hour') ON CONFLICT(id) DO UPDATE SET lease_until = excluded.lease_until", 1),
        ("INSERT INTO membership VALUES('another', 0, nextval('membership_stamp'))", 1),
        ("INSERT INTO silo VALUES('another', '10.0.0.9', 9640, 1, nextval('membership_stamp'), 3, 'old', 'old', NULL, 0, 0, 0, '{}', '{}', 1, 1)", 1),
        ("UPDATE silo SET alive_ticks = 2 WHERE cluster = 'another' AND port = 9640", 1),
        ("SELECT pg_notify('parley_ownership', '')", -1),
    ];

    private static readonly (string Sql, int Rows)[] Works =
    [
        ("UPDATE shard SET epoch = epoch + 1, owner = 'old/1' WHERE owner = ''", 128),
        ("UPDATE node SET lease_until = clock_timestamp() + interval '1 hour' WHERE id = 'old/1' AND lease_until > clock_timestamp()", 1),
        ("INSERT INTO journal(shard, epoch, shard_offset, block) SELECT id, epoch, settled_offset + 1, '\\x01' FROM shard WHERE id = (SELECT min(id) FROM shard WHERE owner = 'old/1') AND owner = 'old/1'", 1),
        ("INSERT INTO message(dialog, sequence, originator, event_id, body) VALUES('c', 0, 'o', 'e', '\\x01')", 1),
        ("INSERT INTO conversation(id, shard, account, consumer, stage, updated, version, data) SELECT * FROM unnest(ARRAY['c'], ARRAY[1], ARRAY['none'], ARRAY['o'], ARRAY[0::smallint], ARRAY[1::bigint], ARRAY[1::bigint], ARRAY['{}'::bytea]) ON CONFLICT(id) DO UPDATE SET data = excluded.data", 1),
        ("INSERT INTO participation(conversation, agent, account, stage, updated) VALUES('c', 'a', 'none', 0, 1)", 1),
        ("UPDATE shard s SET settled_offset = settled_offset + 1 FROM journal j WHERE j.shard = s.id", 1),
        ("DELETE FROM journal j USING shard s WHERE j.shard = s.id AND j.shard_offset <= s.settled_offset", 1),
        ("INSERT INTO revoked_tokens(account, jti, revoked_ts) VALUES('demo', 'j', 1)", 1),
        ("UPDATE accounts SET settings = '{}' WHERE id = 'demo'", 1),
        ("DELETE FROM account_change WHERE id < (SELECT max(id) FROM account_change)", 2),
        ("INSERT INTO files(path, account, uploader, state, bytes, added_ts, shares) VALUES('/v1/files/demo/1.PNG', 'demo', 'o', 1, 1, 1, 0)", 1),
        ("INSERT INTO shares(path, conversation, dialog, audience, first_sequence) VALUES('/v1/files/demo/1.PNG', 'c', 'c', 0, 0)", 1),
        ("WITH upload AS (INSERT INTO file_upload(path, begun_ts) VALUES('/v1/files/demo/1.PNG', 1) RETURNING id) SELECT id FROM upload", -1),
    ];

    private static readonly (string Sql, int Rows)[] Leaves =
    [
        ("UPDATE shard SET owner = '' WHERE owner = 'old/1'", 128),
        ("DELETE FROM node WHERE id = 'old/1'", 1),
        ("SELECT pg_notify('parley_ownership', '')", -1),
    ];

    [Fact]
    public async Task A_node_of_the_version_before_works_beside_one_that_has_changed_the_tables()
    {
        await using var cluster = new TestCluster(hasOwnTime: false);
        MakePrevious(cluster.Database);
        var node = await cluster.Join("new");
        Assert.Equal(OwnershipSchema.Steps.Length, cluster.Database.Run("SELECT version FROM parley_schema WHERE part = 'ownership'"));

        Run(cluster.Database, BecomesANode);
        await cluster.Until(() => node.Owned.Length == 128);
        await cluster.Database.Until("SELECT count(*) = 128 FROM shard WHERE owner = ''");
        Run(cluster.Database, Works);
        await cluster.Until(() => Enumerable.Range(0, 256).Count(shard => node.Balancer.Map.OwnerOf(shard) == OldNode) == 128);
        Run(cluster.Database, Leaves);
        await cluster.Until(() => node.Owned.Length == 256);
        Assert.Null(node.Balancer.Failure);
    }

    [Fact]
    public async Task The_version_before_may_be_started_again_and_one_that_cannot_live_there_is_refused()
    {
        await using var database = new TestDatabase();
        string[] steps = ["CREATE TABLE thing(id integer)", "ALTER TABLE thing ADD COLUMN name text"];
        Migrations.Apply(database.Source, "things", steps);
        Migrations.Apply(database.Source, "things", steps[..1]);

        string[] later = [.. steps, "ALTER TABLE thing DROP COLUMN id"];
        Migrations.Apply(database.Source, "things", later, oldest: 2);
        Migrations.Apply(database.Source, "things", steps);
        Assert.Throws<NewerSchemaException>(() => Migrations.Apply(database.Source, "things", steps[..1]));
        Assert.Equal(3, database.Run("SELECT version FROM parley_schema WHERE part = 'things'"));
    }

    [Fact]
    public async Task Tables_that_do_not_say_who_can_live_there_are_for_those_that_know_them()
    {
        await using var database = new TestDatabase();
        MakePrevious(database);
        database.Run("UPDATE parley_schema SET version = 9 WHERE part = 'journal'");
        Assert.Throws<NewerSchemaException>(() => database.Open());
    }

    private static void MakePrevious(TestDatabase database)
    {
        using var text = new StreamReader(typeof(UpgradeTests).Assembly.GetManifestResourceStream("previous.sql")!);
        database.Run(text.ReadToEnd());
    }

    private static void Run(TestDatabase database, (string Sql, int Rows)[] statements)
    {
        foreach (var (sql, rows) in statements)
        {
            using var command = database.Source.CreateCommand(sql);
            Assert.Equal((sql, rows), (sql, command.ExecuteNonQuery()));
        }
    }
}
