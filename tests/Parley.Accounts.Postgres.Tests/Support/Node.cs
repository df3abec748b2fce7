using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Parley.Client.Tests.Peer;
using Parley.Journal.Postgres;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Server.Identity;

namespace Parley.Accounts.Postgres.Tests.Support;

/// <summary>A node's accounts, with connections and a clock of its own. While the clock stands, only notifications and need make it catch up.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly Channel<Revocation> _revocations = Channel.CreateUnbounded<Revocation>();

    private Node(NpgsqlDataSource source, PostgresAccountStore store, IdentityServices identity, FakeTimeProvider time)
    {
        (_source, Store, Identity, Time) = (source, store, identity, time);
        identity.Events.Revoked += revocation => _revocations.Writer.TryWrite(revocation);
    }

    public PostgresAccountStore Store { get; }
    public IdentityServices Identity { get; }
    public FakeTimeProvider Time { get; }

    public static async Task<Node> StartAsync(TestDatabase database)
    {
        var source = ParleyDatabase.Open(database.ConnectionString);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var store = PostgresAccountStore.Open(source, time);
        return new Node(source, store, await IdentityServices.OpenAsync(store, new IdentityOptions(), "parley.example", time), time);
    }

    /// <summary>The next identity that ended here.</summary>
    public Task<Revocation> RevokedAsync() => _revocations.Reader.ReadAsync().AsTask().Within();

    /// <summary>Everything that other nodes wrote until now is known here, and nothing more was revoked by it.</summary>
    public async Task HasNoMoreRevocationsAsync()
    {
        await Store.CatchUpAsync();
        Assert.False(_revocations.Reader.TryRead(out var more), $"{more}");
    }

    public async ValueTask DisposeAsync()
    {
        Identity.Dispose();
        await _source.DisposeAsync();
    }
}
