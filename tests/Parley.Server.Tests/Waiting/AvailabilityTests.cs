using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Waiting;

/// <summary>Whether somebody is there to write to, as a page reads it before anybody has written.</summary>
public sealed class AvailabilityTests : IAsyncLifetime
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    // A Friday evening in Berlin.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 18, 0, 0, TimeSpan.Zero));
    private MessagingServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await MessagingServer.StartAsync(options => options.Limits.IdleSeconds = int.MaxValue, _time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Everybody_reads_what_a_page_has_to_know()
    {
        var account = await _server.NewAccountAsync(new() { BrandName = "Shoes & Co", FileTypes = "PNG TXT", FileBytes = 1000 });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/account/{account}/availability") { Headers = { { "Origin", "null" } } };
        using var answer = await _server.Http.SendAsync(request);

        Assert.Equal(
            """{"brandName":"Shoes & Co","open":true,"opensAt":null,"agentsOnline":false,"usualAnswerSeconds":null,"fileSharing":true,"fileTypes":["PNG","TXT"],"fileBytes":1000}""",
            (await answer.Content.ReadFromJsonAsync<JsonNode>())!.ToJsonString(new(System.Text.Json.JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal(("*", "public, max-age=15"), (answer.Headers.GetValues("Access-Control-Allow-Origin").Single(), answer.Headers.CacheControl?.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Http.GetAsync("/api/account/nowhere/availability")).StatusCode);
    }

    [Fact]
    public async Task Outside_working_hours_it_says_when_they_begin()
    {
        var account = await _server.NewAccountAsync(new()
        {
            WorkingHours = new WorkingHours("Europe/Berlin", new Dictionary<string, IReadOnlyList<string>> { ["friday"] = ["09:00-18:00"], ["monday"] = ["09:00-18:00"] }),
        });
        await AgentAsync(account);

        var closed = await ReadAsync(account);
        Assert.Equal((false, new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds()), ((bool)closed["open"]!, (long)closed["opensAt"]!));
        _time.Advance(TimeSpan.FromHours(62));
        var open = await ReadAsync(account);
        Assert.Equal((true, null), ((bool)open["open"]!, (long?)open["opensAt"]));
    }

    [Fact]
    public async Task Somebody_is_there_when_an_agent_of_the_skill_takes_conversations()
    {
        var account = await _server.NewAccountAsync();
        await using var agent = await AgentAsync(account, "sales");
        await _server.LoginAsync(account, skills: ["support"]);

        Assert.True((bool)(await ReadAsync(account))["agentsOnline"]!);
        Assert.True((bool)(await ReadAsync(account, "?skill=1001"))["agentsOnline"]!);
        Assert.False((bool)(await ReadAsync(account, "?skill=1002"))["agentsOnline"]!);
        Assert.True((bool)(await ReadAsync(account, "?skill=7777"))["agentsOnline"]!); // no such skill: anybody

        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"AWAY"}""");
        await HeardAsync(account);
        Assert.True((bool)(await ReadAsync(account))["agentsOnline"]!); // what was read is kept for a moment
        _time.Advance(Kept);
        Assert.False((bool)(await ReadAsync(account))["agentsOnline"]!);
    }

    [Fact]
    public async Task How_long_an_answer_takes_is_told_when_enough_were_given_today_and_somebody_is_there()
    {
        var account = await _server.NewAccountAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Null((long?)(await ReadAsync(account))["usualAnswerSeconds"]);
            await using var talk = await _server.TalkAsync(account);
            _time.Advance(TimeSpan.FromSeconds(60));
            await talk.Agent.PublishAsync(talk.ConversationId, "Hello");
            await HeardAsync(account);
        }

        await using var agent = await AgentAsync(account);
        _time.Advance(Kept);
        Assert.Equal(60, (long?)(await ReadAsync(account))["usualAnswerSeconds"]);
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"AWAY"}""");
        await HeardAsync(account);
        _time.Advance(TimeSpan.FromMinutes(5));
        await HeardAsync(account);
        Assert.Null((long?)(await ReadAsync(account))["usualAnswerSeconds"]);
    }

    private async Task<WireClient> AgentAsync(string account, params string[] skills)
    {
        var agent = await _server.AgentAsync(account, await _server.LoginAsync(account, skills: skills));
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        await HeardAsync(account);
        return agent;
    }

    private async Task HeardAsync(string account)
    {
        var desk = await Admin.Api.AdminDesk.OpenAsync(_server, AgentRole.Manager, account);
        await desk.GetAsync("routing/queue");
    }

    private async Task<JsonNode> ReadAsync(string account, string query = "") => (await _server.Http.GetFromJsonAsync<JsonNode>($"/api/account/{account}/availability{query}"))!;
}
