using Microsoft.Extensions.Time.Testing;
using Parley.Server.Canned;
using Parley.Server.Identity;
using Parley.Server.Identity.Saml;
using Parley.Server.Identity.SignIn;
using Parley.Server.Routing;
using Parley.Server.Storage;

namespace Parley.Accounts.Postgres.Tests;

/// <summary>What every store of accounts keeps, seen through those who use it; the subclasses say how one is opened.</summary>
public abstract class IdentityConformance : IAsyncLifetime
{
    private IAccountStore _store = null!;

    private protected FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);
    private protected IdentityServices Identity { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await OpenAsync();
        await Identity.Accounts.AddAsync("demo");
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Identity?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Agents_and_skills_survive_a_restart()
    {
        var agent = await Identity.Agents.AddAsync(new NewAgent("demo", "bot", AgentRole.Manager, "hash", ["sales", "77"])
        {
            MaxSlots = 9, Nickname = "Bö \\ 𝄞", Profile = new Dictionary<string, string> { ["email"] = "bo@example.test", ["userType"] = "bot" },
        });
        agent = await Identity.Agents.ChangeAsync(agent, new Dictionary<string, string> { ["employeeId"] = "E-1" });
        await Identity.Agents.SetEnabledAsync(agent, enabled: false);
        await Identity.Agents.SetPasswordHashAsync(agent, "other");
        var keys = await Identity.Agents.AddKeysAsync(agent);
        await Identity.Agents.AddSkillAsync("demo", "5", "support", skill => skill);
        await Identity.Agents.ChangeSkillAsync("demo", "5", skill => skill with { Name = "help" });
        await Identity.Agents.AddSkillAsync("demo", "6", "gone", skill => skill);
        await Identity.Agents.RemoveSkillAsync("demo", "6", () => null);
        var revision = Identity.Revisions.Of("demo");

        await ReopenAsync();

        var read = Identity.Agents.Find("demo", agent.Pid)!;
        Assert.Equivalent(agent with { Enabled = false }, read, strict: true);
        Assert.Equal("other", Identity.Agents.PasswordHashOf(read));
        Assert.True(Identity.Agents.HasKeys(read, keys));
        Assert.Equal(["5", "77", "1001"], Identity.Agents.Skills("demo").Select(skill => skill.Id));
        Assert.Equal("help", Identity.Agents.FindSkill("demo", "5")!.Name);
        Assert.Equal(revision, Identity.Revisions.Of("demo"));
    }

    [Fact]
    public async Task Settings_and_disabled_accounts_survive_a_restart()
    {
        var settings = AccountSettings.Default with { RingSeconds = 5, Limits = new LimitOverrides { AgentBurst = 7 } };
        await Identity.Accounts.ChangeSettingsAsync("demo", settings);
        await Identity.Accounts.AddAsync("other");
        await Identity.Accounts.DisableAsync("other");

        await ReopenAsync();

        Assert.Equal(settings, Identity.Accounts.Find("demo")!.Settings);
        Assert.Null(Identity.Accounts.Find("other"));
        Assert.Equal(["demo", "other"], Identity.Accounts.All.Select(account => account.Id));
    }

    [Fact]
    public async Task What_is_refused_changes_nothing_and_tells_nobody()
    {
        var agent = await AddAsync("bot");
        var revision = Identity.Revisions.Of("demo");
        var changed = 0;
        Identity.Revisions.Changed += _ => changed++;

        Assert.True((await Assert.ThrowsAsync<RefusedException>(() => AddAsync("bot"))).IsConflict);
        await Assert.ThrowsAsync<RefusedException>(() => Identity.Accounts.AddAsync("demo"));
        await Assert.ThrowsAsync<RefusedException>(() => Identity.Agents.ChangeAsync(agent, new Dictionary<string, string> { ["nickname"] = "lost", ["pictureUrl"] = "none" }));
        await ReopenAsync();

        Assert.Equal((revision, 0), (Identity.Revisions.Of("demo"), changed));
        Assert.Equal("bot", Assert.Single(Identity.Agents.All("demo")).Nickname);
    }

    [Fact]
    public async Task Sessions_survive_a_restart_as_they_were_refreshed_and_ended()
    {
        var agent = await AddAsync("bot");
        var (kept, secrets) = await Identity.Sessions.OpenAsync(agent);
        var (ended, endedSecrets) = await Identity.Sessions.OpenAsync(agent);
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await Identity.Sessions.RefreshAsync(kept));
        await Identity.Sessions.EndAsync(ended);

        await ReopenAsync();

        Assert.Equal(kept.ExpiresAt, Identity.Sessions.FindByBearer("demo", secrets.Bearer)!.ExpiresAt);
        Assert.Equal(kept.Id, (await Identity.Sessions.FindAsync("demo", null, secrets.Cookie, secrets.Csrf))!.Id);
        Assert.Null(await Identity.Sessions.FindByBearerAsync("demo", endedSecrets.Bearer));
        Assert.False(await Identity.Sessions.RefreshAsync(ended));
        Time.Advance(Identity.Sessions.Lifetime);
        await Identity.Sessions.OpenAsync(agent);
        await ReopenAsync();
        Assert.Null(Identity.Sessions.FindByBearer("demo", secrets.Bearer));
    }

    [Fact]
    public async Task Tokens_their_keys_and_revocations_survive_a_restart()
    {
        var minted = await Identity.ConsumerTokens.MintAsync("demo", "c1", null);
        var (revoked, mine) = (Identity.ConsumerTokens.Issue("demo"), Identity.ConsumerTokens.Issue("demo", "c2"));
        await Identity.ConsumerTokens.RevokeAsync("demo", revoked.Consumer.TokenId);
        await Identity.ConsumerTokens.RevokeAsync("demo", revoked.Consumer.TokenId);
        await Identity.ConsumerTokens.RevokeConsumerAsync("demo", "c2");
        Time.Advance(TimeSpan.FromSeconds(2));
        await Identity.ConsumerTokens.RevokeConsumerAsync("demo", "c2");
        var kid = await Identity.SigningKeys.RotateAsync(TokenAlgorithm.ES256);

        await ReopenAsync();

        Assert.Equal("c1", Assert.Single(Identity.ConsumerTokens.Minted("demo")).ConsumerId);
        Assert.True((await Identity.ConsumerTokens.ValidateAsync("demo", minted.Jwt)).IsValid);
        Assert.Equal(TokenFailure.Revoked, Identity.ConsumerTokens.Validate("demo", revoked.Jwt).Failure);
        Assert.Equal(TokenFailure.Revoked, Identity.ConsumerTokens.Validate("demo", mine.Jwt).Failure);
        Assert.Equal(kid, Identity.SigningKeys.Current!.Id);
    }

    [Fact]
    public async Task Connectors_and_canned_answers_survive_a_restart()
    {
        await Identity.AuthConnectors.SaveAsync("demo", new AuthConnector { Id = "idp", Type = AuthConnectorType.Implicit, Issuer = "a" }, replace: false);
        await Identity.AuthConnectors.SaveAsync("demo", new AuthConnector { Id = "idp", Type = AuthConnectorType.Implicit, Issuer = "b" }, replace: true);
        await Identity.AuthConnectors.SaveAsync("demo", new AuthConnector { Id = "gone", Type = AuthConnectorType.Implicit }, replace: false);
        await Identity.AuthConnectors.RemoveAsync("demo", "gone");
        var answer = await Identity.CannedAnswers.SaveAsync("demo", null, before => before with { Title = "Hello", Text = "x" });
        await Identity.CannedAnswers.SaveAsync("demo", answer.Id, before => before with { Text = "Good day" });
        var gone = await Identity.CannedAnswers.SaveAsync("demo", null, before => before with { Title = "Bye", Text = "x" });
        await Identity.CannedAnswers.RemoveAsync("demo", gone.Id);

        await ReopenAsync();

        Assert.Equal("b", Assert.Single(Identity.AuthConnectors.All("demo")).Issuer);
        Assert.Equal(("Hello", "Good day"), Assert.Single(Identity.CannedAnswers.All("demo")) is var read ? (read.Title, read.Text) : default);
    }

    [Fact]
    public async Task What_is_known_of_consumers_is_replaced_and_merged()
    {
        await Identity.ConsumerClaims.StoreAsync("demo", "c1", new ExternalIdentity { Subject = "s", Issuer = "i", GivenName = "Ada" });
        await Identity.ConsumerClaims.StoreAsync("demo", "c1", new ExternalIdentity { Subject = "s", Issuer = "i", GivenName = "Eve" });
        Assert.True(await Identity.Profiles.ChangeAsync("demo", "c1", new() { ["firstName"] = "Ada" }));
        Assert.True(await Identity.Profiles.ChangeAsync("demo", "c1", new() { ["lastName"] = "\0 \ud834\udd1e" }));

        await ReopenAsync();

        Assert.Equal("Eve", (await Identity.ConsumerClaims.FindAsync("demo", "c1"))!.GivenName);
        var profile = (await Identity.Profiles.FindAsync("demo", "c1"))!;
        Assert.Equal(("Ada", "\0 \ud834\udd1e"), ((string?)profile["firstName"], (string?)profile["lastName"]));
        Assert.Null(await Identity.Profiles.FindAsync("demo", "c\0"));
    }

    [Fact]
    public async Task What_agents_said_of_themselves_survives_a_restart()
    {
        await Identity.AgentStates.SaveAsync("demo", "one", new AgentAvailability("ONLINE", ""));
        await Identity.AgentStates.SaveAsync("demo", "one", new AgentAvailability("AWAY", "lunch"));
        await Identity.AgentStates.SaveAsync("demo", "two", new AgentAvailability("AWAY", "\0\ud800"));
        await Identity.AgentStates.SaveAsync("demo", "gone", new AgentAvailability("ONLINE", ""));
        await Identity.AgentStates.SaveAsync("demo", "gone", null);

        await ReopenAsync();

        Assert.Equal(["one", "two"], Identity.AgentStates.AtStart("demo").Select(state => state.AgentPid).Order(StringComparer.Ordinal));
        Assert.Contains(("one", new AgentAvailability("AWAY", "lunch")), Identity.AgentStates.AtStart("demo"));
    }

    [Fact]
    public async Task An_assertion_is_used_once_and_forgotten_when_it_has_expired()
    {
        var used = new UsedAssertions(_store, Time);
        var proof = new SamlProof("bot", "hash", Time.GetUtcNow() + TimeSpan.FromMinutes(1));

        Assert.True(await used.TryUseAsync("demo", proof));
        Assert.False(await used.TryUseAsync("demo", proof));
        await ReopenAsync();
        Assert.False(await new UsedAssertions(_store, Time).TryUseAsync("demo", proof));
        Time.Advance(TimeSpan.FromMinutes(7));
        Assert.True(await new UsedAssertions(_store, Time).TryUseAsync("demo", proof with { ExpiresAt = Time.GetUtcNow() }));
    }

    [Fact]
    public async Task A_write_is_published_before_the_next_one_begins_and_one_that_fails_is_not()
    {
        var order = new List<string>();
        var first = _store.WriteAsync(db => db.Execute("INSERT INTO installation (name, value) VALUES ('a', '1')"), () => order.Add("published"));
        var failing = _store.WriteAsync(
            db =>
            {
                db.Execute("UPDATE installation SET value = '2' WHERE name = 'a'");
                order.Add("written");
                throw new InvalidOperationException();
            },
            () => order.Add("never"));
        var read = _store.ReadAsync(db => (string?)db.Scalar("SELECT value FROM installation WHERE name = 'a'"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        await first;
        Assert.Equal("1", await read);
        Assert.Equal(["published", "written"], order);
    }

    private protected abstract IAccountStore OpenStore();

    private Task<AgentProfile> AddAsync(string login) => Identity.Agents.AddAsync(new NewAgent("demo", login, AgentRole.Agent, "hash", []));

    private Task ReopenAsync()
    {
        Identity.Dispose();
        return OpenAsync();
    }

    private async Task OpenAsync()
    {
        _store = OpenStore();
        Identity = await IdentityServices.OpenAsync(_store, new IdentityOptions(), "localhost", Time);
    }
}
