using Parley.Journal;
using Parley.Protocol.Codes;
using Parley.Server.Hosting;
using Parley.Server.Identity;
using Parley.Server.Lists;
using Parley.Server.Ownership;
using Parley.Server.Routing;

namespace Parley.Server.Gateway;

/// <summary>What requests are handled with.</summary>
internal sealed record GatewayServices(
    IJournal Journal,
    LiveConversations Conversations,
    OwnershipServices Ownership,
    Connections Connections,
    ListFanOut Lists,
    Router Routing,
    Accounts Accounts,
    AgentDirectory Agents,
    ConsumerTokens Tokens,
    UserNames Names,
    LimitOptions Limits,
    TimeProvider Time)
{
    /// <summary>
    /// Makes a socket a consumer's. A revocation closes the sockets it finds: one that came between validation and
    /// registration is looked for once more.
    /// </summary>
    public void Identify(Connection connection, ConsumerIdentity consumer)
    {
        Connections.Identify(connection, new Principal(consumer));
        if (Tokens.IsRevoked(consumer)) connection.Close(CloseCode.IdentityRequired, CloseReasons.IdentityInvalid);
    }

    public AccountSettings Settings(string accountId) => Accounts.Find(accountId)?.Settings ?? AccountSettings.Default;
}
