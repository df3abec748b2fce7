using Parley.Conversations;
using Parley.Journal.Memory;
using Parley.Protocol;
using Parley.Server.Gateway;
using Parley.Server.Identity;
using Parley.Server.Ownership;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>A contact centre: skills, agents at their sockets, one consumer, an operator who changes his mind.</summary>
internal sealed class Floor(TestMessaging messaging) : IAsyncDisposable
{
    private readonly List<TestAgent> _present = [];

    public TestMessaging Messaging => messaging;

    public TestSocket Consumer { get; private set; } = messaging.Consumer("consumer");

    /// <summary>Every conversation that was opened, oldest first.</summary>
    public List<string> Conversations { get; } = [];

    public IReadOnlyList<TestAgent> Present => _present;

    public static async Task<Floor> OpenAsync(AccountSettings? settings = null) => new((await TestMessaging.StartInMemoryAsync(settings)).Messaging);

    public static async Task<Floor> OpenOnDiskAsync(AccountSettings? settings = null) => new(await TestMessaging.StartOnDiskAsync(settings));

    public MemoryJournal Journal => messaging.Journal.Of<MemoryJournal>();

    public AgentDirectory Agents => messaging.Services.Agents;

    /// <summary>A skill; nobody who is ever there has it.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> SkillAsync(string name, SkillSettings? settings = null)
    {
        await messaging.AddAgentAsync($"nobody-{name}", slots: 0, skills: name);
        var id = Agents.Skills(TestMessaging.Account).Single(s => s.Name == name).Id;
        if (settings is not null) await Agents.ChangeSkillAsync(TestMessaging.Account, id, skill => skill with { Settings = settings });
        return id;
    }

    /// <summary>Changes how many conversations an agent takes at once, and his skills (by id; with a priority, <c>1001:2</c>).</summary>
    public Task ChangeWorkAsync(TestAgent agent, int slots, params string[] skills) => Agents.ChangeAsync(
        agent.Profile, new Dictionary<string, string> { ["maxSlots"] = $"{slots}", ["skills"] = string.Join(',', skills) });

    /// <summary>A new agent, connected and in this state.</summary>
    public async Task<TestAgent> AgentAsync(string login, int slots = 3, string state = "ONLINE", Dialect dialect = Dialect.V2, params string[] skills)
    {
        var agent = await ConnectAsync(await messaging.AddAgentAsync(login, slots: slots, skills: skills), dialect);
        if (state != "OFFLINE") await agent.SetAsync(state);
        return agent;
    }

    public async Task<TestAgent> ConnectAsync(AgentProfile profile, Dialect dialect = Dialect.V2)
    {
        var agent = await TestAgent.ConnectAsync(messaging, Agents.Find(TestMessaging.Account, profile.Pid)!, dialect);
        _present.Add(agent);
        return agent;
    }

    /// <summary>A conversation that waits less long than those before it.</summary>
    public async Task<string> OpenAsync(string? skill = null, string urgency = "NORMAL")
    {
        var answer = await Consumer.AnswerAsync(SendOpen(skill, urgency));
        Assert.Equal(200, answer.Code);
        Conversations.Add(answer.Body.GetProperty("conversationId").GetString()!);
        return Conversations[^1];
    }

    public string SendOpen(string? skill = null, string urgency = "NORMAL")
    {
        messaging.Time.Advance(TimeSpan.FromMilliseconds(1));
        return Consumer.Send("cm.ConsumerRequestConversation", new { skillId = skill, ttrDefName = urgency });
    }

    public async Task CloseAsync(string conversationId)
    {
        Assert.Equal(200, (await Consumer.AnswerAsync(Consumer.Close(conversationId))).Code);
        Conversations.Remove(conversationId);
    }

    /// <summary>Changes fields as whoever sits at the socket.</summary>
    public static string SendChange(TestSocket socket, string conversationId, params object[] fields) =>
        socket.Send("cm.UpdateConversationField", new { conversationId, conversationField = fields });

    public static object Change(string type, string role, string? userId = null) => new { field = "ParticipantsChange", type, role, userId };

    public static object Skill(string id) => new { field = "Skill", type = "UPDATE", skill = id };

    /// <summary>Hands a conversation from one agent to another.</summary>
    public static async Task HandAsync(TestAgent from, string conversationId, TestAgent to)
    {
        var request = SendChange(from.Socket, conversationId, Change("REMOVE", "ASSIGNED_AGENT"), Change("SUGGEST", "ASSIGNED_AGENT", to.Profile.OldId));
        Assert.Equal(200, (await from.Socket.AnswerAsync(request)).Code);
    }

    /// <summary>He closes without a word; returns when routing knows.</summary>
    public async Task LeaveAsync(TestAgent agent)
    {
        var gone = Gone(agent);
        agent.Socket.Drop();
        await gone;
        await HeardAsync();
    }

    /// <summary>Returns when routing has heard of all that happened before; what follows from it may still be under way.</summary>
    public Task HeardAsync() => messaging.Services.Routing.Of(TestMessaging.Account).ReadAsync((_, _, _) => true);

    /// <summary>Completes when the server has noticed that an agent's socket is gone: all that he had sent was handled before.</summary>
    public Task Gone(TestAgent agent)
    {
        _present.Remove(agent);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        messaging.Services.Connections.PresenceChanged += Look;
        return gone.Task.WaitAsync(TimeSpan.FromSeconds(30));

        void Look(Principal principal, bool isPresent)
        {
            if (principal.UserId != agent.Profile.Pid || isPresent) return;
            messaging.Services.Connections.PresenceChanged -= Look;
            gone.TrySetResult();
        }
    }

    /// <summary>Returns when nothing more happens unless somebody does something or time passes.</summary>
    public async Task SettledAsync()
    {
        // What routing decides is stored and comes back to it: quiet is when a whole round has stored nothing.
        for (var quiet = 0; quiet < 3; quiet++)
        {
            foreach (var agent in _present) await agent.Socket.SyncAsync();
            await Consumer.SyncAsync();
            var appended = messaging.Journal.Appended;
            foreach (var id in Conversations) await messaging.Conversations.LookAsync(id, TestMessaging.Account);
            await HeardAsync();
            if (messaging.Journal.Appended != appended) quiet = -1;
        }
    }

    public async Task PassAsync(TimeSpan time)
    {
        messaging.Time.Advance(time);
        await SettledAsync();
    }

    /// <summary>Ends the server and starts another one; nobody is connected to it yet.</summary>
    public async Task RestartAsync()
    {
        _present.Clear();
        await messaging.RestartAsync();
        Consumer = messaging.Consumer("consumer");
        await HeardAsync();
    }

    /// <summary>The agents at whom a conversation rings now, by login.</summary>
    public string[] RungFor(string conversationId) =>
        [.. messaging.State(conversationId).Rings.Where(r => r.State == RingState.Waiting).Select(r => LoginOf(r.AgentId)).Order(StringComparer.Ordinal)];

    /// <summary>Who is in charge, by login, or null.</summary>
    public string? AssignedTo(string conversationId) => messaging.State(conversationId).AssignedAgent is { } agent ? LoginOf(agent.UserId) : null;

    public ValueTask DisposeAsync() => messaging.DisposeAsync();

    private string LoginOf(string pid) => Agents.Find(TestMessaging.Account, pid)!.Login;
}
