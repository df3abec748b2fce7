using Microsoft.Extensions.Time.Testing;
using Parley.Journal.Memory;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lifecycle;

/// <summary>Conversations that nobody goes on with are closed (protocol 15.4), however many there are.</summary>
public sealed class AutoCloseTests
{
    private const string List = "cqm.ExConversationChangeNotification";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly MemoryJournal _journal = new();

    // Only the 1000 newest idle conversations were looked at: behind as many that wait for an agent, abandoned ones stayed open for ever.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Silence_closes_an_abandoned_conversation_behind_a_thousand_that_wait(int millisecondsApart)
    {
        await using var server = await StartAsync();
        var account = await server.NewAccountAsync(new AccountSettings { AutoCloseMinutes = 30, SurveyMinutes = int.MaxValue });
        await using var talk = await AbandonedAsync(server, account);
        await using var waiting = await server.ConsumerAsync(account);
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 1000; i++)
        {
            await Talk.OpenConversationAsync(waiting);
            _time.Advance(TimeSpan.FromMilliseconds(millisecondsApart));
        }

        _time.Advance(TimeSpan.FromMinutes(31));

        await talk.Consumer.NotificationAsync(List, f => f.Text.Contains("TIMEOUT"));
    }

    [Fact]
    public async Task What_the_store_refused_to_close_is_closed_later()
    {
        await using var server = await StartAsync();
        var account = await server.NewAccountAsync(new AccountSettings { AutoCloseMinutes = 30, SurveyMinutes = int.MaxValue });
        await using var talk = await AbandonedAsync(server, account);
        _journal.Hold();
        _time.Advance(TimeSpan.FromMinutes(31));
        await _journal.Held;
        _journal.RefuseNextGroup();
        _journal.Release();
        await Talk.OpenConversationAsync(talk.Consumer); // what is stored after it
        Assert.DoesNotContain(talk.Consumer.Frames, f => f.Text.Contains("TIMEOUT"));

        _time.Advance(TimeSpan.FromHours(2));

        await talk.Consumer.NotificationAsync(List, f => f.Text.Contains("TIMEOUT"));
    }

    [Fact]
    public async Task A_shorter_time_closes_what_has_been_silent_for_longer()
    {
        await using var server = await StartAsync();
        var account = await server.NewAccountAsync(new AccountSettings { AutoCloseMinutes = 300, SurveyMinutes = int.MaxValue });
        await using var talk = await AbandonedAsync(server, account);
        _time.Advance(TimeSpan.FromMinutes(65));
        await server.Server.Identity.Accounts.ChangeSettingsAsync(account, new AccountSettings { AutoCloseMinutes = 10, SurveyMinutes = int.MaxValue });

        _time.Advance(TimeSpan.FromMinutes(1));

        await talk.Consumer.NotificationAsync(List, f => f.Text.Contains("TIMEOUT"));
    }

    private Task<MessagingServer> StartAsync() =>
        MessagingServer.StartAsync(o => (o.Limits.IdleSeconds, o.Limits.RateLimits) = (int.MaxValue, false), _time, _journal);

    // An agent spoke last and has gone; his consumer follows his list.
    private static async Task<Talk> AbandonedAsync(MessagingServer server, string account)
    {
        var talk = await server.TalkAsync(account);
        await talk.Agent.PublishAsync(talk.ConversationId, "Anything else?");
        await talk.Agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"OFFLINE"}""");
        await talk.Consumer.DoAsync("cqm.SubscribeExConversations");
        return talk;
    }
}
