using System.Text.Json;
using System.Threading.Channels;

namespace Parley.Cluster.Tests.Faults.Loads;

/// <summary>An agent on whichever node takes him: he accepts what rings, and closes what is his; now and then he goes to another node.</summary>
internal sealed class Desk(Shift shift, User agent, Random random)
{
    public static bool IsList(JsonElement message) => message.GetProperty("type").GetString()!.EndsWith("ExConversationChangeNotification", StringComparison.Ordinal);

    /// <summary>Goes on until the shift is over.</summary>
    public async Task RunAsync()
    {
        while (!shift.IsOver)
        {
            try
            {
                await ServeAsync();
            }
            catch (LineLostException)
            {
                // As any client: elsewhere, a moment later.
            }

            await Task.Delay(random.Next(10, 100));
        }
    }

    private async Task ServeAsync()
    {
        var work = Channel.CreateUnbounded<JsonElement>();
        await using var line = await Line.OpenAsync(shift.Nodes[random.Next(shift.Nodes.Count)], agent, message => work.Writer.TryWrite(message), Shift.Patience);
        _ = line.Ended.ContinueWith(_ => work.Writer.TryComplete(), TaskScheduler.Default);
        await AskAsync("routing.SubscribeRoutingTasks", new { });
        await AskAsync("cqm.SubscribeExConversations", new { agentIds = (string[])[agent.Id], convState = (string[])["OPEN"] });
        await AskAsync("routing.SetAgentState", new { availability = "ONLINE" });
        while (!shift.IsOver && random.Next(100) > 0)
        {
            using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            try
            {
                if (!await work.Reader.WaitToReadAsync(moment.Token)) return;
            }
            catch (OperationCanceledException)
            {
                continue;
            }

            while (work.Reader.TryRead(out var message)) await WorkAsync(message);
        }

        Task<JsonElement> AskAsync(string type, object body) => line.AskAsync(type, body, Shift.Patience);

        async Task WorkAsync(JsonElement message)
        {
            if (message.TryGetProperty("reqId", out _)) return;
            var results = message.GetProperty("body").TryGetProperty("changes", out var changes)
                ? changes.EnumerateArray().Where(change => change.GetProperty("type").GetString() == "UPSERT").Select(change => change.GetProperty("result")) : [];
            foreach (var result in results)
            {
                if (IsList(message)) await CloseAsync(result);
                else if (result.TryGetProperty("ringsDetails", out var rings)) await AcceptAsync(rings);
            }
        }

        async Task AcceptAsync(JsonElement rings)
        {
            foreach (var ring in rings.EnumerateArray().Where(ring => ring.GetProperty("ringState").GetString() == "WAITING"))
            {
                var answer = await AskAsync("routing.UpdateRingState", new { ringId = ring.GetProperty("ringId").GetString(), ringState = "ACCEPTED" });
                if (answer.GetProperty("code").GetInt32() == 202) shift.Took(ring.GetProperty("convId").GetString()!, agent.Name);
            }
        }

        async Task CloseAsync(JsonElement conversation)
        {
            var (id, details) = (conversation.GetProperty("convId").GetString()!, conversation.GetProperty("conversationDetails"));
            if (!details.GetProperty("participants").TryGetProperty("ASSIGNED_AGENT", out var assigned) || assigned.EnumerateArray().All(other => other.GetString() != agent.Id)) return;
            shift.Took(id, agent.Name);
            var close = new { field = "ConversationStateField", conversationState = "CLOSE" };
            var answer = await AskAsync("cm.UpdateConversationField", new { conversationId = id, conversationField = (object[])[close] });
            if (answer.GetProperty("code").GetInt32() == 503) throw new LineLostException("To be tried again"); // his list shows it once more
        }
    }
}
