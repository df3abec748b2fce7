using System.ComponentModel;
using Parley.Conversations;
using Parley.Server.Admin.Api.Live;

namespace Parley.Server.Admin.Api.Explaining;

/// <summary>An offer of the conversation to an agent.</summary>
/// <param name="Why">Why he was rung, as it was decided; null when nobody said.</param>
public sealed record ExplainedRing(
    string RingId,
    AgentRef Agent,
    RingState State,
    [property: Description("Epoch milliseconds.")] long OfferedTs,
    [property: Description("When it stopped waiting, epoch milliseconds; null while it waits.")] long? EndedTs,
    string? Why);
