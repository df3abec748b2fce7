using System.Diagnostics;
using System.Text.Json;

namespace Parley.Server.Tests.Ownership.Support;

/// <summary>A text message from the server.</summary>
internal sealed record Received(JsonElement Json)
{
    public string Type { get; } = Json.GetProperty("type").GetString()!;

    public string? AnswerTo { get; } = Json.TryGetProperty("reqId", out var id) ? id.GetString() : null;

    /// <summary>When it arrived, by the clock that measures.</summary>
    public long At { get; } = Stopwatch.GetTimestamp();

    public int Code => Json.GetProperty("code").GetInt32();

    public JsonElement Body => Json.GetProperty("body");

    /// <summary>The events of a dialog it carries, in either dialect.</summary>
    public IEnumerable<JsonElement> Events => Type switch
    {
        "ms.MessagingEventNotification" => Body.GetProperty("changes").EnumerateArray(),
        ".ams.ms.OnlineEventDistribution" => [Body],
        _ => [],
    };

    /// <summary>The numbers of the events it carries; chat states have none.</summary>
    public IEnumerable<long> Numbers => Events.Where(e => e.TryGetProperty("sequence", out _)).Select(e => e.GetProperty("sequence").GetInt64());

    /// <summary>The changes of a conversation list it carries.</summary>
    public IEnumerable<ListChange> ListChanges =>
        Type.EndsWith("ExConversationChangeNotification", StringComparison.Ordinal)
            ? Body.GetProperty("changes").EnumerateArray().Select(c => new ListChange(
                Body.GetProperty("subscriptionId").GetString()!, c.GetProperty("type").GetString() == "DELETE", c.GetProperty("result")))
            : [];

    /// <summary>Whether it is the snapshot or a change of this list.</summary>
    public bool IsOfList(string subscriptionId) =>
        Type.EndsWith("ExConversationChangeNotification", StringComparison.Ordinal) && Body.GetProperty("subscriptionId").GetString() == subscriptionId;

    /// <summary>The rings it carries as a routing task notification: id and state.</summary>
    public IEnumerable<RingSeen> Rings =>
        Type.EndsWith("RoutingTaskNotification", StringComparison.Ordinal)
            ? Body.GetProperty("changes").EnumerateArray().SelectMany(c => c.GetProperty("result").GetProperty("ringsDetails").EnumerateArray()).Select(r => new RingSeen(r))
            : [];
}
