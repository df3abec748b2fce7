using Parley.Accounts.Postgres.Tests.Support;
using Parley.Client.Tests.Peer;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Server.Identity;
using Parley.Server.Identity.Saml;
using Parley.Server.Identity.SignIn;

namespace Parley.Accounts.Postgres.Tests;

/// <summary>Two nodes over one database.</summary>
public sealed class TwoNodesTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Node _a = null!;
    private Node _b = null!;
    private AgentProfile _agent = null!;

    public async ValueTask InitializeAsync()
    {
        // They come to an empty database together.
        var nodes = await Task.WhenAll(Node.StartAsync(_database), Node.StartAsync(_database));
        (_a, _b) = (nodes[0], nodes[1]);
        await _a.Identity.Accounts.AddAsync("demo");
        _agent = await AddAsync(_a, "bot");
    }

    public async ValueTask DisposeAsync()
    {
        if (_a is not null) await _a.DisposeAsync();
        if (_b is not null) await _b.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Nodes_that_started_together_trust_each_others_tokens()
    {
        Assert.True((await _b.Identity.ConsumerTokens.ValidateAsync("demo", _a.Identity.ConsumerTokens.Issue("demo").Jwt)).IsValid);
        Assert.True((await _a.Identity.ConsumerTokens.ValidateAsync("demo", _b.Identity.ConsumerTokens.Issue("demo").Jwt)).IsValid);
        Assert.Equal(_a.Identity.FileKey, _b.Identity.FileKey);
        Assert.Single(_a.Identity.SigningKeys.Trusted);
    }

    [Fact]
    public async Task An_agent_added_on_one_node_logs_in_on_the_other_at_once()
    {
        var keys = await _a.Identity.Agents.AddKeysAsync(_agent);

        var login = await _b.Identity.Login.AuthenticateAsync("demo", LoginWith(keys), "", "");

        Assert.Equal((LoginOutcome.Accepted, _agent.Pid), (login.Outcome, login.Agent?.Pid));
    }

    [Fact]
    public async Task A_login_on_one_node_is_known_on_the_other_at_once_by_bearer_and_by_cookie()
    {
        var (one, byBearer) = await _a.Identity.Sessions.OpenAsync(_agent);
        Assert.Equal(one.Id, (await _b.Identity.Sessions.FindByBearerAsync("demo", byBearer.Bearer))?.Id);

        var (two, byCookie) = await _a.Identity.Sessions.OpenAsync(_agent);
        Assert.Equal(two.Id, (await _b.Identity.Sessions.FindAsync("demo", null, byCookie.Cookie, byCookie.Csrf))?.Id);
        Assert.Null(await _b.Identity.Sessions.FindByBearerAsync("demo", "never given out"));
    }

    [Fact]
    public async Task A_refresh_on_one_node_lengthens_the_session_that_the_other_has()
    {
        var (session, secrets) = await _a.Identity.Sessions.OpenAsync(_agent);
        var here = await _b.Identity.Sessions.FindByBearerAsync("demo", secrets.Bearer);
        _a.Time.Advance(TimeSpan.FromMinutes(5));
        await _a.Identity.Sessions.RefreshAsync(session);

        await _b.Store.CatchUpAsync();

        Assert.Equal(session.ExpiresAt, here!.ExpiresAt);
        Assert.Same(here, _b.Identity.Sessions.FindByBearer("demo", secrets.Bearer));
        await _b.HasNoMoreRevocationsAsync();
    }

    [Fact]
    public async Task Whatever_is_taken_back_on_one_node_ends_on_the_other_once()
    {
        var (session, secrets) = await _a.Identity.Sessions.OpenAsync(_agent);
        var token = _a.Identity.ConsumerTokens.Issue("demo").Consumer.TokenId;
        Assert.NotNull(await _b.Identity.Sessions.FindByBearerAsync("demo", secrets.Bearer));

        await RevokesAsync(() => _a.Identity.Sessions.EndAsync(session), new(RevocationKind.SessionEnded, "demo", session.Id));
        await RevokesAsync(() => _a.Identity.ConsumerTokens.RevokeAsync("demo", token), new(RevocationKind.TokenRevoked, "demo", token));
        await RevokesAsync(() => _a.Identity.ConsumerTokens.RevokeConsumerAsync("demo", "c1"), new(RevocationKind.ConsumerRevoked, "demo", "c1"));
        await RevokesAsync(() => _a.Identity.Agents.SetEnabledAsync(_agent, enabled: false), new(RevocationKind.AgentDisabled, "demo", _agent.Pid));
        await RevokesAsync(() => _a.Identity.Accounts.DisableAsync("demo"), new(RevocationKind.AccountDisabled, "demo", "demo"));
        Assert.Null(_b.Identity.Sessions.FindByBearer("demo", secrets.Bearer));
    }

    // No token has such an id; it must only do no harm.
    [Fact]
    public async Task An_id_that_the_database_cannot_keep_is_taken_back_once_under_another_name()
    {
        await _b.Store.CatchUpAsync();
        await _a.Identity.ConsumerTokens.RevokeAsync("demo", "\0");
        await _a.Identity.ConsumerTokens.RevokeAsync("demo", "\0");

        Assert.Equal(StorableText.Of("\0"), (await _b.RevokedAsync()).Id);
        await _b.HasNoMoreRevocationsAsync();
    }

    [Fact]
    public async Task A_password_changed_on_one_node_ends_the_sessions_that_were_opened_on_the_other()
    {
        var (session, _) = await _b.Identity.Sessions.OpenAsync(_agent);

        await _a.Identity.Sessions.EndAllAsync(_agent);

        Assert.Equal(session.Id, (await _b.RevokedAsync()).Id);
    }

    [Fact]
    public async Task A_change_of_settings_is_seen_on_the_other_node_with_its_revision()
    {
        var seen = new TaskCompletionSource<(long Revision, int? Ring)>(TaskCreationOptions.RunContinuationsAsynchronously);
        _b.Identity.Revisions.Changed += id => seen.TrySetResult((_b.Identity.Revisions.Of(id).Number, _b.Identity.Accounts.Find(id)?.Settings.RingSeconds));
        await _b.Store.CatchUpAsync();
        var before = _b.Identity.Revisions.Of("demo").Number;
        seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        await _a.Identity.Accounts.ChangeSettingsAsync("demo", AccountSettings.Default with { RingSeconds = 7 });

        Assert.Equal((before + 1, 7), await seen.Task.Within());
    }

    [Fact]
    public async Task Other_things_of_an_account_are_seen_on_the_other_node()
    {
        await _a.Identity.AuthConnectors.SaveAsync("demo", new AuthConnector { Id = "idp", Type = AuthConnectorType.Implicit, Issuer = "a" }, replace: false);
        var answer = await _a.Identity.CannedAnswers.SaveAsync("demo", null, before => before with { Title = "Hello", Text = "x" });
        await _a.Identity.Agents.AddSkillAsync("demo", "5", "support", skill => skill);
        await _a.Identity.ConsumerTokens.MintAsync("demo", "c1", null);
        var kid = await _a.Identity.SigningKeys.RotateAsync(TokenAlgorithm.RS256);
        await _b.Store.CatchUpAsync();

        Assert.Equal("a", Assert.Single(_b.Identity.AuthConnectors.All("demo")).Issuer);
        Assert.Equivalent(answer, Assert.Single(_b.Identity.CannedAnswers.All("demo")));
        Assert.NotNull(_b.Identity.Agents.FindSkill("demo", "5"));
        Assert.Single(_b.Identity.ConsumerTokens.Minted("demo"));
        Assert.Equal(kid, _b.Identity.SigningKeys.Current!.Id);

        await _b.Identity.AuthConnectors.RemoveAsync("demo", "idp");
        await _b.Identity.CannedAnswers.RemoveAsync("demo", answer.Id);
        await _a.Store.CatchUpAsync();
        Assert.Empty(_a.Identity.AuthConnectors.All("demo"));
        Assert.Empty(_a.Identity.CannedAnswers.All("demo"));
    }

    [Fact]
    public async Task A_key_rotated_on_one_node_signs_what_the_other_accepts_at_once()
    {
        await _a.Identity.SigningKeys.RotateAsync(TokenAlgorithm.ES256);

        Assert.True((await _b.Identity.ConsumerTokens.ValidateAsync("demo", _a.Identity.ConsumerTokens.Issue("demo").Jwt)).IsValid);
    }

    [Fact]
    public async Task An_assertion_used_on_one_node_is_not_used_on_the_other()
    {
        var proof = new SamlProof("bot", "hash", _a.Time.GetUtcNow() + TimeSpan.FromMinutes(1));

        Assert.True(await new UsedAssertions(_a.Store, _a.Time).TryUseAsync("demo", proof));
        Assert.False(await new UsedAssertions(_b.Store, _b.Time).TryUseAsync("demo", proof));
    }

    [Fact]
    public async Task Two_nodes_add_the_same_login_at_once_and_one_is_refused()
    {
        var both = new[] { AddAsync(_a, "twin"), AddAsync(_b, "twin") };

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Task.WhenAll(both));

        Assert.True(refused.IsConflict);
        var added = await both.Single(adding => adding.IsCompletedSuccessfully);
        await Task.WhenAll(_a.Store.CatchUpAsync().AsTask(), _b.Store.CatchUpAsync().AsTask());
        Assert.All([_a, _b], node => Assert.Equal(added.Pid, node.Identity.Agents.FindByLogin("demo", "twin")!.Pid));
        Assert.Equal(_a.Identity.Revisions.Of("demo"), _b.Identity.Revisions.Of("demo"));
    }

    [Fact]
    public async Task Numbers_of_agents_added_on_both_nodes_at_once_differ()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AddAsync(i % 2 == 0 ? _a : _b, $"agent{i}")));

        Assert.Equal(20, added.Select(agent => agent.Number).Distinct().Count());
    }

    // What is written by hand is in the log, but nobody announces it.
    [Fact]
    public async Task A_lost_notification_is_made_good_within_a_second()
    {
        await _b.Store.CatchUpAsync();
        _database.Run("UPDATE agents SET enabled = false");

        _b.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new Revocation(RevocationKind.AgentDisabled, "demo", _agent.Pid), await _b.RevokedAsync());
    }

    [Fact]
    public async Task A_node_that_lagged_behind_the_purge_reads_everything_anew()
    {
        var (session, secrets) = await _a.Identity.Sessions.OpenAsync(_agent);
        Assert.NotNull(await _b.Identity.Sessions.FindByBearerAsync("demo", secrets.Bearer));
        _database.Run("UPDATE agents SET enabled = false");
        _database.Run("DELETE FROM sessions");
        _database.Run("UPDATE account_change SET at = at - interval '2 days'");
        _a.Time.Advance(TimeSpan.FromHours(2));
        await _a.Identity.ConsumerTokens.RevokeAsync("demo", "late");

        Assert.Equal(
            [new(RevocationKind.AgentDisabled, "demo", _agent.Pid), new(RevocationKind.SessionEnded, "demo", session.Id), new(RevocationKind.TokenRevoked, "demo", "late")],
            new[] { await _b.RevokedAsync(), await _b.RevokedAsync(), await _b.RevokedAsync() });
        Assert.Equal(2L, _database.Run("SELECT count(*) FROM account_change"));
        await _b.HasNoMoreRevocationsAsync();
    }

    [Fact]
    public async Task More_changes_than_are_worth_reading_one_by_one_are_seen_too()
    {
        await _b.Store.CatchUpAsync();
        _database.Run("INSERT INTO revoked_tokens SELECT 'demo', i::text, 1 FROM generate_series(1, 6000) i");
        await _b.Store.CatchUpAsync();

        var revoked = new HashSet<string>();
        for (var i = 0; i < 6000; i++) revoked.Add((await _b.RevokedAsync()).Id);
        Assert.Equal(6000, revoked.Count);
        await _b.HasNoMoreRevocationsAsync();
    }

    // Were it not so, the second would be applied, and the first missed when it comes with a lower number.
    [Fact]
    public async Task Who_has_begun_to_log_commits_before_others_begin_so_that_none_is_missed()
    {
        await using var hand = await _database.Source.OpenConnectionAsync();
        await using var transaction = await hand.BeginTransactionAsync();
        hand.Statements().Execute("INSERT INTO revoked_tokens VALUES ('demo', 'first', 1)");

        var second = _a.Identity.ConsumerTokens.RevokeAsync("demo", "second");
        await _database.Until("SELECT EXISTS(SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)");
        await _b.HasNoMoreRevocationsAsync();
        await transaction.CommitAsync();
        await second;

        Assert.Equal(["first", "second"], new[] { (await _b.RevokedAsync()).Id, (await _b.RevokedAsync()).Id });
        await _b.HasNoMoreRevocationsAsync();
        Assert.Equal(["first", "second"], new[] { (await _a.RevokedAsync()).Id, (await _a.RevokedAsync()).Id });
    }

    [Fact]
    public async Task Who_stops_in_the_middle_of_a_write_does_not_keep_others_from_writing()
    {
        using var go = new ManualResetEventSlim();
        var stopped = _a.Store.WriteAsync(_ => go.Wait(), () => { });
        await _database.Until("SELECT EXISTS(SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted)");

        await _b.Identity.ConsumerTokens.RevokeAsync("demo", "one").Within();
        go.Set();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => stopped);
        await _a.Identity.ConsumerTokens.RevokeAsync("demo", "other").Within();
    }

    private static Task<AgentProfile> AddAsync(Node node, string login) => node.Identity.Agents.AddAsync(new NewAgent("demo", login, AgentRole.Agent, "hash", []));

    private static LoginRequest LoginWith(AppKeys keys) => new()
    {
        Username = "bot", AppKey = keys.AppKey, Secret = keys.Secret, AccessToken = keys.AccessToken, AccessTokenSecret = keys.AccessTokenSecret,
    };

    private async Task RevokesAsync(Func<Task> act, Revocation revocation)
    {
        await act();
        Assert.Equal(revocation, await _b.RevokedAsync());
        await _b.HasNoMoreRevocationsAsync();
        Assert.Equal(revocation, await _a.RevokedAsync());
        await _a.HasNoMoreRevocationsAsync();
    }
}
