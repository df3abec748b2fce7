using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>Operators change slots, skills and settings of a running server: routing follows at once, for what waits already too.</summary>
public sealed class OperatorTests : IAsyncLifetime
{
    private Floor _floor = null!;

    public async ValueTask InitializeAsync() => _floor = await Floor.OpenAsync();

    public ValueTask DisposeAsync() => _floor.DisposeAsync();

    [Fact]
    public async Task More_slots_are_filled_and_fewer_take_nothing_away()
    {
        var ada = await _floor.AgentAsync("ada", slots: 1);
        var ids = new[] { await _floor.OpenAsync(), await _floor.OpenAsync(), await _floor.OpenAsync() };
        await ada.AcceptAsync(ids[0]);
        await ChangeAsync(ada, slots: 2);
        Assert.Equal([[], ["ada"], []], ids.Select(_floor.RungFor));

        await ChangeAsync(ada, slots: 1);
        Assert.Equal([[], ["ada"], []], ids.Select(_floor.RungFor));
        await ada.AcceptAsync(ids[1]);
        await _floor.CloseAsync(ids[0]);
        await _floor.SettledAsync();
        Assert.Empty(_floor.RungFor(ids[2]));
        await _floor.CloseAsync(ids[1]);
        await _floor.SettledAsync();
        Assert.Equal(["ada"], _floor.RungFor(ids[2]));
    }

    [Fact]
    public async Task Who_gets_a_skill_gets_what_waits_for_it()
    {
        var boats = await _floor.SkillAsync("boats");
        var cars = await _floor.SkillAsync("cars");
        var ada = await _floor.AgentAsync("ada", slots: 3, skills: cars);
        var id = await _floor.OpenAsync(boats);
        await _floor.SettledAsync();
        Assert.Empty(_floor.RungFor(id));
        await ChangeAsync(ada, 3, cars, boats);
        Assert.Equal(["ada"], _floor.RungFor(id));
    }

    [Fact]
    public async Task A_skill_that_rings_more_agents_rings_them_for_what_rings_already()
    {
        var boats = await _floor.SkillAsync("boats");
        foreach (var login in (string[])["ada", "ben", "eve"]) await _floor.AgentAsync(login, skills: boats);
        var id = await _floor.OpenAsync(boats);
        await _floor.SettledAsync();
        Assert.Single(_floor.RungFor(id));
        await ChangeAsync(boats, new SkillSettings { RingAgents = 3 });
        Assert.Equal(["ada", "ben", "eve"], _floor.RungFor(id));
    }

    [Fact]
    public async Task A_skill_is_changed_in_every_way_that_concerns_what_waits()
    {
        var trains = await _floor.SkillAsync("trains");
        var boats = await _floor.SkillAsync("boats", new SkillSettings { MaxPerAgent = 1 });
        var ada = await _floor.AgentAsync("ada", slots: 3, skills: boats);
        await _floor.AgentAsync("ben", slots: 3, skills: trains);
        var ids = new[] { await _floor.OpenAsync(boats), await _floor.OpenAsync(boats), await _floor.OpenAsync(boats) };
        await ada.AcceptAsync(ids[0]);
        await ChangeAsync(boats, new SkillSettings { MaxPerAgent = 2, RingSeconds = 20 });
        Assert.Equal([[], ["ada"], []], ids.Select(_floor.RungFor));
        Assert.Equal(20_000, (await ada.RingAsync(ids[1])).Json.GetProperty("ringExpiration").GetInt64());

        await ChangeAsync(boats, new SkillSettings { MaxPerAgent = 2, FallbackSkillId = trains, FallbackSeconds = 5 });
        await _floor.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal([[], ["ada"], ["ben"]], ids.Select(_floor.RungFor));

        // Without its fallback the ring that came of it is called off.
        await ChangeAsync(boats, new SkillSettings { AutoAccept = true });
        Assert.Equal([[], ["ada"], []], ids.Select(_floor.RungFor));
        Assert.Equal("ada", _floor.AssignedTo(ids[2]));
    }

    [Fact]
    public async Task The_accounts_settings_hold_for_whatever_comes_next()
    {
        var ada = await _floor.AgentAsync("ada", slots: 1, state: "OFFLINE");
        var id = await _floor.OpenAsync();
        await _floor.SettledAsync();
        Assert.Empty(_floor.RungFor(id));
        await SetAsync(new AccountSettings { ConnectedAgentIsOnline = true, RingSeconds = 7 });
        Assert.Equal(7_000, (await ada.RingAsync(id)).Json.GetProperty("ringExpiration").GetInt64());
        await _floor.PassAsync(TimeSpan.FromSeconds(8));
        Assert.Equal(["WAITING", "EXPIRED"], ada.RingsOf(id).Select(r => r.State));

        await SetAsync(new AccountSettings { ConnectedAgentIsOnline = true, AskAgainSeconds = 3 });
        await _floor.PassAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(["ada"], _floor.RungFor(id));
    }

    [Fact]
    public async Task Who_is_disabled_loses_his_rings_and_gets_none()
    {
        var ada = await _floor.AgentAsync("ada", slots: 5);
        var ben = await _floor.AgentAsync("ben", slots: 1);
        var id = await _floor.OpenAsync();
        await ada.RingAsync(id);
        var gone = _floor.Gone(ada);
        await _floor.Agents.SetEnabledAsync(ada.Profile, false);
        ada.Socket.Drop(); // he is told to go
        await gone;
        await ben.AcceptAsync(id);
        var next = await _floor.OpenAsync();
        await _floor.SettledAsync();
        Assert.Empty(_floor.RungFor(next));
    }

    // Once, only conversations of agents who left later went back.
    [Fact]
    public async Task Conversations_of_agents_who_are_gone_already_go_back_when_the_account_wants_it()
    {
        TestAgent ada = await _floor.AgentAsync("ada"), ben = await _floor.AgentAsync("ben", state: "AWAY");
        var ids = new[] { await _floor.OpenAsync(), await _floor.OpenAsync() };
        foreach (var id in ids) await ada.AcceptAsync(id);
        await _floor.LeaveAsync(ada);
        await _floor.PassAsync(TimeSpan.FromSeconds(61));
        await ben.SetAsync("ONLINE");
        await _floor.SettledAsync();
        Assert.Equal(["ada", "ada"], ids.Select(_floor.AssignedTo));

        await SetAsync(new AccountSettings { ReturnWhenGone = true });
        Assert.Equal([["ben"], ["ben"]], ids.Select(_floor.RungFor));
    }

    private async Task ChangeAsync(TestAgent agent, int slots, params string[] skills)
    {
        await _floor.ChangeWorkAsync(agent, slots, skills);
        await _floor.SettledAsync();
    }

    private async Task ChangeAsync(string skill, SkillSettings settings)
    {
        await _floor.Agents.ChangeSkillAsync(TestMessaging.Account, skill, known => known with { Settings = settings });
        await _floor.SettledAsync();
    }

    private async Task SetAsync(AccountSettings settings)
    {
        await _floor.Messaging.Services.Accounts.ChangeSettingsAsync(TestMessaging.Account, settings);
        await _floor.SettledAsync();
    }
}
