using System.Data.Common;
using Parley.Accounts.Postgres.Files;
using Parley.Accounts.Postgres.Tests.Support;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Server.Files;
using Parley.Server.Identity;

namespace Parley.Accounts.Postgres.Tests;

/// <summary>The database goes away and comes back.</summary>
public sealed class DatabaseAwayTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Writes_are_refused_meanwhile_what_is_known_is_answered_and_nodes_go_on_afterwards(bool inGoodOrder)
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        using var server = new PostgresServer();
        await using var database = new TestDatabase(server);
        await using var a = await Node.StartAsync(database);
        await using var b = await Node.StartAsync(database);
        await a.Identity.Accounts.AddAsync("demo");
        var agent = await a.Identity.Agents.AddAsync(new NewAgent("demo", "bot", AgentRole.Agent, "hash", []));
        var (session, secrets) = await a.Identity.Sessions.OpenAsync(agent);
        Assert.NotNull(await b.Identity.Sessions.FindByBearerAsync("demo", secrets.Bearer));
        FileTables.Prepare(database.Source);
        using var files = new PostgresFileStore(database.Source, a.Time);
        var path = FilePath.New("demo", FileType.Find("PNG")!);

        if (inGoodOrder) server.Stop();
        else server.Kill();

        foreach (var node in new[] { a, b })
        {
            await Assert.ThrowsAnyAsync<DbException>(() => node.Identity.ConsumerTokens.RevokeAsync("demo", "token"));
            await Assert.ThrowsAnyAsync<DbException>(() => node.Identity.Profiles.FindAsync("demo", "c1"));
            await Assert.ThrowsAnyAsync<DbException>(() => node.Identity.Sessions.FindByBearerAsync("demo", "unknown").AsTask());
            Assert.Equal(session.Id, (await node.Identity.Sessions.FindByBearerAsync("demo", secrets.Bearer))!.Id);
            await node.Identity.ConsumerTokens.ValidateAsync("demo", node.Identity.ConsumerTokens.Issue("demo").Jwt);
        }

        await Assert.ThrowsAnyAsync<IOException>(() => files.PutAsync(path, new MemoryStream([1]), 1, default));
        await Assert.ThrowsAnyAsync<IOException>(() => files.ExistsAsync(path, default));
        server.Start();

        await a.Identity.Sessions.EndAsync(session);
        b.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new Revocation(RevocationKind.SessionEnded, "demo", session.Id), await b.RevokedAsync());
        await a.Identity.ConsumerTokens.RevokeAsync("demo", "token");
        b.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new Revocation(RevocationKind.TokenRevoked, "demo", "token"), await b.RevokedAsync());
        Assert.Equal(1, await files.PutAsync(path, new MemoryStream([1]), 1, default));
        await b.HasNoMoreRevocationsAsync();
    }
}
