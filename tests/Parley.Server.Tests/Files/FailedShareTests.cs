using System.IO.Pipelines;
using Parley.Journal.Memory;
using Parley.Server.Files;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Files;

/// <summary>A file whose message the journal refuses, or of which it does not know.</summary>
public sealed class FailedShareTests : IAsyncLifetime
{
    private TestMessaging _messaging = null!;
    private MemoryJournal _journal = null!;
    private AgentProfile _agent = null!;
    private string _conversation = "";
    private string _path = "";

    public async ValueTask InitializeAsync()
    {
        (_messaging, _journal) = await TestMessaging.StartInMemoryAsync();
        _agent = await _messaging.AddAgentAsync("agent");
        _conversation = await _messaging.OpenAssignedAsync("consumer", _agent);
        var files = _messaging.Services.Files;
        var address = files.Announce(TestMessaging.Account, "consumer", FileType.Find("PNG")!, 1000);
        var content = PipeReader.Create(new MemoryStream(SharingClient.Png()));
        Assert.Equal(UploadOutcome.Stored, await files.ReceiveAsync(files.FindAnnounced(address.Path)!, content, default));
        _path = address.Path.ToString();
    }

    public ValueTask DisposeAsync() => _messaging.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unknown_outcome_lets_the_agent_read_only_if_the_message_is_there(bool isStored)
    {
        var consumer = _messaging.Consumer("consumer");
        _journal.LeaveNextGroupUndecided(isStored);
        Share(consumer);
        await consumer.ClosedAsync();

        Assert.Equal(isStored ? 200 : 404, (await AskAsync(_messaging.Agent(_agent))).Code);

        var again = _messaging.Consumer("consumer");
        Assert.Equal(0, (await again.AnswerAsync(Share(again))).Number());
        Assert.Equal(200, (await AskAsync(_messaging.Agent(_agent))).Code);
    }

    [Fact]
    public async Task A_refused_group_shares_nothing_and_the_repeat_does()
    {
        TestSocket consumer = _messaging.Consumer("consumer"), agent = _messaging.Agent(_agent);
        _journal.RefuseNextGroup();
        Assert.Equal(503, (await consumer.AnswerAsync(Share(consumer))).Code);
        Assert.Equal(404, (await AskAsync(agent)).Code);

        Assert.Equal(0, (await consumer.AnswerAsync(Share(consumer))).Number());
        Assert.Equal(200, (await AskAsync(agent)).Code);
    }

    [Fact]
    public async Task While_nothing_can_be_read_requests_are_answered_503_and_sockets_live_on()
    {
        var consumer = _messaging.Consumer("consumer");
        await consumer.AnswerAsync(Share(consumer));
        _journal.LeaveNextGroupUndecided(isStored: true);
        var lost = _messaging.Consumer("consumer");
        lost.Say(_conversation, "unknown");
        await lost.ClosedAsync();
        var agent = _messaging.Agent(_agent);
        _messaging.Journal.IsUnreadable = true;

        Assert.Equal(503, (await AskAsync(agent)).Code);
        Assert.Equal(200, (await AskAsync(consumer)).Code); // his own needs no look

        _messaging.Journal.IsUnreadable = false;
        Assert.Equal(200, (await AskAsync(agent)).Code);
    }

    private string Share(TestSocket socket) => socket.Send("ms.PublishEvent", new
    {
        dialogId = _conversation,
        eventId = "e1",
        @event = new { type = "ContentEvent", contentType = "hosted/file", message = new { relativePath = _path, fileType = "PNG" } },
    });

    private Task<Received> AskAsync(TestSocket socket) => socket.AskAsync(SharingClient.Download, new { relativePath = _path });
}
