using Parley.Conversations;
using Parley.Journal;
using Parley.Protocol.Requests;
using Parley.Server.Gateway;
using Parley.Server.Identity;
using Parley.Server.Ownership;

namespace Parley.Server.Lists;

/// <summary>
/// A list's filter with the rights of its owner folded in: a consumer sees his own conversations, an agent those he
/// takes part in and, when he asks for one consumer, also what rings at him and, while he serves him, that one's closed ones;
/// a manager all of the account.
/// </summary>
internal sealed class ListMatch
{
    // What nearly all consumers ask for, so that not each of them keeps it.
    private static readonly ListFilter[] Usual = [new(), new() { Stages = ["OPEN"] }, new() { Stages = ["OPEN", "CLOSE"] }, new() { States = ["OPEN"] }];

    private readonly ListFilter _filter;
    private readonly Func<Conversation, bool> _isShown = _ => false;

    public ListMatch(Principal principal, ListFilter filter, AgentDirectory agents, ConsumerPresence presence)
    {
        _filter = Array.Find(Usual, usual => IsSame(usual, filter)) ?? filter;
        AccountId = principal.AccountId;
        IsBrand = principal.IsAgent;
        if (!principal.IsAgent)
        {
            ConsumerId = principal.UserId;
            return;
        }

        ConsumerId = filter.ConsumerId;
        AgentPids = filter.AgentIds is { } ids ? [.. ids.Select(id => agents.Find(AccountId, id)?.Pid ?? id)] : null;
        if (principal.SeesEverything) return;
        if (AgentPids is null && ConsumerId is not null) _isShown = c => IsOffered(c, principal.UserId) || Visibility.IsEarlier(c, principal, presence);
        AgentPids = [principal.UserId];
    }

    public string AccountId { get; }

    /// <summary>Whether the list is an agent's, not a consumer's.</summary>
    public bool IsBrand { get; }

    /// <summary>Only this consumer's, or null.</summary>
    public string? ConsumerId { get; }

    /// <summary>Only with one of these agents taking part, or null.</summary>
    public IReadOnlyList<string>? AgentPids { get; }

    /// <summary>Finds what it shows, at most so many: among the agents' conversations, or the consumer's, or the account's, whichever are fewer.</summary>
    public ConversationQuery Query(int limit)
    {
        var stages = Enum.GetValues<Stage>().Where(CanShow).ToArray();
        return new(AccountId)
        {
            ConsumerId = ConsumerId,
            AgentIds = ConsumerId is null ? AgentPids : null,
            Stage = stages is [var only] ? only : null,
            UpdatedFrom = _filter.MinLastUpdatedTime,
            UpdatedThrough = _filter.MaxLastUpdatedTime,
            Condition = Matches,
            Limit = stages.Length > 0 ? limit : 0,
        };
    }

    public bool Matches(Conversation c) =>
        (ConsumerId is null || c.ConsumerId == ConsumerId)
        && (_filter.States is null || _filter.States.Contains(WireNames.Of(c.Main.State)))
        && (_filter.Stages is null || _filter.Stages.Contains(WireNames.Of(c.Stage)))
        && (_filter.MinLastUpdatedTime is not { } min || c.LastTimestamp >= min)
        && (_filter.MaxLastUpdatedTime is not { } max || c.LastTimestamp <= max)
        && (_filter.MaxEttr is not { } ettr || (c.EffectiveTtr >= 0 && c.EffectiveTtr < ettr))
        && (AgentPids is null || AgentPids.Any(c.HasAgent) || _isShown(c));

    /// <summary>Whether it rings at the agent now.</summary>
    public static bool IsOffered(Conversation conversation, string agentPid) =>
        conversation.Rings.Any(ring => ring.State == RingState.Waiting && ring.AgentId == agentPid);

    // What nothing can match must not be looked for among all that ever was: a closed conversation has no open dialog and owes no answer.
    private bool CanShow(Stage stage) =>
        _filter.Stages?.Contains(WireNames.Of(stage)) != false
        && (_filter.States is not { } states || states.Contains(WireNames.Of(Stage.Close)) || (stage == Stage.Open && states.Contains(WireNames.Of(Stage.Open))))
        && (_filter.MaxEttr is null || stage == Stage.Open);

    private static bool IsSame(ListFilter usual, ListFilter filter) =>
        IsSame(usual.Stages, filter.Stages) && IsSame(usual.States, filter.States) && filter with { Stages = usual.Stages, States = usual.States } == usual;

    private static bool IsSame(IReadOnlyList<string>? usual, IReadOnlyList<string>? words) => usual is null || words is null ? usual == words : usual.SequenceEqual(words);
}
