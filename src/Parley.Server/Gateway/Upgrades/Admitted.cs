using Parley.Server.Identity;

namespace Parley.Server.Gateway.Upgrades;

/// <summary>A request that gets its socket.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Account">Its account.</param>
/// <param name="Session">The agent's; null for consumers.</param>
/// <param name="Token">How a consumer's token was judged, which is told him when the socket is open; null when he brought none yet.</param>
internal sealed record Admitted(UpgradeRequest Request, Account Account, AgentSession? Session, TokenValidation? Token);
