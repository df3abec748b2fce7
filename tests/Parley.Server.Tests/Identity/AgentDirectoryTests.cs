using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Identity;
using Parley.Server.Storage;

namespace Parley.Server.Tests.Identity;

public sealed class AgentDirectoryTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-id-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private IdentityServices _identity = null!;

    private string Database => Path.Combine(_folder, "accounts.db");

    public async ValueTask InitializeAsync()
    {
        await OpenAsync();
        await _identity.Accounts.AddAsync("demo");
        await _identity.Accounts.AddAsync("other");
    }

    public ValueTask DisposeAsync()
    {
        _identity.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_agent_is_found_by_pid_by_account_and_number_and_by_login_and_in_his_account_only()
    {
        var agent = await AddAsync("bot");
        Assert.Same(agent, _identity.Agents.Find("demo", agent.Pid));
        Assert.Same(agent, _identity.Agents.Find("demo", $"demo.{agent.Number}"));
        Assert.Same(agent, _identity.Agents.FindByLogin("demo", "bot"));
        Assert.Null(_identity.Agents.Find("other", agent.Pid));
        Assert.Null(_identity.Agents.Find("other", agent.OldId));
        Assert.Null(_identity.Agents.FindByLogin("other", "bot"));
        Assert.Null(_identity.Agents.Find("demo", agent.Number));
    }

    [Fact]
    public async Task Numbers_are_digits_and_unique_in_the_account()
    {
        var agents = new List<AgentProfile>();
        foreach (var login in (string[])["a", "b", "c"])
        {
            agents.Add(await AddAsync(login));
        }

        Assert.All(agents, agent => Assert.True(agent.Number.All(char.IsAsciiDigit)));
        Assert.Equal(3, agents.Select(agent => agent.Number).Distinct().Count());
        Assert.All(agents, agent => Assert.Equal(agent.Pid, Guid.Parse(agent.Pid).ToString()));
    }

    [Fact]
    public async Task Everything_about_an_agent_survives_a_restart()
    {
        var agent = await _identity.Agents.AddAsync(new NewAgent("demo", "bot", AgentRole.Manager, "hash", ["sales", "77"])
        {
            MaxSlots = 9, Nickname = "Bo", FullName = "Bo Tt", Profile = new Dictionary<string, string> { ["email"] = "bo@example.test", ["userType"] = "bot" },
        });
        agent = await _identity.Agents.ChangeAsync(agent, new Dictionary<string, string> { ["pictureUrl"] = "https://example.test/bo.png", ["employeeId"] = "E-1" });
        await _identity.Agents.SetEnabledAsync(agent, enabled: false);
        await ReopenAsync();
        var read = _identity.Agents.Find("demo", agent.Pid)!;
        Assert.Equivalent(agent with { Enabled = false }, read, strict: true);
        Assert.Equal(("bo@example.test", "E-1", UserType.Bot), (read.Details.Email, read.Details.EmployeeId, read.Details.UserType));
        Assert.Equal("sales", _identity.Agents.FindSkill("demo", read.SkillIds[0])!.Name);
        Assert.Equal("77", read.SkillIds[1]);
    }

    [Fact]
    public async Task A_member_of_the_profile_is_changed_alone_and_taken_away_by_an_empty_value()
    {
        var agent = await AddAsync("bot");
        await _identity.Agents.ChangeAsync(agent, new Dictionary<string, string> { ["nickname"] = "Bo", ["email"] = "bo@example.test" });
        var changed = await _identity.Agents.ChangeAsync(agent, new Dictionary<string, string> { ["email"] = "" });
        Assert.Equal(("Bo", null), (changed.Nickname, changed.Details.Email));
        await Assert.ThrowsAsync<RefusedException>(
            () => _identity.Agents.ChangeAsync(agent, new Dictionary<string, string> { ["nickname"] = "lost", ["pictureUrl"] = "no address" }));
        Assert.Equal("Bo", _identity.Agents.Find("demo", agent.Pid)!.Nickname);
    }

    [Fact]
    public async Task The_revision_of_an_account_rises_with_each_change_of_its_own_and_survives_a_restart()
    {
        var other = _identity.Revisions.Of("other");
        var seen = new List<long> { _identity.Revisions.Of("demo").Number };
        var agent = await AddAsync("bot");
        seen.Add(_identity.Revisions.Of("demo").Number);
        await _identity.Agents.ChangeAsync(agent, new Dictionary<string, string> { ["nickname"] = "Bo" });
        seen.Add(_identity.Revisions.Of("demo").Number);
        await _identity.Agents.SetEnabledAsync(agent, enabled: false);
        seen.Add(_identity.Revisions.Of("demo").Number);
        await _identity.Accounts.ChangeSettingsAsync("demo", AccountSettings.Default with { StatusReasons = [] });
        seen.Add(_identity.Revisions.Of("demo").Number);
        var last = _identity.Revisions.Of("demo");
        await ReopenAsync();
        Assert.Equal(seen.Order().Distinct(), seen);
        Assert.Equal(last, _identity.Revisions.Of("demo"));
        Assert.Equal(other, _identity.Revisions.Of("other"));
        await Assert.ThrowsAsync<RefusedException>(() => AddAsync("bot"));
        Assert.Equal(last, _identity.Revisions.Of("demo"));
    }

    [Fact]
    public async Task A_file_of_the_first_version_is_brought_up_to_date()
    {
        _identity.Dispose();
        foreach (var file in Directory.GetFiles(_folder)) File.Delete(file);
        using (var db = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            db.Open();
            using var command = db.CreateCommand();
            command.CommandText = AccountSchema.Migrations[0] +
                """
                PRAGMA user_version = 1;
                INSERT INTO accounts VALUES ('demo', '{}', 1);
                INSERT INTO agents VALUES ('pid', 'demo', '7', 'bot', 'Bo', 'Bo Tt', 'Agent', 3, '', 1, 'hash');
                """;
            command.ExecuteNonQuery();
        }

        await OpenAsync();
        Assert.Equal(AgentDetails.None, _identity.Agents.Find("demo", "pid")!.Details);
        Assert.Equal(1, _identity.Revisions.Of("demo").Number);
        await _identity.Agents.ChangeAsync(_identity.Agents.Find("demo", "pid")!, new Dictionary<string, string> { ["employeeId"] = "E-1" });
        await ReopenAsync();
        Assert.Equal(("E-1", 2), (_identity.Agents.Find("demo", "pid")!.Details.EmployeeId, _identity.Revisions.Of("demo").Number));
    }

    [Fact]
    public async Task Agents_with_the_same_skill_share_its_id()
    {
        var one = await _identity.Agents.AddAsync(new NewAgent("demo", "one", AgentRole.Agent, "hash", ["sales"]));
        var two = await _identity.Agents.AddAsync(new NewAgent("demo", "two", AgentRole.Agent, "hash", ["support", "sales", "sales"]));
        Assert.Equal(one.SkillIds[0], two.SkillIds[1]);
        Assert.Equal(2, two.SkillIds.Count);
        Assert.True(two.SkillIds.All(id => id.All(char.IsAsciiDigit)));
    }

    // The number after the highest id was reckoned from all ids: one that is no number of the machine's made every later name fail.
    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999")]
    public async Task A_skill_may_be_named_by_any_number_and_later_ones_by_names(string number)
    {
        await _identity.Agents.AddAsync(new NewAgent("demo", "one", AgentRole.Agent, "hash", [number]));
        var two = await _identity.Agents.AddAsync(new NewAgent("demo", "two", AgentRole.Agent, "hash", ["sales", number]));

        Assert.Equal(["sales", number], two.SkillIds.Select(id => _identity.Agents.FindSkill("demo", id)!.Name));
        Assert.True(two.SkillIds.All(id => id.All(char.IsAsciiDigit)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("taken")]
    public async Task Such_a_login_is_refused(string login)
    {
        await AddAsync("taken");
        await Assert.ThrowsAsync<RefusedException>(() => AddAsync(login));
        Assert.Single(_identity.Agents.All("demo"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a-b")]
    [InlineData("demo\n")]
    [InlineData("twenty_one_characters")]
    [InlineData("demo")]
    public async Task Such_an_account_id_is_refused(string id) => await Assert.ThrowsAsync<RefusedException>(() => _identity.Accounts.AddAsync(id));

    [Fact]
    public async Task Account_settings_survive_a_restart_and_have_the_documented_defaults()
    {
        Assert.Equal(
            (3600, 600, 600, 72, true, false, false),
            _identity.Accounts.Find("demo")!.Settings is var s
                ? (s.TtrNormalSeconds, s.TtrPrioritizedSeconds, s.TtrUrgentSeconds, s.RingSeconds, s.NotifyEmptyReplay, s.ImplicitSubscription, s.ConnectedAgentIsOnline)
                : default);
        var settings = AccountSettings.Default with { RingSeconds = 5, Limits = new LimitOverrides { AgentBurst = 7 } };
        await _identity.Accounts.ChangeSettingsAsync("demo", settings);
        await _identity.Accounts.DisableAsync("other");
        await ReopenAsync();
        Assert.Equal(settings, _identity.Accounts.Find("demo")!.Settings);
        Assert.Null(_identity.Accounts.Find("other"));
        Assert.Equal(["demo", "other"], _identity.Accounts.All.Select(account => account.Id));
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused()
    {
        _identity.Dispose();
        await using (var connection = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            await connection.OpenAsync();
            SqliteFile.Statements(connection).Execute("PRAGMA user_version = 999");
        }

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(OpenAsync);
        Assert.Contains("999", refusal.Message);
    }

    [Fact]
    public void A_password_verifies_against_its_own_hash_only()
    {
        var hash = PasswordHash.Create("correct horse", iterations: 1_000);
        Assert.True(PasswordHash.Verify("correct horse", hash));
        Assert.False(PasswordHash.Verify("correct horsf", hash));
        Assert.NotEqual(hash, PasswordHash.Create("correct horse", iterations: 1_000));
        Assert.DoesNotContain("horse", hash);
    }

    [Fact]
    public async Task An_unknown_login_costs_as_much_as_a_wrong_password_and_both_what_is_shipped()
    {
        var real = (await _identity.Passwords.HashAsync("correct horse")).Split('$');
        var nobody = _identity.Passwords.Nobody.Split('$');
        Assert.Equal(real[..2], nobody[..2]);
        Assert.Equal(["pbkdf2-sha512", "210000"], real[..2]);
        Assert.Equal(real[2..].Select(part => part.Length), nobody[2..].Select(part => part.Length));
    }

    private Task<AgentProfile> AddAsync(string login) => _identity.Agents.AddAsync(new NewAgent("demo", login, AgentRole.Agent, "hash", []));

    private async Task ReopenAsync()
    {
        _identity.Dispose();
        await OpenAsync();
    }

    private async Task OpenAsync() => _identity = await IdentityServices.OpenAsync(Database, new IdentityOptions(), "localhost", _time);
}
