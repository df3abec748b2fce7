using Parley.Server.Routing;

namespace Parley.Server.Ownership;

/// <summary>Who hears what other nodes tell beside events. One node is heard at a time, in the order in which it told; must neither block nor throw.</summary>
internal interface INodeNews
{
    /// <summary>Everybody who has a socket here; a node that is told it is told every change from then on.</summary>
    IReadOnlyCollection<PresentUser> Present();

    /// <summary>A node is told everything anew.</summary>
    void Greeted();

    /// <summary>A user's first socket on a node opened, or his last one there closed.</summary>
    void HearPresence(string node, in PresentUser user, bool isThere);

    /// <summary>These users and no others have sockets on a node.</summary>
    void HearPresent(string node, IReadOnlyCollection<PresentUser> users);

    /// <summary>An agent said something of himself.</summary>
    /// <param name="accountId">His account.</param>
    /// <param name="agentPid">Who.</param>
    /// <param name="state">What.</param>
    /// <param name="saidAt">When, by the clock of the node that he said it to.</param>
    void HearState(string accountId, string agentPid, AgentAvailability state, long saidAt);

    /// <summary>Somebody is typing, or no longer.</summary>
    void HearChatState(string conversationId, string dialogId, string userId, PublishedParts parts);

    /// <summary>Other nodes may route for an account than before, this one among them.</summary>
    void OwnersChanged();

    /// <summary>Something may not have been heard: what is known of conversations that are not in memory may be old.</summary>
    void Missed();
}
