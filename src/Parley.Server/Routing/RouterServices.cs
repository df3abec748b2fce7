using Microsoft.Extensions.Logging;
using Parley.Journal;
using Parley.Server.Gateway;
using Parley.Server.Identity;
using Parley.Server.Ownership;

namespace Parley.Server.Routing;

/// <summary>What the routers of all accounts share.</summary>
internal sealed record RouterServices(
    Accounts Accounts, AgentDirectory Agents, Connections Connections, LiveConversations Conversations, RingFanOut Rings, AgentStates States, INodes Nodes, IJournal Journal, RoutingMetrics Metrics, TimeProvider Time, ILogger Log);
