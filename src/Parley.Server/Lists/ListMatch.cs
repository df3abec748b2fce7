using Parley.Conversations;
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

    /// <summary>The stage that the journal can filter by, or null for any.</summary>
    public Stage? Stage =>
        Only(_filter.Stages) ?? (Only(_filter.States) == Conversations.Stage.Open ? Conversations.Stage.Open : null);

    public long? UpdatedFrom => _filter.MinLastUpdatedTime;

    public bool Matches(Conversation c) =>
        (ConsumerId is null || c.ConsumerId == ConsumerId)
        && (_filter.States is null || _filter.States.Contains(WireNames.Of(c.Main.State)))
        && (_filter.Stages is null || _filter.Stages.Contains(WireNames.Of(c.Stage)))
        && (_filter.MinLastUpdatedTime is not { } min || c.LastTimestamp >= min)
        && (_filter.MaxLastUpdatedTime is not { } max || c.LastTimestamp <= max)
        && (_filter.MaxEttr is not { } ettr || (c.EffectiveTtr >= 0 && c.EffectiveTtr < ettr))
        && (AgentPids is null || AgentPids.Any(pid => TakesPart(c, pid)) || _isShown(c));

    /// <summary>Whether the agent is in one of the dialogs now.</summary>
    public static bool TakesPart(Conversation conversation, string agentPid)
    {
        foreach (var dialog in conversation.Dialogs)
        {
            if (dialog.Find(agentPid) is { State: ParticipantState.Active }) return true;
        }

        return false;
    }

    /// <summary>Whether it rings at the agent now.</summary>
    public static bool IsOffered(Conversation conversation, string agentPid) =>
        conversation.Rings.Any(ring => ring.State == RingState.Waiting && ring.AgentId == agentPid);

    private static bool IsSame(ListFilter usual, ListFilter filter) =>
        IsSame(usual.Stages, filter.Stages) && IsSame(usual.States, filter.States) && filter with { Stages = usual.Stages, States = usual.States } == usual;

    private static bool IsSame(IReadOnlyList<string>? usual, IReadOnlyList<string>? words) => usual is null || words is null ? usual == words : usual.SequenceEqual(words);

    private static Stage? Only(IReadOnlyList<string>? stages) => stages switch
    {
        ["OPEN"] => Conversations.Stage.Open,
        ["CLOSE"] => Conversations.Stage.Close,
        _ => null,
    };
}
