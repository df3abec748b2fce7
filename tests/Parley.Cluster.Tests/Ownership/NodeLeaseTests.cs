using Npgsql;
using Parley.Cluster.Ownership;
using Parley.Cluster.Tests.Support;
using Parley.Journal.Postgres;
using Parley.Journal.Postgres.Migrating;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Ownership;

/// <summary>One lease, by the node's clock and by the database's.</summary>
public sealed class NodeLeaseTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly ClusterClock _clock;
    private readonly Proxy _proxy;
    private readonly NpgsqlDataSource _source;
    private readonly NodeLease _lease;
    private TaskCompletionSource<bool> _attempted = new();
    private int _lost;

    public NodeLeaseTests()
    {
        _clock = new ClusterClock(_database);
        _proxy = new Proxy(_database);
        _source = ParleyDatabase.Open(_proxy.ConnectionString);
        _lease = new NodeLease(new NodeLeaseOptions(_source, "node", "here") { Time = _clock.Nodes });
        _lease.Lost += () => _lost++;
        _lease.Attempted += isStored => _attempted.TrySetResult(isStored);
    }

    public async ValueTask InitializeAsync()
    {
        await new PostgresJournal(new PostgresJournalOptions(_database.Source, "tables")).DisposeAsync();
        Migrations.Apply(_database.Source, OwnershipSchema.Part, OwnershipSchema.Steps);
        await _lease.AcquireAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _proxy.Mend();
        await _lease.DisposeAsync();
        await _source.DisposeAsync();
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task It_is_held_as_long_as_it_is_renewed()
    {
        for (var second = 0; second < 10; second++) await Second();
        Assert.True(_lease.IsHeld);
        Assert.Equal(0, _lost);
        Assert.Equal(TimeSpan.FromSeconds(3), Left());
    }

    [Fact]
    public async Task It_is_renewed_where_nobody_listens_to_its_attempts()
    {
        await using var unwatched = new NodeLease(new NodeLeaseOptions(_database.Source, "unwatched", "here"));
        await unwatched.AcquireAsync();
        for (var half = 0; half < 8; half++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken);
            Assert.True(unwatched.IsHeld);
        }
    }

    [Fact]
    public async Task It_is_lost_before_the_database_ends_it_when_the_database_is_away()
    {
        await Second();
        _proxy.Swallow();
        _clock.Advance(TimeSpan.FromSeconds(2.6));
        Assert.Equal((true, 0), (_lease.IsHeld, _lost));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal((false, 1), (_lease.IsHeld, _lost));
        Assert.Equal(TimeSpan.FromSeconds(0.3), Left());
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, _lost);
    }

    /// <summary>Every attempt to renew or to acquire it that arrived made the node seem to live for 3 s more, as long as its pool had connections, while nobody was served.</summary>
    [Fact]
    public async Task It_ends_in_the_database_too_when_requests_arrive_and_answers_do_not()
    {
        foreach (var idle in await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => await _source.OpenConnectionAsync()))) await idle.DisposeAsync();
        await Second();
        _proxy.SwallowReplies();
        _clock.AdvanceDatabase(TimeSpan.FromSeconds(1));
        _clock.Nodes.Advance(TimeSpan.FromSeconds(1)); // a renewal that arrives
        await _database.Until("SELECT lease_until - now() > interval '2.9 s' FROM node");
        await Attempted(() => _clock.Advance(TimeSpan.FromSeconds(1)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_lease.IsHeld);

        var acquiring = _lease.AcquireAsync();
        await _database.Until("SELECT EXISTS(SELECT FROM pg_stat_activity WHERE datname = current_database() AND query ~ '^SELECT (1$|pg_notify)')");
        Assert.InRange(Left(), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAsync<TimeoutException>(() => acquiring);
    }

    [Fact]
    public async Task An_attempt_that_gets_no_answer_does_not_cost_it()
    {
        _proxy.Swallow();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await Attempted(() => _clock.Advance(TimeSpan.FromSeconds(1))));
        _proxy.Mend();
        Assert.True(await Attempted(() => _clock.Advance(TimeSpan.FromSeconds(0.25))));
        Assert.Equal((true, 0), (_lease.IsHeld, _lost));
    }

    [Fact]
    public async Task It_is_lost_when_the_database_says_that_it_has_ended()
    {
        var isLost = new TaskCompletionSource();
        _lease.Lost += isLost.SetResult;
        _clock.AdvanceDatabase(TimeSpan.FromSeconds(3)); // by a clock that was set, say
        _clock.Nodes.Advance(TimeSpan.FromSeconds(1));
        await isLost.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(_lease.IsHeld);
    }

    // Who looked after the end has seen it ended, and may have taken what it covered.
    [Fact]
    public async Task An_answer_that_comes_after_its_end_does_not_prolong_it()
    {
        using (var blocker = _database.Source.OpenConnection())
        {
            using var transaction = blocker.BeginTransaction();
            using (var command = new NpgsqlCommand("SELECT FROM node FOR UPDATE", blocker)) command.ExecuteNonQuery();
            _clock.Nodes.Advance(TimeSpan.FromSeconds(1.9)); // the renewal waits for the row
            await _database.Until("SELECT EXISTS(SELECT FROM pg_locks WHERE NOT granted)");
            _clock.Nodes.Advance(TimeSpan.FromSeconds(0.9));
            Assert.Equal((false, 1), (_lease.IsHeld, _lost));
            Assert.False(await Attempted(transaction.Commit));
        }

        Assert.Equal((false, 1), (_lease.IsHeld, _lost));
    }

    [Fact]
    public async Task It_can_be_acquired_again_after_it_was_lost()
    {
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(_lease.IsHeld);
        await _lease.AcquireAsync();
        await Second();
        Assert.Equal((true, 1), (_lease.IsHeld, _lost));
        await Assert.ThrowsAsync<InvalidOperationException>(_lease.AcquireAsync);
    }

    [Fact]
    public async Task An_attempt_without_answer_does_not_hold_up_its_end()
    {
        _proxy.Swallow();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _lease.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((false, 0), (_lease.IsHeld, _lost));
    }

    [Fact]
    public async Task Given_back_it_leaves_nothing_under_its_name_and_is_not_lost()
    {
        _database.Run($"UPDATE shard SET owner = '{_lease.Id}' WHERE id < 3");
        await _lease.ReleaseAsync();
        Assert.Equal((false, 0), (_lease.IsHeld, _lost));
        Assert.Equal(0L, _database.Run("SELECT count(*) FROM node"));
        Assert.Equal(0L, _database.Run("SELECT count(*) FROM shard WHERE owner <> ''"));
    }

    [Fact]
    public async Task It_is_not_acquired_while_the_database_is_away()
    {
        _clock.Advance(TimeSpan.FromSeconds(10));
        _proxy.Lose(new Loss(Lost.Request, "node"));
        await Assert.ThrowsAnyAsync<NpgsqlException>(_lease.AcquireAsync);
        Assert.False(_lease.IsHeld);
        _proxy.Mend();
        await _lease.AcquireAsync();
        Assert.True(_lease.IsHeld);
    }

    private async Task Second() => Assert.True(await Attempted(() =>
    {
        _clock.AdvanceDatabase(TimeSpan.FromSeconds(1));
        _clock.Nodes.Advance(TimeSpan.FromSeconds(1));
    }));

    // The outcome of the attempt that ends by this.
    private async Task<bool> Attempted(Action happening)
    {
        _attempted = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        happening();
        return await _attempted.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private TimeSpan Left()
    {
        using var command = _database.Source.CreateCommand("SELECT lease_until - now() FROM node");
        return (TimeSpan)command.ExecuteScalar()!;
    }
}
