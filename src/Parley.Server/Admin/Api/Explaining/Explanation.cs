using System.ComponentModel;
using Parley.Server.Admin.Api.Live;

namespace Parley.Server.Admin.Api.Explaining;

/// <summary>Why a conversation is where it is.</summary>
/// <param name="Agent">Who is in charge; null when nobody is.</param>
/// <param name="Place">Where it stands in the queue; null when it does not wait.</param>
/// <param name="Rings">To whom it was offered, the newest last; early ones are forgotten.</param>
/// <param name="Candidates">Who could have it while it waits, and why he has it not.</param>
public sealed record Explanation(
    string ConversationId,
    string ConsumerId,
    ExplainedState State,
    string? SkillId,
    string? SkillName,
    [property: Description("When it was so, epoch milliseconds.")] long At,
    AgentRef? Agent,
    QueueItem? Place,
    IReadOnlyList<ExplainedRing> Rings,
    IReadOnlyList<ExplainedAgent> Candidates,
    [property: Description("The same in a few lines for people.")] string Text);
