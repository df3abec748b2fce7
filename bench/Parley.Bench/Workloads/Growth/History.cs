using System.Text;
using Parley.Conversations;
using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Journal.Sqlite;

namespace Parley.Bench.Workloads.Growth;

/// <summary>Months of conversations, written into a data folder as a server would have: decided by the heart, stored by the journal.</summary>
/// <param name="account">Of all of them.</param>
/// <param name="consumers">Known ones, who have one of the conversations now and then; most are of somebody else.</param>
/// <param name="agents">Public ids of those in charge.</param>
internal sealed class History(string account, IReadOnlyList<string> consumers, IReadOnlyList<string> agents)
{
    private const int Waiting = 4_000;
    private const int KnownConsumerEvery = 100;

    private static readonly TimeSpan Span = TimeSpan.FromDays(80);
    private static readonly byte[][] Bodies = [.. Enumerable.Range(0, 64).Select(n => Encoding.UTF8.GetBytes(
        $"{{\"type\":\"ContentEvent\",\"contentType\":\"text/plain\",\"message\":\"{n} {new string('x', 230)}\"}}"))];

    /// <summary>Writes them; nobody may have the folder open.</summary>
    /// <exception cref="IOException">Something could not be stored.</exception>
    public async Task WriteAsync(string folder, GrowthSettings settings)
    {
        await using var journal = new SqliteJournal(new SqliteJournalOptions(folder));
        using var room = new SemaphoreSlim(Waiting);
        var written = new HistoryEntry.Outcome(room);
        var step = Span / settings.Conversations;
        var start = TimeProvider.System.GetUtcNow() - Span;
        for (var i = 0; i < settings.Conversations; i++)
        {
            await room.WaitAsync();
            journal.Append(Conversation(i, start + i * step, settings, written));
            if (written.HasFailed) throw new IOException("A conversation could not be stored.");
        }

        for (var i = 0; i < Waiting; i++) await room.WaitAsync();
        await journal.SettleAsync();
    }

    private HistoryEntry Conversation(int number, DateTimeOffset at, GrowthSettings settings, HistoryEntry.Outcome written)
    {
        var now = at.ToUnixTimeMilliseconds();
        var consumer = number % KnownConsumerEvery == 0 ? consumers[number / KnownConsumerEvery % consumers.Count] : Guid.NewGuid().ToString();
        var agent = agents[number % agents.Count];
        var events = new List<ConversationEvent>(settings.Messages + 4);
        Conversation? state = null;
        Take(new OpenConversation(
            new ConversationOpened { ConversationId = Guid.CreateVersion7(at).ToString(), AccountId = account, ConsumerId = consumer, Ttr = new Ttr(TtrType.Normal, 3_600) }, agent));
        for (var i = 0; i < settings.Messages; i++)
        {
            now += 1_000;
            var actor = i % 2 == 0 ? new Actor(consumer, ActorKind.Consumer) : new Actor(agent, ActorKind.Agent);
            Take(new PublishMessage(actor, state!.Id, MessageKind.Content, Audience.All, Bodies[(number + i) % Bodies.Length]));
        }

        if (number < settings.Conversations - settings.Open) Take(new ChangeConversation(new Actor(agent, ActorKind.Agent), [new CloseEverything()]));
        return new HistoryEntry([.. events], state!, written);

        void Take(ConversationCommand command)
        {
            var decision = Decider.Decide(state, command, now);
            if (decision.Refusal is { } refusal) throw new InvalidOperationException(refusal.Details);
            foreach (var e in decision.Events)
            {
                state = Evolution.Apply(state, e);
                events.Add(e);
            }
        }
    }
}
