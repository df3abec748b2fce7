using Microsoft.Extensions.Logging;
using Parley.Journal;
using Parley.Protocol.Codes;
using Parley.Server.Files;
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
    ConsumerProfiles Profiles,
    AccountRevisions Revisions,
    ConsumerTokens Tokens,
    UserNames Names,
    Surveys Surveys,
    LimitOptions Limits,
    TimeProvider Time)
{
    /// <summary>For faults of ours that show after the frame is gone.</summary>
    public required ILogger Log { get; init; }

    /// <summary>Files on their way in and in the store.</summary>
    public required FileServices Files { get; init; }

    /// <summary>Who may have a file.</summary>
    public required FileSharing Sharing { get; init; }

    /// <summary>
    /// Makes a socket a consumer's. A revocation closes the sockets it finds: one that came between validation and
    /// registration is looked for once more. Until what he had before he signed in is his, no request of the socket is read: the list he
    /// asks for first would lack it, and his next message would open another conversation.
    /// </summary>
    public void Identify(Connection connection, ConsumerIdentity consumer)
    {
        Connections.Identify(connection, new Principal(consumer));
        if (consumer.SteppedUpFrom is { } anonymousId)
        {
            connection.Pause();
            _ = FollowAsync();

            async Task FollowAsync()
            {
                try
                {
                    await StepUps.FollowAsync(this, consumer.AccountId, anonymousId, consumer.ConsumerId);
                }
                finally
                {
                    connection.Resume();
                }
            }
        }

        if (Tokens.IsRevoked(consumer)) connection.Close(CloseCode.IdentityRequired, CloseReasons.IdentityInvalid);
    }

    public AccountSettings Settings(string accountId) => Accounts.Find(accountId)?.Settings ?? AccountSettings.Default;
}
