namespace Parley.Protocol.Requests;

/// <summary>Which conversations a list subscription wants (protocol 8.1); null members do not filter.</summary>
public sealed record ListFilter
{
    /// <summary>Leave out what was not updated since (epoch milliseconds).</summary>
    public long? MinLastUpdatedTime { get; init; }

    /// <summary>Leave out what was updated later.</summary>
    public long? MaxLastUpdatedTime { get; init; }

    /// <summary>Allowed states of the MAIN dialog, as on the wire.</summary>
    public IReadOnlyList<string>? States { get; init; }

    /// <summary>Allowed stages of the conversation.</summary>
    public IReadOnlyList<string>? Stages { get; init; }

    /// <summary>Only with one of these agents as participant; old ids or public ids.</summary>
    public IReadOnlyList<string>? AgentIds { get; init; }

    /// <summary>Only this consumer's.</summary>
    public string? ConsumerId { get; init; }

    /// <summary>Only with an effective TTR below (epoch milliseconds).</summary>
    public long? MaxEttr { get; init; }

    /// <summary>Reads a body, whose faults are for the caller to look at; no body is no filter.</summary>
    public static ListFilter Read(BodyMembers body) => new()
    {
        MinLastUpdatedTime = body.Integer("minLastUpdatedTime"),
        MaxLastUpdatedTime = body.Integer("maxLastUpdatedTime"),
        States = body.Texts("convState"),
        Stages = body.Texts("stage"),
        AgentIds = body.Texts("agentIds"),
        ConsumerId = body.Text("consumerId"),
        MaxEttr = body.Integer("maxETTR"),
    };
}
