using System.ComponentModel;

namespace Parley.Server.Admin.Api.Live;

/// <summary>Queue and agents at one moment.</summary>
public sealed record FeedSnapshot([property: Description("When it was so, epoch milliseconds.")] long At, FeedQueue Queue, IReadOnlyList<AgentAtWork> Agents)
{
    internal const int MostItems = 200;
}
