using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Parley.Conversations;
using Parley.Journal.Memory;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Hours;

/// <summary>What consumers and agents see outside working hours (protocol 8.5.2, 15.9), on both generations of sockets.</summary>
public sealed class OffHoursTests : IAsyncLifetime
{
    private const string List = "cqm.ExConversationChangeNotification";
    private const string Controller = "9a1d8c52-6e0b-4b57-8d3f-5c7e2f40a9b6";

    // A Friday evening in Berlin.
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T18:00Z", CultureInfo.InvariantCulture));
    private readonly MemoryJournal _journal = new();
    private MessagingServer _server = null!;

    private static AccountSettings Settings => new()
    {
        WorkingHours = new WorkingHours("Europe/Berlin", new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }.ToDictionary(day => day, _ => (IReadOnlyList<string>)["09:00-18:00"])),
        OffHoursMessage = "Wir sind \"ab\" {opensAt} für Sie da",
    };

    private static long Opening => DateTimeOffset.Parse("2026-11-23T08:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    public async ValueTask InitializeAsync() =>
        _server = await MessagingServer.StartAsync(o => (o.Limits.IdleSeconds, o.Limits.RateLimits) = (int.MaxValue, false), _time, _journal);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_consumer_reads_when_somebody_is_there_again_and_his_record_says_so()
    {
        var account = await _server.NewAccountAsync(Settings);
        await using var consumer = await _server.ConsumerAsync(account);
        await consumer.DoAsync("cqm.SubscribeExConversations");
        var id = await Talk.OpenConversationAsync(consumer);
        await consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{id}}","fromSeq":0}""");

        var message = (await consumer.NotificationAsync("ms.MessagingEventNotification")).Change!;
        Assert.Equal("""Wir sind "ab" 2026-11-23 09:00 für Sie da""", (string?)message["event"]!["message"]);
        Assert.Equal((0, Controller, "CONTROLLER"), ((int)message["sequence"]!, (string?)message["originatorId"], (string?)message["originatorMetadata"]!["role"]));
        Assert.Equal("""[{"type":"AutoMessage","trigger":"OFF_HOURS"}]""", message["metadata"]!.ToJsonString());
        var record = (await consumer.NotificationAsync(List, f => f.Change is not null)).Change!["result"]!;
        Assert.Equal($$"""{"type":"WEEKEND","tillWhen":{{Opening}}}""", record["conversationDetails"]!["delay"]!.ToJsonString());
        Assert.Contains(record["conversationDetails"]!["participants"]!.AsArray(), p => (string?)p!["role"] == "CONTROLLER" && (string?)p["id"] == Controller);

        await consumer.PublishAsync(id, "Ich warte");
        await consumer.DoAsync("cqm.SubscribeExConversations");
        await consumer.NotificationAsync(List, f => (long?)f.Change?["result"]?["effectiveTTR"] == Opening + (600 * 1000));
        await consumer.PublishAsync(id, "immer noch");
        await consumer.CatchUpAsync();
        Assert.Single(consumer.Frames, f => f.Text.Contains("OFF_HOURS") && f.Type == "ms.MessagingEventNotification");
    }

    [Theory]
    [InlineData("2")]
    [InlineData("2.1")]
    public async Task Agents_see_the_server_under_a_name_of_their_dialect(string version)
    {
        var account = await _server.NewAccountAsync(Settings);
        await using var manager = await _server.AgentAsync(account, AgentRole.Manager, version);
        await manager.DoAsync(".ams.aam.SubscribeExConversations", """{"convState":["OPEN"]}""");
        await using var consumer = await _server.ConsumerAsync(account);
        var id = await Talk.OpenConversationAsync(consumer);

        var result = (await manager.NotificationAsync(".ams.aam.ExConversationChangeNotification", f => f.Change is not null)).Change!["result"]!;
        var details = result["conversationDetails"]!;
        Assert.Equal($"{account}.0", (string?)details["participants"]!["CONTROLLER"]![0]);
        Assert.Equal(Controller, (string?)details["participantsPId"]!["CONTROLLER"]![0]);
        Assert.Contains(details["dialogs"]![0]!["participantsDetails"]!.AsArray(), p => (string?)p!["id"] == $"{account}.0" && (string?)p["role"] == "CONTROLLER");
        Assert.Null(result["numberOfunreadMessages"]![$"{account}.0"]);
        await manager.DoAsync(".ams.cm.UpdateConversationField", $$"""{"conversationId":"{{id}}","conversationField":[{"field":"ParticipantsChange","type":"ADD","role":"MANAGER"}]}""");
        var messages = (await manager.DoAsync(".ams.ms.QueryMessages", $$"""{"dialogId":"{{id}}","newerThanSequence":0}""")).Body!.AsArray();
        Assert.Equal(($"{account}.0", Controller), ((string?)messages[0]!["originatorId"], (string?)messages[0]!["originatorPId"]));
    }

    [Fact]
    public async Task Who_was_served_by_day_is_told_when_he_writes_at_night_and_nobody_by_day()
    {
        var account = await _server.NewAccountAsync(Settings);
        _time.SetUtcNow(DateTimeOffset.Parse("2026-11-23T10:00Z", CultureInfo.InvariantCulture));
        await using var talk = await _server.TalkAsync(account);
        Assert.Equal("0", await talk.Agent.PublishAsync(talk.ConversationId, "Guten Tag"));
        Assert.Equal("1", await talk.Consumer.PublishAsync(talk.ConversationId, "Danke"));
        Assert.Equal("2", await talk.Agent.PublishAsync(talk.ConversationId, "Gern"));

        _time.SetUtcNow(DateTimeOffset.Parse("2026-11-23T17:00Z", CultureInfo.InvariantCulture));
        Assert.Equal("3", await talk.Consumer.PublishAsync(talk.ConversationId, "Noch etwas"));

        Assert.Contains("OFF_HOURS", (await talk.Agent.NotificationAsync(".ams.ms.OnlineEventDistribution", f => (int?)f.Body!["sequence"] == 4)).Text);
        Assert.Equal("5", await talk.Agent.PublishAsync(talk.ConversationId, "Ich bin noch da"));
        var brand = await talk.Agent.DoAsync(".ams.brandprofile.GetBrandProfile");
        Assert.Equal("NIGHT", (string?)brand.Body!["delay"]!["type"]);
    }

    [Fact]
    public async Task What_the_store_refused_was_not_said_and_a_repeat_says_it_once()
    {
        var account = await _server.NewAccountAsync(Settings);
        _time.SetUtcNow(DateTimeOffset.Parse("2026-11-23T10:00Z", CultureInfo.InvariantCulture));
        await using var consumer = await _server.ConsumerAsync(account);
        var id = await Talk.OpenConversationAsync(consumer);
        _time.SetUtcNow(DateTimeOffset.Parse("2026-11-23T17:00Z", CultureInfo.InvariantCulture));
        var body = WireClient.PublishBody(id, "Hallo", ""","eventId":"once" """);
        _journal.RefuseNextGroup();

        Assert.Equal(503, (await consumer.RequestAsync("ms.PublishEvent", body)).Code);
        Assert.Equal(200, (await consumer.RequestAsync("ms.PublishEvent", body)).Code);
        Assert.Equal(200, (await consumer.RequestAsync("ms.PublishEvent", body)).Code);

        Assert.Equal([0L, 1L], _journal.Read(id, 0, 10, int.MaxValue).Select(m => m.Sequence));
        Assert.Equal(Role.Controller, _journal.Read(id, 1, 10, int.MaxValue).Single().OriginatorRole);
    }

    [Theory]
    [InlineData("""["AUTO_MESSAGES"]""", true)]
    [InlineData("""["RICH_CONTENT"]""", false)]
    public async Task An_account_may_write_only_to_clients_that_ask_for_it(string features, bool isTold)
    {
        var account = await _server.NewAccountAsync(Settings with { AutomaticMessagesToAll = false });
        await using var consumer = await _server.ConsumerAsync(account);
        await consumer.SendAsync($$"""{"kind":"req","id":"i","type":"InitConnection","headers":[{"type":".ams.headers.ClientProperties","features":{{features}}}]}""");
        await consumer.AnswerAsync("i");

        var id = await Talk.OpenConversationAsync(consumer);

        Assert.Equal(isTold ? 1 : 0, _journal.Load(id)!.Main.NextSequence);
        Assert.Equal(Opening, _journal.Load(id)!.Delay?.TillWhen);
    }

    // A data folder may be taken to a machine that knows fewer zones.
    [Fact]
    public async Task An_account_whose_hours_cannot_be_read_is_open()
    {
        var account = await _server.NewAccountAsync(Settings with { WorkingHours = Settings.WorkingHours! with { TimeZone = "Mars/Olympus" } });
        await using var consumer = await _server.ConsumerAsync(account);

        var id = await Talk.OpenConversationAsync(consumer);

        Assert.Null(_journal.Load(id)!.Delay);
        Assert.Contains(_server.Logs, line => line.StartsWith("Error 3501 ", StringComparison.Ordinal) && line.Contains(account));
    }

    [Fact]
    public async Task Other_hours_count_from_the_next_message_on()
    {
        var account = await _server.NewAccountAsync(Settings);
        await _server.Server.Identity.Accounts.ChangeSettingsAsync(account, new AccountSettings());
        await using var consumer = await _server.ConsumerAsync(account);
        var id = await Talk.OpenConversationAsync(consumer);
        Assert.Null(_journal.Load(id)!.Delay);

        await _server.Server.Identity.Accounts.ChangeSettingsAsync(account, Settings);
        await consumer.PublishAsync(id, "Hallo");

        Assert.Equal((Opening, 2), (_journal.Load(id)!.Delay!.TillWhen, _journal.Load(id)!.Main.NextSequence));
    }

    [Fact]
    public async Task A_socket_that_is_subscribed_unasked_gets_the_welcome()
    {
        var account = await _server.NewAccountAsync(new AccountSettings { WelcomeMessage = "Willkommen", ImplicitSubscription = true });
        await using var consumer = await _server.ConsumerAsync(account);

        var id = await Talk.OpenConversationAsync(consumer);

        var welcome = await consumer.NotificationAsync("ms.MessagingEventNotification");
        Assert.Equal("Willkommen", (string?)welcome.Change!["event"]!["message"]);
        Assert.Contains("NEW_CONVERSATION", welcome.Text);
        await consumer.PublishAsync(id, "Hallo");
        await consumer.NotificationAsync("ms.MessagingEventNotification", f => (int?)f.Change!["sequence"] == 1);
    }

    [Fact]
    public async Task Who_is_handed_on_is_told_and_who_then_waits_hears_his_place()
    {
        var account = await _server.NewAccountAsync(new AccountSettings
        {
            TransferMessage = "Ein Kollege kommt", WaitingMessage = "Sie sind Nummer {position}, etwa {minutes} min", WaitingMessageSeconds = 30,
        });
        await using var talk = await _server.TalkAsync(account);
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{talk.ConversationId}}","fromSeq":0}""");
        await talk.Agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"AWAY"}""");

        await talk.Agent.DoAsync(".ams.cm.UpdateConversationField", $$"""{"conversationId":"{{talk.ConversationId}}","conversationField":[{"field":"ParticipantsChange","type":"REMOVE","role":"ASSIGNED_AGENT"}]}""");
        var transfer = await talk.Consumer.NotificationAsync("ms.MessagingEventNotification", f => f.Text.Contains("TRANSFER"));
        Assert.Equal("Ein Kollege kommt", (string?)transfer.Change!["event"]!["message"]);

        await SettledAsync(talk.Agent);
        _time.Advance(TimeSpan.FromSeconds(31));
        var waiting = await talk.Consumer.NotificationAsync("ms.MessagingEventNotification", f => f.Text.Contains("QUEUE_WAITING"));
        Assert.StartsWith("Sie sind Nummer 1, etwa ", (string?)waiting.Change!["event"]!["message"]);
        await SettledAsync(talk.Agent);
        _time.Advance(TimeSpan.FromMinutes(5));
        await SettledAsync(talk.Agent);
        await talk.Consumer.CatchUpAsync();
        Assert.DoesNotContain(talk.Consumer.Frames, f => f.Index > waiting.Index && f.Text.Contains("QUEUE_WAITING") && f.Type == "ms.MessagingEventNotification");
    }

    [Theory]
    [InlineData("workingHours", """{"timeZone":"Europe/Berlin","days":{}}""", "names no hours")]
    [InlineData("welcomeMessage", "TOO LONG", "1 to 2000 characters")]
    [InlineData("waitingMessageSeconds", "0", "1 or more")]
    public void Settings_that_make_no_sense_are_refused(string name, string value, string why) => Assert.Contains(
        why, Assert.Throws<RefusedException>(() => SettingsChange.Apply(AccountSettings.Default, name, value == "TOO LONG" ? new string('x', 2001) : value)).Message);

    // Returns when routing has done all it was told before: the first notification of a subscription is one of its messages. Twice,
    // because what a message causes to be stored comes back as another.
    private static async Task SettledAsync(WireClient agent)
    {
        for (var i = 0; i < 2; i++)
        {
            var id = (string)(await agent.DoAsync(".ams.routing.SubscribeAgentsState")).Body!["subscriptionId"]!;
            await agent.NotificationAsync(".ams.routing.AgentStateNotification", f => (string?)f.Body!["subscriptionId"] == id);
        }
    }
}
