using Parley.Journal;
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
    public AccountSettings Settings(string accountId) => Accounts.Find(accountId)?.Settings ?? AccountSettings.Default;
}
