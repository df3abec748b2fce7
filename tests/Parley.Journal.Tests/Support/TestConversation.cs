using Parley.Conversations;
using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;

namespace Parley.Journal.Tests.Support;

/// <summary>Decides for one conversation as the server does: under a lock, on its own newest state, until it is told to abandon.</summary>
internal sealed class TestConversation : IConversationOwner
{
    private readonly IJournal _journal;
    private readonly Lock _gate = new();
    private Conversation? _state;

    public TestConversation(IJournal journal, string id, Conversation? state = null)
    {
        _journal = journal;
        Id = id;
        _state = state;
    }

    public string Id { get; }

    public string ConsumerId { get; init; } = "consumer-1";

    public string AgentId { get; init; } = "agent-1";

    public Action<TestEntry, Outcome>? Told { get; init; }

    public bool IsAbandoned { get; private set; }

    public Conversation? State { get { lock (_gate) return _state; } }

    /// <summary>A new owner with what the journal knows, as after an abandoned one.</summary>
    public static TestConversation Load(IJournal journal, string id) => new(journal, id, journal.Load(id));

    public TestEntry Open(string account = "account-1", long now = 1000) => Do(
        new OpenConversation(new ConversationOpened { ConversationId = Id, AccountId = account, ConsumerId = ConsumerId, Context = """{"lang":"en"}""" }, AgentId), now);

    public TestEntry Say(string text, string? eventId = null, long now = 2000) => Do(
        new PublishMessage(new Actor(ConsumerId, ActorKind.Consumer), Id, MessageKind.Content, Audience.All, Body(text)) { EventId = eventId }, now);

    public TestEntry Whisper(string text, long now = 2000) => Do(
        new PublishMessage(new Actor("agent-1", ActorKind.Agent), Id, MessageKind.Content, Audience.AgentsAndManagers, Body(text)), now);

    /// <summary>The agent in charge leaves, another one is in charge from then on.</summary>
    public TestEntry HandTo(string agent, long now = 2000) => Do(
        new ChangeConversation(Actor.System, [
            new ChangeParticipant(ParticipantChange.Remove, Role.AssignedAgent, null, null), new ChangeParticipant(ParticipantChange.Add, Role.AssignedAgent, agent, null)]),
        now);

    /// <summary>An agent is proposed, who is not in it by that.</summary>
    public TestEntry Suggest(string agent, long now = 2000) => Do(
        new ChangeConversation(Actor.System, [new ChangeParticipant(ParticipantChange.Suggest, Role.AssignedAgent, agent, null)]), now);

    public TestEntry Close(long now = 3000) => Do(new ChangeConversation(Actor.System, [new CloseEverything()]), now);

    /// <summary>An entry that only waits until everything before it is decided.</summary>
    public TestEntry Wait()
    {
        lock (_gate) return Append(new TestEntry(this, _state) { Told = Told });
    }

    public void Abandon()
    {
        lock (_gate) IsAbandoned = true;
    }

    public static byte[] Body(string text) => System.Text.Encoding.UTF8.GetBytes($$"""{"type":"ContentEvent","contentType":"text/plain","message":"{{text}}"}""");

    private TestEntry Do(ConversationCommand command, long now)
    {
        lock (_gate)
        {
            Assert.False(IsAbandoned, "An abandoned owner decides nothing.");
            var decision = Decider.Decide(_state, command, now);
            Assert.Null(decision.Refusal);
            _state = Evolution.Replay(_state, decision.Events);
            return Append(new TestEntry(this, _state, decision.Events) { Told = Told });
        }
    }

    private TestEntry Append(TestEntry entry)
    {
        _journal.Append(entry);
        return entry;
    }
}
