using System.Text.Json;

namespace Parley.Client;

/// <summary>Which conversations a list holds (protocol 8.1).</summary>
public sealed record ConversationFilter
{
    /// <summary>Open ones, all there are for the caller.</summary>
    public static ConversationFilter Open { get; } = new() { IncludeOpen = true };

    /// <summary>Open and closed ones.</summary>
    public static ConversationFilter All { get; } = new() { IncludeOpen = true, IncludeClosed = true };

    /// <summary>Conversations whose main dialog is open.</summary>
    public bool IncludeOpen { get; init; } = true;

    /// <summary>Conversations whose main dialog is closed.</summary>
    public bool IncludeClosed { get; init; }

    /// <summary>For agents: only conversations with the calling agent among the participants.</summary>
    public bool OnlyMine { get; init; }

    /// <summary>For agents: only this consumer's.</summary>
    public string? ConsumerId { get; init; }

    /// <summary>Leave out what was not updated since.</summary>
    public DateTimeOffset? UpdatedSince { get; init; }

    internal void Write(Utf8JsonWriter body, string? self)
    {
        body.WriteStartArray("convState");
        if (IncludeOpen) body.WriteStringValue("OPEN");
        if (IncludeClosed) body.WriteStringValue("CLOSE");
        body.WriteEndArray();
        if (UpdatedSince is { } since) body.WriteNumber("minLastUpdatedTime", since.ToUnixTimeMilliseconds());
        if (ConsumerId is not null) body.WriteString("consumerId", ConsumerId);
        if (!OnlyMine || self is null) return;
        body.WriteStartArray("agentIds");
        body.WriteStringValue(self);
        body.WriteEndArray();
    }
}
