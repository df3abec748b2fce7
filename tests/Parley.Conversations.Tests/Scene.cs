using System.Text;
using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;

namespace Parley.Conversations.Tests;

/// <summary>A conversation under test: decides and applies as the owner of a conversation does, and keeps every event.</summary>
internal sealed class Scene
{
    public const string ConversationId = "conversation";
    public static readonly Actor Consumer = new("consumer", ActorKind.Consumer);
    public static readonly Actor OtherConsumer = new("another consumer", ActorKind.Consumer);
    public static readonly Actor Agent = new("agent", ActorKind.Agent);
    public static readonly Actor OtherAgent = new("another agent", ActorKind.Agent);

    private readonly List<ConversationEvent> _events = [];

    public Conversation? State { get; private set; }

    public Conversation Now => State!;

    public IReadOnlyList<ConversationEvent> Events => _events;

    public long Clock { get; set; } = 1_000;

    /// <summary>What the account decided.</summary>
    public BrandRules Rules { get; set; } = BrandRules.None;

    public static OpenConversation Opening(ulong hash = 1, string? assignTo = null, int ttr = 60) =>
        new(new ConversationOpened { ConversationId = ConversationId, AccountId = "account", ConsumerId = Consumer.UserId, Ttr = new Ttr(TtrType.Normal, ttr), SkillId = "7", BodyHash = hash }, assignTo);

    public static Scene Opened()
    {
        var scene = new Scene();
        scene.Do(Opening());
        return scene;
    }

    /// <summary>Open, with <see cref="Agent"/> in charge.</summary>
    public static Scene Assigned()
    {
        var scene = new Scene();
        scene.Do(Opening(assignTo: Agent.UserId));
        return scene;
    }

    public static PublishMessage Text(Actor actor, string text = "hello", Audience audience = Audience.All) =>
        new(actor, ConversationId, MessageKind.Content, audience, Encoding.UTF8.GetBytes(text));

    public static ChangeConversation Close(Actor actor, string? cause = null) => new(actor, [new CloseEverything(cause)]);

    public static PublishMessage Read(Actor actor, params long[] numbers) => Receipt(actor, true, numbers);

    public static PublishMessage Accept(Actor actor, params long[] numbers) => Receipt(actor, false, numbers);

    public Decision Decide(ConversationCommand command) => Decider.Decide(State, command, Clock, Rules);

    public Decision Do(ConversationCommand command)
    {
        var decision = Decide(command);
        foreach (var e in decision.Events) Apply(e);
        return decision;
    }

    /// <summary>Something that happened by another way than a command of this suite, at the next version and time.</summary>
    public void Happen(ConversationEvent e) => Apply(e with { Version = Now.Version + 1, Timestamp = Now.LastTimestamp + 1 });

    public void Join(Actor actor, Role role, ParticipantState state = ParticipantState.Active) =>
        Happen(new ParticipantJoined(ConversationId, actor.UserId, role, state));

    public int Unread(Actor actor) => Now.Main.Unread(Now.Main.Find(actor.UserId)!);

    private static PublishMessage Receipt(Actor actor, bool isRead, long[] numbers) =>
        new(actor, ConversationId, MessageKind.Receipt, Audience.All, "{}"u8.ToArray()) { Receipts = numbers, IsRead = isRead };

    private void Apply(ConversationEvent e)
    {
        State = Evolution.Apply(State, e);
        _events.Add(e);
    }
}
